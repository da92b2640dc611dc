"""Who leads a group: terms of office begin, and end, and no group that runs itself is left alone unnoticed."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from groups import endings
from groups.endings import LEFT_ALONE, ONE_DAY, GivenUp
from groups.memberships import appoint
from groups.models import Group, OfficerTerm
from groups.standing import SELF_RUNNING
from iri_exchange.lib import history, japan
from members.models import Person

__all__ = [
    "LEFT_ALONE",
    "ONE_DAY",
    "alone_from",
    "appoint",
    "candidates",
    "correct",
    "end_term",
    "may_be_withdrawn",
    "withdraw",
    "without_officers",
]


@transaction.atomic
def end_term(*, term: OfficerTerm, last_day: datetime.date, confirmed: bool = False) -> OfficerTerm:
    """The term ends with its last day.

    Raises ValidationError for a day before the term or after its end, and (code "left_alone") if on a day that the
    term would have covered nobody led the group, and that was not `confirmed`. Once it is so, the desk says so.
    """
    _lock(term)
    if last_day < term.since:
        raise ValidationError(f"この任期は{japan.wareki(term.since)}からです。それより後の日にしてください。")
    if term.until and last_day > term.until:
        raise ValidationError(f"この任期は{japan.wareki(term.until)}までです。それより前の日にしてください。")
    if not confirmed:
        endings.ask(alone_from(term, last_day + ONE_DAY, term.until))
    term.until = last_day
    term.full_clean()
    with history.in_step("役員の任期を終える"):
        term.save()
    return term


def may_be_withdrawn(term: OfficerTerm) -> bool:
    """Whether it has not begun, or began today: nobody has counted on it yet."""
    return term.since >= timezone.localdate()


@transaction.atomic
def withdraw(*, term: OfficerTerm, confirmed: bool = False) -> None:
    """A term registered by mistake is taken back: deleted, and its history stays.

    Raises ValidationError for a term that began before today, and (code "left_alone") as `end_term` does.
    """
    _lock(term)
    if not may_be_withdrawn(term):
        raise ValidationError(
            "この任期はもう始まっているので、取り消せません。最後の日を入れて、終えてください。"
        )
    if not confirmed:
        endings.ask(alone_from(term, term.since, term.until))
    with history.in_step("役員の登録の取り消し"):
        term.delete()


@transaction.atomic
def correct(
    *, term: OfficerTerm, person: Person, role: str, since: datetime.date, until: datetime.date | None
) -> OfficerTerm:
    """The office puts right what was registered; a term made shorter ends as any other, and nobody confirms here.

    Raises ValidationError as `end_term` does, also (code "left_alone") if a later beginning left the group alone.
    """
    _lock(term)
    if since > term.since:
        last = since - ONE_DAY
        endings.ask(alone_from(term, term.since, min(last, term.until) if term.until else last))
    shorter = until is not None and (term.until is None or until < term.until)
    last_day = term.until if shorter else until
    asked = (person, role, since, last_day)
    if asked != (term.person, term.role, term.since, term.until):
        term.person, term.role, term.since, term.until = asked
        term.full_clean()
        with history.in_step("役員の任期を直す"):
            term.save()
    return end_term(term=term, last_day=until) if shorter and until else term


def alone_from(term: OfficerTerm, first: datetime.date, last: datetime.date | None) -> datetime.date | None:
    """The first day, of those from `first` (not before today) to `last`, on which only this term led the group."""
    return endings.alone_from(term.group, [GivenUp(term.pk, first, last)])


def _lock(term: OfficerTerm) -> None:
    """The group is locked, so that the last two cannot go at the same moment; the term is read again."""
    Group.objects.select_for_update(no_key=True).get(pk=term.group_id)
    try:
        term.refresh_from_db()
    except OfficerTerm.DoesNotExist as error:
        raise ValidationError("この任期は、もう取り消されています。") from error


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
