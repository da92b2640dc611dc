"""From the preview into the directory: exactly what was shown, or nothing.

The import makes the plan anew, under a lock that all imports share, and writes it only if it still says what was
shown. Where nothing changes there is nothing to lock. A long file is written by the worker.
"""

import enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from groups.importing.batches import LONG, finish, opened, opened_batch, plan_of, tasks
from groups.importing.plan import Progress, make_plan
from groups.importing.reading.table import Choice, RosterTable
from groups.importing.report import Report, from_json
from groups.importing.writing import DirectoryChanged, write_plan
from groups.models import Group, ImportBatch, Office
from iri_exchange.lib import history, sheets, states
from members.models import User

CHANGED_MEANWHILE = "確かめたあとに名簿が変わったので、取り込まずに読み直しました。もう一度お確かめください。"
State = ImportBatch.State


class Outcome(enum.Enum):
    """What became of the wish to import."""

    DONE = "done"
    QUEUED = "queued"
    CHANGED = "changed"
    BLOCKED = "blocked"
    FINISHED = "finished"


def commit_batch(
    *, batch: ImportBatch, shown: str, leave_bad: bool = False, by: User | None = None
) -> Outcome:
    """Import a kept file as its preview showed it; the file itself is then no longer kept.

    `shown` is the fingerprint of the preview that the user saw. `leave_bad`: take the good rows and leave those
    with problems. When the directory has changed, nothing is written and the batch has a new preview.
    """
    table = _opened_to_write(batch.pk)
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != State.PREVIEWED:
            return Outcome.FINISHED
        report = from_json(batch.report) if batch.report else Report()
        if report.fingerprint != shown:
            return Outcome.CHANGED
        if not _may_be_written(report, leave_bad):
            return Outcome.BLOCKED
        begun: dict[str, Any] = {"left_bad": bool(report.bad_rows), "message": "", "moved_at": timezone.now()}
        states.advance(batch, State.WRITING, moves=ImportBatch.MOVES, **begun)
        if not report.to_write:
            finish(batch, State.COMMITTED, counts=report.counts)
            return Outcome.DONE
        if table is None:
            tasks().write_upload.enqueue(batch.pk)
            return Outcome.QUEUED
        return _write(batch, table, by or batch.uploaded_by)


def write_batch(*, batch_pk: int) -> None:
    """WRITING → COMMITTED, or back to PREVIEWED: what the worker does with a long file."""
    table = _opened_to_write(batch_pk, long=True)
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_pk)
        if batch.state == State.WRITING and table is not None:
            _write(batch, table, batch.uploaded_by)


def import_roster(
    *,
    group: Group,
    content: bytes,
    filename: str,
    commit: bool,
    answers: dict[int, int] | None = None,
    shown: str | None = None,
    leave_bad: bool = False,
    sheet: str = "",
    progress: Progress | None = None,
    by: User | None = None,
) -> Report:
    """Check a roster file for a group, or import it in one go: all of it or nothing.

    `answers` maps a doubtful row to the record it means (matching.NEW, matching.LEAVE_OUT). With `shown`, the
    fingerprint of a preview, nothing is written unless the report still says the same. An import leaves a batch
    behind, by which it can be taken back. Raises sheets.SheetError when the file cannot be read at all.
    """
    table = opened(content, filename, Choice(sheet=sheet))
    if table.layout.needs_mapping:
        raise sheets.SheetError(
            "見出しの行が見つかりません。「企業名」「氏名」などの見出しがある表にしてください。"
        )
    report = make_plan(group, table, answers or {}, timezone.localdate(), progress).report
    as_shown = shown is None or shown == report.fingerprint
    if not commit or not as_shown or not _may_be_written(report, leave_bad):
        return report
    if not report.to_write:
        report.committed = True
        return report
    batch = ImportBatch(
        group=group,
        filename=filename[:200],
        uploaded_by=by,
        sheet=sheet,
        answers={str(row): answer for row, answer in (answers or {}).items()},
    )
    report.committed = _import_at_once(batch, table, report)
    return report


@transaction.atomic
def _import_at_once(batch: ImportBatch, table: RosterTable, report: Report) -> bool:
    """Whether the report still held; if not, no batch is left behind."""
    batch.state, batch.rows_total = State.WRITING, len(table.rows)
    batch.report, batch.left_bad = report.as_json(), bool(report.bad_rows)
    batch.save()
    done = _write(batch, table, batch.uploaded_by) is Outcome.DONE
    transaction.set_rollback(not done)
    return done


def _may_be_written(report: Report, leave_bad: bool) -> bool:
    return report.can_commit_the_good if leave_bad else report.can_commit


def _opened_to_write(batch_pk: int, *, long: bool = False) -> RosterTable | None:
    """The table of a batch that waits for being written, read before anything is locked; None for the worker's."""
    batch = ImportBatch.objects.get(pk=batch_pk)
    waits = batch.state in (State.PREVIEWED, State.WRITING) and (long or batch.rows_total <= LONG)
    return opened_batch(batch) if waits else None


def _write(batch: ImportBatch, table: RosterTable, by: User | None) -> Outcome:
    """Within the caller's transaction: plan anew under the lock of all imports, compare, write."""
    # The directory is shared by all groups: imports wait for each other.
    Office.objects.select_for_update().order_by("pk").first()
    plan = plan_of(batch, table)
    shown = batch.report["fingerprint"] if batch.report else ""
    try:
        with transaction.atomic(), history.step(batch.step, by=by):
            if plan.report.fingerprint != shown:
                raise DirectoryChanged
            write_plan(plan=plan, group=batch.group, today=timezone.localdate())
    except DirectoryChanged:
        again: dict[str, Any] = {"message": CHANGED_MEANWHILE}
        again["report"] = plan_of(batch, table).report.as_json()
        states.advance(batch, State.PREVIEWED, moves=ImportBatch.MOVES, **again)
        return Outcome.CHANGED
    finish(batch, State.COMMITTED, counts=plan.report.counts)
    return Outcome.DONE
