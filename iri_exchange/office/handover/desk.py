"""What the desk, the group's page and an officer's own page say of groups that are to be handed over."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from groups import first_year
from groups.models import Group
from iri_exchange.lib import japan
from iri_exchange.office.dues import Due
from iri_exchange.office.handover import checklist
from iri_exchange.office.handover.facts import Facts


@dataclass(frozen=True)
class Readiness:
    """How much of the list is done; `total` is 0 for who may know the day alone."""

    group: Group
    day: datetime.date
    is_decided: bool
    done: int = 0
    total: int = 0


def own_readiness(groups: Collection[int], today: datetime.date) -> Iterable[Readiness]:
    """Of the groups (ids) in their launch year, whose officers' page it is; from the January of that year."""
    if not groups:
        return
    launched = Group.objects.as_of(today).filter(pk__in=groups, stage=Group.Stage.LAUNCHED)
    near = {group.pk: group for group in launched if checklist.is_time(group, today)}
    for pk, (facts, left) in checklist.lacking(near.values()).items():
        yield _readiness(near[pk], facts, left)


def of_page(group: Group, user: Any, today: datetime.date) -> Readiness | None:
    """For officers and staff how far it is, from January on; for the others inside, the day once it is decided."""
    if getattr(group, "stage", None) != Group.Stage.LAUNCHED or not user.has_perm(
        "groups.see_members", group
    ):
        return None
    may_see = user.has_perm("groups.see_readiness", group)
    if may_see and checklist.is_time(group, today):
        facts, left = checklist.lacking([group])[group.pk]
        return _readiness(group, facts, left)
    since = first_year.own_since(group)
    return Readiness(group, since, is_decided=True) if since else None


def _readiness(group: Group, facts: Facts, left: int) -> Readiness:
    total = checklist.LENGTH
    return Readiness(group, facts.day, facts.is_decided, total - left, total)


def of_handovers(groups: Collection[Any], today: datetime.date) -> Iterable[Due]:
    """Groups (with their `stage`) in their launch year, from its January until a day is decided."""
    young = {
        group.pk: group
        for group in groups
        if group.stage == Group.Stage.LAUNCHED and checklist.is_time(group, today)
    }
    if not young:
        return
    for pk, (facts, left) in checklist.lacking(list(young.values())).items():
        if facts.is_decided:
            continue
        group = young[pk]
        yield Due(
            day=facts.day,
            what=f"{group}を引き継ぐ：残り{left}" if left else f"{group}を引き継ぐ：そろいました",
            why=f"ふつうは{japan.wareki(facts.day)}から、会員による自主運営になります。",
            action="引き継ぎを進める",
            url=reverse("handover", args=[group.slug]),
            is_late=False,
        )
