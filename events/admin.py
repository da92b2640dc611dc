"""Meetings in the admin: the verbs plan, change and cancel them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from events import meetings
from events.models import Meeting
from iri_exchange.lib.admin import HouseAdmin, VerbForm
from iri_exchange.lib.admin_moves import each


class MeetingForm(VerbForm):
    """A new meeting, or one that is planned put right."""

    lock = "group"

    class Meta:
        model = Meeting
        fields: ClassVar = [
            "group", "kind", "number", "title", "starts_at", "ends_at", "place", "address", "note",
        ]  # fmt: skip

    def act(self) -> Meeting:
        asked = dict(self.cleaned_data)
        if not self.instance.pk:
            return meetings.plan(**asked)
        changed = {name: asked[name] for name in meetings.CHANGEABLE & asked.keys()}
        return meetings.move(meeting=self.instance, **changed)


@admin.register(Meeting)
class MeetingAdmin(HouseAdmin):
    form = MeetingForm
    list_display = ("starts_at", "group", "kind", "number", "title", "place", "state")
    list_filter = ("state", "kind", "group__office", "starts_at")
    list_select_related = ("group",)
    search_fields = ("group__search_key",)
    autocomplete_fields = ("group",)
    actions = ("cancel",)
    page = ("meeting", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Another group, or another kind, is another meeting; the state moves by the list's action."""
        return ("group", "kind", "state") if obj else ()

    @admin.action(description="中止にする（予定の会合だけ。元には戻せません）")
    def cancel(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        each(request, chosen, lambda meeting: meetings.cancel(meeting=meeting), "中止")
