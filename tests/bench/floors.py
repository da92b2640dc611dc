"""The least that writing the same rows into the same tables can cost: no ORM, no checks of ours, one transaction."""

from collections.abc import Iterable
from contextlib import closing
from typing import Any

from django.db import connection, transaction

from iri_exchange.lib.search import Suffix


def row_counts() -> dict[str, int]:
    """Rows of every table of the database."""
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {_quoted(name)}")
            counts[name] = cursor.fetchone()[0]
    return counts


def empty(tables: Iterable[str]) -> None:
    """Empty the tables; what still points at their rows would be refused at the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f"DELETE FROM {_quoted(name)}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {', '.join(map(_quoted, tables))}")


def copied_out(tables: Iterable[str]) -> dict[str, Any]:
    """The rows as the database's own driver likes them best: tuples, or the text of COPY. Without what triggers write."""
    tables = [
        name for name in tables if name not in {each._meta.db_table for each in Suffix.__subclasses__()}
    ]
    if connection.vendor == "postgresql":
        return {name: _copied(name) for name in tables}
    with closing(_raw().cursor()) as cursor:
        return {name: cursor.execute(f"SELECT * FROM {_quoted(name)}").fetchall() for name in tables}


def write_again(copies: dict[str, Any]) -> None:
    """COPY on PostgreSQL, executemany on SQLite, the indexes standing."""
    with transaction.atomic(), closing(_raw().cursor()) as cursor:
        for name, rows in copies.items():
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {_quoted(name)} FROM STDIN") as copy:
                    copy.write(rows)
            else:
                places = ", ".join("?" * len(rows[0]))
                cursor.executemany(f"INSERT INTO {_quoted(name)} VALUES ({places})", rows)


def _copied(name: str) -> bytes:
    with closing(_raw().cursor()) as cursor, cursor.copy(f"COPY {_quoted(name)} TO STDOUT") as copy:
        return b"".join(bytes(block) for block in copy)


def _raw() -> Any:
    """The driver's own connection; Django's transactions hold on it too."""
    connection.ensure_connection()
    return connection.connection


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
