"""The regular meetings of a whole year, from the group's rule."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.meeting_dates import Rule, day_in
from events.models import Meeting
from events.planning import beginning, making
from groups.models import Group
from iri_exchange.lib import history, working_days

MONTHS = 12


class Month(NamedTuple):
    """One month of those ahead: the day that the rule gives, or the meeting that is there and stays."""

    first: datetime.date
    day: datetime.date | None
    meeting: Meeting | None
    instead_of: str


def months_ahead(group: Group, rule: Rule | None) -> list[Month]:
    """Twelve months, this one first; a day of this month that is over is not proposed."""
    today, taken = timezone.localdate(), beginning.taken_months(group)
    first = today.year * 12 + today.month - 1
    return [
        _month(number // 12, number % 12 + 1, rule, taken, today) for number in range(first, first + MONTHS)
    ]


def usual_hours(group: Group) -> dict[str, Any]:
    """start, end and place of the group's meetings: of its settings, else of its latest."""
    last = beginning.last_of(group)
    known = beginning.like(last) if last else beginning.as_usual(group)
    start = group.meeting_time or known["start"]
    return {
        "start": start,
        "end": known["end"] if known["start"] == start else beginning.usual_end(start),
        "place": group.meeting_place or known["place"],
    }


@transaction.atomic
def plan_year(
    *, group: Group, days: Collection[datetime.date], start: datetime.time, end: datetime.time, place: str
) -> Sequence[Meeting]:
    """A regular meeting on each of these days, with what is usual in the group; nobody is told yet.

    Raises ValidationError for a day on which there is one already, and as `meetings.plan` does.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    taken = {each.day for each in beginning.taken_months(group).values()}
    if there := sorted(taken & set(days)):
        raise ValidationError(f"{there[0].month}月{there[0].day}日には、もう定例会があります。", code="there")
    last = beginning.last_of(group)
    with history.step("1年分の予定"):
        return [
            making.plan(
                group=group,
                starts_at=beginning.moment(day, start),
                ends_at=beginning.moment(day, end),
                place=place,
                **beginning.besides(last, day, place),
            )
            for day in sorted(set(days))
        ]


def _month(
    year: int, month: int, rule: Rule | None, taken: dict[tuple[int, int], Meeting], today: datetime.date
) -> Month:
    first = datetime.date(year, month, 1)
    if meeting := taken.get((year, month)):
        return Month(first, None, meeting, "")
    day = day_in(year, month, rule) if rule else None
    if day is None or day <= today:
        return Month(first, None, None, "")
    return Month(first, day, None, _instead_of(first, rule, day))


def _instead_of(first: datetime.date, rule: Rule | None, day: datetime.date) -> str:
    """Why it is not the rule's own day: 建国記念の日, 年末年始; "" if it is."""
    assert rule is not None
    shift = (rule.weekday - first.weekday()) % 7
    meant = first + datetime.timedelta(days=shift + 7 * (rule.week - 1))
    return working_days.closed_for(meant) if meant != day and meant.month == first.month else ""
