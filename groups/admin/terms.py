"""Terms of officers and advisers."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from groups.admin import forms
from groups.models import Adviser, OfficerTerm
from iri_exchange.lib.admin import HouseAdmin


@admin.register(OfficerTerm)
class OfficerTermAdmin(HouseAdmin):
    form = forms.OfficerTermForm
    list_display = ("group", "role", "person", "since", "until")
    list_filter = ("role", "group__office", "since")
    list_select_related = ("group", "person")
    search_fields = ("person__search_key", "group__search_key")
    autocomplete_fields = ("group", "person")
    page = ("group_officers", "group.slug")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A term never goes over to another group, which would leave the first alone."""
        return ("group",) if obj else ()


@admin.register(Adviser)
class AdviserAdmin(HouseAdmin):
    form = forms.AdviserForm
    list_display = ("group", "person", "since", "until")
    list_filter = ("group__office", "since")
    list_select_related = ("group", "person")
    search_fields = ("person__search_key", "group__search_key")
    autocomplete_fields = ("group", "person")
    page = ("group", "group.slug")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Another person is another term."""
        return ("group", "person") if obj else ()
