"""Whether what was read from the database would be read the same way again: by asking the very same questions.

Nobody has to list what a thing depends on, and nobody forgets to lengthen the list: the statements are kept as they were
put to the database, and put again without the ORM, which is most of what a question costs. And if nobody has written
anything at all since then, they need not even be put.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, NamedTuple

from django.db import connection


class _ThisThread(threading.local):
    """Its connection, and a number that no other connection of the process ever has: SQLite counts for each apart."""

    connection: Any = None
    number = 0


_this_thread, _numbers = _ThisThread(), count(1)


class Question(NamedTuple):
    """A statement that only reads, with what stands in its places."""

    sql: str
    parameters: tuple[Any, ...]


@contextmanager
def overheard() -> Iterator[list[Question]]:
    """The questions of the block. Raises RuntimeError for a statement that writes: it must not be put again."""
    asked: list[Question] = []

    def listen(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        # PostgreSQL is asked for a union in brackets.
        if many or not sql.startswith(("SELECT ", "(SELECT ")) or " FOR UPDATE" in sql:
            raise RuntimeError(f"This does not only read: {sql[:80]}")
        asked.append(Question(sql, tuple(parameters or ())))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(listen):
        yield asked


def answers(questions: Iterable[Question]) -> list[str]:
    """What the database answers now, each question's rows as a digest."""
    with connection.cursor() as cursor:
        return [_answer(cursor, question) for question in questions]


def moment() -> str:
    """Equal to an earlier one, of the same process, only if nothing was written in between. "" if that cannot be told:
    in a transaction, the own changes of which may be taken back.
    """
    if connection.in_atomic_block:
        return ""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        # Whoever writes has a number in the snapshot; the version says that another connection wrote.
        cursor.execute("SELECT pg_current_snapshot()::text" if postgresql else "PRAGMA data_version")
        told = str(cursor.fetchone()[0])
    return told if postgresql else f"{_number_of_connection()} {told} {connection.connection.total_changes}"


def _number_of_connection() -> int:
    if _this_thread.connection is not connection.connection:
        _this_thread.connection, _this_thread.number = connection.connection, next(_numbers)
    return _this_thread.number


def _answer(cursor: Any, question: Question) -> str:
    cursor.execute(question.sql, question.parameters)
    return hashlib.sha256(repr(cursor.fetchall()).encode(errors="surrogatepass")).hexdigest()
