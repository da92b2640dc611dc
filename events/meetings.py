"""A group's meetings: planned, moved, cancelled; taken back while the group is not launched and nobody was told."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events.models import Meeting
from groups.models import Group
from iri_exchange.lib import history, japan, states

Kind, State = Meeting.Kind, Meeting.State
PARTY = frozenset({"has_party", "party_time", "party_place", "party_fee", "party_until"})
CHANGEABLE = PARTY | {
    "number", "title", "starts_at", "ends_at", "place", "address", "online_url", "fee", "capacity", "open_seats", "note", "reply_until",
}  # fmt: skip


@transaction.atomic
def plan(
    *,
    group: Group,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    kind: str = Kind.REGULAR,
    number: int | None = None,
    title: str = "",
    **where: Any,
) -> Meeting:
    """A meeting of the group. A regular one without a number gets the next one, and one without a title its kind's.

    `where`: what else of `CHANGEABLE`. Raises ValidationError for an end before the beginning, for a number that
    another meeting has, and for a day on which the group rests or is no more.
    """
    _lock(group)
    refuse_rest(group, [timezone.localdate(starts_at)])
    if number is None and kind == Kind.REGULAR:
        number = next_number(group)
    meeting = Meeting(
        group=group,
        kind=kind,
        number=number,
        title=title or Kind(kind).label,
        starts_at=starts_at,
        ends_at=ends_at,
        **where,
    )
    meeting.full_clean()
    with history.in_step("会合の予定"):
        meeting.save()
    return meeting


@transaction.atomic
def move(*, meeting: Meeting, **changed: Any) -> Meeting:
    """Another day or place, or what else is told of it (`CHANGEABLE`).

    Raises ValidationError for a meeting that is no longer planned, and as `plan` does.
    """
    if unknown := set(changed) - CHANGEABLE:
        raise TypeError(f"not to be changed: {sorted(unknown)}")
    _read_again(meeting)
    if meeting.state not in Meeting.AHEAD:
        raise ValidationError(
            f"この会合は「{meeting.get_state_display()}」なので、変えられません。", code="not_planned"
        )
    for name, value in changed.items():
        setattr(meeting, name, value)
    if "starts_at" in changed:
        refuse_rest(meeting.group, [meeting.day])
    meeting.sequence += 1
    meeting.full_clean()
    with history.in_step("会合の変更"):
        meeting.save()
    return meeting


@transaction.atomic
def announce(*, meeting: Meeting) -> Meeting:
    """Its people were told of it. Raises ValidationError unless it is planned and nobody was told before."""
    _lock(meeting.group)
    with history.in_step("会合の案内"):
        states.advance(meeting, State.ANNOUNCED, moves=Meeting.MOVES, changed_at=timezone.now())
    return meeting


@transaction.atomic
def hold(*, meeting: Meeting) -> Meeting:
    """It took place; said once more, nothing changes. Raises ValidationError before its day, and once it is cancelled."""
    _read_again(meeting)
    if meeting.state == State.HELD:
        return meeting
    if meeting.day > timezone.localdate():
        raise ValidationError(
            "この会合は、まだ開いていません。当日から「終了」にできます。", code="too_early"
        )
    with history.in_step("会合の終了"):
        states.advance(meeting, State.HELD, moves=Meeting.MOVES, changed_at=timezone.now())
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str = "") -> Meeting:
    """It does not take place; its number is free again. Raises ValidationError once it is held or cancelled."""
    _read_again(meeting)
    with history.in_step("会合の中止"):
        states.advance(
            meeting,
            State.CANCELLED,
            moves=Meeting.MOVES,
            cancel_reason=reason,
            sequence=meeting.sequence + 1,
            changed_at=timezone.now(),
        )
    return meeting


@transaction.atomic
def withdraw(*, meeting: Meeting) -> None:
    """A plan of a group that is still being formed is deleted, and its history stays.

    Raises ValidationError once the group is launched: then its members know of the meeting, and it is cancelled.
    """
    _lock(meeting.group)
    if meeting.group.stage_on(timezone.localdate()) != Group.Stage.FORMING:
        raise ValidationError("発会したグループの会合は、取り消さずに、中止にしてください。", code="launched")
    with history.in_step("会合の予定の取り消し"):
        meeting.delete()


def refuse_rest(group: Group, days: Iterable[datetime.date]) -> None:
    """Raises ValidationError for a day on which the group rests, or is no more: nothing is planned for it."""
    for day in sorted({*days}):
        stage = group.stage_on(day)
        if stage in (Group.Stage.DORMANT, Group.Stage.DISSOLVED):
            why = "休止しています" if stage == Group.Stage.DORMANT else "もうありません"
            raise ValidationError(
                f"{japan.wareki(day)}は、グループは{why}。その日の会合は予定できません。", code="rests"
            )


def next_number(group: Group) -> int:
    """第n回 of the next regular meeting: one more than the highest that is not cancelled."""
    counted = Meeting.objects.filter(group=group).exclude(state=State.CANCELLED)
    return (counted.aggregate(highest=Max("number"))["highest"] or 0) + 1


def _lock(group: Group) -> None:
    """Two that are planned at the same moment wait for each other, and get different numbers."""
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)


def _read_again(meeting: Meeting) -> None:
    _lock(meeting.group)
    try:
        meeting.refresh_from_db()
    except Meeting.DoesNotExist as error:
        raise ValidationError("この会合は、もう取り消されています。", code="gone") from error
