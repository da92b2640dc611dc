"""What the worker does for a book."""

from django_tasks import TaskContext, task

# A circle, closed only when a task runs: the verbs queue the task, the task calls the verbs.
from groups import book
from groups.printouts import BROKEN_OFF, TRIES, attempt

__all__ = ["BROKEN_OFF", "TOO_MUCH", "TRIES", "make"]

TOO_MUCH = "名簿が大きすぎて、作れませんでした。グループを分けて、もう一度お試しください。"


@task(takes_context=True)
def make(context: TaskContext, printout_pk: int) -> None:
    """QUEUED → DONE."""
    attempt(context, printout_pk, book.make_book, too_much=TOO_MUCH)
