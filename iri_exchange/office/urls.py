"""Pages that cross the apps."""

from django.urls import path

from iri_exchange.office import book, letters, looks, papers, views, wordings

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
    path("office/members/", views.office_members, name="office_members"),
]
