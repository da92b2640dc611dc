"""Who leads a group: terms of office begin, and end, and no group that runs itself is left alone unnoticed."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from groups.memberships import appoint
from groups.models import Group, OfficerTerm
from groups.standing import SELF_RUNNING
from iri_exchange.lib import japan
from members.models import Person

__all__ = ["appoint", "candidates", "end_term", "leaves_alone", "without_officers"]
LEFT_ALONE = "left_alone"


@transaction.atomic
def end_term(*, term: OfficerTerm, last_day: datetime.date, confirmed: bool = False) -> OfficerTerm:
    """The term ends with its last day; the group is locked, so that the last two cannot go at the same moment.

    Raises ValidationError for a day before the term or after its end, and (code "left_alone") if nobody would lead a
    group that runs itself and that was not `confirmed`. Once it is so, the desk of the office says so.
    """
    Group.objects.select_for_update(no_key=True).get(pk=term.group_id)
    term.refresh_from_db()
    if last_day < term.since:
        raise ValidationError(f"この任期は{japan.wareki(term.since)}からです。それより後の日にしてください。")
    if term.until and last_day > term.until:
        raise ValidationError(f"この任期は{japan.wareki(term.until)}までです。それより前の日にしてください。")
    if not confirmed and leaves_alone(term, last_day):
        raise ValidationError(
            "ほかに役員がいないので、グループの登録を直せる方がいなくなります。それでよければ、確認の欄に印を付けてください。",
            code=LEFT_ALONE,
        )
    term.until = last_day
    term.full_clean()
    term.save()
    return term


def leaves_alone(term: OfficerTerm, last_day: datetime.date) -> bool:
    """Whether on the day after nobody holds an office of a group that runs itself."""
    next_day = max(last_day, timezone.localdate()) + datetime.timedelta(days=1)
    others = OfficerTerm.objects.on(next_day).filter(group=term.group_id).exclude(pk=term.pk)
    return term.group.stage_on(next_day) in SELF_RUNNING and not others.exists()


def without_officers(groups: Iterable[Group], day: datetime.date) -> list[Group]:
    """Of these groups (with `stage`), those that run themselves and have nobody in an office on a day."""
    led = set(OfficerTerm.objects.on(day).values_list("group_id", flat=True))
    return [group for group in groups if group.stage in SELF_RUNNING and group.pk not in led]  # type: ignore[attr-defined]


def candidates(group: Group, day: datetime.date) -> QuerySet[Any]:
    """Who can be given an office: who is in the group on a day, or leads it already."""
    rows = group.memberships.belonging(day)
    attending = Q(representations__membership__in=rows.values("pk"), representations__since__lte=day) & (
        Q(representations__until=None) | Q(representations__until__gte=day)
    )
    leading = OfficerTerm.objects.on(day).filter(group=group, person=OuterRef("pk"))
    known = Person.objects.filter(attending | Q(memberships__in=rows.values("pk")) | Exists(leading))
    return Person.objects.filter(pk__in=known.values("pk"))
