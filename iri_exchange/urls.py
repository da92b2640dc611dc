"""The map of the portal's addresses."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("iri_exchange.office.urls")),
    path("", include("events.urls")),
    path("", include("groups.urls")),
    path("", include("members.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]
handler403 = "iri_exchange.office.errors.forbidden"
handler404 = "iri_exchange.office.errors.not_found"
