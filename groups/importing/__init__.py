"""The roster importer: one path for checking and importing.

`import_roster` reads the file, writes what each row means through the verbs, and, when it was only asked to
check, takes it all back. What the preview says is therefore what the import does.
"""

from django.db import transaction
from django.utils import timezone

from groups.importing.columns import read
from groups.importing.matching import NEW
from groups.importing.report import Report
from groups.importing.run import Run
from groups.models import Group, ImportBatch
from iri_exchange.lib import states
from members.models import User

__all__ = ["NEW", "Report", "commit_batch", "discard_batch", "import_roster", "keep_upload"]


def import_roster(
    *,
    group: Group,
    content: bytes,
    filename: str,
    commit: bool,
    answers: dict[int, int] | None = None,
    shown: str | None = None,
) -> Report:
    """Check a roster file for a group, or import it: all of it or nothing.

    `answers` maps a doubtful row to the company it means (NEW for another one). With `shown`, the fingerprint
    of a preview, nothing is written unless the report still says the same. Raises sheets.SheetError when the
    file cannot be read at all.
    """
    sheet = read(content, filename)
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)
        report = Run(group, sheet, answers or {}).report()
        report.committed = commit and report.can_commit and shown in (None, report.fingerprint)
        if not report.committed:
            transaction.set_rollback(True)
    return report


def keep_upload(*, group: Group, filename: str, content: bytes, by: User) -> ImportBatch:
    """Keep an uploaded file until its preview is confirmed or discarded."""
    return ImportBatch.objects.create(group=group, filename=filename[:200], content=content, uploaded_by=by)


@transaction.atomic
def commit_batch(*, batch: ImportBatch, shown: str, answers: dict[int, int]) -> Report:
    """Import a kept file as its preview showed it; report.committed tells whether it still was so."""
    report = import_roster(
        group=batch.group,
        content=bytes(batch.content),
        filename=batch.filename,
        commit=True,
        answers=answers,
        shown=shown,
    )
    if report.committed:
        states.advance(
            batch,
            ImportBatch.State.COMMITTED,
            moves=ImportBatch.MOVES,
            counts=report.counts,
            finished_at=timezone.now(),
        )
    return report


def discard_batch(*, batch: ImportBatch) -> None:
    """The file is not imported; it is no longer kept."""
    states.advance(
        batch, ImportBatch.State.DISCARDED, moves=ImportBatch.MOVES, content=b"", finished_at=timezone.now()
    )
