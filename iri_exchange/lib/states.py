"""States that move along a table.

A table maps a state to the states that may follow it; the empty string stands for "not yet begun".
Two kinds of record move along one:

* a **column** of a record (`advance`): the row is locked, the edge checked, the column written;
* **dated rows** of an owner (`begin`): (owner, state, since), unique per owner and day. A state lasts
  until the next row, a row may lie in the future, and "as of" is the last row on or before the day.
"""

import datetime
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

Moves = Mapping[str, Collection[str]]


def check(moves: Moves, old: str, new: str, labels: Mapping[str, str]) -> None:
    """Raise ValidationError, with a sentence for people, unless the table knows the edge."""
    if new not in moves.get(old, ()):
        was = f"「{labels[old]}」から" if old else "はじめから"
        raise ValidationError(f"{was}「{labels[new]}」には変えられません。", code="unknown_move")


@transaction.atomic
def advance(record: Any, to: str, *, moves: Moves, field: str = "state", **also: Any) -> None:
    """Move the column `field` of a record to `to`, reading the old state under a lock.

    `also` names columns that change in the same write.
    Raises ValidationError for an edge that is not in the table; the record in memory follows the row.
    """
    locked = type(record)._default_manager.select_for_update().get(pk=record.pk)
    column = record._meta.get_field(field)
    check(moves, getattr(locked, field), to, dict(column.flatchoices))
    for name, value in {field: to, **also}.items():
        setattr(record, name, value)
    record.save(update_fields=[field, *also])


@transaction.atomic
def begin(row: Any, *, owner: str, moves: Moves, field: str = "state") -> Any:
    """Save a dated row after checking both neighbours: the row before it and the one after it.

    `row` is unsaved; `owner` names its foreign key, whose row is locked so that two writers queue.
    Raises ValidationError for an edge the table does not know and for a second row on the same day.
    """
    model = type(row)
    owner_model = model._meta.get_field(owner).related_model
    owner_model._default_manager.select_for_update().get(pk=getattr(row, f"{owner}_id"))
    siblings = model._default_manager.filter(**{owner: getattr(row, owner)})
    if siblings.filter(since=row.since).exists():
        raise ValidationError("同じ日にすでに変更があります。日付を変えてください。", code="same_day")
    labels = dict(model._meta.get_field(field).flatchoices)
    before = siblings.filter(since__lt=row.since).order_by("since").last()
    after = siblings.filter(since__gt=row.since).order_by("since").first()
    check(moves, getattr(before, field) if before else "", getattr(row, field), labels)
    if after:
        check(moves, getattr(row, field), getattr(after, field), labels)
    row.save(force_insert=True)
    return row


@lru_cache(maxsize=256)
def on(model: type[models.Model], owner: str, day: datetime.date, field: str = "state") -> models.Subquery:
    """The value in force on a day, as an expression for a queryset of the owner. Nearly every page asks: kept."""
    rows = model._default_manager.filter(**{owner: models.OuterRef("pk")}, since__lte=day)
    return models.Subquery(rows.order_by("-since").values(field)[:1])


def diagram(moves: Moves, labels: Mapping[str, str]) -> str:
    """The table as a Mermaid state diagram, for docs/lifecycles.md."""
    lines = ["```mermaid", "stateDiagram-v2"]
    for old, followers in moves.items():
        lines += [f"    {old or '[*]'} --> {new}" for new in followers]
    lines += [f"    {state}: {state} {labels[state]}" for state in moves if state]
    return "\n".join([*lines, "```"])
