"""これからの予定: from today to the end of the group's coming year, month by month, meetings and duties together."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from events.models import InvitedGroup, Meeting
from groups.models import Group
from iri_exchange.lib import japan
from iri_exchange.office.handover_book.twelve import TWELVE, Duty

# Of all groups, whenever their own year begins: {month: what is due}.
JOINT_EVENT = {
    11: "合同交流会（2月）に出展する会員を決めます。",
    1: "合同交流会（2月）の参加を申し込みます。",
    2: "合同交流会があります。すべてのグループが集まります。",
}
# With so many months left of a year, the year itself is still ahead.
MOST_OF_A_YEAR = 6


@dataclass(frozen=True)
class Month:
    """`duty` is that of the group's own year, None before that begins."""

    first: datetime.date
    meetings: tuple[Meeting, ...]
    duty: Duty | None
    joint_event: str

    @property
    def label(self) -> str:
        """令和8年11月"""
        return japan.wareki(self.first).removesuffix("1日")


class Due(NamedTuple):
    """What is done in a month (1 to 12) of the group's year."""

    month: int
    duty: Duty


def duties(group: Group) -> list[Due]:
    """From the first month of its year on."""
    return [Due((group.fiscal_year_start - 1 + place) % 12 + 1, duty) for place, duty in enumerate(TWELVE)]


def year_ahead(group: Group, day: datetime.date) -> int:
    """The group's fiscal year that the book is about: this one in its first half, then the next one."""
    year = japan.fiscal_year(day, group.fiscal_year_start)
    gone = (day.year - year) * 12 + day.month - group.fiscal_year_start
    return year if 12 - gone > MOST_OF_A_YEAR else year + 1


def months_ahead(group: Group, day: datetime.date) -> list[Month]:
    """From the month of `day` to the end of the year ahead. One query for the meetings."""
    begin = datetime.date(year_ahead(group, day), group.fiscal_year_start, 1)
    by_month: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
    for meeting in _meetings(group, day):
        by_month[meeting.day.year, meeting.day.month].append(meeting)
    months = []
    first = day.replace(day=1)
    while first < begin.replace(year=begin.year + 1):
        place = (first.year - begin.year) * 12 + first.month - begin.month
        months.append(
            Month(
                first=first,
                meetings=tuple(by_month[first.year, first.month]),
                duty=TWELVE[place] if place >= 0 else None,
                joint_event=JOINT_EVENT.get(first.month, ""),
            )
        )
        first = (first + datetime.timedelta(days=31)).replace(day=1)
    return months


def _meetings(group: Group, day: datetime.date) -> list[Meeting]:
    """Its own, and those of other groups that it has agreed to hold together."""
    together = InvitedGroup.objects.agreed().filter(group=group).values("meeting")
    told = [Meeting.State.ANNOUNCED, Meeting.State.HELD]
    rows = Meeting.objects.filter(
        Q(group=group) | Q(pk__in=together, state__in=told), starts_at__date__gte=day
    )
    rows = rows.exclude(state=Meeting.State.CANCELLED).select_related("group")
    return list(rows.order_by("starts_at", "pk"))
