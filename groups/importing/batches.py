"""The way of an uploaded roster up to its preview: read, corrected, read again, or let go.

What the page shows is the plan of the file; nothing is written. A long file is read by the worker.
"""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from groups.importing.plan import Plan, Progress, make_plan
from groups.importing.reading.table import Choice, RosterTable, open_table, shape_of
from groups.models import ColumnReading, Group, ImportBatch
from groups.models.import_batch import UNDOABLE_FOR
from iri_exchange.lib import sheets, states
from members.models import User

# A roster that nobody confirmed is personal data without a purpose.
KEPT_FOR = datetime.timedelta(days=14)
# Rows that are read while the person waits; more is the worker's.
LONG = 1_000
State = ImportBatch.State


class Stopped(Exception):
    """Somebody has stopped the reading."""


def keep_upload(*, group: Group, filename: str, content: bytes, by: User | None) -> ImportBatch:
    """Keep an uploaded file and read it: a short one at once, a long one by the worker.

    It is kept until its preview is confirmed or discarded, two weeks at most. Raises sheets.SheetError when the
    file cannot be read at all.
    """
    table = opened(content, filename, Choice())
    _forget_the_old()
    batch = ImportBatch.objects.create(
        group=group, filename=filename[:200], content=content, uploaded_by=by, rows_total=len(table.rows)
    )
    _start_reading(batch, table)
    return batch


def read_again(
    *,
    batch: ImportBatch,
    by: User | None,
    sheet: str | None = None,
    header_row: int | None = None,
    mapping: Mapping[int, str] | None = None,
    answers: Mapping[int, int] | None = None,
) -> None:
    """Read a kept file with what the user chose; None leaves a choice as it is. Raises sheets.SheetError.

    Another sheet has other columns and rows: the choices about the old one are forgotten. A corrected mapping is
    remembered for all tables of that shape. Answers add to those given before; none at all forget them. A finished
    batch stays as it is.
    """
    chosen: dict[str, Any] = {}
    if sheet is not None and sheet != batch.sheet:
        chosen = {"sheet": sheet, "header_row": None, "mapping": None, "answers": {}}
    if header_row is not None or mapping is not None:
        chosen |= {"header_row": header_row, "mapping": _stored(mapping), "answers": {}}
    if answers is not None:
        chosen["answers"] = (batch.answers | _stored(answers)) if answers else {}
    for name, value in chosen.items():
        setattr(batch, name, value)
    table = opened_batch(batch)
    with transaction.atomic():
        if not _goes_back_to_reading(batch):
            return
        fresh = {"rows_total": len(table.rows), "rows_done": 0, "moved_at": timezone.now(), "message": ""}
        ImportBatch.objects.filter(pk=batch.pk).update(**chosen, **fresh)
        if mapping is not None:
            _remember(table, mapping, by)
    batch.refresh_from_db()
    _start_reading(batch, table)


def read_batch(*, batch_pk: int, progress: Progress | None = None) -> None:
    """READING → PREVIEWED: what the worker does with a long file. Does nothing if the reading was stopped."""
    batch = ImportBatch.objects.get(pk=batch_pk)
    if batch.state == State.READING:
        _read(batch, opened_batch(batch), progress)


@transaction.atomic
def discard_batch(*, batch: ImportBatch) -> bool:
    """The file is not imported and no longer kept; a reading stops. False if the batch is finished already."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in (State.READING, State.PREVIEWED):
        return False
    finish(batch, State.DISCARDED, report=None)
    return True


def opened(content: bytes, filename: str, choice: Choice) -> RosterTable:
    """The table of a file. Raises sheets.SheetError."""
    return open_table(sheets.read(content, filename), choice, _remembered)


def opened_batch(batch: ImportBatch) -> RosterTable:
    """The table of a kept file, read as the user chose."""
    choice = Choice(batch.sheet, batch.header_row, _by_number(batch.mapping))
    return opened(bytes(batch.content), batch.filename, choice)


def plan_of(batch: ImportBatch, table: RosterTable, progress: Progress | None = None) -> Plan:
    """What the batch means today, with the user's answers."""
    return make_plan(batch.group, table, _by_number(batch.answers) or {}, timezone.localdate(), progress)


def finish(batch: ImportBatch, state: str, **also: Any) -> None:
    """Move to a state in which the file is not needed any more."""
    states.advance(batch, state, moves=ImportBatch.MOVES, content=b"", finished_at=timezone.now(), **also)


def tasks() -> Any:
    """The worker's tasks."""
    # A circle, closed only when a long file is queued: the tasks call the verbs that queue them.
    from groups.importing import tasks

    return tasks


def _start_reading(batch: ImportBatch, table: RosterTable) -> None:
    if batch.rows_total > LONG:
        tasks().read_upload.enqueue(batch.pk)
        batch.refresh_from_db()
    else:
        _read(batch, table)


def _read(batch: ImportBatch, table: RosterTable, progress: Progress | None = None) -> None:
    """Reads outside of any transaction, so that the progress is seen; a stopped batch is let alone."""
    reading = ImportBatch.objects.filter(pk=batch.pk, state=State.READING)

    def told(done: int, total: int) -> None:
        if not reading.update(rows_done=done, moved_at=timezone.now()):
            raise Stopped
        if progress:
            progress(done, total)

    try:
        report = plan_of(batch, table, told).report
    except Stopped:
        return
    with transaction.atomic():
        if reading.select_for_update().exists():
            states.advance(batch, State.PREVIEWED, moves=ImportBatch.MOVES, report=report.as_json())


def _goes_back_to_reading(batch: ImportBatch) -> bool:
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == State.WRITING:
        # It stood still: the worker that had it is gone, or it would hold the lock.
        states.advance(locked, State.PREVIEWED, moves=ImportBatch.MOVES)
    if locked.state == State.PREVIEWED:
        states.advance(locked, State.READING, moves=ImportBatch.MOVES)
    return locked.state == State.READING


def _remembered(shapes: Collection[str]) -> Mapping[str, Mapping[int, str]]:
    """The corrected readings of these shapes of tables."""
    known = ColumnReading.objects.filter(shape__in=shapes).values_list("shape", "mapping")
    return {shape: _by_number(mapping) or {} for shape, mapping in known}


def _remember(table: RosterTable, mapping: Mapping[int, str], by: User | None) -> None:
    """A table without a header has no shape by which it would be known again."""
    if table.layout.header_row:
        shape = shape_of([column.label for column in table.layout.columns])
        told = {"mapping": _stored(mapping), "changed_by": by}
        ColumnReading.objects.update_or_create(shape=shape, defaults=told)


def _stored(by_number: Mapping[int, Any] | None) -> dict[str, Any] | None:
    """JSON knows no numbers as keys."""
    return None if by_number is None else {str(number): value for number, value in by_number.items()}


def _by_number(stored: Mapping[str, Any] | None) -> dict[int, Any] | None:
    return None if stored is None else {int(number): value for number, value in stored.items()}


def _forget_the_old() -> None:
    """Previews that nobody confirmed, and what an import said once it can no longer be taken back."""
    forgotten = ImportBatch.objects.filter(
        state__in=[State.READING, State.PREVIEWED], uploaded_at__lt=timezone.now() - KEPT_FOR
    )
    for batch in forgotten:
        discard_batch(batch=batch)
    long_done = ImportBatch.objects.filter(finished_at__lt=timezone.now() - UNDOABLE_FOR)
    long_done.exclude(report=None).update(report=None)
