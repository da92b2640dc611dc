"""What a handover book tells, gathered as of one day: a fixed number of queries, whatever the group is."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from django.utils.functional import cached_property

from events.minutes.todos import open_todos
from events.models import Todo
from events.planning import turns
from groups import bylaws, handing_on
from groups.models import Adviser, Bylaws, Group, Membership, OfficerTerm, StaffAssignment
from groups.officers import ROLES
from groups.rosters.building import Roster, roster
from groups.rosters.copies import Holds, holds
from groups.rosters.variants import Variant
from groups.unnamed import called
from iri_exchange.lib import japan
from iri_exchange.office.handover_book import year_ahead
from iri_exchange.office.handover_book.places import Place, places_of
from iri_exchange.office.handover_book.year_ahead import Month
from members.models import Person, User


@dataclass(frozen=True)
class TurnLine:
    """One meeting and who looks after it or presents, by name; by number who is left out of the roster."""

    day: datetime.date
    meeting: str
    duty: tuple[str, ...]
    presenting: tuple[str, ...]


@dataclass(frozen=True)
class TurnTable:
    """One of the group's years; `without_duty`: who of today's members has none in it."""

    label: str
    lines: tuple[TurnLine, ...]
    without_duty: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """The chapters. `left_out`: the numbers of the members that are not in the roster, for they have not agreed that it
    is handed on; who leads the group is named all the same. `next_officers`: those whose term is still to come.
    """

    group: Group
    day: datetime.date
    year: int
    roster: Roster
    left_out: tuple[str, ...]
    officers: tuple[OfficerTerm, ...]
    next_officers: tuple[OfficerTerm, ...]
    advisers: tuple[Adviser, ...]
    months: tuple[Month, ...]
    turns: tuple[TurnTable, ...]
    todos: tuple[Todo, ...]
    bylaws: Bylaws | None
    staff: tuple[Person, ...]
    places: tuple[Place, ...]

    @property
    def duties(self) -> list[year_ahead.Due]:
        """The twelve, each in its month of the group's year."""
        return year_ahead.duties(self.group)

    @property
    def year_label(self) -> str:
        return japan.fiscal_year_label(self.year)

    @cached_property
    def tells_of(self) -> Holds:
        """For the log: whoever stands in the roster, leads or advises the group, or is on duty at the office."""
        people, companies = holds(self.roster, on_paper=True)
        people |= {term.person_id for term in self.officers + self.next_officers}
        people |= {term.person_id for term in self.advisers}
        return Holds(people | {each.pk for each in self.staff}, companies)


def contents(*, group: Group, day: datetime.date, reader: User) -> Contents:
    """As of a day, for one who may have it. The to-dos are those that the reader may open."""
    left_out = handing_on.left_out(group, day)
    whole = roster(group, Variant.OFFICE, day)
    kept, numbers = _without(whole, left_out)
    year = year_ahead.year_ahead(group, day)
    now, later = _officers(group, day)
    this_year = turns.year_of(group, day)
    return Contents(
        group=group,
        day=day,
        year=year,
        roster=kept,
        left_out=numbers,
        officers=now,
        next_officers=later,
        advisers=tuple(_still(Adviser, group, day)),
        months=tuple(year_ahead.months_ahead(group, day)),
        turns=tuple(_turns(group, each, left_out) for each in sorted({this_year, year})),
        todos=tuple(open_todos(group, reader)),
        bylaws=bylaws.in_force(group, day),
        staff=tuple(_on_duty(group, day)),
        places=tuple(places_of(group)),
    )


def _without(whole: Roster, left_out: Collection[int]) -> tuple[Roster, tuple[str, ...]]:
    """The roster without some members, numbered anew, and the numbers of those it does without."""
    if not left_out:
        return whole, ()
    rows = Membership.objects.filter(pk__in=left_out).select_related("group").order_by("sequence")
    theirs = {row.member_number for row in whole.rows}
    numbers = [each.number for each in rows if each.number in theirs]
    new = count(1)
    kept = [row for row in whole.rows if row.member_number not in numbers]
    first = [row for row in kept if row.number <= whole.officer_rows]
    rows_anew = tuple(replace(row, number=next(new)) for row in kept)
    return replace(whole, rows=rows_anew, officer_rows=len(first)), tuple(numbers)


def _officers(group: Group, day: datetime.date) -> tuple[tuple[OfficerTerm, ...], tuple[OfficerTerm, ...]]:
    """Those of the day, and those to come, by rank."""
    terms = sorted(
        _still(OfficerTerm, group, day),
        key=lambda term: (ROLES.index(term.role), term.since, term.person.sort_key, term.pk),
    )
    return (
        tuple(term for term in terms if term.since <= day),
        tuple(term for term in terms if term.since > day),
    )


def _still(model: Any, group: Group, day: datetime.date) -> list[Any]:
    """Terms that are not over, those to come too."""
    rows = model.objects.filter(group=group).exclude(until__lt=day).select_related("person")
    return list(rows.order_by("since", "pk"))


def _turns(group: Group, year: int, left_out: Collection[int]) -> TurnTable:
    table = turns.table_of(group, year)
    lines = tuple(
        TurnLine(
            day=line.meeting.day,
            meeting=line.meeting.name,
            duty=_names(line.duty, left_out),
            presenting=_names(line.presenting, left_out),
        )
        for line in table.lines
    )
    without = [each for each in table.without[turns.Role.DUTY] if each.pk not in left_out]
    return TurnTable(japan.fiscal_year_label(year), lines, _names(without, left_out))


def _names(members: Collection[Membership], left_out: Collection[int]) -> tuple[str, ...]:
    return tuple(called(each) if each.pk in left_out else str(each.member) for each in members)


def _on_duty(group: Group, day: datetime.date) -> list[Person]:
    """Each once, by name."""
    terms = StaffAssignment.objects.on(day).filter(office=group.office).select_related("person")
    people = {term.person for term in terms}
    return sorted(people, key=lambda person: (person.sort_key, person.pk))
