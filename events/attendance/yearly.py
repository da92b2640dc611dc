"""One group's attendance in one of its years: members × meetings, with totals, rates and how they developed."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from events.attendance.counting import Counted, counts_of, held
from events.models import Attendance, Meeting
from groups.handing_on import NOTHING_WITHHELD, Withheld
from groups.models import Group, Membership, MembershipStatus
from groups.visibility import NOTHING, Listing, all_but, as_listed
from iri_exchange.lib import japan

Kind = Attendance.Kind
# Of two who attend for one member, the one who was there the most.
ORDER = [Kind.PRESENT, Kind.LATE, Kind.EARLY, Kind.PROXY, Kind.ABSENT, ""]


@dataclass(frozen=True)
class Session:
    """A meeting that was held, and how many were there."""

    meeting: Meeting
    count: Counted

    @property
    def label(self) -> str:
        """8/25"""
        return f"{self.meeting.day.month}/{self.meeting.day.day}"


@dataclass(frozen=True)
class Cell:
    """What a member was at a meeting: a kind, "" where nothing was ticked. `rests`: 休会 on the day, not counted."""

    session: Session
    kind: str = ""
    rests: bool = False

    @property
    def is_there(self) -> bool:
        return self.kind in Attendance.THERE

    @property
    def is_counted(self) -> bool:
        return bool(self.kind) and not self.rests

    @property
    def shape(self) -> str:
        if self.rests and not self.is_there:
            return "休"
        return Attendance.SHAPES[Kind(self.kind)] if self.kind else "―"

    @property
    def word(self) -> str:
        if self.rests and not self.is_there:
            return "休会中"
        return Kind(self.kind).label if self.kind else "記録なし"


@dataclass(frozen=True)
class Row:
    """A member's year."""

    membership: Membership
    cells: list[Cell]

    @property
    def count(self) -> Counted:
        counted = [cell for cell in self.cells if cell.is_counted]
        there = sum(cell.is_there for cell in counted)
        return Counted(there, len(counted), there)


@dataclass(frozen=True)
class Year:
    """`rows` are the members that the reader may know; `hidden` how many others there are in the counts."""

    group: Group
    year: int
    sessions: list[Session]
    rows: list[Row]
    hidden: int
    years: dict[int, Counted] = field(default_factory=dict)
    sessions_in: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> Counted:
        return sum((session.count for session in self.sessions), Counted())

    @property
    def average(self) -> float | None:
        """Members at a meeting, to one decimal."""
        return round(self.total.there / len(self.sessions), 1) if self.sessions else None

    @property
    def title(self) -> str:
        return japan.fiscal_year_label(self.year)


def year_of(
    group: Group,
    year: int | None,
    *,
    in_full: bool,
    own: frozenset[int] = frozenset(),
    without: Withheld = NOTHING_WITHHELD,
) -> Year:
    """A fixed number of queries. `year`: None for the newest with a meeting.

    Who does not know the group's register `in_full` is told of no member that asked not to be listed, but of their own;
    nor is who knows it `without` some of such a one among those.
    """
    meetings = list(held(Meeting.objects.filter(group=group)))
    counts = counts_of([each.pk for each in meetings])
    sessions = [Session(each, counts[each.pk]) for each in meetings if each.pk in counts]
    by_year: dict[int, list[Session]] = defaultdict(list)
    for session in sessions:
        by_year[japan.fiscal_year(session.meeting.day, group.fiscal_year_start)].append(session)
    if year is None:
        year = max(by_year, default=japan.fiscal_year(timezone.localdate(), group.fiscal_year_start))
    chosen = by_year.get(year, [])
    marks = _marks(group, chosen)
    members = _members(group, marks, in_full=in_full, own=own, without=without)
    return Year(
        group=group,
        year=year,
        sessions=chosen,
        rows=[Row(member, _cells(chosen, marks[member.pk])) for member in members],
        hidden=len(marks) - len(members),
        years={each: sum((one.count for one in of), Counted()) for each, of in sorted(by_year.items())},
        sessions_in={each: len(of) for each, of in by_year.items()},
    )


def _marks(group: Group, sessions: Sequence[Session]) -> dict[int, dict[int, Cell]]:
    """{membership id: {meeting id: its cell}} of everybody who belonged to the group on one of the days, or was ticked."""
    by_pk = {session.meeting.pk: session for session in sessions}
    found: dict[int, dict[int, Cell]] = defaultdict(dict)
    for membership, states in _statuses(group).items():
        for pk, session in by_pk.items():
            state = _on(states, session.meeting.day)
            if state in Membership.BELONGING:
                found[membership][pk] = Cell(session, rests=state == Membership.Status.ON_LEAVE)
    ticked = Attendance.objects.filter(meeting__in=by_pk, membership__group=group, person__isnull=False)
    for membership, pk, kind in ticked.values_list("membership_id", "meeting_id", "kind"):
        known = found[membership].get(pk, Cell(by_pk[pk], rests=True))
        found[membership][pk] = replace(known, kind=min(known.kind, kind, key=ORDER.index))
    return found


def _statuses(group: Group) -> dict[int, list[tuple[datetime.date, str]]]:
    """{membership id: [(since, state)]}, the earliest first."""
    rows = MembershipStatus.objects.filter(membership__group=group).order_by("since")
    found: dict[int, list[tuple[datetime.date, str]]] = defaultdict(list)
    for membership, since, state in rows.values_list("membership_id", "since", "state"):
        found[membership].append((since, state))
    return found


def _on(states: list[tuple[datetime.date, str]], day: datetime.date) -> str:
    return next((state for since, state in reversed(states) if since <= day), "")


def _members(
    group: Group, marks: dict[int, Any], *, in_full: bool, own: frozenset[int], without: Withheld
) -> list[Membership]:
    """By フリガナ."""
    known = all_but(without) if in_full else Q(pk__in=own) if own else NOTHING
    rows = as_listed(Membership.objects, timezone.localdate(), in_full=known)
    rows = rows.filter(group=group, pk__in=list(marks), listing__gt=Listing.HIDDEN)
    members = list(rows.select_related("company", "person", "group"))
    return sorted(members, key=lambda each: (each.member.sort_key, each.pk))


def _cells(sessions: Sequence[Session], marks: dict[int, Cell]) -> list[Cell]:
    return [marks.get(session.meeting.pk, Cell(session)) for session in sessions]
