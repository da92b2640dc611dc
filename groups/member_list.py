"""The member list of a group on a day, as one reader sees it: the roster's rule of consent, on a page."""

import datetime
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce

from groups.handing_on import NOTHING_WITHHELD, Withheld
from groups.models import Group, Membership, OfficerTerm
from groups.officers import Roles, officer_terms, offices_held
from groups.visibility import (
    NOTHING,
    Listing,
    all_but,
    as_listed,
    attending,
    companies_visible_to,
    people_visible_to,
)
from members.models import Company, Person

NEW_FOR = datetime.timedelta(days=90)


@dataclass(frozen=True)
class Attending:
    """One person of a row, with the offices they hold in the group."""

    person: Person
    roles: list[str]
    has_page: bool = True


@dataclass(frozen=True)
class MemberRow:
    """`member` leads to its page; `people` are empty where consent hides them; `new`: joined in the last 90 days.

    `has_page`: the reader may open the member's page. `not_handed_on`: an officer sees what any member does.
    """

    membership: Membership
    member: Company | Person
    people: list[Attending]
    new: bool
    has_page: bool = True
    not_handed_on: bool = False


@dataclass(frozen=True)
class Figures:
    """How many members a group has on a day, by status, and how many of them a reader's list leaves out, and why."""

    by_status: Counter[str]
    by_listing: Counter[int]

    @property
    def total(self) -> int:
        return self.by_status.total()

    @property
    def active(self) -> int:
        return self.by_status[Membership.Status.ACTIVE]

    @property
    def on_leave(self) -> int:
        return self.by_status[Membership.Status.ON_LEAVE]

    @property
    def hidden(self) -> int:
        return self.by_listing[Listing.HIDDEN]

    @property
    def gone(self) -> int:
        return self.by_listing[Listing.GONE]


def member_rows(
    chosen: QuerySet[Membership],
    group: Group,
    day: datetime.date,
    *,
    everyone: bool,
    without: Withheld = NOTHING_WITHHELD,
) -> list[MemberRow]:
    """The rows of memberships annotated by `as_listed`, by フリガナ, in three queries.

    The people of those who let only the company be listed are not named, officers excepted.
    `everyone`: the reader also sees who attended on the day and no longer does, but for those `without`.
    """
    terms = attending(day, in_full=everyone, without=without)
    members = (
        chosen.select_related("company", "person")
        .prefetch_related(Prefetch("representatives", terms, to_attr="attending"))
        .order_by(Coalesce("company__sort_key", "person__sort_key"), "sequence")
    )
    officers = officer_terms(group, day)
    roles, leading = offices_held(officers), {term.person for term in officers if term.still}  # type: ignore[attr-defined]
    rows = [_row(member, group, roles, leading, day) for member in members]
    return [replace(row, not_handed_on=row.membership.pk in without.memberships) for row in rows]


def with_pages(rows: list[MemberRow], user: Any) -> list[MemberRow]:
    """Who has left is listed to whom keeps the register, but nobody's page is opened by that. Two queries."""
    people = {one.person.pk for row in rows for one in row.people}
    people |= {row.membership.person_id for row in rows if row.membership.person_id}
    companies = {row.membership.company_id for row in rows if row.membership.company_id}
    known = set(people_visible_to(user).filter(pk__in=people).values_list("pk", flat=True))
    open_ = set(companies_visible_to(user).filter(pk__in=companies).values_list("pk", flat=True))
    return [
        replace(
            row,
            has_page=row.membership.company_id in open_ or row.membership.person_id in known,
            people=[replace(one, has_page=one.person.pk in known) for one in row.people],
        )
        for row in rows
    ]


def figures(
    group: Group, day: datetime.date, *, everyone: bool, without: Withheld = NOTHING_WITHHELD
) -> Figures:
    """Over all members of the day, whatever the reader's list is narrowed to."""
    members = as_listed(group.memberships, day, in_full=all_but(without) if everyone else NOTHING)
    pairs = list(members.filter(status__in=Membership.BELONGING).values_list("status", "listing"))
    return Figures(Counter(status for status, _ in pairs), Counter(listing for _, listing in pairs))


def _row(
    member: Membership, group: Group, roles: Roles, leading: set[Person], day: datetime.date
) -> MemberRow:
    member.group = group
    terms = member.attending  # type: ignore[attr-defined]
    people = [member.person] if member.person else [term.person for term in terms]
    if member.listing == Listing.COMPANY_ONLY:  # type: ignore[attr-defined]
        people = [person for person in people if person in leading]
    joined = member.joined_on or datetime.date.min  # 入会日 may be 未確認
    return MemberRow(
        membership=member,
        member=member.member,
        people=[
            Attending(person, [OfficerTerm.Role(role).label for role in roles.get(person, ())])
            for person in people
        ],
        new=datetime.timedelta(0) <= day - joined < NEW_FOR,
    )
