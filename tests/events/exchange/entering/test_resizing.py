"""More places and fewer: the edit and the offers are one step, and nobody loses a place."""

import datetime

import pytest
from django.utils import timezone

from events.exchange.entering import letters, resizing
from events.models import Registration
from members.models import Letter
from tests.exchange_factories import make_exchange, make_registration


@pytest.fixture
def exchange(office):
    exchange = make_exchange(public_capacity=1)
    make_registration(exchange, name="一番")
    for minutes, name in ((3, "四番"), (9, "二番"), (6, "三番")):
        since = timezone.now() - datetime.timedelta(minutes=minutes)
        make_registration(exchange, name=name, state="waiting", waiting_since=since)
    return exchange


def states() -> dict[str, str]:
    return dict(Registration.objects.values_list("name", "state"))


def test_more_places_let_the_first_waiting_ones_in(exchange, staff):
    changed = resizing.change(exchange=exchange, by=staff.user, public_capacity=3)
    assert changed == ([], 2, [])
    assert states() == {"一番": "confirmed", "二番": "offered", "三番": "offered", "四番": "waiting"}
    assert Letter.objects.filter(kind="events/exchange_offer").count() == 2


def test_fewer_places_take_nobody_out_and_that_is_said(exchange, staff):
    make_registration(exchange, name="五番", kind="guest")
    make_registration(exchange, name="六番")
    before = states()
    changed = resizing.change(exchange=exchange, by=staff.user, public_capacity=1)
    assert changed == (
        [], 0,
        ["一般の方の席は、定員1名に対して2名に、もうお約束しています。どなたの席も取り消していません。"],
    )  # fmt: skip
    assert states() == before


def test_without_the_offers_nothing_is_changed(exchange, staff, monkeypatch):
    before, written = states(), []

    def fails(kind, row):
        if written:
            raise RuntimeError("the second letter is not written")
        written.append(row)

    monkeypatch.setattr(letters, "write", fails)
    with pytest.raises(RuntimeError, match="second letter"):
        resizing.change(exchange=exchange, by=staff.user, public_capacity=3, theme="新しいテーマ")
    exchange.refresh_from_db()
    assert (exchange.public_capacity, exchange.theme, states()) == (1, "", before)
