"""What the worker does for a book. One whose worker was killed is begun anew, but not for ever."""

from django_tasks import TaskContext, task

# A circle, closed only when a task runs: the verbs queue the task, the task calls the verbs.
from groups import book
from iri_exchange.lib import limited

# What has killed its worker twice will kill the next one too.
TRIES = 2
BROKEN_OFF = "途中で止まりました。もう一度お試しください。"
TOO_MUCH = "名簿が大きすぎて、作れませんでした。グループを分けて、もう一度お試しください。"


@task(takes_context=True)
def make(context: TaskContext, printout_pk: int) -> None:
    """QUEUED → DONE."""
    try:
        if context.attempt > TRIES:
            raise RuntimeError(f"printout {printout_pk} has ended its worker {TRIES} times")
        book.make_book(printout_pk=printout_pk)
    except (limited.OutOfTime, limited.OutOfMemory):
        book.fail_printout(printout_pk=printout_pk, message=TOO_MUCH)
        raise
    except Exception:
        book.fail_printout(printout_pk=printout_pk, message=BROKEN_OFF)
        raise
