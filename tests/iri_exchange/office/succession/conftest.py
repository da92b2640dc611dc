"""A group whose officers are elected: a chair, a secretary and a treasurer of today, and five who could follow."""

import datetime
from typing import Any, NamedTuple

import pytest

from groups.models import OfficerTerm
from members.models import Person
from tests.conftest import Actor
from tests.factories import make_membership, make_officer

TURN, EVE, YEAR_END = datetime.date(2027, 4, 1), datetime.date(2027, 3, 31), datetime.date(2028, 3, 31)
Role = OfficerTerm.Role


class Board(NamedTuple):
    """`secretary` has a login and registers the election; nobody of `others` has an office or a login."""

    secretary: Actor
    chair: Person
    treasurer: Person
    others: list[Person]

    def seats(self, **seats: Any) -> dict[str, list[Person]]:
        """Today's officers, but for what is given: {role: one person, several, or none}."""
        now = {"chair": [self.chair], "treasurer": [self.treasurer], "secretary": [self.secretary.person]}
        given = {role: who if isinstance(who, list) else [who] for role, who in seats.items()}
        return now | given


@pytest.fixture
def board(group, secretary) -> Board:
    """The terms of chair and treasurer end with March; the secretary's has no end."""
    people = [make_membership(group, consent="yes").representatives.get().person for _ in range(7)]
    make_officer(group, people[0], role=Role.CHAIR, since=datetime.date(2025, 4, 1), until=EVE)
    make_officer(group, people[1], role=Role.TREASURER, since=datetime.date(2026, 4, 1), until=EVE)
    return Board(secretary, people[0], people[1], people[2:])
