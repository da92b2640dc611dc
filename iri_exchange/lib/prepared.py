"""Selections that are asked for again and again, made into SQL once: the making is nearly all that they cost."""

import datetime
from collections.abc import Callable
from functools import cached_property
from inspect import signature
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

# What stands in the SQL for an id and for a day until it is asked; no record has them.
_STAND_INS = {int: -987_654_321, datetime.date: datetime.date(1, 1, 2)}


class Prepared:
    """A function of an id, a day, or both, that selects values.

    Only the SQL is kept, never an answer. The function is called once: it must not look at what it is given.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self.make = make
        self.places = [_STAND_INS[each.annotation] for each in signature(make).parameters.values()]

    def rows(self, *given: Any) -> list[tuple[Any, ...]]:
        """As the database gives them: in SQLite a day is a text."""
        with connection.cursor() as cursor:
            cursor.execute(*self._asked(given))
            return list(cursor.fetchall())

    def inside(self, *given: Any) -> RawSQL:
        """For a condition: `pk__in=members.inside(today)`."""
        return RawSQL(*self._asked(given))

    def _asked(self, given: tuple[Any, ...]) -> tuple[str, list[Any]]:
        text, values = self._sql
        known = dict(zip(map(_in_sql, self.places), map(_in_sql, given), strict=True))
        return text, [known.get(value, value) for value in values]

    @cached_property
    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        return self.make(*self.places).query.sql_with_params()


def _in_sql(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value
