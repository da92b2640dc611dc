"""休止 and 再開: a group that runs itself rests from a day on, and wakes again; nobody loses anything by it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.models import InvitedGroup
from groups import lifecycle
from groups.models import Group, GroupStage
from iri_exchange.lib import history, japan
from iri_exchange.office.endings import calling_off, foreseeing, telling
from iri_exchange.office.endings.telling import Whom

Stage = Group.Stage
NOT_RUNNING = "休止にできるのは、自主運営のグループだけです。このグループは、その日「{}」です。"
NOT_RESTING = "再開できるのは、休止しているグループだけです。このグループは、その日「{}」です。"
NO_REASON = "休止の理由を入れてください。会員へのお知らせにも入ります。"


@transaction.atomic
def rest(*, group: Group, since: datetime.date, reason: str, by: Any) -> Whom:
    """From a day on the group rests: what it had planned is called off, and everybody is told; who was told.

    Raises ValidationError without a reason, for another stage than 自主運営, and for a day that is over, further than a
    year away or not after the last stage that is registered.
    """
    locked(group)
    if not reason:
        raise ValidationError({"reason": ValidationError(NO_REASON, code="required")})
    refuse(group, since, Stage.SELF_MANAGED, NOT_RUNNING)
    with history.step("グループの休止", by):
        told = telling.whom(group)
        calling_off.call_off(foreseeing.of_rest(group, since), why="グループの休止のため", by=by)
        lifecycle.move(group=group, to=Stage.DORMANT, since=since, note=reason)
        telling.tell("groups/rests", group, told, {"日": japan.wareki(since), "理由": reason})
    return told


@transaction.atomic
def revive(*, group: Group, since: datetime.date, by: Any, words: str = "") -> Whom:
    """From a day on the group runs itself again, with those who are in it; they are told. Who was told.

    Raises ValidationError for a group that does not rest on the day, and as `rest` does.
    """
    locked(group)
    refuse(group, since, Stage.DORMANT, NOT_RESTING)
    with history.step("グループの再開", by):
        told = telling.whom(group)
        lifecycle.move(group=group, to=Stage.SELF_MANAGED, since=since, note=words)
        telling.tell("groups/revived", group, told, {"日": japan.wareki(since), "ことば": words})
    return told


@transaction.atomic
def take_back(*, group: Group, by: Any) -> GroupStage:
    """A rest, or an awakening, that lies ahead never comes. Meetings that were called off stay so.

    Raises ValidationError from its day on, and where no such day is registered.
    """
    locked(group)
    row = ahead(group)
    if row is None:
        raise ValidationError(
            "取り消せる予定は、登録されていません。その日からは取り消せません。", code="none"
        )
    with history.step(f"{row.get_state_display()}の予定の取り消し", by):
        told, day = telling.whom(group), row.since
        row.delete()
        telling.tell_goes_on(group, told, str(row.get_state_display()), day)
    return row


def ahead(group: Group) -> GroupStage | None:
    """The rest or the awakening that lies ahead, if nothing is registered after it."""
    today = timezone.localdate()
    last = group.stages.order_by("since").last()
    if last is None or last.since <= today:
        return None
    before = group.stages.filter(since__lt=last.since).order_by("since").last()
    wakes = last.state == Stage.SELF_MANAGED and before is not None and before.state == Stage.DORMANT
    return last if last.state == Stage.DORMANT or wakes else None


def locked(group: Group) -> None:
    """First of all the group, with those whose meetings it was asked to and has to step back from.

    Two of the office at the same moment wait for each other; so do two groups that end at once and have asked each other.
    """
    open_states = (InvitedGroup.State.ASKED, InvitedGroup.State.AGREED)
    asked = InvitedGroup.objects.filter(
        group=group, state__in=open_states, meeting__ends_at__gte=timezone.now()
    )
    rows = Group.objects.filter(Q(pk=group.pk) | Q(pk__in=asked.values("meeting__group")))
    list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)))


def refuse(group: Group, since: datetime.date, wanted: str, sentence: str) -> None:
    """Raises ValidationError for a day that cannot be, and for another stage than the wanted one."""
    state, why = group.stage_on(since), foreseeing.why_not(group, since)
    if why and wanted in (state, group.stage_on(timezone.localdate())):
        raise ValidationError({"since": ValidationError(why, code="day")})
    if state != wanted:
        label = Stage(state).label if state else "未登録"
        raise ValidationError(sentence.format(label), code="other_stage")
