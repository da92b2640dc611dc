"""A joint exchange that took place on 10 February 2027, seen on the 12th."""

import datetime

import time_machine

from events.models import JointExchange, Registration
from tests.exchange_factories import DAY, at, make_booth, make_exchange, make_registration

AFTER = at(DAY + datetime.timedelta(days=2), 10)
LAST = DAY + datetime.timedelta(days=60)
SAID = {"satisfaction": 4, "useful": ["talks", "booths"], "met": 12, "talks_on": "yes", "comes_again": True, "words": ""}  # fmt: skip


def on(day, *clock):
    return time_machine.travel(at(day, *clock), tick=False)


def make_over(**fields) -> JointExchange:
    """With its state HELD."""
    return make_exchange(state=JointExchange.State.HELD, **fields)


def make_recent(**fields) -> JointExchange:
    """Over for five days on the day of the cast, so that everybody is still logged in."""
    day = datetime.date(2026, 11, 20)
    return make_over(day=day, booths_until=at(datetime.date(2026, 11, 10), 23), **fields)


def make_today() -> JointExchange:
    """It begins at one in the afternoon of the cast's day."""
    day = datetime.date(2026, 11, 25)
    return make_exchange(day=day, booths_until=at(datetime.date(2026, 11, 10), 23))


def make_guest(exchange, name="架空 花子", **fields) -> Registration:
    """Somebody who was there."""
    return make_registration(exchange, name, arrived_at=exchange.starts_at, **fields)


def make_shown(exchange, company, by, **fields):
    """A booth that exhibited."""
    about = {
        "state": "accepted",
        "number": 1,
        "email": "tenji@example.jp",
        "company": company,
        "applied_by": by,
    }
    return make_booth(exchange, **about | fields)
