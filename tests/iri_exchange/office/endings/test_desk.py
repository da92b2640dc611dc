"""After a year of rest the desk proposes to ask how the group is; without hurry."""

import datetime

import pytest

from groups import lifecycle
from iri_exchange.office.endings.desk import of_resting
from tests.iri_exchange.office.endings.conftest import TODAY


@pytest.mark.parametrize(
    ("since", "asked"),
    [(datetime.date(2025, 11, 24), ["けやき会のようすを尋ねる"]), (datetime.date(2025, 11, 25), [])],
)
def test_a_group_that_has_rested_for_a_year(group, since, asked):
    lifecycle.move(group=group, to="dormant", since=since)
    dues = list(of_resting(TODAY))
    assert [due.what for due in dues] == asked
    assert [due.is_late for due in dues] == [False] * len(asked)
    assert [due.url for due in dues] == ["/groups/keyaki/officers/"] * len(asked)


def test_other_groups_are_not_asked(group, launched_group):
    assert list(of_resting(TODAY)) == []


def test_it_stands_on_the_desk(staff, group):
    lifecycle.move(group=group, to="dormant", since=datetime.date(2024, 4, 1))
    assert "けやき会のようすを尋ねる" in staff.client.get("/office/").text
