"""A member enters in one tap, whether the office had asked or not."""

import pytest
from django.core.exceptions import ValidationError

from events.exchange.entering import entries, own, shown
from events.models import Registration
from members.models import Letter
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


@pytest.mark.parametrize("is_same", [True, False], ids=["same address", "other address"])
def test_who_had_used_the_public_form_holds_one_place(member, is_same):
    """The wishes stay, the public place goes to who waits, and one letter tells of it."""
    exchange, person = make_exchange(public_capacity=1), member.person
    email = person.email.upper() if is_same else "betsu@example.jp"
    public = make_registration(exchange, str(person.name), email=email, words="車いすで参ります")
    waits = make_registration(exchange, "架空 次郎", state="waiting", email="jiro@example.jp")
    row = own.enter(exchange=exchange, by=member.user)
    public.refresh_from_db()
    waits.refresh_from_db()
    if is_same:
        assert (row.words, public.state, waits.state) == ("車いすで参ります", "cancelled", "offered")
        kinds = ["events/exchange_offer", "events/exchange_ticket"]
    else:
        assert (row.words, public.state, waits.state) == ("", "confirmed", "waiting")
        kinds = ["events/exchange_ticket"]
    assert sorted(Letter.objects.values_list("kind", flat=True)) == kinds


def test_a_place_of_the_public_is_kept_until_there_is_one_of_the_members(member):
    exchange, person = make_exchange(member_capacity=1, public_capacity=1), member.person
    public = make_registration(exchange, str(person.name), email=person.email)
    other = make_registration(exchange, "会員 一郎", kind="member", email="ichiro@example.jp")
    row = own.enter(exchange=exchange, by=member.user)
    public.refresh_from_db()
    assert (row.state, public.state) == ("waiting", "confirmed")
    entries.cancel(registration=other)
    row = own.enter(exchange=exchange, by=member.user)
    public.refresh_from_db()
    assert (row.state, public.state) == ("confirmed", "cancelled")


@pytest.mark.parametrize("kind", ["guest", "press", "staff"])
def test_a_guest_stays_a_guest(member, kind):
    exchange, person = make_exchange(), member.person
    guest = make_registration(exchange, str(person.name), kind=kind, email=person.email)
    own.enter(exchange=exchange, by=member.user)
    guest.refresh_from_db()
    assert guest.state == "confirmed"


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
