"""The member list of a group on a day, as one reader sees it: the roster's rule of consent, on a page."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from groups.models import Group, Membership, OfficerTerm, Representative
from members.models import Company, Person

ROLES: list[str] = OfficerTerm.Role.values
NEW_FOR = datetime.timedelta(days=90)


@dataclass(frozen=True)
class Attending:
    """One person of a row, with the offices they hold in the group."""

    person: Person
    roles: list[str]


@dataclass(frozen=True)
class MemberRow:
    """`member` leads to its page; `people` are empty where consent hides them; `new`: joined in the last 90 days."""

    membership: Membership
    member: Company | Person
    people: list[Attending]
    new: bool


def member_rows(
    chosen: QuerySet[Membership], group: Group, day: datetime.date, *, everyone: bool
) -> list[MemberRow]:
    """The rows of memberships annotated by `as_of`, by フリガナ, in three queries.

    Unless `everyone`, members who asked not to be listed are left out and the people of those who let
    only the company be listed are not named, officers excepted.
    """
    if not everyone:
        chosen = chosen.exclude(left_out())
    attending = Representative.objects.on(day).select_related("person")
    members = (
        chosen.select_related("company", "person")
        .prefetch_related(Prefetch("representatives", attending, to_attr="attending"))
        .order_by(Coalesce("company__sort_key", "person__sort_key"), "sequence")
    )
    roles = _roles(group, day)
    return [_row(member, group, roles, day, everyone) for member in members]


def left_out() -> Q:
    """Members whom the roster does not list; an individual who lets only "the company" be listed has none."""
    return Q(consent__isnull=False) & (Q(consent="no") | Q(consent="company", person__isnull=False))


def counts(group: Group, day: datetime.date) -> Counter[str]:
    """{status: members of the day}, whoever may be listed."""
    return Counter(group.memberships.belonging(day).values_list("status", flat=True))


def _roles(group: Group, day: datetime.date) -> dict[int, list[str]]:
    """{person id: labels of the offices held, highest first}."""
    terms = sorted(OfficerTerm.objects.on(day).filter(group=group), key=lambda term: ROLES.index(term.role))
    held: dict[int, list[str]] = {}
    for term in terms:
        held.setdefault(term.person_id, []).append(term.get_role_display())
    return held


def _row(
    member: Membership, group: Group, roles: dict[int, list[str]], day: datetime.date, everyone: bool
) -> MemberRow:
    member.group = group
    terms = member.attending  # type: ignore[attr-defined]
    people = [member.person] if member.person else [term.person for term in terms]
    if not everyone and member.consent == "company":  # type: ignore[attr-defined]
        people = [person for person in people if person.pk in roles]
    joined = member.joined_on or datetime.date.min  # 入会日 may be 未確認
    return MemberRow(
        membership=member,
        member=member.member,
        people=[Attending(person, roles.get(person.pk, [])) for person in people],
        new=datetime.timedelta(0) <= day - joined < NEW_FOR,
    )
