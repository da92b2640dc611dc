"""The newest status of a member is put right, or taken back: what ended because of it is put back as it was."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from groups import endings
from groups.endings import Ending
from groups.models import Membership, MembershipStatus, OfficerTerm, Representative
from iri_exchange.lib import history, japan

Status = Membership.Status
NEWER = "このあとに、別の変更があります。ページを開きなおして、新しいものから順に直してください。"
JOINED = "入会は、ここでは取り消せません。日がちがうときは、入会の記録を直してください。"


@dataclass(frozen=True)
class Return:
    """What is undone with a status: `back` as they were before it; `changed` by somebody since, and left alone.

    Each is a term as its history knows it. `ending`: what hangs on a return that is taken back, or None.
    """

    back: Sequence[Any]
    changed: Sequence[Any]
    ending: Ending | None


def what_returns(status: MembershipStatus) -> Return:
    """What taking back the newest status of a membership would do besides. Changes nothing."""
    membership = status.membership
    if status.state == Status.LEFT:
        return Return(*_ended_with(status), None)
    before = membership.statuses.filter(since__lt=status.since).order_by("since").last()
    if before is None or before.state != Status.LEFT:
        return Return([], [], None)
    return Return([], [], endings.of_leaving(membership, before.since, for_good=True))


@transaction.atomic
def take_back(*, status: MembershipStatus, confirmed: bool = False) -> Return:
    """The newest status of a membership never was; it may lie ahead. Its history stays.

    What a leaving ended is put back as it was, as far as nobody has changed it since. What began with a return ends.
    Raises ValidationError for any other status, for the first, and (code "left_alone") as `memberships.leave` does.
    """
    membership = status.membership
    endings.lock(membership.group_id, membership)
    _newest_of(membership, status)
    label = status.get_state_display() if status.state != Status.ACTIVE else "復帰"
    with history.in_step(f"{label}の取り消し"):
        undone = what_returns(status)
        if undone.ending and not confirmed:
            endings.ask(undone.ending.alone)
        status.delete()
        if undone.ending:
            undone.ending.carry_out()
        return _put_back(undone)


@transaction.atomic
def correct(
    *,
    status: MembershipStatus,
    since: datetime.date,
    reason: str = "",
    note: str = "",
    confirmed: bool = False,
) -> Return:
    """The newest status began on another day, or for another reason. Another last day ends the same terms anew.

    Raises ValidationError as `take_back` does, and for a day not after the status before it, or after the beginning
    of what hangs on a return.
    """
    membership = status.membership
    endings.lock(membership.group_id, membership)
    before = _newest_of(membership, status)
    if since <= before.since:
        raise ValidationError(
            f"{before.get_state_display()}は{japan.wareki(before.since)}からです。それより後の日にしてください。",
            code="before_the_one_before",
        )
    undone, moved = Return([], [], None), since != status.since
    with history.in_step(f"{status.get_state_display()}の訂正"):
        if moved and status.state == Status.LEFT:
            undone = _put_back(what_returns(status))
        elif moved and before.state == Status.LEFT:
            _refuse_terms_before(membership, before.since, since)
        status.since, status.reason, status.note = since, reason, note
        status.full_clean()
        status.save()
        if moved and status.state == Status.LEFT:
            ending = endings.of_leaving(membership, since)
            if not confirmed:
                endings.ask(ending.alone)
            ending.carry_out()
    return undone


def newest(membership: Membership) -> MembershipStatus | None:
    """The last status, which may lie ahead; None if there is none besides the first."""
    rows = list(membership.statuses.order_by("-since")[:2])
    return rows[0] if len(rows) > 1 else None


def _newest_of(membership: Membership, status: MembershipStatus) -> MembershipStatus:
    """The status before it, which must be the newest, and is read again."""
    rows = list(membership.statuses.order_by("-since")[:2])
    if not rows or rows[0].pk != status.pk:
        raise ValidationError(NEWER, code="not_the_newest")
    if len(rows) == 1:
        raise ValidationError(JOINED, code="the_first")
    status.refresh_from_db()
    status.membership = membership
    return rows[1]


def _refuse_terms_before(membership: Membership, left: datetime.date, back: datetime.date) -> None:
    early = membership.representatives.filter(since__gte=left, since__lt=back).select_related("person")
    if early:
        raise ValidationError(
            f"{endings.names(early)}の登録者の任期が、その日より前に始まっています。"
            "先に、登録者の日を直してください。",
            code="terms_before",
        )


def _ended_with(status: MembershipStatus) -> tuple[list[Any], list[Any]]:
    """The terms that this leaving ended or deleted, as they were; and those that were changed since, as it left them."""
    steps = {(row.history_date, row.history_change_reason) for row in status.history.all()}
    at = Q(history_date__in=[day for day, _ in steps])
    membership = status.membership
    told = [
        *history.of(Representative).filter(at, membership=membership.pk),
        *history.of(OfficerTerm).filter(at, group=membership.group_id),
    ]
    ended = {(type(row), row.id) for row in told if (row.history_date, row.history_change_reason) in steps}
    back, changed = [], []
    for model, pk in sorted(ended, key=lambda each: (each[0].__name__, each[1])):
        rows = list(model._default_manager.filter(id=pk).order_by("-history_id"))
        if (rows[0].history_date, rows[0].history_change_reason) not in steps:
            changed.append(rows[0])
            continue
        was = next((row for row in rows if (row.history_date, row.history_change_reason) not in steps), None)
        back += [was] if was else []
    # Whoever came while the leaving was written down already got its day as their last one.
    came = membership.representatives.filter(until=status.since - endings.ONE_DAY).select_related("person")
    own = [row.id for row in [*back, *changed] if row.instance_type is Representative]
    return back, [*changed, *came.exclude(pk__in=own)]


def _put_back(undone: Return) -> Return:
    """Write the terms as they were. One that does not fit any more is counted among those that were changed."""
    back, changed = [], list(undone.changed)
    for was in undone.back:
        term = was.instance
        current = type(term)._base_manager.filter(pk=term.pk).first()
        term._state.adding = current is None
        try:
            term.full_clean(exclude=["id"])
        except ValidationError:
            changed.append(was)
        else:
            term.save(force_insert=current is None)
            back.append(was)
    return Return(back, changed, undone.ending)
