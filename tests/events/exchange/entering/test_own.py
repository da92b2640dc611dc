"""A member enters in one tap, whether the office had asked or not."""

import pytest
from django.core.exceptions import ValidationError

from events.exchange.entering import own, shown
from events.models import Registration
from tests.exchange_factories import make_exchange, make_registration

pytestmark = pytest.mark.django_db


def test_without_having_been_asked(member):
    exchange = make_exchange()
    row = own.enter(exchange=exchange, by=member.user)
    company = member.membership.company
    assert (row.state, row.number, row.source, row.kind) == ("confirmed", 1, "login", "member")
    assert (row.person, row.membership, row.group) == (
        member.person, member.membership, member.membership.group,
    )  # fmt: skip
    assert (row.name, row.affiliation, row.trade) == (member.person.name, company.name, company.industry)
    assert own.enter(exchange=exchange, by=member.user).pk == row.pk
    assert Registration.objects.count() == 1


def test_the_row_of_who_was_asked(member):
    exchange = make_exchange()
    asked = Registration.objects.create(
        exchange=exchange, name="架空", kind="member", state="invited", person=member.person
    )
    assert own.enter(exchange=exchange, by=member.user).pk == asked.pk


def test_members_only(left_member):
    with pytest.raises(ValidationError, match=own.MEMBERS_ONLY):
        own.enter(exchange=make_exchange(), by=left_member.user)


def test_the_box_of_the_own_page(member, left_member, visitor):
    from django.contrib.auth.models import AnonymousUser

    assert shown.own_exchange(member.user) is None
    exchange = make_exchange()
    box = shown.own_exchange(member.user)
    assert (box["exchange"], box["registration"], box["may_enter"]) == (exchange, None, True)
    row = make_registration(exchange, kind="member", person=member.person)
    box = shown.own_exchange(member.user)
    assert (box["registration"], box["may_enter"]) == (row, False)
    assert shown.own_exchange(left_member.user) is None
    assert shown.own_exchange(AnonymousUser()) is None
