"""History that tells why: what is written within one step bears one reason, one person and one time.

A step is what people call one thing though it writes many records: an import, its undoing. The reason finds
all of it again. Of two history rows of one record, the one with the higher `history_id` was written later.
"""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import connections, models, router, transaction
from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.utils import get_history_manager_for_model

from iri_exchange.lib.fields import FoldedKeyField, SortKeyField

M = TypeVar("M", bound=models.Model)
# Ids in one statement: SQLite counts them, as older builds take no more than 999.
CHUNK = 900


@dataclass(frozen=True)
class Step:
    reason: str | None = None
    by: Any = None
    at: datetime.datetime = field(default_factory=timezone.now)


_step: ContextVar[Step | None] = ContextVar("history_step", default=None)


class _Manager(HistoryManager):
    """As the package's, which is made anew from its queryset at every look at a history; this one is made once."""

    @classmethod
    @cache
    def from_queryset(cls, *about: Any) -> Any:
        return super().from_queryset(*about)


class History(HistoricalRecords):
    """The history of a model. Within a step each row bears its reason and time; who: the request, or else the step."""

    def __init__(self, **options: Any) -> None:
        super().__init__(history_manager=_Manager, **options)

    def get_change_reason_for_object(self, instance: Any, history_type: str, using: Any) -> str | None:
        own: str | None = super().get_change_reason_for_object(instance, history_type, using)
        current = _step.get()
        return own or (current.reason if current else None)

    def get_history_user(self, instance: Any) -> Any:
        current = _step.get()
        return super().get_history_user(instance) or (current.by if current else None)

    def create_historical_record(self, instance: Any, history_type: str, using: Any = None) -> None:
        current = _step.get()
        if current is None or hasattr(instance, "_history_date"):
            super().create_historical_record(instance, history_type, using)
            return
        instance._history_date = current.at
        try:
            super().create_historical_record(instance, history_type, using)
        finally:
            del instance._history_date


@contextmanager
def step(reason: str, by: Any = None) -> Iterator[None]:
    """Every history row written inside bears `reason` (up to 100 letters), the time of the beginning, and `by`.

    `by` is a user, or None for a command; where a request is under way, its user is named. A step inside
    another is one of its own.
    """
    token = _step.set(Step(reason, by))
    try:
        yield
    finally:
        _step.reset(token)


@contextmanager
def in_step(reason: str) -> Iterator[None]:
    """As `step`, unless one is under way: a verb inside a larger step is told with it."""
    if _step.get():
        yield
        return
    with step(reason):
        yield


def of(model: type[models.Model]) -> Any:
    """The manager of a model's history rows."""
    return get_history_manager_for_model(model)


def kept_of() -> list[type[models.Model]]:
    """The models that have a history."""
    return [model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")]


def create(objects: Sequence[M], *, batch_size: int | None = None) -> list[M]:
    """Insert unsaved records of one model, derived keys included, with a history row each. They come back with ids."""
    if not objects:
        return []
    model = type(objects[0])
    with transaction.atomic(using=router.db_for_write(model), savepoint=False):
        made: list[M] = model._default_manager.bulk_create(objects, batch_size=batch_size)
        _tell(model, [record.pk for record in made], "+")
    return made


def update(objects: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write `fields` of records of one model, and the keys derived from them, with a history row each."""
    if not objects or not fields:
        return
    model = type(objects[0])
    using = router.db_for_write(model)
    connection = connections[using]
    columns = [each for each in model._meta.concrete_fields if each.name in fields or _is_derived(each)]
    assignments = ", ".join(f"{_quoted(using, each.column)} = %s" for each in columns)
    table, key = _quoted(using, model._meta.db_table), _quoted(using, model._meta.pk.column)
    with transaction.atomic(using=using, savepoint=False), connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {assignments} WHERE {key} = %s",
            [
                [each.get_db_prep_save(each.pre_save(record, False), connection) for each in columns]
                + [record.pk]
                for record in objects
            ],
        )
        _tell(model, [record.pk for record in objects], "~")


def delete(model: type[models.Model], ids: Sequence[Any]) -> None:
    """Delete records, with a history row each. Takes nothing along: the database refuses what is still pointed to."""
    using = router.db_for_write(model)
    with transaction.atomic(using=using, savepoint=False):
        _tell(model, ids, "-")
        for chunk in _chunks(ids):
            model._base_manager.using(using).filter(pk__in=chunk)._raw_delete(using)


def _tell(model: type[models.Model], ids: Sequence[Any], kind: str) -> None:
    """One history row for each record as it stands, copied by the database: much faster than objects would be."""
    using = router.db_for_write(model)
    connection = connections[using]
    history = of(model).model
    current = _step.get() or Step()
    user = history.get_default_history_user(None)
    said = {
        "history_date": current.at,
        "history_type": kind,
        "history_change_reason": current.reason,
        "history_user": user.pk if user else None,
    }
    columns = [_quoted(using, each.column) for each in history.tracked_fields]
    extra = [history._meta.get_field(name) for name in said]
    values = [each.get_db_prep_save(said[each.name], connection) for each in extra]
    into = ", ".join([*columns, *(_quoted(using, each.column) for each in extra)])
    picked = ", ".join([*columns, *(["%s"] * len(extra))])
    key = _quoted(using, model._meta.pk.column)
    with connection.cursor() as cursor:
        for chunk in _chunks(ids):
            cursor.execute(
                f"INSERT INTO {_quoted(using, history._meta.db_table)} ({into}) SELECT {picked}"
                f" FROM {_quoted(using, model._meta.db_table)}"
                f" WHERE {key} IN ({', '.join(['%s'] * len(chunk))}) ORDER BY {key}",
                [*values, *chunk],
            )


def _is_derived(each: models.Field[Any, Any]) -> bool:
    return isinstance(each, FoldedKeyField | SortKeyField)


def _quoted(using: str, name: str | None) -> str:
    return connections[using].ops.quote_name(str(name))


def _chunks(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
