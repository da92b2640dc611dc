"""What the worker does for an archive."""

from django_tasks import TaskContext, task

from groups.printouts import attempt
from iri_exchange.office.archive.making import make_archive

TOO_MUCH = "記録が大きすぎて、まとめられませんでした。ポータルを設置した方へお知らせください。"


@task(takes_context=True)
def make(context: TaskContext, printout_pk: int) -> None:
    """QUEUED → DONE."""
    attempt(context, printout_pk, make_archive, too_much=TOO_MUCH)
