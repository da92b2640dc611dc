"""May you see it: the meetings whose group you see. How much of one is told, its page asks the rules."""

from typing import Any

from django.db.models import QuerySet

from events.models import Meeting
from groups.visibility import groups_visible_to


def meetings_visible_to(user: Any) -> QuerySet[Meeting]:
    """Of a group that is being formed the office alone sees what is planned."""
    groups = groups_visible_to(user).order_by().values("pk")
    return Meeting.objects.filter(group__in=groups).select_related("group__office")
