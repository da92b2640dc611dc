"""What the tables are worked out from, and what came of it. Plain data: nothing here knows the database.

Rounds and tables count from 1. People of one house (a group, a company) are not to sit together, nobody is to sit with
the same person twice, and whom people wish to meet is preferred.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise

# (round, id of a person): table
Seating = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Sitter:
    """Somebody who takes part, and the keys of the houses they belong to."""

    id: int
    houses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """`wishes` holds (who, whom); `locks` are seats that stay. The same problem has the same solution."""

    people: tuple[Sitter, ...]
    rounds: int
    seats: int = 6
    wishes: frozenset[tuple[int, int]] = frozenset()
    locks: Seating = field(default_factory=dict)
    seed: int = 1

    @property
    def tables(self) -> int:
        """As few as hold everybody; more only where a seat is locked at a later table."""
        return max([math.ceil(len(self.people) / self.seats), *self.locks.values()])

    def sizes(self, round_: int) -> list[int]:
        """How many sit at each table: as equal as the locked seats let it be, the first tables the larger ones."""
        sizes = [0] * self.tables
        known = {each.id for each in self.people}
        locked = [
            table for (round_at, who), table in self.locks.items() if round_at == round_ and who in known
        ]
        for table in locked:
            sizes[table - 1] += 1
        for _ in range(len(self.people) - len(locked)):
            sizes[sizes.index(min(sizes))] += 1
        return sizes


@dataclass(frozen=True)
class Counts:
    """What could not be kept: meetings of a pair beyond its first, and pairs of one house at one table (each time).

    `wishes_met` counts each wish once; when two wish for each other, both are met.
    """

    repeats: int
    same_house: int
    wishes_met: int
    wishes_total: int

    @property
    def broken(self) -> int:
        return self.repeats + self.same_house


@dataclass(frozen=True)
class Solution:
    """`is_least`: it is certain that nobody finds fewer repeated pairs and pairs of one house."""

    seating: Seating
    counts: Counts
    is_least: bool


def count(problem: Problem, seating: Seating) -> Counts:
    """Reckoned from the seats alone, whoever gave them out."""
    houses = {each.id: each.houses for each in problem.people}
    meetings: Counter[tuple[int, int]] = Counter(
        pair for people in tables_of(seating).values() for pair in combinations(sorted(people), 2)
    )
    same = sum(times for (one, other), times in meetings.items() if houses[one] & houses[other])
    met = sum(tuple(sorted(wish)) in meetings for wish in problem.wishes)
    return Counts(sum(times - 1 for times in meetings.values()), same, met, len(problem.wishes))


def tables_of(seating: Seating) -> dict[tuple[int, int], list[int]]:
    """{(round, table): ids}, in the order of rounds and tables."""
    found: dict[tuple[int, int], list[int]] = {}
    for (round_, who), table in seating.items():
        found.setdefault((round_, table), []).append(who)
    return dict(sorted(found.items()))


def faults(problem: Problem, seating: Seating) -> list[str]:
    """What makes the seats none at all: somebody without, or with one too many, a lock that was lost, unequal tables."""
    wanted = {(round_, each.id) for round_ in range(1, problem.rounds + 1) for each in problem.people}
    said = [f"{key} has no seat" for key in sorted(wanted - seating.keys())]
    said += [f"{key} should have no seat" for key in sorted(seating.keys() - wanted)]
    said += [
        f"{key} was locked at {table}"
        for key, table in problem.locks.items()
        if key in wanted and seating.get(key, table) != table
    ]
    for round_ in range(1, problem.rounds + 1):
        counted = Counter(table for (at, _), table in seating.items() if at == round_)
        if [counted[table + 1] for table in range(problem.tables)] != problem.sizes(round_):
            said.append(f"the tables of round {round_} are not as large as they should be")
    return said


def least(problem: Problem) -> int:
    """No seating breaks fewer rules than this: a bound that is easily reckoned, not always one that can be reached."""
    sizes = [problem.sizes(round_) for round_ in range(1, problem.rounds + 1)]
    return sum(_least_of_houses(problem.people, each) for each in sizes) + _least_repeats(problem, sizes)


def _least_of_houses(people: Iterable[Sitter], sizes: list[int]) -> int:
    members: dict[str, set[int]] = {}
    for each in people:
        for house in each.houses:
            members.setdefault(house, set()).add(each.id)
    bounds = sorted(
        ((_spread(len(ids), sizes), house) for house, ids in members.items()),
        key=lambda each: (-each[0], each[1]),
    )
    found, taken = 0, list[set[int]]()
    for bound, house in bounds:
        # A pair that two houses share would be counted twice.
        if bound and all(len(members[house] & other) < 2 for other in taken):
            found += bound
            taken.append(members[house])
    return found


def _spread(members: int, sizes: list[int]) -> int:
    """The fewest pairs at one table when so many are spread over tables of these sizes."""
    at = [0] * len(sizes)
    for _ in range(members):
        free = [table for table, size in enumerate(sizes) if at[table] < size]
        at[min(free, key=lambda table: at[table])] += 1
    return sum(math.comb(each, 2) for each in at)


def _least_repeats(problem: Problem, sizes: list[list[int]]) -> int:
    """There are only so many pairs; and who sat together must part, for which there may be too few tables."""
    pairs = sum(math.comb(size, 2) for each in sizes for size in each)
    by_pairs = pairs - math.comb(len(problem.people), 2)
    by_parting = sum(sum(_spread(size, after) for size in before) for before, after in pairwise(sizes))
    return max(0, by_pairs, by_parting)
