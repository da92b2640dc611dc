"""What the worker does for the importer: a long file is read, written, or taken back in a process of its own.

A task whose worker was killed begins anew; each verb looks first in which state the batch is. A task is about one
reading of the file: once somebody has it read again, another task is. One that cannot be done gives the batch back
to the people.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import TaskContext, task

# A circle, closed only when a task runs: the verbs queue the tasks, the tasks call the verbs.
from groups import importing
from groups.models import ImportBatch
from iri_exchange.lib import states

# What has killed its worker twice will kill the next one too.
TRIES = 2
STOPPED = "途中で止まりました。名簿は変わっていません。もう一度お試しください。"
_GIVEN_BACK = {
    ImportBatch.State.READING: ImportBatch.State.PREVIEWED,
    ImportBatch.State.WRITING: ImportBatch.State.PREVIEWED,
    ImportBatch.State.UNDOING: ImportBatch.State.COMMITTED,
}


@task(takes_context=True)
def read_upload(context: TaskContext, batch_pk: int, reading: int) -> None:
    """READING → PREVIEWED."""
    _try(context, batch_pk, reading, partial(importing.read_batch, batch_pk=batch_pk))


@task(takes_context=True)
def write_upload(context: TaskContext, batch_pk: int, reading: int) -> None:
    """WRITING → COMMITTED, or back to PREVIEWED when the directory has changed."""
    _try(context, batch_pk, reading, partial(importing.write_batch, batch_pk=batch_pk))


@task(takes_context=True)
def undo_upload(context: TaskContext, batch_pk: int, reading: int, user_pk: int | None) -> None:
    """UNDOING → UNDONE, or back to COMMITTED when something was built on it."""
    _try(context, batch_pk, reading, partial(importing.undo_now, batch_pk=batch_pk, by_pk=user_pk))


def _try(context: TaskContext, batch_pk: int, reading: int, work: Callable[[], object]) -> None:
    if not ImportBatch.objects.filter(pk=batch_pk, reading=reading).exists():
        return
    try:
        if context.attempt > TRIES:
            raise RuntimeError(f"import batch {batch_pk} has ended its worker {TRIES} times")
        work()
    except Exception:
        give_back(batch_pk, reading)
        raise


@transaction.atomic
def give_back(batch_pk: int, reading: int) -> None:
    """Nobody works on this reading of the batch any more: it goes back to where a person decides."""
    given = ImportBatch.objects.filter(pk=batch_pk, reading=reading, state__in=_GIVEN_BACK)
    batch = given.select_for_update().first()
    if batch is None:
        return
    # A reading that did not end has found nothing; what an earlier one found was read otherwise.
    found: dict[str, Any] = {"report": None} if batch.state == ImportBatch.State.READING else {}
    to = _GIVEN_BACK[ImportBatch.State(batch.state)]
    states.advance(batch, to, moves=ImportBatch.MOVES, message=STOPPED, **found)
