"""The roster importer: one path for checking and importing.

`import_roster` reads the file, writes what each row means through the verbs, and, when it was only asked to
check, takes it all back. What the preview says is therefore what the import does.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from groups.importing.columns import read
from groups.importing.matching import NEW
from groups.importing.report import Report
from groups.importing.run import Run
from groups.models import Group, ImportBatch, Office
from iri_exchange.lib import states
from members.models import User

__all__ = ["NEW", "Report", "commit_batch", "discard_batch", "import_roster", "keep_upload"]

# A roster that nobody confirmed is personal data without a purpose.
KEPT_FOR = datetime.timedelta(days=14)


@transaction.atomic
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

    `answers` maps a doubtful row to the record it means (NEW for another one). With `shown`, the fingerprint
    of a preview, nothing is written unless the report still says the same. Raises sheets.SheetError when the
    file cannot be read at all.
    """
    sheet = read(content, filename)
    # The directory is shared by all groups: imports wait for each other.
    Office.objects.select_for_update().order_by("pk").first()
    with transaction.atomic():
        report = Run(group, sheet, answers or {}).report()
        report.committed = commit and report.can_commit and shown in (None, report.fingerprint)
        if not report.committed:
            transaction.set_rollback(True)
    return report


@transaction.atomic
def keep_upload(*, group: Group, filename: str, content: bytes, by: User) -> ImportBatch:
    """Keep an uploaded file until its preview is confirmed or discarded, two weeks at most."""
    forgotten = ImportBatch.objects.filter(
        state=ImportBatch.State.PREVIEWED, uploaded_at__lt=timezone.now() - KEPT_FOR
    )
    for batch in forgotten:
        discard_batch(batch=batch)
    return ImportBatch.objects.create(group=group, filename=filename[:200], content=content, uploaded_by=by)


@transaction.atomic
def commit_batch(*, batch: ImportBatch, shown: str, answers: dict[int, int]) -> Report | None:
    """Import a kept file as its preview showed it; the file itself is then no longer kept.

    `report.committed` tells whether the preview still held. None if somebody has finished the batch already.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.PREVIEWED:
        return None
    report = import_roster(
        group=batch.group,
        content=bytes(batch.content),
        filename=batch.filename,
        commit=True,
        answers=answers,
        shown=shown,
    )
    if report.committed:
        _finish(batch, ImportBatch.State.COMMITTED, report.counts)
    return report


@transaction.atomic
def discard_batch(*, batch: ImportBatch) -> bool:
    """The file is not imported and no longer kept. False if somebody has finished the batch already."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.PREVIEWED:
        return False
    _finish(batch, ImportBatch.State.DISCARDED, {})
    return True


def _finish(batch: ImportBatch, state: str, counts: dict[str, int]) -> None:
    now = timezone.now()
    states.advance(batch, state, moves=ImportBatch.MOVES, counts=counts, content=b"", finished_at=now)
