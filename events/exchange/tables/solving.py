"""Working out the tables: a greedy start, then exchanges of two seats, with the same outcome every time.

Exchanges that break fewer rules are made, at first others now and then too, ever more rarely (simulated annealing); then
wishes are met where that breaks no rule. Why it is done this way: docs/decisions/0038-tables.md.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from events.exchange.tables.hall import Hall
from events.exchange.tables.problem import Problem, Solution, count, least

STEPS = 100
# Exchanges that are weighed for each seat, and how many they may be in all: a large hall takes about as long as a small one.
PER_SEAT, MOST, FEWEST = 2000, 800_000, 40_000
# How readily an exchange is made that breaks a rule more: from - to, in broken rules. The greedy start is nearly right
# in most years, and is only lost by warming it.
COLD, WARM = (0.1, 0.05), (0.5, 0.08)
# The unmet wishes are gone through so often, and how readily one is met at the cost of others: from - to, in wishes.
PASSES, WISHING = 60, (0.8, 0.1)
# Of the way of one attempt: how far it is after trying cold, and after the rules.
AFTER_COLD, AFTER_RULES = 0.1, 0.7

Tell = Callable[[int], None]


@dataclass(frozen=True)
class Cooling:
    """So many exchanges are weighed, from one temperature down to another, until the cost is `enough`."""

    turns: int
    start: float
    end: float
    enough: float


def solve(problem: Problem, tell: Tell = lambda step: None) -> Solution:
    """The seats of everybody in every round. `tell` hears how many of a hundred steps are done; what it raises ends it."""
    if not problem.people or not problem.rounds:
        return Solution({}, count(problem, {}), is_least=True)
    bound = least(problem)
    tried = []
    attempts = max(2, min(8, 400 // len(problem.people)))
    for attempt in range(attempts):
        tried.append(_attempt(problem, attempt, bound, _shared(tell, attempt, attempts)))
        if tried[-1].is_least:
            break
    tell(STEPS)
    return min(tried, key=lambda each: (each.counts.broken, -each.counts.wishes_met))


def _shared(tell: Tell, attempt: int, attempts: int) -> Callable[[float], None]:
    return lambda share: tell(int(STEPS * (attempt + share) / attempts))


def _attempt(problem: Problem, attempt: int, bound: int, tell: Callable[[float], None]) -> Solution:
    hall = Hall(problem, Random(f"{problem.seed}-{attempt}"))
    turns = max(FEWEST, min(MOST, PER_SEAT * len(hall.people) * problem.rounds))
    enough = bound * hall.hard
    cold, warm = (_cooling(hall, degrees, enough) for degrees in (COLD, WARM))
    cool(hall, replace(cold, turns=turns // 10), lambda share: tell(AFTER_COLD * share))
    cool(
        hall, replace(warm, turns=turns), lambda share: tell(AFTER_COLD + (AFTER_RULES - AFTER_COLD) * share)
    )
    meet_wishes(hall)
    tell(1)
    seating = hall.seating()
    counts = count(problem, seating)
    return Solution(seating, counts, is_least=counts.broken <= bound)


def _cooling(hall: Hall, degrees: tuple[float, float], enough: float) -> Cooling:
    start, end = (hall.hard * degree for degree in degrees)
    return Cooling(0, start, end, enough)


def cool(hall: Hall, how: Cooling, tell: Callable[[float], None]) -> None:
    """Exchanges seats at random, and leaves the best that was met."""
    movable = [[who for who, locked in enumerate(row) if not locked] for row in hall.locked]
    rounds = [number for number, people in enumerate(movable) if len(people) > 1]
    if not rounds:
        return
    best_cost, best = hall.cost, hall.copy()
    chance = hall.random.random
    for turn in range(how.turns):
        if turn % 500 == 0:
            degree = how.start * (how.end / how.start) ** (turn / how.turns)
            if turn % 10_000 == 0:
                tell(turn / how.turns)
        if hall.cost <= how.enough:
            break
        round_ = rounds[int(chance() * len(rounds))]
        people, at = movable[round_], hall.at[round_]
        one, other = people[int(chance() * len(people))], people[int(chance() * len(people))]
        if at[one] == at[other]:
            continue
        added = hall.swap_cost(round_, one, other)
        if added <= 0 or chance() < math.exp(-added / degree):
            hall.swap(round_, one, other)
            if hall.cost < best_cost:
                best_cost, best = hall.cost, hall.copy()
    if hall.cost > best_cost:
        hall.reseat(best)


def meet_wishes(hall: Hall) -> None:
    """Who wishes for somebody is brought to their table, or they to theirs, and the best that was met is left.

    Now and then at the cost of another wish, ever more rarely; never of a rule.
    """
    best_cost, best = hall.cost, hall.copy()
    start, end = WISHING
    for turn in range(PASSES):
        degree = start * (end / start) ** (turn / PASSES)
        unmet = [wish for wish in hall.wishes if not hall.met[wish[0]][wish[1]]]
        hall.random.shuffle(unmet)
        for one, other in unmet:
            if not hall.met[one][other]:
                _bring_together(hall, one, other, degree)
        if hall.cost < best_cost:
            best_cost, best = hall.cost, hall.copy()
        if not unmet:
            break
    if hall.cost > best_cost:
        hall.reseat(best)


def _bring_together(hall: Hall, one: int, other: int, degree: float) -> None:
    ranked = []
    for round_, at in enumerate(hall.at):
        locked = hall.locked[round_]
        for moves, stays in ((one, other), (other, one)):
            if locked[moves] or at[moves] == at[stays]:
                continue
            ranked += [
                (hall.swap_cost(round_, moves, mate), hall.random.random(), round_, moves, mate)
                for mate in hall.tables[round_][at[stays]]
                if mate != stays and not locked[mate]
            ]
    if ranked:
        cost, _, round_, moves, mate = min(ranked)
        if cost <= 0 or hall.random.random() < math.exp(-cost / degree):
            hall.swap(round_, moves, mate)
