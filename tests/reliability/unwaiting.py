"""A planted fault, in the process that loads it: who enters waits for nobody, and takes some time after counting."""

import time
from typing import Any

from events.exchange.entering import entries, places, waiting
from events.models import JointExchange, Registration

PAUSE = 0.1
_free = places.free


def _read(exchange: JointExchange) -> JointExchange:
    """In place of the lock."""
    return JointExchange.objects.get(pk=exchange.pk)


def _free_slowly(exchange: JointExchange, kind: str) -> int | None:
    left = _free(exchange, kind)
    time.sleep(PAUSE)
    return left


def _own_number(exchange: JointExchange) -> int:
    """Never another's, so that what is found are the places."""
    return time.monotonic_ns() % 2_000_000_000


def _nothing_lapses(exchange: JointExchange) -> int:
    return 0


def _one(registration: Registration, **_: Any) -> Registration:
    """In place of the row's lock."""
    return registration


places.lock, places.free, places.next_number = _read, _free_slowly, _own_number
waiting.settle = _nothing_lapses
entries._locked = _one
# Without a transaction of its own: on SQLite that would be a lock, too.
entries.confirm = entries.confirm.__wrapped__  # type: ignore[attr-defined]
