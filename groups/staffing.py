"""The institute's side: its offices, who works there, whom it commissions as an adviser."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from groups.models import Adviser, Group, Office, StaffAssignment
from iri_exchange.lib import history, japan
from members import accounts, directory
from members.models import Person, User

ONE_DAY = datetime.timedelta(days=1)
OWN_LEAVING = "own_leaving"


@transaction.atomic
def assign(
    *, person: Person, office: Office, since: datetime.date, until: datetime.date | None = None
) -> StaffAssignment:
    """The person works at the office, from the first day to the last one, both included."""
    assignment = StaffAssignment(person=person, office=office, since=since, until=until)
    assignment.full_clean()
    assignment.save()
    return assignment


@transaction.atomic
def welcome(
    *,
    family_name: str,
    given_name: str,
    email: str,
    office: Office,
    since: datetime.date,
    until: datetime.date | None = None,
) -> StaffAssignment:
    """Somebody who is in no list yet: the person, a login without a password, and the assignment."""
    person = directory.register_person(
        family_name=family_name, given_name=given_name, email=email, since=since
    )
    accounts.give_login(person=person, email=email, password=None)
    return assign(person=person, office=office, since=since, until=until)


@transaction.atomic
def transfer(
    *,
    on: datetime.date,
    to: Mapping[StaffAssignment, Office | None],
    by: Any,
    confirmed: bool = False,
) -> None:
    """異動: from a day on each of these colleagues works at another office, or at none (None: they leave).

    Raises ValidationError if nobody with a login were left, for who moves already, and (code "own_leaving") for `by`
    leaving unconfirmed.
    """
    lock()
    if not confirmed and any(office is None and _is_of(each, by) for each, office in to.items()):
        raise ValidationError(
            "ご自分も退くことになっています。その日から、事務局の画面は開けません。"
            "それでよければ、確認の欄に印を付けてください。",
            code=OWN_LEAVING,
        )
    with history.in_step(f"職員の異動（{japan.wareki(on)}から）"):
        covered = _covered_days(on)
        for assignment, office in to.items():
            assignment.refresh_from_db()
            _refuse_a_second_move(assignment, on)
            _end(assignment, on - ONE_DAY)
            if office:
                assign(person=assignment.person, office=office, since=on)
        _refuse_empty(covered)


@transaction.atomic
def correct(
    *, assignment: StaffAssignment, office: Office, since: datetime.date, until: datetime.date | None
) -> StaffAssignment:
    """Put an assignment right. Raises ValidationError if some day were left without anybody, as `transfer` does."""
    lock()
    covered = _covered_days(timezone.localdate(), *([until + ONE_DAY] if until else []))
    assignment.office, assignment.since, assignment.until = office, since, until
    assignment.full_clean()
    with history.in_step("職員の配置を直す"):
        assignment.save()
    _refuse_empty(covered)
    return assignment


@transaction.atomic
def withdraw(*, assignment: StaffAssignment) -> None:
    """An assignment that has not begun is taken back; its history stays. Raises ValidationError once it has."""
    lock()
    covered = _covered_days(timezone.localdate())
    if assignment.since <= timezone.localdate():
        raise ValidationError("もう始まっている配置は取り消せません。「いつまで」を入れて、終えてください。")
    with history.in_step("職員の配置の取り消し"):
        assignment.delete()
    _refuse_empty(covered)


def working(day: datetime.date) -> QuerySet[StaffAssignment]:
    """Who works at an office on a day and can log in."""
    with_login = User.objects.filter(is_active=True, person__isnull=False).values("person")
    return StaffAssignment.objects.on(day).filter(person__in=with_login)


def lock() -> None:
    """Whoever changes who works where waits for the others: the last two cannot go at the same moment."""
    list(Office.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _is_of(assignment: StaffAssignment, user: Any) -> bool:
    return bool(user.person_id) and assignment.person_id == user.person_id


def _end(assignment: StaffAssignment, last_day: datetime.date) -> None:
    """With its last day; one that would begin only after it never was."""
    if assignment.until and assignment.until <= last_day:
        return
    if assignment.since > last_day:
        assignment.delete()
        return
    assignment.until = last_day
    assignment.full_clean()
    assignment.save()


def _refuse_a_second_move(assignment: StaffAssignment, on: datetime.date) -> None:
    """Who would be at two places, or stay though they leave: another assignment waits to begin, and goes on."""
    coming = StaffAssignment.objects.filter(person=assignment.person_id, since__gt=timezone.localdate())
    if then := coming.exclude(pk=assignment.pk).exclude(until__lt=on).order_by("since").first():
        raise ValidationError(
            f"{assignment.person}さんは、{japan.wareki(then.since)}からの配置が、もう登録されています。"
            "職員の一覧から、その配置を直してください。",
            code="moves_already",
        )


def _covered_days(first: datetime.date, *also: datetime.date) -> list[datetime.date]:
    """The days from the first on, on which who works here changes (or will), and somebody does."""
    first = max(first, timezone.localdate())
    later = StaffAssignment.objects.filter(Q(until__isnull=True) | Q(until__gte=first))
    ends = {until + ONE_DAY for until in later.values_list("until", flat=True) if until}
    begins = {since for since in later.values_list("since", flat=True) if since > first}
    return [day for day in sorted({first, *ends, *begins, *also}) if working(day).exists()]


def _refuse_empty(covered: list[datetime.date]) -> None:
    for day in covered:
        if not working(day).exists():
            raise ValidationError(
                f"{japan.wareki(day)}に、ログインできる職員が一人もいなくなります。先に、次の職員を登録してください。",
                code="last_staff",
            )


@transaction.atomic
def open_office(**fields: Any) -> Office:
    """Write an office down; raises ValidationError with a sentence per field."""
    office = Office(**fields)
    office.full_clean()
    office.save()
    return office


@transaction.atomic
def commission_adviser(
    *, group: Group, person: Person, since: datetime.date, until: datetime.date | None = None, note: str = ""
) -> Adviser:
    """助言者: a person advises a group for a term and may read what its members read."""
    adviser = Adviser(group=group, person=person, since=since, until=until, note=note)
    adviser.full_clean()
    adviser.save()
    return adviser
