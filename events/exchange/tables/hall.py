"""The hall while it is being filled: who sits where, and what one exchange of seats would cost.

People, rounds and tables are numbers from 0 here. What the n-th meeting of a pair costs is kept for every pair, so that
an exchange is reckoned from the two tables it touches: `rises` one more meeting, `falls` what the last one cost.
"""

from random import Random

from events.exchange.tables.problem import Problem


class Hall:
    """Filled greedily at random, then changed by exchanges only, so that the tables stay as large as they are."""

    def __init__(self, problem: Problem, random: Random) -> None:
        self.random = random
        self.people = [each.id for each in problem.people]
        self.number = {each: at for at, each in enumerate(self.people)}
        size = len(self.people)
        self.wishes = [
            (self.number[one], self.number[other])
            for one, other in sorted(problem.wishes)
            if one in self.number and other in self.number
        ]
        # One broken rule outweighs every wish there is.
        self.hard = max(1000, 2 * len(self.wishes) + 1)
        self.same = _same_house(problem, self.hard)
        self.rises = [row.copy() for row in self.same]
        for one, other in self.wishes:
            self.rises[one][other] -= 1
            self.rises[other][one] -= 1
        self.first = [row.copy() for row in self.rises]
        self.falls = [[0] * size for _ in range(size)]
        self.met = [[0] * size for _ in range(size)]
        self.cost = 0
        self.tables: list[list[list[int]]] = []
        self.at: list[list[int]] = []
        self.locked = [[False] * size for _ in range(problem.rounds)]
        for round_ in range(problem.rounds):
            self._fill(problem, round_)

    def seating(self) -> dict[tuple[int, int], int]:
        return {
            (round_ + 1, self.people[who]): table + 1
            for round_, at in enumerate(self.at)
            for who, table in enumerate(at)
        }

    def swap_cost(self, round_: int, one: int, other: int) -> int:
        """What it adds when two people at different tables exchange their seats."""
        at, tables = self.at[round_], self.tables[round_]
        here, there = tables[at[one]], tables[at[other]]
        up, down = self.rises[one], self.falls[one]
        up_other, down_other = self.rises[other], self.falls[other]
        added = -up[other] - up_other[one]
        for mate in there:
            added += up[mate] - down_other[mate]
        for mate in here:
            added += up_other[mate] - down[mate]
        return added

    def swap(self, round_: int, one: int, other: int) -> None:
        here, there = self.at[round_][one], self.at[round_][other]
        self._stand_up(round_, one)
        self._stand_up(round_, other)
        self._sit_down(round_, one, there)
        self._sit_down(round_, other, here)

    def copy(self) -> list[list[int]]:
        """The table of everybody in every round, for `reseat`."""
        return [at.copy() for at in self.at]

    def reseat(self, wanted: list[list[int]]) -> None:
        """As it was before, given as the table of everybody in every round."""
        for round_, at in enumerate(wanted):
            moved = [who for who, table in enumerate(at) if table != self.at[round_][who]]
            for who in moved:
                self._stand_up(round_, who)
            for who in moved:
                self._sit_down(round_, who, at[who])

    def _stand_up(self, round_: int, who: int) -> None:
        mates = self.tables[round_][self.at[round_][who]]
        mates.remove(who)
        for mate in mates:
            self.cost -= self.falls[who][mate]
            times = self.met[who][mate] - 1
            rises = self.falls[who][mate]
            falls = self.first[who][mate] if times == 1 else self.same[who][mate] + self.hard
            self._note(who, mate, times, rises, falls)

    def _sit_down(self, round_: int, who: int, table: int) -> None:
        mates = self.tables[round_][table]
        for mate in mates:
            self.cost += self.rises[who][mate]
            again = self.same[who][mate] + self.hard
            self._note(who, mate, self.met[who][mate] + 1, again, self.rises[who][mate])
        mates.append(who)
        self.at[round_][who] = table

    def _note(self, one: int, other: int, times: int, rises: int, falls: int) -> None:
        for a, b in ((one, other), (other, one)):
            self.met[a][b], self.rises[a][b], self.falls[a][b] = times, rises, falls

    def _fill(self, problem: Problem, round_: int) -> None:
        """Those whose seat is locked, then everybody at the table that costs least; large houses first, at random."""
        sizes = problem.sizes(round_ + 1)
        self.tables.append([[] for _ in sizes])
        self.at.append([0] * len(self.people))
        for (at, who), table in sorted(problem.locks.items()):
            if at == round_ + 1 and who in self.number:
                self.locked[round_][self.number[who]] = True
                self._sit_down(round_, self.number[who], table - 1)
        mates = [sum(map(bool, row)) for row in self.same]
        waiting = [who for who in range(len(self.people)) if not self.locked[round_][who]]
        waiting.sort(key=lambda who: (-mates[who], self.random.random()))
        tables = self.tables[round_]
        for who in waiting:
            free = [table for table, size in enumerate(sizes) if len(tables[table]) < size]
            rises = self.rises[who].__getitem__
            ranked = (
                (sum(map(rises, tables[table])), len(tables[table]), self.random.random(), table)
                for table in free
            )
            self._sit_down(round_, who, min(ranked)[-1])


def _same_house(problem: Problem, hard: int) -> list[list[int]]:
    """For every pair, what it costs that they are of one house."""
    size = len(problem.people)
    found = [[0] * size for _ in range(size)]
    members: dict[str, list[int]] = {}
    for number, each in enumerate(problem.people):
        for house in each.houses:
            members.setdefault(house, []).append(number)
    for numbers in members.values():
        for one in numbers:
            for other in numbers:
                if one != other:
                    found[one][other] = hard
    return found
