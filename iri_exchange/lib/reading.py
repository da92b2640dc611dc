"""What only looks writes nothing: the connection itself refuses, whatever the code in front of it meant to do."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# Who is logged in where, and how often somebody tried: written by the way, and no record of anybody's.
BY_THE_WAY = frozenset({"django_session", "usersessions_usersession", "cache"})

_READS = re.compile(
    r"\s*\(*\s*(SELECT|WITH|EXPLAIN|SHOW|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|SET CONSTRAINTS|PRAGMA)\b"
)
_WRITES = re.compile(r"\b(?:INSERT(?: OR \w+)? INTO|UPDATE(?! OF\b)|DELETE FROM|REPLACE INTO)\s+\"?(\w+)\"?")


class WriteRefused(Exception):
    """Something wrote although it was only to look."""


@contextmanager
def refusing_writes(*, but: Collection[str] = BY_THE_WAY) -> Iterator[None]:
    """Raises WriteRefused for every statement of the block that changes a table other than those named."""

    def look(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        table = written(sql)
        if table is not None and table not in but:
            raise WriteRefused(f"{sql[:60]} …")
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(look):
        yield


def written(sql: str) -> str | None:
    """The table that a statement changes; "" if it is none that only reads, and yet names no table; None if it reads."""
    if _READS.match(sql) and not sql.lstrip().startswith("WITH"):
        return None
    found = _WRITES.search(sql)
    return found[1] if found else None if _READS.match(sql) else ""
