"""登録内容をお確かめください: a group's members are asked, one letter with one link each, and answer without a login.

Who has no address for letters is asked by telephone, and somebody writes the answer down (docs/decisions/0019).
"""

import datetime
import secrets
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from groups.models import Confirmation, ConfirmationLink, ConfirmationRound, Group, Membership, Representative
from groups.models.confirmation import LINK_VALID_FOR
from iri_exchange.lib import history
from members import bounces, directory, emails
from members.models import Company, Person
from members.models.invitation import hash_of

TOKEN_BYTES = 24
Source = Confirmation.Source
DONE = "この会員の内容は、もう確かめてあります。"
ENDED = "この確認は、もう終わっています。"


class Door(Enum):
    """What a link opens. ASTRAY: the person's address is another one by now, or another person attends."""

    OPEN, DONE, EXPIRED, ENDED, ASTRAY, UNKNOWN = range(6)


@dataclass(frozen=True)
class Sent:
    """How many letters went out, and how many members have no address for one."""

    letters: int
    without: int


@transaction.atomic
def start(*, group: Group, by: Any) -> Sent:
    """Ask every member of today; raises ValidationError while another asking runs, and for a group without members."""
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if running(group):
        raise ValidationError("登録内容の確認は、もう始まっています。", code="running")
    asked = list(Membership.objects.belonging(timezone.localdate()).filter(group=group))
    if not asked:
        raise ValidationError("会員がいないので、確認をお願いする方がいません。", code="nobody")
    with history.in_step("登録内容の確認を始める"):
        round_ = ConfirmationRound.objects.create(group=group, started_by=by)
        contacts = contacts_of(asked)
        rows = [Confirmation(round=round_, membership=each, person=contacts.get(each.pk)) for each in asked]
        history.create(rows)
    return _send_all(open_of(round_), by, again=False)


@transaction.atomic
def remind(*, asking: ConfirmationRound, by: Any) -> Sent:
    """Ask those once more who have not answered, but nobody twice on a day; who attends now is asked.

    Raises ValidationError once it has ended, and if everybody has been asked today.
    """
    _locked(asking)
    today = timezone.localdate()
    rows = list(open_of(asking))
    contacts = contacts_of([row.membership for row in rows])
    for row in rows:
        if row.person != contacts.get(row.membership_id):
            row.person = contacts.get(row.membership_id)
            row.save(update_fields=["person"])
    reached = [row for row in rows if takes_letters(row.person)]
    waiting = [row for row in reached if not _asked_on(row, today)]
    if reached and not waiting:
        raise ValidationError("今日は、もうお願いしてあります。次は明日からお願いできます。", code="today")
    sent = _send_all(waiting, by, again=True)
    asking.reminded_at = timezone.now()
    asking.save(update_fields=["reminded_at"])
    return Sent(sent.letters, len(rows) - len(reached) + sent.without)


@transaction.atomic
def end(*, asking: ConfirmationRound) -> None:
    """No link of it opens anything any more; who has confirmed, and who has not, stays."""
    locked = _locked(asking)
    locked.ended_at = timezone.now()
    with history.in_step("登録内容の確認を終える"):
        locked.save()


@transaction.atomic
def confirm(*, confirmation: Confirmation, source: str, by: Any = None) -> Confirmation:
    """The data are right as they are: so says the member by the link, or `by` wrote it down for who attends now.

    Raises ValidationError if that has been said already, or the asking has ended.
    """
    row = _open(confirmation)
    if by:
        row.person = contacts_of([row.membership]).get(row.membership_id)
    with history.in_step(_said(source)):
        _settle(row, source, by, corrected=False)
        if row.person:
            person = Person.objects.select_for_update(no_key=True).get(pk=row.person.pk)
            directory.change_person(person=person, confirmed_on=timezone.localdate())
    return row


@transaction.atomic
def correct(
    *, confirmation: Confirmation, person: Person, company: Company | None, keep_old_name: bool = False
) -> Confirmation:
    """As `confirm` by the link, with what the member has put right in the two records (unsaved, but valid)."""
    row, today = _open(confirmation), timezone.localdate()
    with history.in_step(_said(Source.LINK)):
        _settle(row, Source.LINK, None, corrected=True)
        if company:
            directory.change_company(company=company, keep_old_name_until=today if keep_old_name else None)
        directory.change_person(person=person, confirmed_on=today)
    return row


@transaction.atomic
def reopen(*, confirmation: Confirmation) -> None:
    """What was written down for a member by mistake: it is open again, and the person's day is what it was."""
    row = _read(confirmation)
    if row.confirmed_by_id is None or row.confirmed_at is None:
        raise ValidationError("取り消せるのは、かわりに書きとめた確認だけです。", code="not_ours")
    day = timezone.localdate(row.confirmed_at)
    with history.in_step("確認の取り消し"):
        row.confirmed_at, row.source, row.confirmed_by = None, "", None
        row.save()
        person = row.person and Person.objects.select_for_update(no_key=True).get(pk=row.person.pk)
        if person and person.confirmed_on == day:
            before = history.of(Person).filter(id=person.pk).exclude(confirmed_on=day)
            person.confirmed_on = (
                before.order_by("-history_id").values_list("confirmed_on", flat=True).first()
            )
            person.save(update_fields=["confirmed_on"])


