"""From the preview into the directory: exactly what was shown, or nothing.

The import makes the plan anew, under a lock that all imports share, and writes it only if it still says what was
shown. Where nothing changes there is nothing to lock. A long file is written by the worker.
"""

import enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from groups.importing.batches import LONG, opened, opened_batch, plan_of, planned, tasks
from groups.importing.ending import finish, let_go_if_overdue
from groups.importing.plan import Plan, Progress
from groups.importing.reading.table import Choice, RosterTable
from groups.importing.report import Report, from_json
from groups.importing.writing import DirectoryChanged, wait_in_line, write_plan
from groups.models import Group, ImportBatch
from iri_exchange.lib import history, sheets, states
from iri_exchange.lib.memory import collector_paused
from members.models import User

CHANGED_MEANWHILE = "確かめたあとに名簿が変わったので、取り込まずに読み直しました。もう一度お確かめください。"
State = ImportBatch.State


class Outcome(enum.Enum):
    """What became of the wish to import."""

    DONE = "done"
    QUEUED = "queued"
    CHANGED = "changed"
    READING = "reading"
    BLOCKED = "blocked"
    FINISHED = "finished"


def commit_batch(
    *, batch: ImportBatch, shown: str, leave_bad: bool = False, by: User | None = None
) -> Outcome:
    """Import a kept file as its preview showed it; the file itself is then no longer kept.

    `shown` is the fingerprint of the preview that the user saw. `leave_bad`: take the good rows and leave those
    with problems. When the directory has changed, nothing is written and the batch has a new preview. A preview
    that is too old is let go.
    """
    batch = ImportBatch.objects.get(pk=batch.pk)
    let_go_if_overdue(batch)
    if stands_against := _stands_against(batch, shown, leave_bad):
        return stands_against
    # The file is opened before anything is locked.
    table = opened_batch(batch) if batch.rows_total <= LONG else None
    seen = batch.reading
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.reading != seen:
            return Outcome.CHANGED
        if stands_against := _stands_against(batch, shown, leave_bad):
            return stands_against
        return _begin(batch, table, by or batch.uploaded_by)


def write_batch(*, batch_pk: int) -> None:
    """WRITING → COMMITTED, or back to PREVIEWED: what the worker does with a long file."""
    batch = ImportBatch.objects.get(pk=batch_pk)
    if batch.state != State.WRITING:
        return
    table, seen = opened_batch(batch), batch.reading
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_pk)
        if (batch.state, batch.reading) == (State.WRITING, seen):
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
    with collector_paused():
        table = _opened_as_it_is(content, filename, sheet)
        report = planned(group, table, answers or {}, progress).report
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


def _opened_as_it_is(content: bytes, filename: str, sheet: str) -> RosterTable:
    """The table where there is nobody to say what its columns are."""
    table = opened(content, filename, Choice(sheet=sheet))
    if table.layout.needs_mapping:
        raise sheets.SheetError(
            "見出しの行が見つかりません。「企業名」「氏名」などの見出しがある表にしてください。"
        )
    return table


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


def _stands_against(batch: ImportBatch, shown: str, leave_bad: bool) -> Outcome | None:
    """Why the batch is not imported as it stands."""
    if batch.state == State.READING:
        return Outcome.READING
    if batch.state != State.PREVIEWED:
        return Outcome.FINISHED
    report = from_json(batch.report) if batch.report else Report()
    if not shown or report.fingerprint != shown:
        return Outcome.CHANGED
    return None if _may_be_written(report, leave_bad) else Outcome.BLOCKED


def _begin(batch: ImportBatch, table: RosterTable | None, by: User | None) -> Outcome:
    """Write what was agreed to now, or leave it to the worker."""
    report = from_json(batch.report or {})
    begun: dict[str, Any] = {"left_bad": bool(report.bad_rows), "message": "", "moved_at": timezone.now()}
    states.advance(batch, State.WRITING, moves=ImportBatch.MOVES, **begun)
    if not report.to_write:
        finish(batch, State.COMMITTED, counts=report.counts)
        return Outcome.DONE
    if table is None:
        tasks().write_upload.enqueue(batch.pk, batch.reading)
        return Outcome.QUEUED
    return _write(batch, table, by)


def _write(batch: ImportBatch, table: RosterTable, by: User | None) -> Outcome:
    """Within the caller's transaction: plan anew, nobody else writing, compare, write."""
    batch.group = wait_in_line(batch.group_id)
    plan = plan_of(batch, table)
    as_shown = batch.report is not None and plan.report.fingerprint == batch.report["fingerprint"]
    if as_shown and _is_written(plan, batch, by):
        finish(batch, State.COMMITTED, counts=plan.report.counts)
        return Outcome.DONE
    found = (plan_of(batch, table) if as_shown else plan).report.as_json()
    again: dict[str, Any] = {"message": CHANGED_MEANWHILE, "report": found, "reading": batch.reading + 1}
    states.advance(batch, State.PREVIEWED, moves=ImportBatch.MOVES, **again)
    return Outcome.CHANGED


def _is_written(plan: Plan, batch: ImportBatch, by: User | None) -> bool:
    """Whether it could be written; if not, nothing is."""
    try:
        with transaction.atomic(), history.step(batch.step, by=by):
            write_plan(plan=plan, group=batch.group, today=timezone.localdate())
    except DirectoryChanged:
        return False
    return True
