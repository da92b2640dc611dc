"""What the office's desk says of groups whose officers' terms end: whom to ask for the next ones."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from groups.models import Group, OfficerTerm
from iri_exchange.office.dues import Due

SOON = datetime.timedelta(days=60)
FEW_GROUPS = 3
WHY = "役員の任期が終わります。次の役員は、まだ登録されていません。"


def of_ending_terms(groups: list[Any], today: datetime.date) -> Iterable[Due]:
    """Groups that know no chair for the day after their officers' terms end soon; many of one day are one thing to do.

    Of a group in its launch year the list of its handover tells.
    """
    by_day: dict[datetime.date, list[Group]] = {}
    for group, ends in _last_chair_days(groups).items():
        if group.stage != Group.Stage.LAUNCHED and today <= ends <= today + SOON:
            by_day.setdefault(ends, []).append(group)
    for ends, ending in by_day.items():
        if len(ending) > FEW_GROUPS:
            yield _of_many(ending, ends, today)
        else:
            yield from (_of_one(group, ends, today) for group in ending)


def _of_one(group: Group, ends: datetime.date, today: datetime.date) -> Due:
    return Due(
        day=ends,
        what=f"{group}の次の役員を確かめる",
        why=WHY,
        action="グループを開く",
        url=reverse("group", args=[group.slug]),
        is_late=ends == today,
    )


def _of_many(groups: list[Group], ends: datetime.date, today: datetime.date) -> Due:
    names = "、".join(str(group) for group in groups[:FEW_GROUPS])
    return Due(
        day=ends,
        what=f"{len(groups)}グループの次の役員を確かめる",
        why=f"{names}、ほか。{WHY}",
        action="グループを見る",
        url=reverse("group_list") + f"?stage={Group.Stage.SELF_MANAGED}",
        is_late=ends == today,
    )


def _last_chair_days(groups: list[Any]) -> dict[Any, datetime.date]:
    """The last day on which each group has a 代表幹事; groups with an open term are left out."""
    terms = OfficerTerm.objects.filter(role=OfficerTerm.Role.CHAIR, group__in=[group.pk for group in groups])
    last: dict[int, datetime.date | None] = {}
    for group_id, until in terms.values_list("group_id", "until"):
        known = last.get(group_id, datetime.date.min)
        last[group_id] = None if until is None or known is None else max(known, until)
    by_pk = {group.pk: group for group in groups}
    return {by_pk[group_id]: day for group_id, day in last.items() if day}
