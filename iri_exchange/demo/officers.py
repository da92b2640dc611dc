"""Elections: terms of one or two years, the chair often followed by the vice chair."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from groups import memberships
from groups.models import Group, OfficerTerm
from iri_exchange.demo.tables.groups import GroupRow
from iri_exchange.demo.world import Seat, World
from members.models import Person

Role = OfficerTerm.Role
# Older terms are not in the register.
REMEMBERED = datetime.timedelta(days=6 * 366)
FIRST_ROLES: list[str] = [Role.CHAIR, Role.VICE_CHAIR, Role.TREASURER, Role.BOARD, Role.BOARD]
ROLES: list[str] = [Role.CHAIR, Role.SECRETARY, Role.VICE_CHAIR, Role.TREASURER, Role.AUDITOR]
# From this size on a group has a board beside its officers.
HAS_A_BOARD = 15


Office = tuple[str, Person]


class Span(NamedTuple):
    since: datetime.date
    until: datetime.date


def elect(world: World, row: GroupRow, group: Group, seats: list[Seat]) -> None:
    """All terms still in the register, up to the one of today."""
    before: list[Office] = []
    for span in terms(world, row, group):
        if span.until >= world.today and row.slug in world.todays_officers:
            chosen = world.todays_officers[row.slug]
        else:
            chosen = _vote(world, row, _pool(world, seats, span), before, roles(row, group, span))
        for role, person in chosen:
            memberships.appoint(group=group, person=person, role=role, since=span.since, until=span.until)
        before = chosen


def roles(row: GroupRow, group: Group, span: Span) -> list[str]:
    """In its launch year the institute is the group's secretariat."""
    if span.since == datetime.date(group.founded_year, 7, 1):
        return FIRST_ROLES
    return [*ROLES, *([Role.BOARD] * 2 if row.size >= HAS_A_BOARD else [])]


def terms(world: World, row: GroupRow, group: Group) -> Iterator[Span]:
    """From the launch to the first turn of the group's year after its first March, then one after the other."""
    start = datetime.date(group.founded_year, 7, 1)
    month = row.fiscal_year_start
    turn = datetime.date(group.founded_year + (1 if month >= 4 else 2), month, 1)
    while start <= world.today:
        span = Span(start, turn - datetime.timedelta(days=1))
        if span.until >= world.today - REMEMBERED:
            yield span
        start, turn = turn, turn.replace(year=turn.year + row.term_years)


def _pool(world: World, seats: list[Seat], span: Span) -> list[Person]:
    """Who was there for the whole term, as far as it has passed, in the order drawn by lot."""
    end = min(span.until, world.today)
    present = [
        seat.person
        for seat in seats
        if seat.since <= span.since
        and (seat.until is None or seat.until > end)
        and seat.person.pk not in world.bystanders
    ]
    return world.dice.sample(present, len(present))


def _vote(
    world: World, row: GroupRow, pool: list[Person], before: list[Office], roles: list[str]
) -> list[Office]:
    """Who is not drawn by lot stays, or moves up; then the lot decides."""
    was = dict(reversed(before))
    fixed: dict[str, Person] = {}
    secretary = world.secretaries.get(row.slug) or was.get(Role.SECRETARY)
    if secretary in pool and (row.slug in world.secretaries or world.chance(0.7)):
        fixed[Role.SECRETARY] = secretary
    successor = was.get(Role.VICE_CHAIR if world.chance(0.6) else Role.CHAIR)
    if successor in pool and successor not in fixed.values():
        fixed[Role.CHAIR] = successor
    free = [person for person in pool if person not in fixed.values()]
    chosen = [(role, fixed[role] if role in fixed else free.pop() if free else None) for role in roles]
    return [(role, person) for role, person in chosen if person]
