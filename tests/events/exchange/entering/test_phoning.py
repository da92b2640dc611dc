"""An offer that no letter tells of stands before the office, and so does its end."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from events.exchange.entering import entries, phoning, waiting
from events.models import JointExchange, Registration
from iri_exchange.office.exchange_dues import of_exchanges
from members.models import Letter
from tests.exchange_factories import make_exchange, make_registration
from tests.factories import make_person

LABEL = "電話で知らせてください"
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange(member_capacity=2, public_capacity=1)


@pytest.fixture
def offered(exchange) -> Registration:
    """One without an address and one with; the first is to be telephoned."""
    silent = make_person(email="quiet@example.jp", contact_method="phone", phone="042-500-0001")
    row = make_registration(exchange, "架空 無言", kind="member", person=silent, state="waiting")
    make_registration(exchange, kind="member", person=make_person(email="a@example.jp"), state="waiting")
    waiting.fill(exchange=exchange)
    row.refresh_from_db()
    return row


def names(exchange) -> list[tuple[str, str, bool]]:
    return [(each.registration.name, each.phone, each.is_over) for each in phoning.to_phone(exchange)]


def whats() -> list[tuple[str, bool]]:
    return [(due.what, due.is_late) for due in of_exchanges(timezone.localdate())]


def test_who_is_reached_by_no_letter_is_telephoned(exchange, offered):
    assert offered.state == "offered"
    assert Letter.objects.filter(kind="events/exchange_offer").count() == 1
    assert names(exchange) == [("架空 無言", "042-500-0001", False)]
    assert whats() == [("席が空いたことを、1名に電話で知らせる", False)]


def test_of_the_public_who_left_no_address_too(exchange):
    make_registration(exchange, "電話の方", email="", phone="03-0000-0001", state="waiting")
    waiting.fill(exchange=exchange)
    assert names(exchange) == [("電話の方", "03-0000-0001", False)]


def test_with_the_answer_it_is_done(exchange, offered, staff):
    entries.confirm(registration=offered, source="office", by=staff.user)
    assert (names(exchange), whats()) == ([], [])


def test_it_does_not_lapse_silently(exchange, offered):
    after = offered.offered_until + SECOND
    with time_machine.travel(after, tick=False):
        assert names(exchange) == [("架空 無言", "042-500-0001", True)]
        waiting.fill(exchange=exchange)
        offered.refresh_from_db()
        assert offered.state == "lapsed"
        assert names(exchange) == [("架空 無言", "042-500-0001", True)]
        assert whats() == [("席が空いたことを、1名に電話で知らせる", True)]
    with time_machine.travel(after + phoning.SAID_FOR, tick=False):
        assert names(exchange) == []


def test_once_it_is_off_nobody_is_telephoned(exchange, offered):
    exchange.state = "cancelled"
    assert names(exchange) == []


def test_the_office_sees_it_on_three_pages(exchange, offered, staff):
    office = reverse("exchange_office", args=[2026])
    for url in (office, reverse("exchange_registrations", args=[2026])):
        page = staff.client.get(url).content.decode()
        assert [LABEL in page, "tel:042-500-0001" in page] == [True, True]
    assert LABEL in staff.client.get(reverse("exchange_registration", args=[offered.pk])).content.decode()
    entries.confirm(registration=offered, source="office", by=staff.user)
    assert LABEL not in staff.client.get(office).content.decode()


def test_thirty_cost_what_one_costs(exchange, django_assert_num_queries):
    for number in range(30):
        silent = make_person(contact_method="phone", phone=f"042-500-{number:04}")
        until = timezone.now() + datetime.timedelta(days=1)
        make_registration(exchange, kind="member", person=silent, state="offered", offered_until=until)
    with django_assert_num_queries(2):
        assert len(phoning.to_phone(exchange)) == 30
