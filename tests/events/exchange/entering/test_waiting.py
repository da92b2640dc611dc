"""The waiting list: offers in order and until a deadline; neither oversold nor undersold."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from events.exchange.entering import entries, places, waiting
from events.models import Registration
from members.models import Letter
from tests.exchange_factories import DAY, at, make_exchange, make_registration

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def exchange():
    return make_exchange(public_capacity=2, member_capacity=1)


def waits(exchange, name, minutes, **fields):
    since = timezone.now() - datetime.timedelta(minutes=minutes)
    return make_registration(exchange, name=name, state="waiting", waiting_since=since, **fields)


def states():
    return dict(Registration.objects.values_list("name", "state"))


def test_offers_go_out_in_the_order_of_waiting(exchange):
    waits(exchange, "三番", 1)
    waits(exchange, "一番", 9)
    waits(exchange, "二番", 5)
    waits(exchange, "会員一", 2, kind="member")
    waits(exchange, "公社二", 1, kind="partner")
    assert waiting.fill(exchange=exchange) == 3
    assert states() == {
        "一番": "offered", "二番": "offered", "三番": "waiting", "会員一": "offered", "公社二": "waiting",
    }  # fmt: skip
    assert Letter.objects.filter(kind="events/exchange_offer").count() == 3
    assert waiting.fill(exchange=exchange) == 0


def test_more_places_are_offered_at_once(exchange):
    for name in ("一番", "二番", "三番", "四番"):
        waits(exchange, name, 5)
    waiting.fill(exchange=exchange)
    exchange.public_capacity = 3
    exchange.save()
    assert waiting.fill(exchange=exchange) == 1
    assert states()["三番"] == "offered"


def test_fewer_places_take_nothing_away(exchange):
    for _ in range(2):
        make_registration(exchange)
    waits(exchange, "一番", 5)
    exchange.public_capacity = 1
    exchange.save()
    assert waiting.fill(exchange=exchange) == 0
    assert places.free(exchange, "public") == 0


def test_an_offer_that_is_not_taken_up_goes_to_the_next(exchange):
    make_registration(exchange)
    first, second = waits(exchange, "一番", 9), waits(exchange, "二番", 5)
    waiting.fill(exchange=exchange)
    first.refresh_from_db()
    assert first.offered_until == timezone.now() + datetime.timedelta(days=2)
    with time_machine.travel(first.offered_until, tick=False):
        assert waiting.settle_everywhere() == 0
        assert places.free(exchange, "public") == 0
    with time_machine.travel(first.offered_until + SECOND, tick=False):
        assert places.free(exchange, "public") == 1
        assert waiting.settle_everywhere() == 1
    assert (states()["一番"], states()["二番"]) == ("lapsed", "offered")
    assert list(Letter.objects.order_by("pk").values_list("kind", flat=True)) == [
        "events/exchange_offer", "events/exchange_lapsed", "events/exchange_offer",
    ]  # fmt: skip
    assert second.pk


def test_nobody_waits_and_the_place_is_free_again(exchange):
    rows = [make_registration(exchange) for _ in range(2)]
    entries.cancel(registration=rows[0])
    row = Registration(exchange=exchange, name="架空 新", kind="public")
    assert entries.confirm(registration=row, source="office").state == "confirmed"


def test_an_address_that_is_never_confirmed_lapses_without_a_word(exchange):
    row = make_registration(exchange, state="pending", confirm_until=timezone.now())
    assert waiting.settle_everywhere() == 0
    row.refresh_from_db()
    assert row.state == "pending"
    with time_machine.travel(timezone.now() + SECOND, tick=False):
        waiting.settle_everywhere()
    row.refresh_from_db()
    assert (row.state, row.number, Letter.objects.count()) == ("lapsed", None, 0)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(DAY - datetime.timedelta(days=9), 10), at(DAY - datetime.timedelta(days=7), 10)),
        (at(DAY - datetime.timedelta(days=3), 16, 59), at(DAY - datetime.timedelta(days=1), 16, 59)),
        (at(DAY - datetime.timedelta(days=2), 10), at(DAY - datetime.timedelta(days=1), 17)),
        (at(DAY - datetime.timedelta(days=1), 15), at(DAY - datetime.timedelta(days=1), 17)),
        (at(DAY - datetime.timedelta(days=1), 15, 1), None),
        (at(DAY, 9), None),
    ],
)
def test_the_deadline_comes_closer_with_the_day(exchange, now, until):
    with time_machine.travel(now, tick=False):
        assert waiting.deadline(exchange) == until


def test_shortly_before_it_who_waits_takes_what_is_free(exchange):
    row, other = waits(exchange, "一番", 9), waits(exchange, "二番", 5)
    make_registration(exchange)
    with time_machine.travel(at(DAY, 9), tick=False):
        assert waiting.fill(exchange=exchange) == 0
        assert entries.confirm(registration=other, source="link").state == "confirmed"
        assert entries.confirm(registration=row, source="link").state == "waiting"


def test_the_worker_looks_at_those_that_lie_ahead(exchange):
    waits(exchange, "一番", 5)
    exchange.state = "draft"
    exchange.save()
    assert waiting.settle_everywhere() == 0
