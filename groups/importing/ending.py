"""How a batch ends, and what is forgotten: personal data without a purpose is not kept."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from groups.models import ImportBatch
from groups.models.import_batch import UNDOABLE_FOR
from iri_exchange.lib import states

# As long as a preview waits for somebody to confirm it.
KEPT_FOR = datetime.timedelta(days=14)
LET_GO = f"{KEPT_FOR.days}日のあいだ取り込まれなかったので、自動で取りやめました。"
State = ImportBatch.State
WAITING = [State.READING, State.PREVIEWED]


def finish(batch: ImportBatch, state: str, **also: Any) -> None:
    """Move to a state in which the file is not needed any more."""
    states.advance(batch, state, moves=ImportBatch.MOVES, content=b"", finished_at=timezone.now(), **also)


@transaction.atomic
def discard_batch(*, batch: ImportBatch, because: str = "") -> bool:
    """The file is not imported and no longer kept; a reading stops. False if the batch is finished already."""
    if ImportBatch.objects.get(pk=batch.pk).state not in WAITING:
        return False
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in WAITING:
        return False
    finish(batch, State.DISCARDED, report=None, message=because)
    return True


def let_go_if_overdue(batch: ImportBatch) -> bool:
    """Whether nobody has confirmed the batch in time: then it is let go, whoever comes for it now."""
    is_overdue = batch.state in WAITING and batch.uploaded_at < timezone.now() - KEPT_FOR
    return is_overdue and discard_batch(batch=batch, because=LET_GO)


def forget_the_old() -> None:
    """Let go the previews that nobody confirmed, and what was said of an import or a file that has long ended."""
    waiting = ImportBatch.objects.filter(state__in=WAITING, uploaded_at__lt=timezone.now() - KEPT_FOR)
    for batch in waiting.defer("content", "report"):
        discard_batch(batch=batch, because=LET_GO)
    ended = ImportBatch.objects.filter(finished_at__lt=timezone.now() - UNDOABLE_FOR)
    ended.filter(Q(report__isnull=False) | ~Q(message="")).update(report=None, message="")
