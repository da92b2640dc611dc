"""What an office sets up: label sheets, the offices themselves, and who works there."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from groups.admin import forms
from groups.models import LabelFormat, Office, StaffAssignment
from iri_exchange.lib.admin import HouseAdmin


@admin.register(LabelFormat)
class LabelFormatAdmin(HouseAdmin):
    """The sheets an office buys; the usual ones are there from the beginning."""

    form = forms.LabelFormatForm
    list_display = ("name", "columns", "rows", "width", "height", "left", "top")


@admin.register(Office)
class OfficeAdmin(HouseAdmin):
    rule = "office.install"
    list_display = ("name", "short_name", "slug", "phone", "fax", "order")


@admin.register(StaffAssignment)
class StaffAssignmentAdmin(HouseAdmin):
    rule = "office.install"
    form, verb_form = forms.AssignmentForm, forms.StaffForm
    list_display = ("person", "office", "since", "until")
    list_filter = ("office", "since")
    list_select_related = ("person", "office")
    search_fields = ("person__search_key",)
    autocomplete_fields = ("person",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only installs the portal does not look through its people: they write the first colleague down."""
        if obj:
            return ["person", "office", "since", "until"]
        chosen = ["person"] if request.user.has_perm("office.administer") else []
        return [*chosen, "family_name", "given_name", "email", "office", "since", "until"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("person",) if obj else ()
