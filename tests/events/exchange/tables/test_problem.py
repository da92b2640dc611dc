"""The checker finds what is planted, and the counts are those one reckons by hand."""

import pytest

from events.exchange.tables.effects import Effect, Standing
from events.exchange.tables.problem import Counts, Problem, Sitter, count, faults, least

PEOPLE = tuple(Sitter(number, frozenset({"a"} if number < 3 else set())) for number in range(1, 7))
PROBLEM = Problem(PEOPLE, 2, 3, wishes=frozenset({(1, 2), (1, 6), (6, 1)}), locks={(1, 1): 1})
SEATING = {(1, 1): 1, (1, 2): 1, (1, 3): 1, (1, 4): 2, (1, 5): 2, (1, 6): 2} | {
    (2, 1): 1,
    (2, 3): 1,
    (2, 6): 1,
    (2, 2): 2,
    (2, 4): 2,
    (2, 5): 2,
}


def test_counts():
    # 1 and 2 are of one house; 1 and 3, and 4 and 5, meet twice; all three wishes are met.
    assert count(PROBLEM, SEATING) == Counts(repeats=2, same_house=1, wishes_met=3, wishes_total=3)
    assert faults(PROBLEM, SEATING) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({(1, 1): 2, (1, 4): 1}, ["(1, 1) was locked at 1"]),
        ({(1, 4): 1}, ["the tables of round 1 are not as large as they should be"]),
        (
            {(1, 9): 1},
            ["(1, 9) should have no seat", "the tables of round 1 are not as large as they should be"],
        ),
        ({(2, 6): 2, (2, 5): 3}, ["the tables of round 2 are not as large as they should be"]),
    ],
)
def test_planted_faults_are_found(changed, said):
    assert faults(PROBLEM, SEATING | changed) == said


def test_somebody_without_a_seat_is_found():
    seating = {key: table for key, table in SEATING.items() if key != (2, 6)}
    assert faults(PROBLEM, seating)[0] == "(2, 6) has no seat"


@pytest.mark.parametrize(
    ("size", "seats", "sizes"),
    [(12, 6, [6, 6]), (13, 6, [5, 4, 4]), (200, 6, [6] * 30 + [5] * 4), (4, 6, [4]), (7, 6, [4, 3])],
)
def test_tables_are_of_nearly_equal_size(size, seats, sizes):
    assert Problem(tuple(map(Sitter, range(size))), 1, seats).sizes(1) == sizes


def test_bounds():
    assert least(Problem(tuple(map(Sitter, range(36))), 3)) == 0
    # Two tables of six part six people into threes at best, twice.
    assert least(Problem(tuple(map(Sitter, range(12))), 3)) == 24
    big = tuple(Sitter(each, frozenset({"g"} if each < 25 else set())) for each in range(60))
    assert least(Problem(big, 3)) == 60


@pytest.mark.parametrize(("one", "other"), [(1, 4), (2, 6), (3, 5)])
def test_what_an_exchange_would_do_is_what_it_does(one, other):
    standing = Standing(PROBLEM, SEATING)
    effect = standing.swap(1, one, other)
    done = SEATING | {(1, one): SEATING[1, other], (1, other): SEATING[1, one]}
    before, after = count(PROBLEM, SEATING), count(PROBLEM, done)
    assert effect == Effect(
        after.repeats - before.repeats,
        after.same_house - before.same_house,
        after.wishes_met - before.wishes_met,
    )


def test_what_a_move_would_do_is_what_it_does():
    standing = Standing(PROBLEM, SEATING)
    after, before = count(PROBLEM, SEATING | {(1, 2): 2}), count(PROBLEM, SEATING)
    assert standing.move(1, 2, 2) == Effect(
        after.repeats - before.repeats,
        after.same_house - before.same_house,
        after.wishes_met - before.wishes_met,
    )


def test_words():
    assert Effect(0, 0, 0).words == "変わりません"
    assert (
        Effect(1, -2, 3).words
        == "二度会う組が1組ふえます、同じグループ・企業の組が2組へります、かなう希望が3件ふえます"
    )
