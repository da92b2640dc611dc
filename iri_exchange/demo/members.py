"""Companies and individuals join the groups, rest, return, leave: the plan of stays, told through the verbs."""

import datetime
from collections.abc import Iterator

from groups import memberships
from groups.models import Group, Membership
from iri_exchange.demo import companies, consents, people
from iri_exchange.demo.stays import Stay, plan
from iri_exchange.demo.tables.groups import GroupRow
from iri_exchange.demo.tables.stems import OTHER_TITLES
from iri_exchange.demo.tables.trades import TRADES, Trade
from iri_exchange.demo.world import Seat, Sharable, World
from members import directory
from members.models import Company, CompanyClosing, Person

# Nobody made websites for a living before.
INTERNET, ITS_FIRST_YEAR = "G40", 1997


def fill(world: World, row: GroupRow, group: Group) -> list[Seat]:
    """All members of one group, past and present; who can be elected."""
    launched = datetime.date(group.founded_year, 7, 1)
    trades = all_trades(world)
    seats: list[Seat] = []
    for stay in plan(world, row, launched):
        if row.dormant_since:  # nobody joins a group that rests
            stay.joined = min(stay.joined, row.dormant_since - datetime.timedelta(days=30))
        seats += admit(world, row, group, stay, trades)
    return seats


def admit(world: World, row: GroupRow, group: Group, stay: Stay, trades: Iterator[Trade]) -> list[Seat]:
    """One stay: somebody joins, and everything that happened to them afterwards."""
    if stay.individual:
        membership, seats = _individual(world, row, group, stay)
    else:
        membership, seats = _company(world, row, group, stay, _fitting(trades, stay))
    live(world, membership, stay)
    return seats


def live(world: World, membership: Membership, stay: Stay) -> None:
    """What happened after joining."""
    consents.answer_roster(world, membership, stay.joined)
    if stay.rested:
        memberships.rest(membership=membership, since=stay.rested, note="会員からの申出")
    if stay.resumed:
        memberships.resume(membership=membership, since=stay.resumed)
    if stay.left:
        attending = [term.person for term in membership.representatives.all()]
        memberships.leave(membership=membership, since=stay.left, reason=stay.reason)
        if stay.back:
            memberships.resume(membership=membership, since=stay.back, note="再入会")
            for person in attending:
                memberships.add_representative(membership=membership, person=person, since=stay.back)
        elif stay.reason == "closed" and membership.company:
            membership.company.status = world.dice.choice([Company.Status.CLOSED, Company.Status.MERGED])
            directory.change_company(company=membership.company)
            CompanyClosing.objects.create(
                company=membership.company, status=membership.company.status, since=stay.left
            )


def _individual(world: World, row: GroupRow, group: Group, stay: Stay) -> tuple[Membership, list[Seat]]:
    person = people.individual(world, row.office, stay.joined)
    consents.answer_questions(world, person, stay.joined)
    return memberships.join(group=group, on=stay.joined, person=person), _seats(stay, person)


def _company(
    world: World, row: GroupRow, group: Group, stay: Stay, trade: Trade
) -> tuple[Membership, list[Seat]]:
    counsel = (
        row.has_counsel_as_secretary and row.slug not in world.secretaries and not (stay.left or stay.rested)
    )
    known = None if counsel else _known(world, stay, trade)
    if known:
        company, person = known.company, known.person
    else:
        company, person = _newcomer(world, row.office, trade, stay)
    joined = memberships.join(group=group, on=stay.joined, company=company, representatives=[person])
    if counsel:
        who = people.employee(world, people.name(world), company, title="顧問", since=stay.joined)
        memberships.add_representative(membership=joined, person=who, since=stay.joined)
        world.secretaries[row.slug] = who
        return joined, [*_seats(stay, person), *_seats(stay, who)]
    if not known:
        _second(world, joined, stay)
    return joined, _seats(stay, person)


def _newcomer(world: World, area: str, trade: Trade, stay: Stay) -> tuple[Company, Person]:
    """A company new in the directory and who attends for it: mostly its head."""
    company, head, title = companies.company(world, area, trade, before=stay.joined)
    if world.chance(0.75):
        person = people.employee(world, head, company, title=title, since=stay.joined)
    else:
        title, department = world.dice.choice(OTHER_TITLES)
        person = people.employee(
            world, people.name(world), company, title=title, department=department, since=stay.joined
        )
    consents.answer_profile(world, company, stay.joined)
    consents.answer_questions(world, person, stay.joined)
    if stay.reason != "closed":
        world.sharable.append(Sharable(company, person, trade.ending, stay.left or stay.joined))
    return company, person


def _known(world: World, stay: Stay, trade: Trade) -> Sharable | None:
    """Now and then it is a company that is, or was, in an older group."""
    if stay.left:
        return None
    fitting = [one for one in world.sharable if one.trade == trade.ending and one.since < stay.joined]
    if not fitting or not world.chance(0.15):
        return None
    chosen = world.dice.choice(fitting)
    world.sharable.remove(chosen)
    return chosen


def _second(world: World, membership: Membership, stay: Stay) -> None:
    """One company in six sends a second person, often the successor."""
    last = stay.left or stay.rested or world.today
    if not membership.company or not world.chance(0.17) or last - stay.joined < datetime.timedelta(days=400):
        return
    since = world.day_between(stay.joined, last - datetime.timedelta(days=200), 0.6)
    title, department = world.dice.choice(OTHER_TITLES)
    person = people.employee(
        world, people.name(world), membership.company, title=title, department=department, since=since
    )
    memberships.add_representative(membership=membership, person=person, since=since)


def _seats(stay: Stay, person: Person) -> list[Seat]:
    """Who rests today or comes and goes is not asked to lead."""
    if stay.back or (stay.rested and not stay.resumed):
        return []
    return [Seat(person, stay.joined, stay.left)]


def all_trades(world: World) -> Iterator[Trade]:
    """Every trade once, then again: nearly everybody in a group does something different."""
    while True:
        yield from world.dice.sample(TRADES, len(TRADES))


def _fitting(trades: Iterator[Trade], stay: Stay) -> Trade:
    return next(t for t in trades if t.industry != INTERNET or stay.joined.year >= ITS_FIRST_YEAR)
