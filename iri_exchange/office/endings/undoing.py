"""A dissolution that lies ahead never comes: what it wrote down for its day is put back, from the history of its step."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from groups.models import (
    Adviser,
    Dissolution,
    Group,
    GroupStage,
    MembershipStatus,
    OfficerTerm,
    Representative,
)
from iri_exchange.lib import history
from iri_exchange.office.endings import telling
from iri_exchange.office.endings.dissolving import STEP
from iri_exchange.office.endings.resting import locked

# What a dissolution ends, with the way from each to its group.
ENDED: tuple[tuple[Any, str], ...] = (
    (MembershipStatus, "membership__group"),
    (Representative, "membership__group"),
    (OfficerTerm, "group"),
    (Adviser, "group"),
)


class Back(NamedTuple):
    """How many records are as before, and how many somebody has changed since, and are left as they are."""

    back: int
    changed: int


@transaction.atomic
def take_back(*, group: Group, by: Any) -> Back:
    """The group goes on. What was called off stays so: meetings, askings, offers, a handover that was to come.

    Raises ValidationError from the day of the dissolution on, and where none is registered.
    """
    locked(group)
    row = ahead(group)
    if row is None:
        raise ValidationError(
            "取り消せる解散は、登録されていません。解散の日からは取り消せません。", code="none"
        )
    made = history.of(GroupStage).filter(id=row.pk, history_type="+").latest("history_id")
    with history.step("グループの解散の取り消し", by):
        told, day = telling.whom(group), row.since
        undone = [_undo(model, line) for model, way in ENDED for line in _written(model, way, group, made)]
        Dissolution.objects.get(group=group).delete()
        row.delete()
        telling.tell_goes_on(group, told, "解散", day)
    return Back(sum(undone), len(undone) - sum(undone))


def ahead(group: Group) -> GroupStage | None:
    """The dissolution that lies ahead."""
    rows = group.stages.filter(state=Group.Stage.DISSOLVED, since__gt=timezone.localdate())
    found: GroupStage | None = rows.first()
    return found


def _written(model: Any, way: str, group: Group, made: Any) -> list[Any]:
    """The history rows of the step, the newest first, so that one is put back after what was built on it."""
    rows = history.of(model).filter(
        history_date=made.history_date, history_change_reason=STEP, **{way: group.pk}
    )
    return list(rows.order_by("-history_id"))


def _undo(model: Any, line: Any) -> bool:
    """Whether the record is as it was before the step; not if somebody has changed it since."""
    rows = history.of(model).filter(id=line.id)
    if rows.aggregate(newest=Max("history_id"))["newest"] != line.history_id:
        return False
    if line.history_type == "+":
        model.objects.get(pk=line.id).delete()
        return True
    if line.history_type == "-":
        record = line.instance
    else:
        record = model.objects.get(pk=line.id)
        record.until = rows.filter(history_id__lt=line.history_id).latest("history_id").until
    try:
        record.full_clean()
    except ValidationError:
        return False
    record.save(force_insert=line.history_type == "-")
    return True
