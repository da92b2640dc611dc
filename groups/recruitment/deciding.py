"""採否: decided one application at a time, confirmed by a second person where the round asks for it, announced later.

A decision is a column beside the state: nobody outside the office reads it before all are announced together.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from groups.models import Application, RecruitmentRound
from groups.recruitment import steps
from iri_exchange.lib import history

Decision, State = Application.Decision, Application.State
ANNOUNCED = "この募集の結果は、もうお知らせしました。採否は変えられません。"
MOVED = "応募した方が、希望する拠点を変えました。ページを開きなおして確かめてください。"
NOTHING_DECIDED = "採否が、まだ決まっていません。先に採否を決めてください。"
CHANGED = "ごらんのあいだに、採否が「{}」に変わりました。確かめてから、もう一度押してください。"
ONE_CHANGED = "ごらんのあいだに、採否が変わりました。確認を待っている応募を見てから、もう一度押してください。"
UP, DOWN = "up", "down"


@transaction.atomic
def decide(
    *, application: Application, decision: str, by: Any, reason: str | None = None, seen: str = ""
) -> Application:
    """Record what shall become of an application; one that was only received is taken up with it.

    `reason` None keeps what was written before; `seen` is the `mark_of` the decision that was looked at, if it was. A
    changed decision wants its second person anew, and who is put on the waiting list comes last there. Raises
    ValidationError after the announcement, for a state in which nothing is decided (a question is open, it was
    withdrawn), for one company more than the round has places, and if somebody else has decided meanwhile.
    """
    row = lock(application)
    _refuse_announced(row.round)
    _refuse_changed(row, seen)
    if decision not in Decision.values:
        raise ValidationError("採択・補欠・不採択のどれかを選んでください。", code="unknown_decision")
    if row.state == State.SUBMITTED:
        steps.move(row, State.UNDER_REVIEW, by=by)
    _refuse_unfinished(row)
    reason = row.decision_reason if reason is None else reason
    if (decision, reason) == (row.decision, row.decision_reason):
        return row
    if decision == Decision.ACCEPT != row.decision:
        _refuse_overfull(row.round)
    if decision != row.decision:
        row.waiting_place = _last_in_line(row.round) + 1 if decision == Decision.WAIT else None
    row.decision, row.decision_reason = decision, reason
    row.decided_by, row.decided_at = by, timezone.now()
    return _write(row, f"採否を決める：{Decision(decision).label}")


@transaction.atomic
def undecide(*, application: Application, seen: str = "") -> Application:
    """The application is undecided again. Raises ValidationError after the announcement; `seen` as for `decide`."""
    row = lock(application)
    _refuse_announced(row.round)
    _refuse_changed(row, seen)
    if not row.decision:
        return row
    row.decision = row.decision_reason = ""
    row.decided_by = row.decided_at = row.waiting_place = None
    return _write(row, "採否を白紙に戻す")


@transaction.atomic
def approve(*, application: Application, by: Any, seen: str = "") -> Application:
    """A second person confirms a decision, the one that was `seen` (as for `decide`).

    Raises ValidationError for one's own, and where nobody has to.
    """
    row = lock(application)
    _refuse_announced(row.round)
    _refuse_changed(row, seen)
    if not row.round.needs_two:
        raise ValidationError("この募集では、採否を一人で決めます。確認はいりません。", code="not_needed")
    if not row.decision:
        raise ValidationError(NOTHING_DECIDED, code="undecided")
    if row.decided_by_id == by.pk:
        raise ValidationError(
            "ご自分で決めた採否は、ご自分では確認できません。別の職員に頼んでください。", code="own_decision"
        )
    if row.approved_by_id is None:
        _approved(row, by)
    return row


@transaction.atomic
def approve_all(*, round: RecruitmentRound, by: Any, seen: str = "") -> int:
    """Confirm every decision of the round that others have made; how many there were.

    `seen` is the `mark_of_all` of those that were looked at. Raises ValidationError after the announcement, and if one
    of them has changed.
    """
    fresh = RecruitmentRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    _refuse_announced(fresh)
    rows = list(to_approve(fresh, by).select_for_update(no_key=True))
    if seen not in ("", mark_of_all(rows)):
        raise ValidationError(ONE_CHANGED, code="changed")
    for row in rows:
        _approved(row, by)
    return len(rows)


@transaction.atomic
def move_in_line(*, application: Application, to: str) -> Application:
    """One place up or down on the waiting list; who is at its end stays there.

    Raises ValidationError for who is not on it, and after the announcement.
    """
    row = lock(application)
    _refuse_announced(row.round)
    line = list(waiting_line(row.round).select_for_update(no_key=True))
    at = next((place for place, each in enumerate(line) if each.pk == row.pk), None)
    if at is None:
        raise ValidationError("補欠の順番には入っていません。先に補欠にしてください。", code="not_waiting")
    beside = at - 1 if to == UP else at + 1
    if 0 <= beside < len(line):
        line[at], line[beside] = line[beside], line[at]
    moved = []
    for place, each in enumerate(line, start=1):
        if each.waiting_place != place:
            each.waiting_place = place
            moved.append(each)
    with history.in_step("補欠の順番を変える"):
        history.update(moved, ["waiting_place"])
    return next(each for each in line if each.pk == row.pk)


def lock(application: Application) -> Application:
    """The application as it is now, behind its round: the order in which all of recruitment locks.

    Raises ValidationError if the applicant has moved it to another office meanwhile: then the other round is to be locked.
    """
    round = RecruitmentRound.objects.select_for_update(no_key=True).get(pk=application.round_id)
    row = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if row.round_id != round.pk:
        raise ValidationError(MOVED, code="moved")
    row.round = round
    return row


def waiting_line(round: RecruitmentRound) -> QuerySet[Application]:
    """補欠, in order: before the announcement those decided to wait, after it those who do."""
    rows = Application.objects.filter(round=round)
    if round.announced_at:
        rows = rows.filter(state__in=[State.WAITLISTED, State.OFFERED])
    else:
        rows = rows.filter(state__in=Application.OPEN, decision=Decision.WAIT)
    return rows.order_by("waiting_place", "serial", "pk")


def unapproved(round: RecruitmentRound) -> QuerySet[Application]:
    """Decided, but still to be confirmed by a second person; none where nobody has to."""
    rows = Application.objects.filter(round=round, state__in=Application.OPEN, approved_by=None)
    return rows.exclude(decision="") if round.needs_two else rows.none()


def to_approve(round: RecruitmentRound, by: Any) -> QuerySet[Application]:
    """Those of `unapproved` that somebody may confirm: what others have decided."""
    return unapproved(round).exclude(decided_by=by).order_by("pk")


def mark_of(application: Application) -> str:
    """Names the decision as it stands, and is another one after every change."""
    return application.decided_at.isoformat() if application.decided_at else "0"


def mark_of_all(applications: Iterable[Application]) -> str:
    """As `mark_of`, of many."""
    marks = " ".join(f"{each.pk} {mark_of(each)}" for each in applications)
    return hashlib.sha256(marks.encode()).hexdigest()


def places_left(round: RecruitmentRound) -> int:
    """How many more may be accepted."""
    accepted = Application.objects.filter(
        round=round, state__in=Application.OPEN, decision=Decision.ACCEPT
    ).count()
    return round.capacity - accepted


def _refuse_announced(round: RecruitmentRound) -> None:
    if round.announced_at:
        raise ValidationError(ANNOUNCED, code="announced")


def _refuse_changed(row: Application, seen: str) -> None:
    """What names no decision was not drawn by a page of ours, and is not compared."""
    if seen not in ("", mark_of(row)):
        now = row.get_decision_display() or "まだ決めていない"
        raise ValidationError(CHANGED.format(now), code="changed")


def _refuse_unfinished(row: Application) -> None:
    if row.state == State.INFO_REQUESTED:
        raise ValidationError(
            "お尋ねのお返事を待っています。お返事を入れてから、採否を決めてください。", code="asked"
        )
    if row.state != State.UNDER_REVIEW:
        raise ValidationError(f"「{row.get_state_display()}」の応募は、採否を決められません。", code="closed")


def _refuse_overfull(round: RecruitmentRound) -> None:
    if places_left(round) < 1:
        raise ValidationError(
            f"定員の{round.capacity}社まで、もう採択にしています。ほかの応募を補欠にするか、募集の定員を直してください。",
            code="full",
        )


def _last_in_line(round: RecruitmentRound) -> int:
    last: int | None = waiting_line(round).aggregate(last=Max("waiting_place"))["last"]
    return last or 0


def _approved(row: Application, by: Any) -> None:
    row.approved_by, row.approved_at = by, timezone.now()
    with history.in_step(f"採否の確認：{row.get_decision_display()}"):
        row.save(update_fields=["approved_by", "approved_at"])


def _write(row: Application, reason: str) -> Application:
    """What was decided anew nobody has confirmed yet."""
    row.approved_by = row.approved_at = None
    with history.in_step(reason):
        row.save(
            update_fields=[
                "decision",
                "decision_reason",
                "decided_by",
                "decided_at",
                "waiting_place",
                "approved_by",
                "approved_at",
            ]
        )
    return row
