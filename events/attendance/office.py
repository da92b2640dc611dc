"""What the office sees of attendance: of the institute's meetings all, of those of groups on their own dates and numbers.

Which of the two a meeting is follows the stage of its group on the meeting's date.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from events.attendance.counting import Counted, counts_of, held
from events.models import Meeting, Minutes
from events.visibility import was_the_institutes, with_stage
from groups.models import Group
from iri_exchange.lib import japan

FIRST_MONTH = 4


@dataclass(frozen=True)
class Held:
    """A meeting, how many were there, what everybody may read of it. `in_full`: the institute was the secretariat."""

    meeting: Meeting
    count: Counted | None
    summary: str
    in_full: bool


@dataclass(frozen=True)
class Line:
    """A group's year: its meetings, those with a record of attendance, and the sum of these."""

    group: Group
    meetings: int
    recorded: int
    total: Counted

    @property
    def average(self) -> float | None:
        return round(self.total.there / self.recorded, 1) if self.recorded else None


def lines_of(groups: Sequence[Group], year: int) -> list[Line]:
    """Each group's fiscal year of the programme, from April. Two queries."""
    found = held(Meeting.objects.filter(group__in=groups, **_in(year)))
    by_group: dict[int, list[int]] = {}
    for pk, group in found.order_by().values_list("pk", "group_id"):
        by_group.setdefault(group, []).append(pk)
    counts = counts_of([pk for pks in by_group.values() for pk in pks])
    return [_line(group, by_group.get(group.pk, []), counts) for group in groups]


def meetings_of(group: Group, year: int) -> list[Held]:
    """The year's meetings of one group, the latest first, with what the office may know. Three queries."""
    rows = with_stage(held(Meeting.objects.filter(group=group, **_in(year)))).select_related("group")
    meetings = list(rows.order_by("-starts_at", "-pk"))
    counts = counts_of([each.pk for each in meetings])
    published = Minutes.objects.filter(meeting__in=meetings, state=Minutes.State.PUBLISHED)
    summaries = dict(published.values_list("meeting_id", "public_summary"))
    return [
        Held(each, counts.get(each.pk), summaries.get(each.pk, ""), was_the_institutes(each))
        for each in meetings
    ]


def years(today: datetime.date) -> list[int]:
    """This year of the programme and those before, as long as there were meetings, ten at most; the newest first."""
    first = Meeting.objects.filter(state=Meeting.State.HELD).order_by("starts_at").first()
    this = japan.fiscal_year(today, FIRST_MONTH)
    last = japan.fiscal_year(first.day, FIRST_MONTH) if first else this
    return list(range(this, max(last, this - 9) - 1, -1))


def _in(year: int) -> dict[str, Any]:
    return {
        "starts_at__date__gte": datetime.date(year, FIRST_MONTH, 1),
        "starts_at__date__lt": datetime.date(year + 1, FIRST_MONTH, 1),
    }


def _line(group: Group, meetings: Sequence[int], counts: dict[int, Counted]) -> Line:
    recorded = [counts[pk] for pk in meetings if pk in counts]
    return Line(group, len(meetings), len(recorded), sum(recorded, Counted()))
