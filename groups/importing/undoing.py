"""Takes an import back: what it made is deleted, what it changed becomes what it was.

The history is the log. Each row that bears the import's reason tells a record that the import made (+) or changed
(~); the row before it tells what the record was. Nothing is taken back if anything was built on it.
"""

from graphlib import TopologicalSorter
from itertools import groupby
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Min, Q
from django.utils import timezone

from groups.importing.obstacles import Model, made, obstacles, rows
from groups.importing.writing import wait_in_line
from groups.models import Group, ImportBatch, Membership, MembershipStatus
from groups.models.import_batch import UNDOABLE_FOR
from iri_exchange.lib import history, states
from members.models import Export, User

State = ImportBatch.State
# Memberships that are taken back while the person waits; more is the worker's.
LONG = 1_000
CHUNK = 500
NOT_UNDONE = "取り消しませんでした。取込のあとの変更があります。"
NOTHING_TO_UNDO = {
    State.UNDOING: "いま取り消しているところです。",
    State.UNDONE: "この取込は、すでに取り消してあります。",
    State.DISCARDED: "この取込は取りやめたので、取り消すものがありません。",
}


@transaction.atomic
def undo_batch(*, batch: ImportBatch, by: User | None) -> list[str]:
    """Take an import back, all of it or nothing. A long one is left to the worker, in the state UNDOING.

    Returns what stands against it, a sentence each: then nothing is undone. An import can be taken back for
    30 days, as long as nothing was built on it.
    """
    batch = _locked(batch.pk)
    if sentence := _too_late(batch):
        return [sentence]
    written = _written(batch)
    if found := obstacles(batch, written[::-1]):
        return found
    states.advance(batch, State.UNDOING, moves=ImportBatch.MOVES, message="", moved_at=timezone.now())
    if batch.counts.get("new", 0) + batch.counts.get("changed", 0) > LONG:
        # A circle, closed only when a long one is queued: the task calls `undo_now`.
        from groups.importing.tasks import undo_upload

        undo_upload.enqueue(batch.pk, batch.reading, by.pk if by else None)
    else:
        _take_back(batch, written, by)
    return []


@transaction.atomic
def undo_now(*, batch_pk: int, by_pk: int | None) -> None:
    """UNDOING → UNDONE, or back to COMMITTED, with a message, if something was built on it meanwhile."""
    batch = _locked(batch_pk)
    if batch.state != State.UNDOING:
        return
    written = _written(batch)
    if found := obstacles(batch, written[::-1]):
        message = "".join([NOT_UNDONE, *found])
        message = message if len(message) <= 300 else f"{message[:299]}…"
        states.advance(batch, State.COMMITTED, moves=ImportBatch.MOVES, message=message)
    else:
        _take_back(batch, written, User.objects.filter(pk=by_pk).first() if by_pk else None)


def _locked(batch_pk: int) -> ImportBatch:
    """The batch, in the queue of all that write rosters."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_pk)
    batch.group = wait_in_line(batch.group_id)
    return batch


def _too_late(batch: ImportBatch) -> str:
    """Why there is nothing to take back (any more); "" if there is."""
    if batch.undoable_until is None:
        return NOTHING_TO_UNDO.get(State(batch.state), "まだ取り込んでいないので、取り消すものがありません。")
    if timezone.now() > batch.undoable_until:
        return f"取り込んでから{UNDOABLE_FOR.days}日がたったので、もう取り消せません。"
    return ""


def _written(batch: ImportBatch) -> list[Model]:
    """The models of which the import wrote records, each before those it points to.

    The records are locked: from here on nobody can change them, or point to them. Memberships come first, and
    people and companies last, as for whoever changes a membership.
    """
    written = [model for model in history.kept_of() if rows(model, batch).exists()]
    in_order = list(TopologicalSorter({each: _pointing_to(each, written) for each in written}).static_order())
    status_changed = rows(MembershipStatus, batch).order_by().values("membership")
    _lock(Membership, Q(pk__in=_ids(Membership, batch)) | Q(pk__in=status_changed))
    for model in in_order:
        _lock(model, Q(pk__in=_ids(model, batch)))
    return in_order


def _ids(model: Model, batch: ImportBatch) -> Any:
    return rows(model, batch).order_by().values("id")


def _lock(model: Model, which: Q) -> None:
    list(model._base_manager.filter(which).order_by("pk").select_for_update().values_list("pk"))


def _pointing_to(model: Model, among: list[Model]) -> list[Model]:
    return [
        other
        for other in among
        if other is not model and any(field.related_model is model for field in other._meta.fields)
    ]


def _take_back(batch: ImportBatch, written: list[Model], by: User | None) -> None:
    with history.step(batch.undo_step, by=by):
        numbers = _numbers_given(batch)
        for model in written:
            history.delete(model, list(rows(model, batch, "+").values_list("id", flat=True)))
        # Only now, since keys are derived from what hangs on a record.
        for model in written:
            _put_back(model, batch)
        _free(numbers, batch)
    # What the import said names people whom the portal knows no longer.
    states.advance(batch, State.UNDONE, moves=ImportBatch.MOVES, report=None, message="")


def _put_back(model: Model, batch: ImportBatch) -> None:
    """Exactly those fields that the import changed become what they were; the import's own records are gone."""
    changed = rows(model, batch, "~").exclude(id__in=made(model, batch)).order_by("id")
    ids = list(changed.values_list("id", flat=True).distinct())
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        records = model._base_manager.in_bulk(chunk)
        told = history.of(model).filter(id__in=chunk).order_by("id", "history_id")
        names: set[str] = set()
        for pk, steps in groupby(told, key=lambda row: row.id):
            differing = _put_back_one(records[pk], list(steps), batch)
            names |= differing
            if not differing:
                del records[pk]
        history.update(list(records.values()), sorted(names))


def _put_back_one(record: models.Model, told: list[Any], batch: ImportBatch) -> set[str]:
    """The names of the fields put back, in memory. `told` is the history of the record."""
    ours = [place for place, row in enumerate(told) if row.history_change_reason == batch.step]
    before, after = told[ours[0] - 1], told[ours[-1]]
    names = set()
    for field in after.tracked_fields:
        was = getattr(before, field.attname)
        if was != getattr(after, field.attname):
            setattr(record, field.attname, was)
            names.add(field.name)
    return names


def _numbers_given(batch: ImportBatch) -> tuple[int, int] | None:
    """The first and the last member number that the import gave."""
    given = Membership.objects.filter(pk__in=made(Membership, batch), group=batch.group)
    found = given.aggregate(first=Min("sequence"), last=Max("sequence"))
    return (found["first"], found["last"]) if found["first"] else None


def _free(numbers: tuple[int, int] | None, batch: ImportBatch) -> None:
    """Numbers nobody has seen on paper are given again; others stay unused, as do those below a later member's."""
    if numbers is None:
        return
    subject = f"groups/{batch.group.slug}/roster"
    if not Export.objects.filter(subject=subject, taken_at__gte=batch.finished_at).exists():
        first, last = numbers
        Group.objects.filter(pk=batch.group_id, last_member_number=last).update(last_member_number=first - 1)
