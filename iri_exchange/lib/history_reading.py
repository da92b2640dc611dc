"""Histories read back: of a record and of what hangs on it, the newest first, an entry for each step, in words.

What a step wrote bears one reason, one person and one time (`lib.history`). What one person saved without a reason
within two seconds was one step as well: a verb that writes several records. Nothing here knows whose records they are.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from iri_exchange.lib import history, japan

Model = type[models.Model]
# (model, ids) → {id: how the record is called}; ids that are missing are those of records that are gone.
Naming = Callable[[Model, Collection[Any]], Mapping[Any, str]]
# A history row and the names of what it points to, by field → the record in a few words.
Words = Callable[[Any, Mapping[str, str]], str]
TOGETHER = datetime.timedelta(seconds=2)
# A step that wrote more is counted; nobody reads it row by row.
MOST_ROWS = 20
SHORT = 40
EMPTY, GONE = "（空）", "（いまはない記録）"


@dataclass(frozen=True)
class Source:
    """The history rows of one model, as far as they belong to what is read.

    `rows` is a condition on them, `told` are the fields the reader may know, `words` calls a record that hangs on
    the one whose history it is; of that one itself (`words` is None) the fields speak. `labels` for those fields
    that are not to be called by their verbose names.
    """

    model: Model
    rows: Q
    told: tuple[str, ...]
    words: Words | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def history(self) -> QuerySet[Any]:
        found: QuerySet[Any] = history.of(self.model).filter(self.rows)
        return found


@dataclass(frozen=True)
class Step:
    """One entry to come: who, why, when it ended, how many rows, of which sources (by place) and at which times."""

    at: datetime.datetime
    reason: str
    user_id: int | None
    count: int
    places: frozenset[int]
    times: frozenset[datetime.datetime]


@dataclass(frozen=True)
class Change:
    label: str
    old: str
    new: str

    @property
    def is_long(self) -> bool:
        return max(len(self.old), len(self.new)) > SHORT or "\n" in self.old + self.new


@dataclass(frozen=True)
class Told:
    """What became of one record: `kind` is + ~ or -, `what` calls it ("" for the one whose history it is)."""

    kind: str
    what: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Entry:
    """A step in words. `told` is empty for one that is only counted; `version` is the history row that the record
    itself got in it, if it got one.
    """

    step: Step
    told: tuple[Told, ...]
    version: int | None


def steps(sources: Sequence[Source]) -> list[Step]:
    """All steps of these sources, the newest first. One query; the database counts the rows of each."""
    parts = [_counted(source, place) for place, source in enumerate(sources)]
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    found: list[Step] = []
    for place, at, reason, user_id, count in rows.order_by("-history_date", "place"):
        one = Step(at, reason or "", user_id, count, frozenset([place]), frozenset([at]))
        if found and _is_same(found[-1], one):
            one = _merged(found.pop(), one)
        found.append(one)
    return found


def entries(sources: Sequence[Source], shown: Sequence[Step], naming: Naming) -> list[Entry]:
    """These steps in words; one of which the reader may know nothing is left out.

    For each source that had a part in them two queries, and one for each kind of record that they name.
    """
    detailed = [step for step in shown if step.count <= MOST_ROWS]
    rows = [_rows(source, place, detailed) for place, source in enumerate(sources)]
    names = _names(sources, rows, naming)
    found = [_entry(step, sources, rows, names) for step in shown]
    return [entry for entry in found if entry.told or entry.step.count > MOST_ROWS]


def newest(source: Source, most: int, naming: Naming) -> list[Entry]:
    """The newest changes of the record itself, each by itself. One query, and one for each kind of record named."""
    rows = list(source.history.order_by("-history_id")[: most + 1])
    before = [*rows[1:], None] if len(rows) <= most else rows[1:]
    pairs = list(zip(rows[:most], before, strict=True))
    names = _names([source], [pairs], naming)
    found = []
    for row, old in pairs:
        reason = row.history_change_reason or ""
        step = Step(
            row.history_date, reason, row.history_user_id, 1, frozenset([0]), frozenset([row.history_date])
        )
        told = _told(source, row, old, names)
        if told.kind != "~" or told.changes:
            found.append(Entry(step, (told,), row.history_id))
    return found


def differences(source: Source, old: Any, new: Any, naming: Naming) -> list[Change]:
    """What differs between two versions of a record: history rows, or the record itself."""
    names = _names([source], [[(old, None), (new, None)]], naming)
    return list(_changes(source, old, new, names))


def _counted(source: Source, place: int) -> QuerySet[Any, Any]:
    keys = ("place", "history_date", "history_change_reason", "history_user_id")
    rows = source.history.order_by().annotate(place=Value(place, models.IntegerField()))
    counted: QuerySet[Any, Any] = rows.values(*keys).annotate(count=Count("history_id"))
    return counted.values_list(*keys, "count")


def _is_same(later: Step, earlier: Step) -> bool:
    same = (later.reason, later.user_id) == (earlier.reason, earlier.user_id)
    return same and min(later.times) - earlier.at <= TOGETHER


def _merged(later: Step, earlier: Step) -> Step:
    return Step(
        later.at,
        later.reason,
        later.user_id,
        later.count + earlier.count,
        later.places | earlier.places,
        later.times | earlier.times,
    )


Row = tuple[Any, Any]  # a history row and the one before it, None for the first


def _rows(source: Source, place: int, shown: Sequence[Step]) -> list[Row]:
    """The source's rows of these steps, the oldest first. Of two of one record the one with the higher id is later."""
    times = {time for step in shown if place in step.places for time in step.times}
    if not times:
        return []
    kept = history.of(source.model)
    before = kept.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    rows = list(
        source.history.filter(history_date__in=times)
        .annotate(before=Subquery(before.values("history_id")[:1]))
        .order_by(F("history_id"))
    )
    changed = [row.before for row in rows if row.history_type == "~"]
    earlier = kept.model.objects.in_bulk(changed) if changed else {}
    return [(row, earlier.get(row.before)) for row in rows]


