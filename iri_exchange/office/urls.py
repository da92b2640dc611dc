"""Pages that cross the apps."""

from django.urls import path

from iri_exchange.office import views

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("healthz", views.healthz, name="healthz"),
    path("my/", views.my_page, name="my_page"),
    path("office/", views.office_desk, name="office_desk"),
    path("office/group/", views.office_group, name="office_group"),
    path("office/imports/", views.office_imports, name="office_imports"),
    path("office/members/", views.office_members, name="office_members"),
]
