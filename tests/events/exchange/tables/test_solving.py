"""Working out the tables: what can be kept is kept, always the same way, and no better one exists where it says so."""

import time
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.exchange.tables.problem import Counts, Problem, Sitter, count, faults, least
from events.exchange.tables.solving import STEPS, solve


def people(*houses: str) -> tuple[Sitter, ...]:
    return tuple(Sitter(number, frozenset(filter(None, [house]))) for number, house in enumerate(houses, 1))


def of_groups(size: int, groups: int, rounds: int = 3, wishes: int = 0, seed: int = 1) -> Problem:
    random = Random(size)
    ids = range(1, size + 1)
    wanted = {(who, random.choice(ids)) for who in ids for _ in range(wishes)}
    return Problem(
        people(*(f"g{number % groups}" for number in ids)),
        rounds,
        wishes=frozenset(each for each in wanted if each[0] != each[1]),
        seed=seed,
    )


def fewest_by_trying(problem: Problem) -> int:
    """Every seating of a small hall with tables of two sizes at most."""
    ids = [each.id for each in problem.people]
    ways = [list(_ways(ids, problem.sizes(round_))) for round_ in range(1, problem.rounds + 1)]
    found = []
    for chosen in _product(ways):
        seating = {(at, who): table for at, way in enumerate(chosen, 1) for who, table in way.items()}
        found.append(count(problem, seating).broken)
    return min(found)


def _ways(ids, sizes, table=1):
    if not sizes:
        yield {}
        return
    for group in combinations(ids, sizes[0]):
        rest = [each for each in ids if each not in group]
        for way in _ways(rest, sizes[1:], table + 1):
            yield dict.fromkeys(group, table) | way


def _product(ways):
    if not ways:
        yield ()
        return
    for way in ways[0]:
        for rest in _product(ways[1:]):
            yield (way, *rest)


@pytest.mark.parametrize(
    "problem",
    [
        of_groups(200, 27),
        of_groups(200, 12, wishes=3),
        of_groups(36, 6, rounds=2),
        of_groups(103, 20),
        of_groups(48, 8),
    ],
    ids=["200", "200 with wishes", "36", "103", "48"],
)
def test_what_can_be_kept_is_kept(problem):
    made = solve(problem)
    assert faults(problem, made.seating) == []
    assert (made.counts.repeats, made.counts.same_house, made.is_least) == (0, 0, True)


def test_two_hundred_people_take_less_than_ten_seconds():
    began = time.process_time()
    solve(of_groups(200, 12, wishes=5))
    assert time.process_time() - began < 10


def test_a_group_of_25_among_60_shares_tables_as_seldom_as_can_be():
    problem = Problem(people(*["big"] * 25, *(f"g{number % 7}" for number in range(35))), 3)
    made = solve(problem)
    # Ten tables: five with two of them and five with three, every round.
    assert (made.counts.same_house, made.counts.repeats, made.is_least) == (3 * (5 * 1 + 5 * 3), 0, True)


def test_where_it_cannot_be_it_says_how_many():
    made = solve(Problem(people(*[""] * 12), 3))
    assert made.counts == Counts(repeats=24, same_house=0, wishes_met=0, wishes_total=0)
    assert made.is_least


def test_the_same_question_has_the_same_answer_and_another_seed_another():
    first, again = solve(of_groups(60, 10, wishes=2)), solve(of_groups(60, 10, wishes=2))
    other = solve(of_groups(60, 10, wishes=2, seed=2))
    assert first.seating == again.seating
    assert first.seating != other.seating


def test_the_order_of_the_people_says_nothing_of_the_wishes_met():
    problem = of_groups(60, 10, wishes=3)
    made = solve(problem)
    random = count(problem, solve(of_groups(60, 10)).seating).wishes_met
    assert made.counts.broken == 0
    assert made.counts.wishes_met > 2 * random


def test_a_wish_never_breaks_a_rule():
    problem = Problem(people(*["a"] * 6, *["b"] * 6, *["c"] * 6, *["d"] * 6), 3, seats=6)
    ids = range(1, 7)
    wished = Problem(
        problem.people, 3, wishes=frozenset((one, two) for one in ids for two in ids if one != two)
    )
    assert solve(wished).counts.broken <= solve(problem).counts.broken


def test_locked_seats_stay():
    free = of_groups(36, 12)
    locks = {(1, 1): 3, (1, 2): 3, (2, 7): 1, (3, 36): 6}
    problem = Problem(free.people, 3, locks=locks)
    made = solve(problem)
    assert faults(problem, made.seating) == []
    assert {key: made.seating[key] for key in locks} == locks


def test_everything_locked_is_left_alone():
    free = of_groups(36, 12)
    seating = solve(free).seating
    assert solve(Problem(free.people, 3, locks=seating)).seating == seating


def test_it_tells_how_far_it_is_and_can_be_stopped():
    told: list[int] = []
    solve(of_groups(36, 12), told.append)
    assert told == sorted(told)
    assert told[-1] == STEPS

    def stop(step):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(of_groups(36, 12), stop)


def test_nobody_and_no_round():
    assert solve(Problem((), 3)).seating == {}
    assert solve(Problem(people("", ""), 0)).seating == {}
    assert solve(Problem(people(""), 2)).seating == {(1, 1): 1, (2, 1): 1}


@pytest.mark.parametrize(
    "problem",
    [
        Problem(people(*[""] * 6), 2, seats=3),
        Problem(people("a", "a", "a", "b", "b", ""), 2, seats=3),
        Problem(people("a", "a", "a", "a", "b", "c"), 2, seats=2),
        Problem(people(*[""] * 4), 3, seats=2),
        Problem(people(*["a"] * 5, "b", "b"), 2, seats=4),
    ],
)
def test_no_trying_finds_fewer(problem):
    assert solve(problem).counts.broken == fewest_by_trying(problem)
    assert least(problem) <= fewest_by_trying(problem)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_whatever_is_asked_everybody_has_a_seat(data):
    size, rounds = data.draw(st.integers(1, 26)), data.draw(st.integers(1, 3))
    houses = data.draw(st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=size, max_size=size))
    ids = st.integers(1, size)
    wishes = data.draw(st.frozensets(st.tuples(ids, ids).filter(lambda each: each[0] != each[1]), max_size=9))
    locks = data.draw(st.dictionaries(st.tuples(st.integers(1, rounds), ids), st.integers(1, 3), max_size=5))
    problem = Problem(people(*houses), rounds, data.draw(st.integers(3, 7)), wishes, locks)
    made = solve(problem)
    assert faults(problem, made.seating) == []
    assert made.counts == count(problem, made.seating)
    assert made.counts.broken >= least(problem) or locks