def _names(
    sources: Sequence[Source], rows: Sequence[Sequence[Row]], naming: Naming
) -> dict[tuple[Model, Any], str]:
    wanted: dict[Model, set[Any]] = {}
    for source, each in zip(sources, rows, strict=True):
        for pointer in _pointers(source):
            values = {getattr(row, pointer.attname) for pair in each for row in pair if row is not None}
            wanted.setdefault(pointer.related_model, set()).update(values - {None})
    return {
        (model, pk): name for model, ids in wanted.items() if ids for pk, name in naming(model, ids).items()
    }


def _pointers(source: Source) -> Iterable[Any]:
    fields = (source.model._meta.get_field(name) for name in source.told)
    return (each for each in fields if isinstance(each, models.ForeignKey))


def _entry(
    step: Step, sources: Sequence[Source], rows: Sequence[Sequence[Row]], names: Mapping[Any, str]
) -> Entry:
    told: list[Told] = []
    version = None
    for place, source in enumerate(sources):
        if place not in step.places or step.count > MOST_ROWS:
            continue
        for row, before in rows[place]:
            if not _is_of(row, step):
                continue
            if source.words is None:
                version = row.history_id
            one = _told(source, row, before, names)
            if one.kind != "~" or one.changes:
                told.append(one)
    return Entry(step, tuple(told), version)


def _is_of(row: Any, step: Step) -> bool:
    written = (row.history_change_reason or "", row.history_user_id)
    return row.history_date in step.times and written == (step.reason, step.user_id)


def _told(source: Source, row: Any, before: Any, names: Mapping[Any, str]) -> Told:
    changes: Iterable[Change] = ()
    if source.words is None or row.history_type == "~":
        changes = _changes(source, before, row, names)
    if source.words is None:
        return Told(row.history_type, "", tuple(changes))
    called = {
        pointer.name: _value(pointer, getattr(row, pointer.attname), names) for pointer in _pointers(source)
    }
    what = source.words(row, called)
    return Told(row.history_type, what if row.history_type == "~" else f"{what}{_days(row)}", tuple(changes))


def _days(row: Any) -> str:
    """When a dated record holds."""
    since, until = getattr(row, "since", None), getattr(row, "until", None)
    said = "".join(
        [f"{japan.wareki(since)}から" if since else "", f"{japan.wareki(until)}まで" if until else ""]
    )
    return f"（{said}）" if said else ""


def _changes(source: Source, old: Any, new: Any, names: Mapping[Any, str]) -> Iterable[Change]:
    """Without an earlier version all that is filled in is new."""
    for name in source.told:
        each: Any = source.model._meta.get_field(name)
        was, is_ = (None if one is None else getattr(one, each.attname) for one in (old, new))
        if was == is_ or (old is None and is_ in (None, "")):
            continue
        label = source.labels.get(name, str(each.verbose_name))
        yield Change(
            label, "" if old is None else _value(each, was, names) or EMPTY, _value(each, is_, names) or EMPTY
        )


def _value(each: Any, value: Any, names: Mapping[Any, str]) -> str:
    """As people read it; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(each, models.ForeignKey):
        return names.get((each.related_model, value), GONE)
    if isinstance(each, models.FileField):
        return "あり"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, datetime.datetime):
        at = timezone.localtime(value)
        return f"{japan.wareki(at.date())} {at:%-H:%M}"
    if isinstance(value, datetime.date):
        return japan.wareki(value)
    if isinstance(value, datetime.time):
        return f"{value:%-H:%M}"
    return str(dict(each.flatchoices).get(value, value))


def latest(model: Model, pk: Any, most: int = 1) -> list[Any]:
    """The newest history rows of a record."""
    return list(islice(history.of(model).filter(id=pk).order_by("-history_id"), most))
