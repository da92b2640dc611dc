"""What the worker does for a handover book."""

from django_tasks import TaskContext, task

from groups.printouts import attempt
from iri_exchange.office.handover_book.making import make_book

TOO_MUCH = "引き継ぎ帳が大きすぎて、つくれませんでした。事務局へお知らせください。"


@task(takes_context=True)
def make(context: TaskContext, printout_pk: int) -> None:
    """QUEUED → DONE."""
    attempt(context, printout_pk, make_book, too_much=TOO_MUCH)
