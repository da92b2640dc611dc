"""The addresses of the joint exchange. `fiscal_year` names it: /joint/2026/ is that of February 2027."""

from typing import Any

from django.urls import path

from events.views import (
    exchange_booths,
    exchange_entry,
    exchange_event,
    exchange_floor,
    exchange_inviting,
    exchange_keeping,
    exchange_office,
    exchange_office_booths,
    exchange_own_people,
    exchange_own_seats,
    exchange_partners,
    exchange_registrations,
    exchange_table_papers,
    exchange_tables,
    exchange_tickets,
)

urlpatterns: list[Any] = [
    # The event and its public face (views/exchange_event.py, views/exchange_office.py)
    path("joint/", exchange_event.exchange_list, name="exchange_list"),
    path("joint/<int:fiscal_year>/", exchange_event.exchange, name="exchange"),
    path("joint/<int:fiscal_year>/calendar.ics", exchange_event.exchange_calendar, name="exchange_calendar"),
    path("office/joint/", exchange_office.office_exchanges, name="office_exchanges"),
    path("office/joint/new/", exchange_office.exchange_new, name="exchange_new"),
    path("office/joint/partners/", exchange_partners.office_partners, name="office_partners"),
    path("office/joint/partners/new/", exchange_partners.office_partner_new, name="office_partner_new"),
    path(
        "office/joint/partners/<int:pk>/end/", exchange_partners.office_partner_end, name="office_partner_end"
    ),
    path(
        "office/joint/partner-groups/<int:pk>/",
        exchange_partners.office_partner_group,
        name="office_partner_group",
    ),
    path("office/joint/<int:fiscal_year>/", exchange_office.exchange_office, name="exchange_office"),
    path("office/joint/<int:fiscal_year>/edit/", exchange_office.exchange_edit, name="exchange_edit"),
    path(
        "office/joint/<int:fiscal_year>/programme/",
        exchange_office.exchange_programme,
        name="exchange_programme",
    ),
    path(
        "office/joint/<int:fiscal_year>/publish/", exchange_office.exchange_publish, name="exchange_publish"
    ),
    path("office/joint/<int:fiscal_year>/close/", exchange_office.exchange_close, name="exchange_close"),
    path("office/joint/<int:fiscal_year>/cancel/", exchange_office.exchange_cancel, name="exchange_cancel"),
    path(
        "office/joint/<int:fiscal_year>/change-told/",
        exchange_office.exchange_change_told,
        name="exchange_change_told",
    ),
    # Booths (views/exchange_booths.py)
    path("joint/<int:fiscal_year>/booths/", exchange_booths.exchange_booths, name="exchange_booths"),
    path("joint/<int:fiscal_year>/exhibit/", exchange_booths.exchange_booth_new, name="exchange_booth_new"),
    path("joint/booths/<int:pk>/", exchange_booths.exchange_booth, name="exchange_booth"),
    path(
        "joint/booths/<int:pk>/picture/",
        exchange_booths.exchange_booth_picture,
        name="exchange_booth_picture",
    ),
    path("joint/booths/<int:pk>/edit/", exchange_booths.exchange_booth_edit, name="exchange_booth_edit"),
    path(
        "joint/booths/<int:pk>/withdraw/",
        exchange_booths.exchange_booth_withdraw,
        name="exchange_booth_withdraw",
    ),
    path(
        "office/joint/<int:fiscal_year>/booths/",
        exchange_office_booths.exchange_office_booths,
        name="exchange_office_booths",
    ),
    path(
        "office/joint/<int:fiscal_year>/booths/new/",
        exchange_office_booths.exchange_office_booth_new,
        name="exchange_office_booth_new",
    ),
    path(
        "office/joint/<int:fiscal_year>/booths/decide/",
        exchange_office_booths.exchange_booths_decide,
        name="exchange_booths_decide",
    ),
    path(
        "office/joint/<int:fiscal_year>/booths/tell/",
        exchange_office_booths.exchange_booths_tell,
        name="exchange_booths_tell",
    ),
    path(
        "office/joint/<int:fiscal_year>/booths/cards.pdf",
        exchange_office_booths.exchange_booth_cards,
        name="exchange_booth_cards",
    ),
    path(
        "office/joint/booths/<int:pk>/",
        exchange_office_booths.exchange_office_booth,
        name="exchange_office_booth",
    ),
    path("office/joint/<int:fiscal_year>/floor/", exchange_floor.exchange_floor, name="exchange_floor"),
    path(
        "office/joint/<int:fiscal_year>/floor/places/",
        exchange_floor.exchange_places,
        name="exchange_places",
    ),
    # Taking part (views/exchange_entry.py, views/exchange_tickets.py)
    path("joint/<int:fiscal_year>/register/", exchange_entry.exchange_register, name="exchange_register"),
    path(
        "joint/<int:fiscal_year>/register/sent/",
        exchange_entry.exchange_register_sent,
        name="exchange_register_sent",
    ),
    path("joint/<int:fiscal_year>/enter/", exchange_entry.exchange_tap, name="exchange_tap"),
    path("joint/ticket/<str:token>/", exchange_tickets.exchange_ticket, name="exchange_ticket"),
    path(
        "joint/ticket/<str:token>/choices/",
        exchange_tickets.exchange_ticket_choices,
        name="exchange_ticket_choices",
    ),
    path(
        "joint/ticket/<str:token>/cancel/",
        exchange_tickets.exchange_ticket_cancel,
        name="exchange_ticket_cancel",
    ),
    path(
        "joint/ticket/<str:token>/decline/",
        exchange_tickets.exchange_ticket_decline,
        name="exchange_ticket_decline",
    ),
    path(
        "joint/ticket/<str:token>/ticket.pdf",
        exchange_tickets.exchange_ticket_pdf,
        name="exchange_ticket_pdf",
    ),
    # Who is asked and who comes (views/exchange_inviting.py)
    path("office/joint/<int:fiscal_year>/invite/", exchange_inviting.exchange_invite, name="exchange_invite"),
    path("office/joint/<int:fiscal_year>/remind/", exchange_inviting.exchange_remind, name="exchange_remind"),
    path(
        "office/joint/<int:fiscal_year>/invite.pdf",
        exchange_inviting.exchange_invite_pdf,
        name="exchange_invite_pdf",
    ),
    path(
        "office/joint/<int:fiscal_year>/registrations/",
        exchange_registrations.exchange_registrations,
        name="exchange_registrations",
    ),
    path(
        "office/joint/<int:fiscal_year>/registrations.xlsx",
        exchange_registrations.exchange_registrations_xlsx,
        name="exchange_registrations_xlsx",
    ),
    path(
        "office/joint/<int:fiscal_year>/registrations.csv",
        exchange_registrations.exchange_registrations_csv,
        name="exchange_registrations_csv",
    ),
    path(
        "office/joint/<int:fiscal_year>/registrations/new/",
        exchange_registrations.exchange_registration_new,
        name="exchange_registration_new",
    ),
    path(
        "office/joint/registrations/<int:pk>/",
        exchange_keeping.exchange_registration,
        name="exchange_registration",
    ),
    path(
        "office/joint/registrations/<int:pk>/edit/",
        exchange_keeping.exchange_registration_edit,
        name="exchange_registration_edit",
    ),
    path(
        "office/joint/registrations/<int:pk>/answer/",
        exchange_keeping.exchange_registration_answer,
        name="exchange_registration_answer",
    ),
    path(
        "office/joint/registrations/<int:pk>/cancel/",
        exchange_keeping.exchange_registration_cancel,
        name="exchange_registration_cancel",
    ),
    path(
        "office/joint/registrations/<int:pk>/link/",
        exchange_keeping.exchange_registration_link,
        name="exchange_registration_link",
    ),
    path("joint/<int:fiscal_year>/partner/", exchange_own_people.exchange_partner, name="exchange_partner"),
    path(
        "joint/<int:fiscal_year>/partner/new/",
        exchange_own_people.exchange_partner_new,
        name="exchange_partner_new",
    ),
    path(
        "joint/partner/<int:pk>/edit/",
        exchange_own_people.exchange_partner_edit,
        name="exchange_partner_edit",
    ),
    path(
        "joint/partner/<int:pk>/cancel/",
        exchange_own_people.exchange_partner_cancel,
        name="exchange_partner_cancel",
    ),
    path(
        "groups/<slug:slug>/joint/<int:fiscal_year>/",
        exchange_own_people.exchange_group_entries,
        name="exchange_group_entries",
    ),
    path(
        "groups/<slug:slug>/joint/<int:fiscal_year>/enter/",
        exchange_own_people.exchange_group_enter,
        name="exchange_group_enter",
    ),
    # Tables (views/exchange_tables.py)
    path("office/joint/<int:fiscal_year>/tables/", exchange_tables.exchange_tables, name="exchange_tables"),
    path(
        "office/joint/<int:fiscal_year>/tables/make/",
        exchange_tables.exchange_tables_make,
        name="exchange_tables_make",
    ),
    path(
        "office/joint/<int:fiscal_year>/tables/stop/",
        exchange_tables.exchange_tables_stop,
        name="exchange_tables_stop",
    ),
    path(
        "office/joint/<int:fiscal_year>/tables/show/",
        exchange_tables.exchange_tables_show,
        name="exchange_tables_show",
    ),
    path(
        "office/joint/<int:fiscal_year>/tables/hide/",
        exchange_tables.exchange_tables_hide,
        name="exchange_tables_hide",
    ),
    path(
        "office/joint/<int:fiscal_year>/tables/lock/",
        exchange_tables.exchange_tables_lock,
        name="exchange_tables_lock",
    ),
    path(
        "office/joint/<int:fiscal_year>/tables/place/",
        exchange_tables.exchange_tables_place,
        name="exchange_tables_place",
    ),
    path(
        "office/joint/<int:fiscal_year>/tables/seats/<int:pk>/",
        exchange_tables.exchange_table_seat,
        name="exchange_table_seat",
    ),
    path(
        "office/joint/<int:fiscal_year>/tables/cards.pdf",
        exchange_table_papers.exchange_table_cards,
        name="exchange_table_cards",
    ),
    path(
        "office/joint/<int:fiscal_year>/tables/list.pdf",
        exchange_table_papers.exchange_table_list,
        name="exchange_table_list",
    ),
    path(
        "office/joint/<int:fiscal_year>/tables/slips.pdf",
        exchange_table_papers.exchange_table_slips,
        name="exchange_table_slips",
    ),
    path("joint/ticket/<str:token>/wishes/", exchange_own_seats.exchange_wishes, name="exchange_wishes"),
    path("joint/ticket/<str:token>/seats/", exchange_own_seats.exchange_seats, name="exchange_seats"),
]
