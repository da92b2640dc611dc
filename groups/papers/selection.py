"""Who stands on a paper: the members of one or several groups on a day, as far as its reader may know them."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from groups.handing_on import NOTHING_WITHHELD, Withheld
from groups.models import Adviser, Group, Membership, OfficerTerm
from groups.officers import ROLES
from groups.visibility import NOTHING, Listing, all_but, as_listed, attending, publicly_profiled
from members.models import Company, Person

Held = dict[tuple[int, int], tuple[str, ...]]
Audience = Company.Audience


class Readers(Enum):
    """For whom a paper is: who of the group is on it, and which of a company's texts it tells.

    `OFFICE` keeps the register and sees all; `GROUP` sees what the members agreed to (groups.visibility);
    `MEMBERS` (of other groups) and `PUBLIC` see companies whose public profile is agreed to, without their people.
    """

    OFFICE = "office"
    GROUP = "group"
    MEMBERS = "members"
    PUBLIC = "public"

    @property
    def near(self) -> bool:
        """They know the people of the group and how to reach them."""
        return self in (Readers.OFFICE, Readers.GROUP)

    @property
    def audiences(self) -> frozenset[str]:
        """The settings of a text (`strengths_for` …) with which they may read it."""
        far = {Readers.MEMBERS: {Audience.MEMBERS, Audience.PUBLIC}, Readers.PUBLIC: {Audience.PUBLIC}}
        return frozenset(far.get(self, set(Audience.values)))


@dataclass(frozen=True)
class Member:
    """A membership and whom of it a paper may name; `offices` are the group's offices of those people, highest first."""

    membership: Membership
    people: tuple[Person, ...]
    offices: dict[int, tuple[str, ...]]
    in_full: bool

    @property
    def group(self) -> Group:
        return self.membership.group

    @property
    def company(self) -> Company | None:
        return self.membership.company

    @property
    def source(self) -> Company | Person:
        """Where the member is reached: the company, or the person without one."""
        return self.membership.member


@dataclass(frozen=True)
class Guest:
    """Somebody who belongs to a group but stands for no member of it: an outside officer, an adviser."""

    group: Group
    person: Person
    role: str


def members(
    groups: Collection[Group],
    day: datetime.date,
    readers: Readers,
    chosen: Collection[int] | None = None,
    *,
    without: Withheld = NOTHING_WITHHELD,
) -> list[Member]:
    """The members of a day in the order of the groups and of フリガナ; `chosen`: only those memberships.

    Those `without` which somebody keeps the register stand on their paper as on the group's. A fixed number of queries.
    """
    in_full = readers is Readers.OFFICE
    listed = as_listed(Membership.objects, day, in_full=all_but(without) if in_full else NOTHING)
    rows = listed.filter(_asked(groups, readers, chosen), status__in=Membership.BELONGING)
    rows = rows.filter(listing__gt=Listing.HIDDEN).select_related("group__office", "company", "person")
    rows = rows.prefetch_related(
        Prefetch("representatives", attending(day, in_full=in_full, without=without), to_attr="attending")
    )
    held = _held(_officers(groups, day, readers))
    ordered = rows.order_by(
        "group__founded_year", "group__sort_key", Coalesce("company__sort_key", "person__sort_key"), "pk"
    )
    return [_member(row, held, readers) for row in ordered]


def guests(
    groups: Collection[Group], day: datetime.date, readers: Readers, present: Sequence[Member]
) -> list[Guest]:
    """Officers and advisers of a day who stand for no member of their group. Two queries."""
    attend = {(member.group.pk, person.pk) for member in present for person in member.people}
    officers = _officers(groups, day, readers).select_related("group", "person")
    advisers = _terms(Adviser, groups, day, readers).select_related("group", "person")
    found = [
        *(
            Guest(term.group, term.person, term.get_role_display())
            for term in sorted(officers, key=lambda term: ROLES.index(term.role))
        ),
        *(Guest(term.group, term.person, "助言者") for term in advisers),
    ]
    first = {(guest.group.pk, guest.person.pk): guest for guest in reversed(found)}
    return [guest for key, guest in reversed(first.items()) if key not in attend]


def _asked(groups: Collection[Group], readers: Readers, chosen: Collection[int] | None) -> Q:
    asked = Q(group__in=groups)
    if chosen is not None:
        asked &= Q(pk__in=chosen)
    return asked if readers.near else asked & Q(company__in=publicly_profiled())


def _officers(groups: Collection[Group], day: datetime.date, readers: Readers) -> QuerySet[Any]:
    return _terms(OfficerTerm, groups, day, readers)


def _terms(model: Any, groups: Collection[Group], day: datetime.date, readers: Readers) -> QuerySet[Any]:
    """The terms of a day; for all but the office only of those in term today, too: what is past is theirs no longer."""
    terms: QuerySet[Any] = model.objects.on(day).filter(group__in=groups)
    if readers is Readers.OFFICE:
        return terms
    now = model.objects.on(timezone.localdate())
    return terms.filter(Exists(now.filter(group=OuterRef("group"), person=OuterRef("person"))))


def _held(terms: QuerySet[Any]) -> Held:
    """{(group, person): their offices, highest first}."""
    held: dict[tuple[int, int], list[str]] = {}
    rows = terms.values_list("group_id", "person_id", "role")
    for group, person, role in sorted(rows, key=lambda row: ROLES.index(row[2])):
        held.setdefault((group, person), []).append(OfficerTerm.Role(role).label)
    return {key: tuple(roles) for key, roles in held.items()}


def _member(row: Any, held: Held, readers: Readers) -> Member:
    offices = {
        person.pk: held.get((row.group_id, person.pk), ()) for person in _attending(row) if readers.near
    }
    in_full = readers.near and row.listing == Listing.FULL
    people = [person for person in _attending(row) if readers.near and (in_full or offices[person.pk])]
    return Member(row, tuple(people), offices, in_full)


def _attending(row: Any) -> list[Person]:
    return [row.person] if row.person else [term.person for term in row.attending]
