"""What the worker does for the tables."""

from django_tasks import TaskContext, task

from events.exchange.tables import making
from groups.printouts import BROKEN_OFF, TRIES


@task(takes_context=True)
def work_out(context: TaskContext, plan_pk: int) -> None:
    """QUEUED → DONE. One whose worker was killed is begun anew, but not for ever."""
    try:
        if context.attempt > TRIES:
            raise RuntimeError(f"table plan {plan_pk} has ended its worker {TRIES} times")
        making.make(plan_pk=plan_pk)
    except Exception:
        making.fail(plan_pk=plan_pk, message=BROKEN_OFF)
        raise
