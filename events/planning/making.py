"""A meeting with all that stands in its form: the facts, the groups that are invited, the agenda."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction

from events import meetings
from events.joining import asking
from events.models import Meeting
from events.planning import agenda
from events.planning.agenda import Line
from groups.models import Group
from iri_exchange.lib import history

# Who was told of a meeting is told, too, when one of these becomes another.
TOLD = ("starts_at", "ends_at", "place", "address", "online_url")


@transaction.atomic
def plan(
    *,
    group: Group,
    invited: Collection[Group] = (),
    lines: Sequence[Line] = (),
    by: Any = None,
    **facts: Any,
) -> Meeting:
    """As `meetings.plan`, with the agenda; the `invited` groups are asked, in the name of `by`."""
    with history.in_step("会合の予定"):
        meeting = meetings.plan(group=group, **facts)
        if invited:
            asking.invite(meeting=meeting, groups=invited, by=by)
        agenda.write(meeting=meeting, lines=lines)
    return meeting


@transaction.atomic
def change(
    *,
    meeting: Meeting,
    invited: Collection[Group] | None,
    lines: Sequence[Line] | None,
    by: Any = None,
    shown: Collection[int] | None = None,
    **facts: Any,
) -> list[str]:
    """As `meetings.move`; None leaves the invited groups, or the agenda, as they are. `shown` as in `asking.invite`.

    Answers which of `TOLD` have become others. A number of a regular meeting that is left out stays.
    """
    stored = Meeting.objects.get(pk=meeting.pk)
    with history.in_step("会合の変更"):
        meetings.move(meeting=meeting, **facts)
        if invited is not None:
            asking.invite(meeting=meeting, groups=invited, by=by, shown=shown)
        if lines is not None:
            agenda.write(meeting=meeting, lines=lines)
    return [name for name in TOLD if getattr(stored, name) != getattr(meeting, name)]
