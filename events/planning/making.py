"""A meeting with all that stands in its form: the facts, the groups that are invited, the agenda."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from events import meetings
from events.models import InvitedGroup, Meeting
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
    **facts: Any,
) -> Meeting:
    """As `meetings.plan`, with the invited groups and the agenda."""
    with history.in_step("会合の予定"):
        meeting = meetings.plan(group=group, **facts)
        _invite(meeting, invited)
        agenda.write(meeting=meeting, lines=lines)
    return meeting


@transaction.atomic
def change(
    *, meeting: Meeting, invited: Collection[Group] | None, lines: Sequence[Line] | None, **facts: Any
) -> list[str]:
    """As `meetings.move`; None leaves the invited groups, or the agenda, as they are.

    Answers which of `TOLD` have become others. A number of a regular meeting that is left out stays.
    """
    stored = Meeting.objects.get(pk=meeting.pk)
    with history.in_step("会合の変更"):
        meetings.move(meeting=meeting, **facts)
        if invited is not None:
            _invite(meeting, invited)
        if lines is not None:
            agenda.write(meeting=meeting, lines=lines)
    return [name for name in TOLD if getattr(stored, name) != getattr(meeting, name)]


def _invite(meeting: Meeting, groups: Collection[Group]) -> None:
    """Who is invited no longer loses what its members answered only from sight; the replies stay."""
    wanted = {group.pk for group in groups}
    if meeting.group_id in wanted:
        raise ValidationError({"invited": "自分のグループは、招かなくても案内が届きます。"})
    rows = {row.group_id: row for row in meeting.invited_groups.all()}
    for pk, row in rows.items():
        if pk not in wanted:
            row.delete()
    for group in groups:
        if group.pk not in rows:
            InvitedGroup.objects.create(meeting=meeting, group=group)
