"""Somebody without a login, and the invitation that one of the staff has sent."""

import pytest

from members import invitations
from members.models import Person, User
from tests.factories import make_login, make_person, make_staff
from tests.members.inviting import link_in_letter


@pytest.fixture
def inviter(db) -> User:
    """One of the staff."""
    own = make_person()
    make_staff(own)
    return make_login(own)


@pytest.fixture
def person(db) -> Person:
    return make_person(email="hana@example.jp", family_name="濵田", given_name="花")


@pytest.fixture
def invited(person, inviter) -> str:
    invitations.invite(person=person, email=person.email, by=inviter)
    return link_in_letter()
