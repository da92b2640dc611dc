"""The life of a group: founded, launched, on its own, resting, dissolved."""

import datetime
from typing import Any

from django.db import transaction

from groups.models import Group, GroupStage
from iri_exchange.lib import states


@transaction.atomic
def found(
    *, stage: str, since: datetime.date, self_managed_since: datetime.date | None = None, **fields: Any
) -> Group:
    """Register a group that begins in a stage, and may run itself since a later day.

    Raises ValidationError with a sentence per field.
    """
    group = Group(**fields)
    group.full_clean()
    group.save()
    move(group=group, to=stage, since=since)
    if self_managed_since:
        move(group=group, to=Group.Stage.SELF_MANAGED, since=self_managed_since)
    return group


@transaction.atomic
def move(*, group: Group, to: str, since: datetime.date, note: str = "") -> GroupStage:
    """The group is in another stage from a day on, which may lie in the future."""
    row = GroupStage(group=group, state=to, since=since, note=note)
    moved: GroupStage = states.begin(row, owner="group", moves=Group.MOVES)
    return moved
