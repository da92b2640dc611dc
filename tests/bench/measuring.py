"""Work is measured as CPU time: ours, that of processes we started, and that of PostgreSQL for us.

The median of a few runs, and always against a floor from the same run, so that another machine, or a busy one,
moves both sides.
"""

import gc
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection

_TICK = os.sysconf("SC_CLK_TCK")


def work() -> float:
    """CPU seconds spent so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime + _of_the_server()


def settle() -> None:
    """What was filled at one go becomes what PostgreSQL's autovacuum makes of it within minutes: counted and vacuumed."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _of_the_server() -> float:
    """What the PostgreSQL process behind our connection has spent, if it runs on this machine."""
    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    process = Path("/proc", str(connection.connection.info.backend_pid))
    if not process.exists() or (process / "comm").read_text().strip() != "postgres":
        raise RuntimeError("The work of a PostgreSQL on another machine cannot be measured.")
    after_the_name = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(after_the_name[11]) + int(after_the_name[12])) / _TICK


@dataclass
class Runs:
    """The work of the same thing, run by run."""

    seconds: list[float] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        """What lies around from earlier runs is not searched for garbage at this one's expense."""
        gc.collect()
        gc.freeze()
        before = work()
        yield
        self.seconds.append(work() - before)
        gc.unfreeze()

    @property
    def median(self) -> float:
        return median(self.seconds)


@contextmanager
def timed(module: Any, name: str, runs: Runs) -> Iterator[None]:
    """Every call of the module's function is one of the runs."""
    original: Callable[..., Any] = getattr(module, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        with runs.one():
            return original(*args, **kwargs)

    setattr(module, name, call)
    try:
        yield
    finally:
        setattr(module, name, original)


@dataclass(frozen=True)
class Figure:
    """One line of the table. At most one of the bounds holds: a ratio to the floor, or seconds of work."""

    what: str
    work: Runs
    floor_name: str
    floor: Runs
    most_ratio: float | None = None
    most_seconds: float | None = None

    @property
    def ratio(self) -> float:
        return self.work.median / self.floor.median

    @property
    def is_kept(self) -> bool:
        return self.ratio <= (self.most_ratio or self.ratio) and self.work.median <= (
            self.most_seconds or self.work.median
        )

    def cells(self) -> list[str]:
        bound = f"≤ {self.most_ratio:g} ×" if self.most_ratio else ""
        bound = f"≤ {self.most_seconds:g} s" if self.most_seconds else bound
        verdict = ("kept" if self.is_kept else "BROKEN") if bound else ""
        seconds = f"{self.work.median:.2f} s", f"{self.floor.median:.2f} s"
        return [self.what, seconds[0], self.floor_name, seconds[1], f"{self.ratio:.2f} ×", bound, verdict]


TITLES = ["what", "work", "floor", "work", "ratio", "bound", ""]


def table(figures: list[Figure]) -> str:
    """For the terminal, and for docs/performance.md."""
    lines = [TITLES, ["---"] * len(TITLES), *(figure.cells() for figure in figures)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
