"""python -m tests.bench [--rows N] [--times N]: prints the table; exit 1 if a bound is broken.

Works on a database of its own, which it makes and drops: an SQLite file, or with DATABASE_URL a second database
on that PostgreSQL.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.measuring import Figure


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--rows", type=int, default=20_000, help="members in the roster")
    parser.add_argument("--times", type=int, default=3, help="runs, of which the median counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-bench.") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "iri_exchange.settings"}
        return measure(Path(folder), options.rows, options.times)


def measure(folder: Path, rows: int, times: int) -> int:
    import django

    django.setup()

    from django.db import connection

    from tests.bench import (
        book,
        importing,
        meetings,
        pages,
        papers,
        printing,
        public,
        recruitment,
    )
    from tests.bench.measuring import table
    from tests.factories import make_group

    connection.settings_dict["TEST"]["NAME"] = (
        folder / "bench.sqlite3" if connection.vendor == "sqlite" else None
    )
    with _database():
        figures = importing.figures(make_group(capacity=32_000), rows, times)
        figures += [*printing.figures(times), *papers.figures(times), *public.figures(times)]
        figures += book.figures(times)
    with _database():
        figures += pages.figures(times, rows)
    figures += _joint_exchange(rows, times)
    with _database():
        figures += recruitment.figures(times)
    with _database():
        figures += meetings.figures(times)
    print(
        f"{connection.display_name}, {os.cpu_count()} cores, CPU seconds, median of {times}\n\n{table(figures)}"
    )
    return 0 if all(figure.is_kept for figure in figures) else 1


def _joint_exchange(rows: int, times: int) -> "list[Figure]":
    from tests.bench import exchange_day, exchange_registrations, exchange_tables

    with _database():
        figures = [*exchange_day.figures(times), *exchange_tables.figures(times)]
    with _database():
        return [*figures, *exchange_registrations.figures(times, rows)]


@contextmanager
def _database() -> Iterator[None]:
    """An empty one of our own."""
    from django.db import connection

    own = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # As in service. VACUUM passes over commits that nobody waited for.
            cursor.execute("SET synchronous_commit TO on")
    try:
        yield
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
