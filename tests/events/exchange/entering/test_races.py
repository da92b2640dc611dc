"""Fifty at once for the last place, each in a connection of its own: it is given once, and nobody meets an error."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from events.exchange.entering import entries, places
from events.models import JointExchange, Registration
from tests.exchange_factories import make_exchange, make_registration
from tests.groups.importing.racing import Running

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="on SQLite whoever writes is alone: tests/reliability/registrations.py",
)
pytestmark = [on_postgresql, pytest.mark.django_db(transaction=True)]
MANY = 50


@pytest.fixture
def exchange() -> JointExchange:
    exchange = make_exchange(public_capacity=1)
    until = timezone.now() + datetime.timedelta(hours=1)
    for number in range(MANY):
        make_registration(exchange, name=f"架空 {number}", state="pending", confirm_until=until)
    return exchange


def all_at_once(exchange: JointExchange, verb) -> list:
    ready = threading.Barrier(MANY, timeout=30)

    def take(pk: int):
        row = Registration.objects.select_related("exchange").get(pk=pk)
        ready.wait()
        return verb(registration=row, source="web")

    ids = exchange.registrations.values_list("pk", flat=True)
    running = [Running(lambda pk=pk: take(pk)) for pk in ids]
    return [each.result for each in running]


def naive(*, registration: Registration, source: str) -> Registration:
    """The planted twin: it counts, and then writes, without a lock."""
    left = places.free(registration.exchange, registration.kind)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.2)")
    registration.state, registration.number = "confirmed" if left else "waiting", registration.pk
    registration.waiting_since, registration.source = timezone.now(), source
    registration.save()
    return registration


def test_the_last_place_is_given_once(exchange):
    results = all_at_once(exchange, entries.confirm)
    assert [each for each in results if isinstance(each, Exception)] == []
    rows = exchange.registrations
    assert rows.filter(state="confirmed").count() == 1
    assert sorted(rows.values_list("number", flat=True)) == list(range(1, MANY + 1))
    assert rows.get(state="confirmed").number == 1


def test_without_the_lock_it_would_be_noticed(exchange):
    all_at_once(exchange, naive)
    assert exchange.registrations.filter(state="confirmed").count() > 1


def test_a_place_given_up_goes_to_one_who_waits(exchange):
    coming = make_registration(exchange, name="架空 先")
    waiting = [make_registration(exchange, name=f"架空 待{number}", state="waiting") for number in range(3)]
    entries.cancel(registration=coming)
    states = [Registration.objects.get(pk=row.pk).state for row in waiting]
    assert states == ["offered", "waiting", "waiting"]
