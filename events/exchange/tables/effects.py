"""What one change by hand would do: how many rules it breaks or mends, how many wishes it meets or takes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from events.exchange.tables.problem import Problem, Seating, tables_of


@dataclass(frozen=True, order=True)
class Effect:
    """What is added: less than nothing is for the better, but for `wishes`."""

    repeats: int
    same_house: int
    wishes: int

    @property
    def merit(self) -> tuple[int, int]:
        """The smaller, the better."""
        return self.repeats + self.same_house, -self.wishes

    @property
    def words(self) -> str:
        """変わりません, or what changes: 二度会う組が1組ふえます。"""
        said = [
            f"{what}が{abs(count)}{unit}{'ふえます' if count > 0 else 'へります'}"
            for what, count, unit in (
                ("二度会う組", self.repeats, "組"),
                ("同じグループ・企業の組", self.same_house, "組"),
                ("かなう希望", self.wishes, "件"),
            )
            if count
        ]
        return "、".join(said) or "変わりません"


class Standing:
    """A seating, ready to be asked what changes would do to it."""

    def __init__(self, problem: Problem, seating: Seating) -> None:
        self._houses = {each.id: each.houses for each in problem.people}
        self._wishes = Counter(_pair(*wish) for wish in problem.wishes)
        self.seating = seating
        self.tables = tables_of(seating)
        self._met: Counter[tuple[int, int]] = Counter(
            pair for people in self.tables.values() for pair in combinations(sorted(people), 2)
        )

    def swap(self, round_: int, one: int, other: int) -> Effect:
        """Two people at different tables exchange their seats."""
        here, there = (self._mates(round_, who) for who in (one, other))
        left = [_pair(one, mate) for mate in here] + [_pair(other, mate) for mate in there]
        won = [_pair(one, mate) for mate in there] + [_pair(other, mate) for mate in here]
        return self._effect(left, won)

    def move(self, round_: int, who: int, table: int) -> Effect:
        """Somebody sits down at another table; without a seat so far, nobody is left."""
        left = [_pair(who, mate) for mate in self._mates(round_, who)]
        won = [_pair(who, mate) for mate in self.tables.get((round_, table), []) if mate != who]
        return self._effect(left, won)

    def _mates(self, round_: int, who: int) -> list[int]:
        people = self.tables.get((round_, self.seating.get((round_, who), 0)), [])
        return [mate for mate in people if mate != who]

    def _effect(self, left: Iterable[tuple[int, int]], won: Iterable[tuple[int, int]]) -> Effect:
        repeats = same = wishes = 0
        for pair in left:
            repeats -= self._met[pair] > 1
            same -= self._are_of_one_house(pair)
            wishes -= self._wishes[pair] if self._met[pair] == 1 else 0
        for pair in won:
            repeats += self._met[pair] > 0
            same += self._are_of_one_house(pair)
            wishes += self._wishes[pair] if not self._met[pair] else 0
        return Effect(repeats, same, wishes)

    def _are_of_one_house(self, pair: tuple[int, int]) -> bool:
        return bool(self._houses[pair[0]] & self._houses[pair[1]])


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
