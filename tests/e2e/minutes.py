"""Minutes to look at, of a meeting of the demo's group."""

from typing import Any

from django.utils import timezone

from events.models import Meeting, Minutes, Todo
from members.models import User


def minuted(met: Meeting, staff: User) -> dict[str, Any]:
    """The meeting with minutes that were published."""
    minutes = Minutes.objects.create(
        meeting=met,
        body="新しい加工機の話をしました。",
        decisions="次は工場を見ます。",
        public_summary="加工の話をしました。",
        state=Minutes.State.PUBLISHED,
        published_at=timezone.now(),
        published_by=staff,
    )
    return {
        "meetings/:pk": met.pk,
        "meetings/<int:pk>/minutes/restore/?": f"version={minutes.history.get().history_id}",
        "todos/:pk": Todo.objects.create(meeting=met, what="会場をおさえる", who="青木").pk,
    }
