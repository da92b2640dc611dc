"""The office decides from which day on a group runs itself; until that day it may be taken back.

The day is a dated row of the group's stage, so nothing has to happen at midnight (docs/decisions/0031-handover.md).
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups import lifecycle
from groups.models import Group, GroupStage, Handover
from iri_exchange.lib import history, japan
from iri_exchange.office.handover import checklist, telling

Stage = Group.Stage
MOST_AHEAD = datetime.timedelta(days=548)  # eighteen months
AFTER_THE_DAY = "自主運営の日になったので、取り消せません。"


@transaction.atomic
def hand_over(*, group: Group, since: datetime.date, by: Any, reason: str = "") -> telling.Told:
    """From a day on the group runs itself; both sides are told now. Who was told, by letter and not.

    Raises ValidationError for a group that is not in its launch year or has a day already, for a day that is not ahead
    or too far ahead, and (code `gaps`, a sentence each) for what is missing without a `reason`.
    """
    _lock(group)
    today = timezone.localdate()
    if group.stage_on(today) != Stage.LAUNCHED:
        raise ValidationError("引き継げるのは、発足年度のグループだけです。", code="not_launched")
    if group.stages.filter(since__gt=today).exists():
        raise ValidationError("このグループの次の段階は、もう登録されています。", code="decided")
    if not today < since <= today + MOST_AHEAD:
        latest = japan.wareki(today + MOST_AHEAD)
        raise ValidationError(f"明日から{latest}までの日にしてください。", code="day")
    reason = reason.strip()
    gaps = [item.says for item in checklist.open_items(checklist.items(group, by, since))]
    if gaps and not reason:
        raise ValidationError([ValidationError(gap, code="gaps") for gap in gaps])
    with history.step("引き継ぎの決定", by):
        handover = _of(group)
        handover.decided_at, handover.decided_by = timezone.now(), by
        handover.override_reason, handover.gaps = reason if gaps else "", gaps
        handover.full_clean()
        handover.save()
        lifecycle.move(group=group, to=Stage.SELF_MANAGED, since=since)
        return telling.in_advance(group=group, since=since)


@transaction.atomic
def take_back(*, group: Group, by: Any) -> telling.Told:
    """Before its day the handover is taken back, and both sides are told: the group stays in its launch year.

    Raises ValidationError if none is registered, from its day on, and once a later stage is registered.
    """
    _lock(group)
    row = registered(group)
    if row is None:
        raise ValidationError("自主運営に移る日は、まだ決まっていません。", code="not_decided")
    if row.since <= timezone.localdate():
        raise ValidationError(AFTER_THE_DAY, code="begun")
    if group.stages.filter(since__gt=row.since).exists():
        raise ValidationError(
            "このあとの段階が、もう登録されています。先に、それを直してください。", code="later"
        )
    with history.step("引き継ぎの取り消し", by):
        since = row.since
        row.delete()
        handover = _of(group)
        handover.decided_at = handover.decided_by = None
        handover.override_reason, handover.gaps = "", []
        handover.save()
        return telling.taken_back(group=group, since=since)


@transaction.atomic
def adviser_is_not_wanted(*, group: Group, by: Any) -> None:
    """The group has said that it needs its adviser no longer. Raises ValidationError outside of the launch year."""
    _lock(group)
    today = timezone.localdate()
    if group.stage_on(today) != Stage.LAUNCHED:
        raise ValidationError("書きとめられるのは、発足年度のうちだけです。", code="not_launched")
    with history.step("助言者の継続は要らない", by):
        handover = _of(group)
        handover.adviser_not_wanted_on = handover.adviser_not_wanted_on or today
        handover.save()


def registered(group: Group) -> GroupStage | None:
    """The row from which on the group runs itself for the first time."""
    return group.stages.filter(state=Stage.SELF_MANAGED).order_by("since").first()


def _of(group: Group) -> Handover:
    return Handover.objects.filter(group=group).first() or Handover(group=group)


def _lock(group: Group) -> None:
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    group.refresh_from_db()
