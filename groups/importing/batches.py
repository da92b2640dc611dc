"""The way of an uploaded roster up to its preview: read, corrected, read again, or let go.

What the page shows is the plan of the file; nothing is written. A long file is read by the worker.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from groups.importing.ending import forget_the_old, let_go_if_overdue
from groups.importing.fingerprint import fingerprint_of
from groups.importing.plan import Plan, Progress, make_plan
from groups.importing.reading.table import Choice, RosterTable, open_table, shape_of
from groups.models import ColumnReading, Group, ImportBatch
from iri_exchange.lib import sheets, states
from iri_exchange.lib.memory import collector_paused
from members.models import User

# Rows that are read while the person waits; more is the worker's.
LONG = 1_000
# What is found by itself, as long as nobody has chosen otherwise.
_AS_FOUND: dict[str, Any] = {"header_row": None, "mapping": None, "remembered": None, "answers": {}}
State = ImportBatch.State


class Stopped(Exception):
    """Somebody has stopped the reading."""


def keep_upload(*, group: Group, filename: str, content: bytes, by: User | None) -> ImportBatch:
    """Keep an uploaded file and read it: a short one at once, a long one by the worker.

    It is kept until its preview is confirmed or discarded, two weeks at most. Raises sheets.SheetError when the
    file cannot be read at all.
    """
    batch = ImportBatch(group=group, filename=filename[:200], content=content, uploaded_by=by)
    table = opened_batch(batch)
    forget_the_old()
    batch.rows_total = len(table.rows)
    batch.save()
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
    afresh: bool = False,
) -> None:
    """Read a kept file with what the user chose; None leaves a choice as it is. Raises sheets.SheetError.

    Another sheet has other columns and rows: the choices about the old one are forgotten; `afresh` forgets all of
    them. A corrected mapping is remembered for all tables of that shape. Answers add to those given before; none at
    all forget them. A batch that is finished, or being written, stays as it is.
    """
    if let_go_if_overdue(batch) or batch.state not in ImportBatch.OPEN:
        batch.refresh_from_db()
        return
    wish: dict[str, Any] = {"sheet": sheet, "header_row": header_row, "mapping": mapping, "answers": answers}
    chosen = _chosen(batch, **wish, afresh=afresh)
    for name, value in chosen.items():
        setattr(batch, name, value)
    table = opened_batch(batch)
    with transaction.atomic():
        locked = _locked_to_read(batch.pk)
        overtaken = locked is not None and locked.reading != batch.reading
        begun = locked is not None and not overtaken and _goes_back_to_reading(locked)
        if begun:
            _begin_anew(batch, table, chosen)
            if mapping is not None:
                _remember(table, mapping, by)
    batch.refresh_from_db()
    if begun:
        _start_reading(batch, table)
    elif overtaken:
        # Somebody else has chosen meanwhile: this wish comes after theirs.
        read_again(batch=batch, by=by, **wish, afresh=afresh)


def read_batch(*, batch_pk: int, progress: Progress | None = None) -> None:
    """READING → PREVIEWED: what the worker does with a long file. Does nothing if the reading was stopped."""
    batch = ImportBatch.objects.get(pk=batch_pk)
    if batch.state == State.READING and not let_go_if_overdue(batch):
        _read(batch, opened_batch(batch), progress)


def opened(content: bytes, filename: str, choice: Choice) -> RosterTable:
    """The table of a file. Raises sheets.SheetError."""
    return open_table(sheets.read(content, filename), choice, lambda shapes: _numbered(_corrected(shapes)))


def opened_batch(batch: ImportBatch) -> RosterTable:
    """The table of a kept file, read as the user chose; what was remembered of its shape is looked up only once."""

    def remembered(shapes: Collection[str]) -> Mapping[str, Mapping[int, str]]:
        if batch.remembered is None:
            batch.remembered = _corrected(shapes)
        return _numbered(batch.remembered)

    choice = Choice(batch.sheet, batch.header_row, _by_number(batch.mapping))
    return open_table(sheets.read(bytes(batch.content), batch.filename), choice, remembered)


def plan_of(batch: ImportBatch, table: RosterTable, progress: Progress | None = None) -> Plan:
    """What the batch means today, with the user's answers."""
    return planned(batch.group, table, _by_number(batch.answers) or {}, progress)


