"""The tables from the wish to the seats: asked for by staff, worked out by the worker, stopped, failed, kept.

Nothing is locked while they are worked out; what changes meanwhile is seen when they are there (`reading`).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.entering.places import lock
from events.exchange.tables.people import coming, party_of, problem_of
from events.exchange.tables.problem import Counts, Seating, Solution
from events.exchange.tables.solving import STEPS, solve
from events.models import JointExchange, TablePlan, TableSeat
from iri_exchange.lib import history, states
from members.models import User

State = TablePlan.State
FEWEST = 4
STOPPED = "取りやめました。席は、前のままです。"
NO_LONGER = "作る方の職員としての任期が終わったので、作りませんでした。"
FEWEST_THERE_ARE = "きまりに合わない組は、これより少なくはできません。"
MAYBE_FEWER = (
    "さがした中で、きまりに合わない組がいちばん少ない席です。もう一度作ると、もっと少なくなることがあります。"
)
BUSY = "席を作っているあいだは、変えられません。できあがるまでお待ちください。"


class Stopped(Exception):
    """Somebody has stopped it."""


@transaction.atomic
def ask(*, exchange: JointExchange, by: User, seed: int | None = None) -> TablePlan:
    """Put on the worker's list, with another seed for other tables. One that is being made is not begun twice."""
    exchange = lock(exchange)
    _check(exchange)
    with history.step("分散会の席を作る", by):
        plan = TablePlan.objects.select_for_update().filter(exchange=exchange).first()
        if plan and plan.state in TablePlan.OPEN:
            return plan
        now = timezone.now()
        about: dict[str, Any] = {"asked_by": by, "asked_at": now, "steps_total": STEPS, "steps_done": 0}
        about |= {"moved_at": None, "finished_at": None, "message": ""}
        if plan is None:
            plan = TablePlan.objects.create(exchange=exchange, seed=seed or 1, **about)
        else:
            states.advance(plan, State.QUEUED, moves=TablePlan.MOVES, seed=seed or plan.seed, **about)
    _task().enqueue(plan_pk=plan.pk)
    plan.refresh_from_db()
    return plan


@transaction.atomic
def stop(*, exchange: JointExchange, by: User) -> bool:
    """It is not made, and the seats stay as they were. False if it is finished already."""
    plan = TablePlan.objects.select_for_update().filter(exchange=exchange, state__in=TablePlan.OPEN).first()
    if plan is None:
        return False
    with history.step("分散会の席を作るのを取りやめる", by):
        _finish(plan, State.FAILED, message=STOPPED)
    return True


@transaction.atomic
def fail(*, plan_pk: int, message: str) -> None:
    """It cannot be made, and its page says what to do. One that is finished stays as it is."""
    plan = TablePlan.objects.select_for_update().filter(pk=plan_pk, state__in=TablePlan.OPEN).first()
    if plan:
        _finish(plan, State.FAILED, message=message)


def make(*, plan_pk: int) -> None:
    """QUEUED → DONE: what the worker does. Its steps are seen while it goes on, and it ends when it is stopped."""
    plan = begin(plan_pk=plan_pk)
    if plan is None:
        return
    exchange = plan.exchange
    party = party_of(exchange)
    locked = plan.seats.filter(is_locked=True)
    problem = problem_of(exchange, party, locked, plan.seed)
    try:
        keep(plan=plan, solution=solve(problem, lambda step: _tell(plan, step)), people=len(party.people))
    except Stopped:
        return


@transaction.atomic
def begin(*, plan_pk: int) -> TablePlan | None:
    """The plan, if it is still wanted and who asked for it may still have it."""
    rows = TablePlan.objects.select_related("exchange", "asked_by").select_for_update(of=("self",))
    plan = rows.filter(pk=plan_pk, state__in=TablePlan.OPEN).first()
    if plan is None:
        return None
    if not plan.asked_by.has_perm("events.run_exchange"):
        _finish(plan, State.FAILED, message=NO_LONGER)
        return None
    if plan.state == State.QUEUED:
        states.advance(plan, State.WORKING, moves=TablePlan.MOVES)
    _tell(plan, 0)
    return plan


@transaction.atomic
def keep(*, plan: TablePlan, solution: Solution, people: int) -> None:
    """WORKING → DONE, with its seats. Raises Stopped when nobody wants it any more."""
    exchange = lock(plan.exchange)
    locked = TablePlan.objects.select_for_update().filter(pk=plan.pk, state=State.WORKING).first()
    if locked is None:
        raise Stopped
    with history.step("分散会の席ができる", locked.asked_by):
        write(plan=locked, seating=solution.seating, still={row.pk for row in coming(exchange)})
        said = "" if not solution.counts.broken else FEWEST_THERE_ARE if solution.is_least else MAYBE_FEWER
        counts = as_fields(solution.counts)
        _finish(locked, State.DONE, steps_done=STEPS, people=people, message=said, **counts)


def write(*, plan: TablePlan, seating: Seating, still: set[int]) -> None:
    """Makes the seats those of `seating`, within a transaction; of people who are not `still` there, none."""
    wanted = {key: table for key, table in seating.items() if key[1] in still}
    changed, gone = [], []
    for seat in plan.seats.all():
        table = wanted.pop((seat.round, seat.registration_id), None)
        if table is None:
            gone.append(seat.pk)
        elif table != seat.table:
            seat.table = table
            changed.append(seat)
    history.update(changed, ["table"])
    history.delete(TableSeat, gone)
    history.create(
        [
            TableSeat(plan=plan, registration_id=who, round=round_, table=table)
            for (round_, who), table in sorted(wanted.items())
        ]
    )


def as_fields(counts: Counts) -> dict[str, int]:
    """As the plan keeps them."""
    return {
        "repeats": counts.repeats,
        "same_house": counts.same_house,
        "wishes_met": counts.wishes_met,
        "wishes_total": counts.wishes_total,
    }


def _check(exchange: JointExchange) -> None:
    if exchange.state in (JointExchange.State.HELD, JointExchange.State.CANCELLED):
        raise ValidationError("この合同交流会は終わったか中止になったので、席は作れません。")
    if not exchange.table_rounds:
        raise ValidationError("分散会の回数が0です。「内容を直す」で、回数を入れてください。")
    if exchange.tables_shown_at:
        raise ValidationError(
            "席を参加者に見せています。作り直すには、先に「見せるのをやめる」を押してください。"
        )
    if coming(exchange).count() < FEWEST:
        raise ValidationError(f"分散会に参加する方が{FEWEST}名より少ないので、席は作れません。")


def _tell(plan: TablePlan, done: int) -> None:
    """Say how far it is. Raises Stopped when nobody wants it any more."""
    working = TablePlan.objects.filter(pk=plan.pk, state=State.WORKING)
    if not working.update(steps_done=done, moved_at=timezone.now()):
        raise Stopped


def _finish(plan: TablePlan, state: str, **also: Any) -> None:
    states.advance(plan, state, moves=TablePlan.MOVES, finished_at=timezone.now(), **also)


def _task() -> Any:
    # A circle, closed only when tables are asked for: the task calls the verbs that queue it.
    from events.exchange.tables import tasks

    return tasks.work_out