@transaction.atomic
def renew(*, link: ConfirmationLink) -> None:
    """A new link to the same address, for a link that has run out. Raises ValidationError if it opens nothing."""
    _open(link.confirmation)
    if door(link) not in (Door.OPEN, Door.EXPIRED):
        raise ValidationError(ENDED, code="stale")
    asking = link.confirmation.round
    _send(link.confirmation, asking.started_by, again=True)


def running(group: Group) -> ConfirmationRound | None:
    """The asking that has not ended."""
    return ConfirmationRound.objects.filter(group=group, ended_at=None).first()


def open_of(asking: ConfirmationRound) -> QuerySet[Confirmation]:
    """Those who have not answered and are members still."""
    belonging = Membership.objects.belonging(timezone.localdate()).values("pk")
    rows = asking.confirmations.filter(confirmed_at=None, membership__in=belonging)
    return rows.select_related("person", "round__group", "membership__company")


def wait_for(asking: ConfirmationRound) -> None:
    """Whoever answers in an asking locks it first; only then the records that the answer puts right."""
    ConfirmationRound.objects.select_for_update(no_key=True).filter(pk=asking.pk).first()


def link_of(token: str) -> ConfirmationLink | None:
    """The link with this token."""
    found = ConfirmationLink.objects.filter(token_hash=hash_of(token))
    return found.select_related(
        "confirmation__round__group",
        "confirmation__round__started_by",
        "confirmation__membership__company",
        "confirmation__person",
    ).first()


def door(link: ConfirmationLink) -> Door:
    """What opening the link comes to now. It is good for the address it was sent to, and who attends today."""
    row = link.confirmation
    if row.round.ended_at or row.membership.status_on(timezone.localdate()) not in Membership.BELONGING:
        return Door.ENDED
    if row.person is None or row.person.email.lower() != link.email.lower() or not _attends(row):
        return Door.DONE if row.confirmed_at else Door.ASTRAY
    if row.confirmed_at:
        return Door.DONE
    return Door.OPEN if link.expires_at > timezone.now() else Door.EXPIRED


def takes_letters(person: Person | None) -> bool:
    """Whether the person has an address and is reached by letters; a stopped address is looked up elsewhere."""
    return bool(person and person.email and person.contact_method == Person.ContactMethod.EMAIL)


def _attends(row: Confirmation) -> bool:
    if row.membership.person_id:
        return row.membership.person_id == row.person_id
    terms = Representative.objects.on(timezone.localdate())
    return terms.filter(membership=row.membership_id, person=row.person_id).exists()


def contacts_of(memberships: list[Membership]) -> dict[int, Person]:
    """{membership id: its first representative today, or the individual}"""
    terms = Representative.objects.on(timezone.localdate()).filter(membership__in=memberships)
    found = {each.pk: each.person for each in memberships if each.person}
    for term in terms.select_related("person").order_by("-rank", "-since"):
        found[term.membership_id] = term.person
    return found


def _send_all(rows: Any, by: Any, *, again: bool) -> Sent:
    stopped = bounces.suppressions_of([row.person.email for row in rows if row.person])
    reached = [row for row in rows if takes_letters(row.person) and row.person.email.lower() not in stopped]
    sent = sum(_send(row, by, again=again) for row in reached)
    return Sent(sent, len(rows) - sent)


def _send(row: Confirmation, by: Any, *, again: bool) -> bool:
    """One letter with a link of its own; whether it was written: an old roster may hold what is no address."""
    now, token = timezone.now(), secrets.token_urlsafe(TOKEN_BYTES)
    assert row.person
    link = ConfirmationLink(
        confirmation=row,
        email=row.person.email,
        token_hash=hash_of(token),
        made_at=now,
        expires_at=now + LINK_VALID_FOR,
    )
    try:
        link.full_clean()
    except ValidationError:
        return False
    link.save()
    emails.confirm_data(
        person=row.person,
        group=row.round.group.name,
        company=row.membership.company.name if row.membership.company else "",
        asked_by=f"{by.person}さん" if by.person_id else "異業種交流グループ事務局",
        until=timezone.localdate(link.expires_at),
        link=f"{settings.SITE_URL}{reverse('confirm', args=[token])}",
        again=again,
    )
    return True


def _asked_on(row: Confirmation, day: datetime.date) -> bool:
    newest = row.links.order_by("made_at").last()
    return bool(newest and timezone.localdate(newest.made_at) == day)


def _said(source: str) -> str:
    return f"登録内容の確認（{Source(source).label}）"


def _settle(row: Confirmation, source: str, by: Any, *, corrected: bool) -> None:
    row.confirmed_at, row.source, row.confirmed_by, row.corrected = timezone.now(), source, by, corrected
    row.full_clean(exclude=["round", "membership", "person"])
    row.save()


def _locked(asking: ConfirmationRound) -> ConfirmationRound:
    locked = ConfirmationRound.objects.select_for_update(no_key=True).get(pk=asking.pk)
    if locked.ended_at:
        raise ValidationError(ENDED, code="ended")
    return locked


def _read(confirmation: Confirmation) -> Confirmation:
    """The row as it is now, after the asking is locked."""
    _locked(confirmation.round)
    rows = Confirmation.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("round", "person", "membership__person").get(pk=confirmation.pk)


def _open(confirmation: Confirmation) -> Confirmation:
    row = _read(confirmation)
    if row.confirmed_at:
        raise ValidationError(DONE, code="done")
    return row
