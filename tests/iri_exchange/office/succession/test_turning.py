"""When the officers of a group change: its own year, the length of the terms, the day that is proposed."""

import datetime

import pytest

from groups.models import Group
from iri_exchange.office.succession import turning
from tests.factories import make_officer
from tests.iri_exchange.office.succession.conftest import TURN


@pytest.mark.parametrize(
    ("month", "today", "turn", "near"),
    [
        (4, datetime.date(2026, 11, 25), datetime.date(2027, 4, 1), False),
        (4, datetime.date(2027, 1, 1), datetime.date(2027, 4, 1), True),
        (4, datetime.date(2026, 12, 31), datetime.date(2027, 4, 1), False),
        (12, datetime.date(2026, 11, 25), datetime.date(2026, 12, 1), True),
        (12, datetime.date(2026, 12, 1), datetime.date(2027, 12, 1), False),
        (1, datetime.date(2026, 12, 31), datetime.date(2027, 1, 1), True),
    ],
)
def test_the_turn_of_the_groups_own_year(month, today, turn, near):
    group = Group(fiscal_year_start=month)
    assert (turning.next_turn(group, today), turning.is_near(group, today)) == (turn, near)


def test_the_end_of_a_term_is_the_end_of_the_groups_year():
    december = Group(fiscal_year_start=12)
    assert turning.last_day_of_term(december, datetime.date(2026, 12, 1), 1) == datetime.date(2027, 11, 30)
    assert turning.last_day_of_term(december, datetime.date(2027, 2, 5), 2) == datetime.date(2028, 11, 30)


def test_terms_are_as_long_as_the_last_ones(group, board):
    assert turning.usual_years(group) == 1
    group.officer_terms.filter(role="treasurer").update(since=datetime.date(2025, 4, 1))
    assert turning.usual_years(group) == 2


def test_shortly_after_a_turn_it_is_that_turn(group, board):
    assert turning.usual_day(group, datetime.date(2027, 4, 10)) == TURN
    assert turning.usual_day(group, datetime.date(2027, 7, 1)) == datetime.date(2028, 4, 1)
    make_officer(group, board.others[0], since=TURN)
    assert turning.usual_day(group, datetime.date(2027, 4, 10)) == datetime.date(2028, 4, 1)
