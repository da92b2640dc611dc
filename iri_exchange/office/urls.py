"""Pages that cross the apps."""

from django.urls import path

from iri_exchange.office import (
    book,
    launching_views,
    letters,
    looks,
    papers,
    retention,
    staff,
    views,
    wordings,
)
from iri_exchange.office.archive import views as archive
from iri_exchange.office.endings import views as endings
from iri_exchange.office.handover import views as handover
from iri_exchange.office.handover_book import views as handover_book
from iri_exchange.office.handover_consents import views as handover_consents
from iri_exchange.office.succession import views as succession

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("healthz", views.healthz, name="healthz"),
    path("my/", views.my_page, name="my_page"),
    path("office/", views.office_desk, name="office_desk"),
    path("office/group/", views.office_group, name="office_group"),
    path("office/exports/", views.office_exports, name="office_exports"),
    path("office/imports/", views.office_imports, name="office_imports"),
    path("office/book/", book.office_book, name="office_book"),
    path("office/book/<int:pk>/", book.office_book_copy, name="office_book_copy"),
    path("office/book/<int:pk>/book.pdf", book.office_book_file, name="office_book_file"),
    path("office/book/<int:pk>/stop/", book.office_book_stop, name="office_book_stop"),
    path("office/book/<int:pk>/again/", book.office_book_again, name="office_book_again"),
    path("groups/<slug:slug>/book/", handover_book.handover_book, name="handover_book"),
    path("groups/<slug:slug>/book/<int:pk>/", handover_book.handover_book_copy, name="handover_book_copy"),
    path(
        "groups/<slug:slug>/book/<int:pk>/book.pdf",
        handover_book.handover_book_file,
        name="handover_book_file",
    ),
    path(
        "groups/<slug:slug>/book/<int:pk>/stop/", handover_book.handover_book_stop, name="handover_book_stop"
    ),
    path(
        "groups/<slug:slug>/book/<int:pk>/again/",
        handover_book.handover_book_again,
        name="handover_book_again",
    ),
    path("office/archive/<slug:slug>/", archive.group_archive, name="group_archive"),
    path("office/archive/<slug:slug>/<int:pk>/", archive.group_archive_copy, name="group_archive_copy"),
    path(
        "office/archive/<slug:slug>/<int:pk>/archive.zip",
        archive.group_archive_file,
        name="group_archive_file",
    ),
    path("office/archive/<slug:slug>/<int:pk>/stop/", archive.group_archive_stop, name="group_archive_stop"),
    path(
        "office/archive/<slug:slug>/<int:pk>/again/", archive.group_archive_again, name="group_archive_again"
    ),
    path("office/retention/", retention.office_retention, name="office_retention"),
    path("office/papers/", papers.office_papers, name="office_papers"),
    path("office/papers/labels.pdf", papers.office_labels, name="office_labels"),
    path("office/papers/envelopes.pdf", papers.office_envelopes, name="office_envelopes"),
    path("office/papers/badges.pdf", papers.office_badges, name="office_badges"),
    path("office/looks/", looks.office_looks, name="office_looks"),
    path("people/<int:pk>/look/", looks.person_look, name="person_look"),
    path("look/end/", looks.look_end, name="look_end"),
    path("office/letters/", letters.office_letters, name="office_letters"),
    path("office/letters/<int:pk>/", letters.office_letter, name="office_letter"),
    path("office/letters/<int:pk>/again/", letters.office_letter_again, name="office_letter_again"),
    path("office/letters/<int:pk>/returned/", letters.office_letter_returned, name="office_letter_returned"),
    path("office/letters/addresses/", letters.office_addresses, name="office_addresses"),
    path("office/letters/addresses/<int:pk>/lift/", letters.office_address_lift, name="office_address_lift"),
    path("office/letters/wordings/", wordings.office_wordings, name="office_wordings"),
    path("office/letters/wordings/<path:kind>/", wordings.office_wording, name="office_wording"),
    path("demo/letters/", letters.demo_letters, name="demo_letters"),
    path("demo/letters/<int:pk>/", letters.demo_letter, name="demo_letter"),
    path("office/staff/", staff.office_staff, name="office_staff"),
    path("office/staff/transfer/", staff.office_transfer, name="office_transfer"),
    path("office/staff/new/", staff.office_colleague, name="office_colleague"),
    path("office/staff/<int:pk>/", staff.office_assignment, name="office_assignment"),
    path("office/launch/<slug:slug>/", launching_views.launch_start, name="launch_start"),
    path("office/launch/<slug:slug>/name/", launching_views.launch_name, name="launch_name"),
    path("office/launch/<slug:slug>/ceremony/", launching_views.launch_ceremony, name="launch_ceremony"),
    path("office/launch/<slug:slug>/people/", launching_views.launch_people, name="launch_people"),
    path("office/launch/<slug:slug>/meetings/", launching_views.launch_meetings, name="launch_meetings"),
    path(
        "office/launch/<slug:slug>/invitations/",
        launching_views.launch_invitations,
        name="launch_invitations",
    ),
    path("office/launch/<slug:slug>/look/", launching_views.launch_look, name="launch_look"),
    path("office/launch/<slug:slug>/take-back/", launching_views.launch_take_back, name="launch_take_back"),
    path("office/handover/<slug:slug>/", handover.handover, name="handover"),
    path("office/handover/<slug:slug>/take-back/", handover.handover_take_back, name="handover_take_back"),
    path("office/handover/<slug:slug>/adviser/", handover.handover_adviser, name="handover_adviser"),
    path(
        "office/handover/<slug:slug>/consents/", handover_consents.handover_consents, name="handover_consents"
    ),
    path(
        "office/handover/<slug:slug>/consents/ask/",
        handover_consents.handover_consents_ask,
        name="handover_consents_ask",
    ),
    path("groups/<slug:slug>/readiness/", handover.group_readiness, name="group_readiness"),
    path("office/groups/<slug:slug>/rest/", endings.group_rest, name="group_rest"),
    path("office/groups/<slug:slug>/revive/", endings.group_revive, name="group_revive"),
    path("office/groups/<slug:slug>/dissolve/", endings.group_dissolve, name="group_dissolve"),
    path(
        "office/groups/<slug:slug>/ending/take-back/",
        endings.group_ending_take_back,
        name="group_ending_take_back",
    ),
    path("groups/<slug:slug>/election/", succession.group_election, name="group_election"),
    path("office/members/", views.office_members, name="office_members"),
]
