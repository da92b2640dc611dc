"""No list to choose from begins with dashes."""

import pytest
from django.urls import reverse

from events.links import token_of
from tests.exchange_factories import (
    make_booth,
    make_exchange,
    make_partner,
    make_partner_group,
    make_registration,
)

YEAR = [
    "exchange_registration_new", "exchange_partner_new", "exchange_walk_in", "exchange_edit", "exchange_programme",
    "exchange_floor", "exchange_photos", "exchange_badges", "exchange_register", "exchange_after", "exchange_tables",
    "exchange_registrations", "exchange_office_booth_new", "exchange_booths", "exchange_reception",
]  # fmt: skip


@pytest.fixture
def exchange(office):
    return make_exchange(office=office)


def page(actor, name, *args):
    answer = actor.client.get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return answer.content.decode()


@pytest.mark.parametrize("name", YEAR)
def test_pages_of_a_year(exchange, staff, group, name):
    make_partner_group()
    assert "---" not in page(staff, name, 2026)


def test_who_is_entered_at_the_office(exchange, staff):
    text = page(staff, "exchange_registration_new", 2026)
    assert text.count('<option value="" selected>選んでください</option>') == 1
    assert text.count('<option value="" selected>なし</option>') == 3


def test_one_of_a_kind(exchange, staff, member, group):
    entry = make_registration(exchange, kind="public")
    theirs = make_registration(exchange, kind="partner", partner_group=make_partner_group())
    booth = make_booth(exchange, company=member.membership.company, applied_by=member.user, state="accepted")
    for name, pk in (
        ("exchange_registration_edit", entry.pk),
        ("exchange_partner_edit", theirs.pk),
        ("exchange_office_booth", booth.pk),
        ("exchange_booth_edit", booth.pk),
    ):
        assert "---" not in page(staff, name, pk), name


def test_what_exhibitors_and_the_partner_fill_in(exchange, member, outsider):
    make_partner(outsider.person)
    make_partner_group()
    assert '<option value="" selected>選ばない</option>' in page(
        make_no_trade(member), "exchange_booth_new", 2026
    )
    assert "---" not in page(outsider, "exchange_partner_new", 2026)


def test_whoever_has_a_ticket(exchange, visitor):
    token = token_of(make_registration(exchange))
    assert "---" not in page(visitor, "exchange_ticket_choices", token)


def make_no_trade(member):
    member.membership.company.industry = ""
    member.membership.company.save()
    return member
