"""A long print from the wish to the file, whatever it is of: put on the worker's list, begun, stopped, failed, kept."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext

from groups.models import Group, Printout
from iri_exchange.lib import limited, states
from members.models import User

# What has killed its worker twice will kill the next one too.
TRIES = 2
BROKEN_OFF = "途中で止まりました。もう一度お試しください。"
State = Printout.State


class Stopped(Exception):
    """Somebody has stopped it."""


@transaction.atomic
def ask(
    *, kind: str, by: User, options: dict[str, Any], steps: int, task: Any, group: Group | None = None
) -> Printout:
    """Put on the worker's list. The very same one, still being made, is not made twice.

    `task` takes the id as `printout_pk`; `steps` is how many it tells of while it goes on.
    """
    if group:
        # Two wishes at once wait for each other, and the second finds the first.
        Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    waiting = Printout.objects.filter(made_by=by, kind=kind, group=group, state__in=Printout.OPEN)
    for printout in waiting.select_for_update():
        if printout.options == options:
            return printout
    printout = Printout.objects.create(kind=kind, group=group, options=options, made_by=by, steps_total=steps)
    task.enqueue(printout_pk=printout.pk)
    printout.refresh_from_db()
    return printout


@transaction.atomic
def stop(*, printout: Printout) -> bool:
    """It is not made. False if it is finished already."""
    printout = Printout.objects.select_for_update().get(pk=printout.pk)
    if printout.state not in Printout.OPEN:
        return False
    _finish(printout, State.STOPPED)
    return True


@transaction.atomic
def fail(*, printout_pk: int, message: str) -> None:
    """It cannot be made, and its page says what to do. One that is finished stays as it is."""
    printout = Printout.objects.select_for_update().filter(pk=printout_pk, state__in=Printout.OPEN).first()
    if printout:
        _finish(printout, State.FAILED, message=message)


@transaction.atomic
def begin(printout_pk: int, *, refusal: Callable[[Printout], str]) -> Printout | None:
    """The print, if it is still wanted and `refusal` has nothing to say against its maker; its sentence ends it."""
    printout = Printout.objects.select_for_update().filter(pk=printout_pk, state__in=Printout.OPEN).first()
    if printout is None:
        return None
    if message := refusal(printout):
        _finish(printout, State.FAILED, message=message)
        return None
    if printout.state == State.QUEUED:
        states.advance(printout, State.WORKING, moves=Printout.MOVES)
    tell(printout, 0)
    return printout


def tell(printout: Printout, done: int) -> None:
    """Say how far it is. Raises Stopped when nobody wants it any more."""
    working = Printout.objects.filter(pk=printout.pk, state=State.WORKING)
    if not working.update(steps_done=done, moved_at=timezone.now()):
        raise Stopped


@transaction.atomic
def keep(printout: Printout, *, content: bytes, filename: str, pages: int = 0) -> None:
    """WORKING → DONE, with its file. Raises Stopped when nobody wants it any more."""
    locked = Printout.objects.select_for_update().filter(pk=printout.pk, state=State.WORKING).first()
    if locked is None:
        raise Stopped
    _finish(
        locked, State.DONE, pages=pages, content=content, filename=filename, steps_done=locked.steps_total
    )


def attempt(context: TaskContext, printout_pk: int, make: Callable[..., None], *, too_much: str) -> None:
    """What a task does: `make` it, and say on its page what came in between. One whose worker was killed is begun anew,
    but not for ever.
    """
    try:
        if context.attempt > TRIES:
            raise RuntimeError(f"printout {printout_pk} has ended its worker {TRIES} times")
        make(printout_pk=printout_pk)
    except (limited.OutOfTime, limited.OutOfMemory):
        fail(printout_pk=printout_pk, message=too_much)
        raise
    except Exception:
        fail(printout_pk=printout_pk, message=BROKEN_OFF)
        raise


def _finish(printout: Printout, state: str, **also: Any) -> None:
    states.advance(printout, state, moves=Printout.MOVES, finished_at=timezone.now(), **also)
