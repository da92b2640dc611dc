"""Pages that cross the apps."""

from django.urls import path

from iri_exchange.office import book, papers, views

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
    path("office/papers/", papers.office_papers, name="office_papers"),
    path("office/papers/labels.pdf", papers.office_labels, name="office_labels"),
    path("office/papers/envelopes.pdf", papers.office_envelopes, name="office_envelopes"),
    path("office/papers/badges.pdf", papers.office_badges, name="office_badges"),
    path("office/members/", views.office_members, name="office_members"),
]
