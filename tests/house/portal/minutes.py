"""The minutes of the world's meetings: published, of a 総会, with a to-do."""

from typing import Any

from django.utils import timezone

from events.models import AgendaItem, Meeting, Minutes, Todo
from tests.conftest import Actor


def minuted(meeting: Meeting, staff: Actor) -> dict[str, Any]:
    """What stands in the addresses about them."""
    item = {"position": 99, "title": "事業計画", "is_motion": True, "votes_for": 2}
    AgendaItem.objects.create(meeting=meeting, **item)
    minutes = Minutes.objects.create(
        meeting=meeting,
        body="話し合いました。",
        state=Minutes.State.PUBLISHED,
        published_at=timezone.now(),
        published_by=staff.user,
    )
    first = minutes.history.earliest("history_id").history_id
    return {
        "meetings/:pk": meeting.pk,
        "meetings/<int:pk>/minutes/restore/?": f"version={first}",
        "todos/:pk": Todo.objects.create(meeting=meeting, what="会場をおさえる").pk,
    }
