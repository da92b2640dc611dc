"""The addresses of the joint exchange on the day and afterwards; those before it are in exchange_urls."""

from typing import Any

from django.urls import path

from events.views import exchange_after, exchange_badges, exchange_day, exchange_photos

urlpatterns: list[Any] = [
    # The day (views/exchange_day.py, views/exchange_badges.py)
    path(
        "office/joint/<int:fiscal_year>/reception/",
        exchange_day.exchange_reception,
        name="exchange_reception",
    ),
    path(
        "office/joint/<int:fiscal_year>/reception/state/",
        exchange_day.exchange_reception_state,
        name="exchange_reception_state",
    ),
    path(
        "office/joint/<int:fiscal_year>/reception.pdf",
        exchange_day.exchange_reception_pdf,
        name="exchange_reception_pdf",
    ),
    path(
        "office/joint/<int:fiscal_year>/reception/walk-in/",
        exchange_day.exchange_walk_in,
        name="exchange_walk_in",
    ),
    path(
        "office/joint/registrations/<int:pk>/arrive/", exchange_day.exchange_receive, name="exchange_receive"
    ),
    path(
        "office/joint/registrations/<int:pk>/arrive/undo/",
        exchange_day.exchange_receive_undo,
        name="exchange_receive_undo",
    ),
    path("office/joint/registrations/<int:pk>/badge/", exchange_badges.exchange_badge, name="exchange_badge"),
    path("office/joint/<int:fiscal_year>/badges/", exchange_badges.exchange_badges, name="exchange_badges"),
    path(
        "office/joint/<int:fiscal_year>/badges.pdf",
        exchange_badges.exchange_badges_pdf,
        name="exchange_badges_pdf",
    ),
    path("joint/arrive/<str:token>/", exchange_day.exchange_arrive, name="exchange_arrive"),
    # Afterwards (views/exchange_after.py, views/exchange_photos.py)
    path("office/joint/<int:fiscal_year>/after/", exchange_after.exchange_after, name="exchange_after"),
    path("office/joint/<int:fiscal_year>/after/thank/", exchange_after.exchange_thank, name="exchange_thank"),
    path(
        "office/joint/<int:fiscal_year>/after/results/",
        exchange_after.exchange_ask_results,
        name="exchange_ask_results",
    ),
    path("office/joint/<int:fiscal_year>/report/", exchange_after.exchange_report, name="exchange_report"),
    path(
        "office/joint/<int:fiscal_year>/report/words/",
        exchange_after.exchange_report_words,
        name="exchange_report_words",
    ),
    path(
        "office/joint/<int:fiscal_year>/report.pdf",
        exchange_after.exchange_report_pdf,
        name="exchange_report_pdf",
    ),
    path(
        "office/joint/<int:fiscal_year>/report.xlsx",
        exchange_after.exchange_report_xlsx,
        name="exchange_report_xlsx",
    ),
    path("office/joint/<int:fiscal_year>/photos/", exchange_photos.exchange_photos, name="exchange_photos"),
    path("office/joint/photos/<int:pk>/", exchange_photos.exchange_photo_edit, name="exchange_photo_edit"),
    path(
        "office/joint/photos/<int:pk>/remove/",
        exchange_photos.exchange_photo_remove,
        name="exchange_photo_remove",
    ),
    path("joint/photos/<int:pk>/", exchange_photos.exchange_photo, name="exchange_photo"),
    path("joint/booths/<int:pk>/result/", exchange_after.exchange_booth_result, name="exchange_booth_result"),
    path("joint/ticket/<str:token>/feedback/", exchange_after.exchange_feedback, name="exchange_feedback"),
]
