"""Meetings in the admin: those of which the institute was the secretariat; the verbs plan and change them.

A meeting is called off on its own page, which asks for the reason and says who is told.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from events import meetings
from events.models import Meeting
from events.telling import changes
from events.visibility import INSTITUTES, was_the_institutes, with_stage
from iri_exchange.lib.admin import HouseAdmin, VerbForm

NOT_OURS = "この日には、グループが自分で運営しています。会合は、グループの役員が予定します。"


class MeetingForm(VerbForm):
    """A new meeting, or one that is planned put right. `by`: who does it."""

    lock = "group"
    by: Any = None

    class Meta:
        model = Meeting
        fields: ClassVar = [
            "group", "kind", "number", "title", "starts_at", "ends_at", "place", "address", "note",
        ]  # fmt: skip

    def act(self) -> Meeting:
        asked = dict(self.cleaned_data)
        group = self.instance.group if self.instance.pk else asked["group"]
        if not was_the_institutes(Meeting(group=group, starts_at=asked["starts_at"])):
            raise ValidationError({"starts_at" if self.instance.pk else "group": NOT_OURS})
        if not self.instance.pk:
            return meetings.plan(**asked)
        changed = {name: asked[name] for name in meetings.CHANGEABLE & asked.keys()}
        return changes.change(meeting=self.instance, by=self.by, **changed).meeting


@admin.register(Meeting)
class MeetingAdmin(HouseAdmin):
    form = MeetingForm
    list_display = ("starts_at", "group", "kind", "number", "title", "place", "state")
    list_filter = ("state", "kind", "group__office", "starts_at")
    list_select_related = ("group",)
    search_fields = ("group__search_key",)
    autocomplete_fields = ("group",)
    page = ("meeting", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A group that runs itself keeps its meetings to itself, but for their days."""
        return with_stage(super().get_queryset(request)).filter(stage_then__in=INSTITUTES)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and (obj is None or was_the_institutes(obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or was_the_institutes(obj))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form is a class of its own for each request."""
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Another group, or another kind, is another meeting; the state moves on the meeting's page."""
        return ("group", "kind", "state") if obj else ()
