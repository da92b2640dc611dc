"""Two of the office at once: a place holds one booth, and the last place goes to one; a naive twin shows what would be."""

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from events.exchange.booths import deciding, floor, placing
from events.models import Booth, JointExchange
from tests.exchange_factories import make_booth, make_exchange
from tests.factories import make_company, make_login, make_office, make_person
from tests.groups.importing.racing import at_once

TIMES = 6
only_where_rows_are_locked = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time: there is nothing to wait for"
)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hall() -> Any:
    """An exchange with two places, and who works there."""
    exchange = make_exchange(office=make_office(), floor="AA")
    return exchange, make_login(make_person())


def booths_of(exchange: JointExchange, by: Any, state: str, count: int) -> list[Booth]:
    return [make_booth(exchange, company=make_company(), applied_by=by, state=state) for _ in range(count)]


def refused(ends: list[Any]) -> int:
    assert [
        each for each in ends if isinstance(each, Exception) and not isinstance(each, ValidationError)
    ] == []
    return sum(isinstance(each, ValidationError) for each in ends)


@only_where_rows_are_locked
def test_two_into_the_same_place_one_is_refused_in_words(hall):
    exchange, by = hall
    for _ in range(TIMES):
        Booth.objects.all().delete()
        pair = booths_of(exchange, by, "accepted", 2)
        ends = at_once([lambda each=each: placing.place(booth=each, at=(0, 0), by=by) for each in pair])
        assert refused(ends) == 1
        assert Booth.objects.filter(place_row=0, place_column=0).count() == 1


@only_where_rows_are_locked
def test_two_accept_the_last_place_one_is_refused(hall):
    exchange, by = hall
    for _ in range(TIMES):
        Booth.objects.all().delete()
        booths_of(exchange, by, "accepted", 1)
        pair = booths_of(exchange, by, "applied", 2)
        ends = at_once(
            [lambda each=each: deciding.accept(exchange=exchange, booths=[each.pk], by=by) for each in pair]
        )
        assert refused(ends) == 1
        assert Booth.objects.filter(state="accepted").count() == 2


@only_where_rows_are_locked
def test_without_the_lock_the_last_place_would_be_given_twice(hall):
    """Counted before the other has written: what the lock is there for."""
    exchange, by = hall
    booths_of(exchange, by, "accepted", 1)
    pair, counted = booths_of(exchange, by, "applied", 2), threading.Barrier(2)

    def naive(booth: Booth) -> None:
        free = len(floor.stored(exchange.floor).places) - Booth.objects.filter(state="accepted").count()
        counted.wait()
        if free:
            Booth.objects.filter(pk=booth.pk).update(state="accepted")

    at_once([lambda each=each: naive(each) for each in pair])
    assert Booth.objects.filter(state="accepted").count() == 3


def test_the_database_keeps_a_place_for_one_whatever_the_code_does(hall):
    exchange, by = hall
    first, second = booths_of(exchange, by, "accepted", 2)
    Booth.objects.filter(pk=first.pk).update(place_row=0, place_column=0)
    with pytest.raises(IntegrityError, match=r"booth_place_once|place_row"), transaction.atomic():
        Booth.objects.filter(pk=second.pk).update(place_row=0, place_column=0)
