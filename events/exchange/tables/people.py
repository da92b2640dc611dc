"""Who sits at the tables, of which houses they are, whom they wish to meet: what the tables are worked out from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from events.exchange.tables.problem import Problem, Sitter
from events.models import JointExchange, Registration, TableSeat, Wish
from groups.models import Representative
from iri_exchange.lib import japan

# What stands for no company at all.
NO_HOUSE = frozenset(map(japan.fold, ["個人", "個人会員", "なし", "無し", "無所属", "フリー"]))


@dataclass(frozen=True)
class Party:
    """Everybody who sits at the tables of one exchange. `names` are those of the houses: {key: けやき会}."""

    people: dict[int, Registration]
    houses: dict[int, frozenset[str]]
    names: dict[str, str]

    def shared(self, one: int, other: int) -> str:
        """The name of a house of both, a group rather than a company; empty if there is none."""
        keys = sorted(self.houses[one] & self.houses[other], reverse=True)
        return self.names[keys[0]] if keys else ""


def coming(exchange: JointExchange) -> Any:
    """Those who have a place and want to sit at the tables."""
    rows = Registration.objects.coming().filter(exchange=exchange, wants_tables=True)
    return rows.select_related("group", "partner_group", "membership__company")


def party_of(exchange: JointExchange) -> Party:
    """In two queries. Somebody of two groups is of both houses."""
    people = {row.pk: row for row in coming(exchange)}
    attends: dict[int, list[Representative]] = {}
    persons = [row.person_id for row in people.values() if row.person_id]
    terms = Representative.objects.on(exchange.day).select_related("membership__group", "membership__company")
    for each in terms.filter(person__in=persons):
        attends.setdefault(each.person_id, []).append(each)
    names: dict[str, str] = {}
    houses = {}
    for pk, row in people.items():
        own = dict(_houses(row, attends.get(row.person_id or 0, [])))
        houses[pk] = frozenset(own)
        names |= own
    return Party(people, houses, names)


def problem_of(
    exchange: JointExchange, party: Party, locked: Iterable[TableSeat] = (), seed: int = 1
) -> Problem:
    """What is to be solved for these people; wishes of or for those who do not sit there are none."""
    people = party.people
    wishes = Wish.objects.filter(wisher__in=list(people), wanted__in=list(people))
    rounds = exchange.table_rounds
    return Problem(
        people=tuple(Sitter(pk, party.houses[pk]) for pk in sorted(people)),
        rounds=rounds,
        seats=exchange.table_seats,
        wishes=frozenset(wishes.values_list("wisher_id", "wanted_id")),
        locks={
            (seat.round, seat.registration_id): seat.table
            for seat in locked
            if seat.registration_id in people and seat.round <= rounds
        },
        seed=seed,
    )


def _houses(row: Registration, attends: Sequence[Representative]) -> Iterable[tuple[str, str]]:
    """(key, name): groups by their id, companies and affiliations by their folded name, however they are written."""
    if row.partner_group_id and row.partner_group:
        yield f"partner-{row.partner_group_id}", row.partner_group.name
    if row.group_id and row.group:
        yield f"group-{row.group_id}", row.group.name
    firms = [row.affiliation]
    if row.membership and row.membership.company:
        firms.append(row.membership.company.name)
    for each in attends:
        yield f"group-{each.membership.group_id}", each.membership.group.name
        if each.membership.company:
            firms.append(each.membership.company.name)
    for firm in filter(None, firms):
        if (key := japan.fold(firm)) and key not in NO_HOUSE:
            yield f"firm-{key}", firm
