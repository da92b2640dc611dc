"""解散: everything of a group ends on one day, in one transaction, and its records are kept."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups import advising, confirming, lifecycle
from groups.models import (
    Application,
    Dissolution,
    Group,
    GroupStage,
    Handover,
    Membership,
    MembershipStatus,
    Offer,
)
from iri_exchange.lib import history, japan
from iri_exchange.office.endings import calling_off, foreseeing, telling
from iri_exchange.office.endings.foreseeing import Foreseen
from iri_exchange.office.endings.resting import locked
from iri_exchange.office.endings.telling import Whom

Stage = Group.Stage
STEP = "グループの解散"
WHY = "グループの解散のため"
NO_REASON = "解散の理由を入れてください。会員へのお知らせにも入ります。"
RECRUITING = "このグループの会員を募集しているところです。先に、募集の結果をお知らせするか、募集からこのグループを外してください。"
OFFERED = "補欠の方に、空いた席をご案内しているところです。先に、そのお返事を待つか、期限を過ぎてから登録してください。"
JOINS_LATER = "{}は、{}からの「{}」が登録されています。先に、その会員の記録を直してください。"
KEPT = "議事録と資料は、会員の皆さまのお申し出により、事務局がお預かりします。"
NOT_KEPT = "議事録と資料は、会員だけのものとして、だれにも見えないようにします。"


@transaction.atomic
def dissolve(*, group: Group, since: datetime.date, reason: str, files_entrusted: bool, by: Any) -> Whom:
    """`since` is the first day without the group. Who was told.

    Raises ValidationError without a reason, for a group that is dissolved already, for a day as `resting.rest` does
    (what is registered for a later day is dropped), while its members are being recruited, and for a member who would
    join or change on that day or later.
    """
    locked(group)
    if not reason:
        raise ValidationError({"reason": ValidationError(NO_REASON, code="required")})
    _refuse(group, since)
    with history.step(STEP, by):
        told, foreseen = telling.whom(group), foreseeing.of_dissolution(group, since)
        calling_off.call_off(foreseen, why=WHY, by=by)
        _end_askings(foreseen, by)
        _drop_stages(foreseen)
        _end_memberships(foreseen)
        _end_terms(foreseen)
        _write(group, since, reason, files_entrusted, by)
        values = {"日": japan.wareki(since), "理由": reason, "記録": KEPT if files_entrusted else NOT_KEPT}
        telling.tell("groups/dissolved", group, told, values)
    return told


def _refuse(group: Group, since: datetime.date) -> None:
    before = foreseeing.stage_before(group, since)
    if before in ("", Stage.DISSOLVED):
        raise ValidationError("このグループは、もう解散しています。", code="dissolved")
    if why := foreseeing.why_not(group, since, dropping=True):
        raise ValidationError({"since": ValidationError(why, code="day")})
    call = getattr(group, "recruitment_round", None)
    if before == Stage.FORMING and call and not call.announced_at:
        raise ValidationError(RECRUITING, code="recruiting")
    waiting = Offer.objects.filter(application__round__group=group, answered_at=None)
    if waiting.filter(application__state=Application.State.OFFERED).exists():
        raise ValidationError(OFFERED, code="offered")
    rows = MembershipStatus.objects.filter(membership__group=group, since=since)
    later = rows.exclude(state=Membership.Status.LEFT).first() or _joins_after(group, since)
    if later:
        said = (later.membership.member.name, japan.wareki(later.since), later.get_state_display())
        raise ValidationError(JOINS_LATER.format(*said), code="member_later")


def _joins_after(group: Group, since: datetime.date) -> MembershipStatus | None:
    here = MembershipStatus.objects.filter(membership__group=group, since__lte=since).values("membership")
    rows = MembershipStatus.objects.filter(membership__group=group, since__gt=since)
    return rows.exclude(membership__in=here).order_by("since").first()


def _end_askings(foreseen: Foreseen, by: Any) -> None:
    for asking in foreseen.rounds:
        confirming.end(asking=asking)
    for request in foreseen.requests:
        advising.decline(request=request, answer=WHY, by=by)


def _drop_stages(foreseen: Foreseen) -> None:
    """A launch, a handover or a rest that was to come never does."""
    for row in foreseen.stages:
        row.delete()
    handed_over = any(row.state == Stage.SELF_MANAGED for row in foreseen.stages)
    handover = Handover.objects.filter(group=foreseen.group, told_on=None).exclude(decided_at=None).first()
    if handed_over and handover:
        handover.decided_at = handover.decided_by = None
        handover.override_reason, handover.gaps = "", []
        handover.save()


def _end_memberships(foreseen: Foreseen) -> None:
    """What was written down for a later day (休会, 退会) is taken out: a member that is gone changes no more."""
    later = MembershipStatus.objects.filter(membership__group=foreseen.group, since__gt=foreseen.since)
    for row in later:
        row.delete()
    history.create(
        [
            MembershipStatus(
                membership=each,
                state=Membership.Status.LEFT,
                since=foreseen.since,
                reason=MembershipStatus.Reason.DISSOLVED,
            )
            for each in foreseen.memberships
        ]
    )


def _end_terms(foreseen: Foreseen) -> None:
    """Those that would begin only later are deleted; their history stays."""
    for term in foreseen.terms:
        if term.since > foreseen.last_day:
            term.delete()
        else:
            term.until = foreseen.last_day
            term.save()


def _write(group: Group, since: datetime.date, reason: str, files_entrusted: bool, by: Any) -> GroupStage:
    record = Dissolution.objects.filter(group=group).first() or Dissolution(group=group)
    record.reason, record.files_entrusted = reason, files_entrusted
    record.decided_at, record.decided_by = timezone.now(), by
    record.full_clean()
    record.save()
    return lifecycle.move(group=group, to=Stage.DISSOLVED, since=since)
