"""Two at once, on a database that locks rows: what one of them does while the other waits."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

PATIENCE = 30
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


class Running:
    """Work in a thread with a connection of its own; `result` is what it returned, or the error it ended with."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work
        self._result: Any = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._result = self._work()
        except Exception as error:
            self._result = error
        finally:
            connection.close()

    @property
    def result(self) -> Any:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self._result


def at_once(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each came to, a result or the error it ended with; all begin together."""
    ready = threading.Barrier(len(work), timeout=PATIENCE)

    def run(one: Callable[[], Any]) -> Any:
        ready.wait()
        return one()

    running = [Running(lambda one=one: run(one)) for one in work]  # type: ignore[misc]
    return [each.result for each in running]


def waiting(work: Callable[[], Any]) -> Running:
    """Work that has come as far as to wait for a lock which somebody else holds."""
    before = _how_many_wait()
    started = Running(work)
    give_up = time.monotonic() + PATIENCE
    while _how_many_wait() == before:
        assert time.monotonic() < give_up
        time.sleep(0.02)
    return started


def _how_many_wait() -> int:
    with connection.cursor() as cursor:
        # Within a transaction the view would stand still.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WAITING)
        count: int = cursor.fetchone()[0]
    return count