@collector_paused()
def planned(
    group: Group, table: RosterTable, answers: dict[int, int], progress: Progress | None = None
) -> Plan:
    """What a table means today; the report says by its fingerprint what was agreed to."""
    today = timezone.localdate()
    plan = make_plan(group, table, answers, today, progress)
    plan.report.fingerprint = fingerprint_of(plan, today)
    return plan


def tasks() -> Any:
    """The worker's tasks."""
    # A circle, closed only when a long file is queued: the tasks call the verbs that queue them.
    from groups.importing import tasks

    return tasks


def _start_reading(batch: ImportBatch, table: RosterTable) -> None:
    if batch.rows_total > LONG:
        tasks().read_upload.enqueue(batch.pk, batch.reading)
        batch.refresh_from_db()
    else:
        _read(batch, table)


def _read(batch: ImportBatch, table: RosterTable, progress: Progress | None = None) -> None:
    """Reads outside of any transaction, so that the progress is seen; a stopped or overtaken reading ends nothing."""
    reading = ImportBatch.objects.filter(pk=batch.pk, state=State.READING, reading=batch.reading)

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
            found: dict[str, Any] = {"report": report.as_json(), "remembered": batch.remembered}
            states.advance(batch, State.PREVIEWED, moves=ImportBatch.MOVES, **found)


def _chosen(
    batch: ImportBatch,
    sheet: str | None,
    header_row: int | None,
    mapping: Mapping[int, str] | None,
    answers: Mapping[int, int] | None,
    afresh: bool,
) -> dict[str, Any]:
    """The fields of the batch that change with a wish."""
    chosen: dict[str, Any] = {}
    if afresh or (sheet is not None and sheet != batch.sheet):
        chosen = _AS_FOUND | {"sheet": sheet or ""}
    if header_row is not None or mapping is not None:
        chosen |= _AS_FOUND | {"header_row": header_row, "mapping": _stored(mapping)}
    if answers is not None:
        chosen["answers"] = (
            batch.answers | {str(row): answer for row, answer in answers.items()} if answers else {}
        )
    return chosen


def _locked_to_read(batch_pk: int) -> ImportBatch | None:
    """None while it is being written: whoever writes holds the lock for as long, and nobody waits for that."""
    batches = ImportBatch.objects.filter(pk=batch_pk)
    is_written = batches.filter(state=State.WRITING).exists()
    return batches.select_for_update(skip_locked=is_written).first()


def _goes_back_to_reading(locked: ImportBatch) -> bool:
    if locked.state == State.WRITING:
        # It stood still: the worker that had it is gone, or it would hold the lock.
        states.advance(locked, State.PREVIEWED, moves=ImportBatch.MOVES)
    if locked.state == State.PREVIEWED:
        states.advance(locked, State.READING, moves=ImportBatch.MOVES)
    return locked.state == State.READING


def _begin_anew(batch: ImportBatch, table: RosterTable, chosen: dict[str, Any]) -> None:
    fresh = {"reading": batch.reading + 1, "remembered": batch.remembered, "moved_at": timezone.now()}
    fresh |= {"rows_total": len(table.rows), "rows_done": 0, "message": ""}
    ImportBatch.objects.filter(pk=batch.pk).update(**(chosen | fresh))


def _corrected(shapes: Collection[str]) -> dict[str, dict[str, str]]:
    """The corrected readings of these shapes of tables, as they are stored."""
    return dict(ColumnReading.objects.filter(shape__in=shapes).values_list("shape", "mapping"))


def _numbered(by_shape: Mapping[str, Mapping[str, str]]) -> dict[str, dict[int, str]]:
    return {shape: _by_number(mapping) or {} for shape, mapping in by_shape.items()}


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
