"""Two receptions at once: one of them counts, the other is told; and each badge is new once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from events.exchange.day import badge_jobs, receiving
from events.exchange.day.badge_jobs import Asked
from events.models import Registration
from tests.events.exchange.day.conftest import NOON
from tests.exchange_factories import make_exchange, make_registration
from tests.factories import make_login, make_office, make_person
from tests.groups.importing.racing import at_once

TIMES, DESKS = 8, 2
Verb = Callable[..., Any]
pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]


def naive(*, registration: Registration, by: Any, pause: Callable[[], None] = lambda: None) -> None:
    """What one would write first: looked at, then written, without a lock."""
    row = Registration.objects.get(pk=registration.pk)
    pause()
    if row.arrived_at:
        raise ValidationError("already")
    row.arrived_at, row.received_by = timezone.now(), by
    row.save()


def refusals(verb: Verb, row: Registration, desks: list[Any]) -> int:
    ends = at_once([lambda by=by: verb(registration=row, by=by) for by in desks])
    assert [
        each for each in ends if isinstance(each, Exception) and not isinstance(each, ValidationError)
    ] == []
    return sum(isinstance(each, ValidationError) for each in ends)


def begun() -> tuple[Any, list[Any]]:
    make_office(name="多摩テクノプラザ", short_name="多摩", slug="tama")
    return make_exchange(), [make_login(make_person()) for _ in range(DESKS)]


@pytest.mark.parametrize(
    ("verb", "state"), [(receiving.receive, "confirmed"), (receiving.receive_anyway, "cancelled")]
)
def test_exactly_one_counts(verb, state):
    with time_machine.travel(NOON):
        exchange, desks = begun()
        for _ in range(TIMES):
            row = make_registration(exchange, state=state)
            assert refusals(verb, row, desks) == DESKS - 1
            arrivals = row.history.filter(arrived_at__isnull=False).values_list("received_by", flat=True)
            assert len(set(arrivals)) == len(arrivals) == 1
            # The factory counts by its own copy.
            exchange.refresh_from_db()


def test_without_the_lock_two_count():
    """The naive twin, held up between looking and writing: what the test above would catch."""
    with time_machine.travel(NOON):
        exchange, desks = begun()
        row = make_registration(exchange)
        both = threading.Barrier(DESKS)

        def verb(*, registration: Registration, by: Any) -> None:
            naive(registration=registration, by=by, pause=lambda: both.wait() and None)

        assert refusals(verb, row, desks) == 0


def test_each_badge_is_new_once():
    with time_machine.travel(NOON):
        exchange, _ = begun()
        for _ in range(TIMES):
            make_registration(exchange)
        ends = at_once([lambda: badge_jobs.ask(exchange=exchange, asked=Asked()) for _ in range(DESKS)])
        assert sum(isinstance(each, ValidationError) for each in ends) == DESKS - 1
        assert set(Registration.objects.values_list("badge_prints", flat=True)) == {1}
