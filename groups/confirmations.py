"""Who of a group has confirmed the data, when and how, and who has not: those first who have no address for letters."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.utils import timezone

from groups import confirming
from groups.models import Confirmation, ConfirmationRound, Group, Membership
from members import bounces
from members.models import Person


@dataclass(frozen=True)
class Asked:
    """One member: `by_letter` can be asked by letter, `asked_on` the day of the last one; `why_not` in words."""

    row: Confirmation
    by_letter: bool
    asked_on: datetime.date | None
    why_not: str

    @property
    def phone(self) -> str:
        """The person's own, or else the company's."""
        company = self.row.membership.company
        return (self.row.person.phone if self.row.person else "") or (company.phone if company else "")

    @property
    def fax(self) -> str:
        """As `phone`."""
        company = self.row.membership.company
        return (self.row.person.fax if self.row.person else "") or (company.fax if company else "")


@dataclass(frozen=True)
class Standing:
    """How far an asking is. `silent`: those to call; `waiting`: those who were sent a letter; `done`: the newest first."""

    asking: ConfirmationRound
    silent: list[Asked]
    waiting: list[Asked]
    done: list[Asked]

    @property
    def open_count(self) -> int:
        return len(self.silent) + len(self.waiting)

    @property
    def total(self) -> int:
        return self.open_count + len(self.done)

    @property
    def people(self) -> set[int]:
        """Ids of those who are asked, or were."""
        return {
            each.row.person_id for each in [*self.silent, *self.waiting, *self.done] if each.row.person_id
        }


def newest(group: Group) -> ConfirmationRound | None:
    """The asking that runs, or the last one."""
    return group.confirmation_rounds.select_related("started_by__person", "group").first()


def standing_of(asking: ConfirmationRound, out: frozenset[int] = frozenset()) -> Standing:
    """Everybody asked who is a member still, without the memberships that are `out` for the reader: whom the office did
    not hand on confirms to it. A few queries, however many they are.
    """
    belonging = Membership.objects.belonging(timezone.localdate()).exclude(pk__in=out).values("pk")
    rows = asking.confirmations.filter(membership__in=belonging).annotate(last=Max("links__made_at"))
    related = (
        "membership__group",
        "membership__company",
        "membership__person",
        "person",
        "confirmed_by__person",
    )
    found = list(rows.select_related(*related).order_by("membership__sequence"))
    if not asking.ended_at:
        _ask_who_attends_now([row for row in found if not row.confirmed_at])
    stopped = bounces.suppressions_of([row.person.email for row in found if row.person])
    asked = [_asked(row, row.person is not None and row.person.email.lower() in stopped) for row in found]
    still = [each for each in asked if not each.row.confirmed_at]
    done = [each for each in asked if each.row.confirmed_at]
    return Standing(
        asking=asking,
        silent=[each for each in still if not each.by_letter],
        waiting=[each for each in still if each.by_letter],
        done=sorted(done, key=lambda each: each.row.confirmed_at or timezone.now(), reverse=True),
    )


def _ask_who_attends_now(rows: list[Confirmation]) -> None:
    """Somebody else may attend by now: they are called, and have not been asked by letter yet."""
    contacts = confirming.contacts_of([row.membership for row in rows])
    for row in rows:
        if row.person != contacts.get(row.membership_id):
            row.person = contacts.get(row.membership_id)
            row.last = None  # type: ignore[attr-defined]


def to_be_asked(group: Group) -> tuple[int, int]:
    """(members who would get a letter, members who would not), before an asking begins."""
    today = timezone.localdate()
    asked = list(Membership.objects.belonging(today).filter(group=group).select_related("person"))
    contacts = confirming.contacts_of(asked)
    reached = sum(confirming.takes_letters(contacts.get(each.pk)) for each in asked)
    return reached, len(asked) - reached


def unconfirmed_in(groups: list[int]) -> list[ConfirmationRound]:
    """The askings of these groups that run and lack somebody, each with `open_count`. One query."""
    belonging = Membership.objects.belonging(timezone.localdate()).values("pk")
    lacking = Q(confirmations__confirmed_at=None, confirmations__membership__in=belonging)
    rounds = ConfirmationRound.objects.filter(group__in=groups, ended_at=None).select_related("group")
    counted = rounds.annotate(open_count=Count("confirmations", filter=lacking))
    return list(counted.filter(open_count__gt=0).order_by("started_at", "pk"))


def _asked(row: Confirmation, is_stopped: bool) -> Asked:
    why_not = _why_not(row.person, is_stopped)
    last = row.last  # type: ignore[attr-defined]
    return Asked(row, not why_not, timezone.localdate(last) if last else None, why_not)


def _why_not(person: Person | None, is_stopped: bool) -> str:
    if person is None:
        return "登録者がいません。"
    if not person.email:
        return "メールアドレスがありません。"
    if person.contact_method != Person.ContactMethod.EMAIL:
        return f"連絡手段が{person.get_contact_method_display()}の方です。"
    return "届かないアドレスです。" if is_stopped else ""
