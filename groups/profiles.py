"""What a reader sees of a company or a person: asked once per record, so that no page holds rules of its own.

Three circles, each seeing all the outer one sees: everyone, members of any group, the company's own group.
Staff see everything, and what is still 未確認.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from groups.known import is_own, known_of
from groups.models import Membership, OfficerTerm, Representative
from groups.standing import Standing, standing
from groups.visibility import (
    listed_members,
    memberships_known_to,
    named_members,
    people_visible_to,
)
from members.models import Company, Consent, Person

Audience = Company.Audience
CIRCLES = {
    "everyone": (Audience.PUBLIC,),
    "members": (Audience.PUBLIC, Audience.MEMBERS),
    "group": (Audience.PUBLIC, Audience.MEMBERS, Audience.GROUP),
}
# What the directory wants to know of a company; the rest may stay empty for good.
WANTED = (
    "kana",
    "postal_code",
    "prefecture",
    "street",
    "phone",
    "employees",
    "industry",
    "trade",
    "products",
)
WANTED_OF_A_PERSON = ("given_name", "family_kana", "title", "email", "phone", "confirmed_on")


@dataclass(frozen=True)
class Text:
    """A longer text of a company; `audience` says who sees it, for those who may change it."""

    label: str
    text: str
    audience: str


@dataclass(frozen=True)
class Belonging:
    """One group of a company; `inside`: number, status and first day are the reader's to know."""

    membership: Membership
    inside: bool


@dataclass(frozen=True)
class CompanyProfile:
    """`contact`: address and telephone may be shown; `missing` and `public` are for staff (else empty and None)."""

    texts: list[Text]
    contact: bool
    groups: list[Belonging]
    people: list[Person]
    missing: list[str]
    public: bool | None


@dataclass(frozen=True)
class Place:
    """What a person is in one group: 登録者, 個人会員, 幹事 …, each with its first day.

    `membership`: by which they are in it, of those the reader keeps; None for an officer or adviser only.
    """

    group: Any
    roles: list[tuple[str, datetime.date | None]]
    membership: Membership | None = None


@dataclass(frozen=True)
class PersonProfile:
    """`contact`: mail and telephone may be shown, and more of their work than the title; `private`: how to reach
    them, age band, last confirmation; `company_is_shown`: the reader may open its page.
    """

    company: Company | None
    company_is_shown: bool
    contact: bool
    private: bool
    places: list[Place]
    missing: list[str]


def company_profile(company: Company, user: Any) -> CompanyProfile:
    """What this user sees of a company they may see at all."""
    who, day = standing(user), timezone.localdate()
    memberships = _memberships(company, user, day)
    circle = _circle(company, who)
    sees = CIRCLES[circle]
    texts = [
        Text(_label(company, name), getattr(company, name), getattr(company, f"get_{name}_for_display")())
        for name in ("strengths", "seeking", "pr")
        if getattr(company, name) and getattr(company, f"{name}_for") in sees
    ]
    attending = Representative.objects.on(day).filter(membership__in=[row.pk for row in memberships])
    people = people_visible_to(user).filter(pk__in=attending.values("person_id")) if circle == "group" else []
    return CompanyProfile(
        texts=texts,
        contact=circle == "group",
        groups=[Belonging(row, who.is_staff or row.group_id in who.insider_of) for row in memberships],
        people=list(people),
        missing=missing_of(company, WANTED) if who.is_staff else [],
        public=_is_public(company, day) if who.is_staff or company.pk in who.own_companies else None,
    )


def person_profile(person: Person, user: Any) -> PersonProfile:
    """What this user sees of a person they may see at all: an officer is seen by name and role, whatever they answered."""
    who, day = standing(user), timezone.localdate()
    company = person.company_on(day)
    (known,) = known_of(person, company, [user])
    return PersonProfile(
        company=company if known.company else None,
        company_is_shown=known.company and known.company_page,
        contact=known.contact,
        private=known.private,
        places=_places(person, who, day),
        missing=missing_of(person, WANTED_OF_A_PERSON) if who.is_staff else [],
    )


def _memberships(company: Company, user: Any, day: datetime.date) -> list[Membership]:
    """Staff also see the groups it has left."""
    if standing(user).is_staff:
        rows: QuerySet[Any] = company.memberships.as_of(day).exclude(status__isnull=True)
    else:
        rows = memberships_known_to(user).filter(company=company)
    return list(rows.select_related("group").order_by("group__founded_year", "group__sort_key"))


def _circle(company: Company, who: Standing) -> str:
    """A company that asked not to stand in the roster is to its group what it is to other groups."""
    if is_own(company, who) or listed_members(who).filter(company=company).exists():
        return "group"
    return "members" if who.insider_of else "everyone"


def _places(person: Person, who: Standing, day: datetime.date) -> list[Place]:
    """What the reader may know of the person's groups, in the order of their founding."""
    members: Any = named_members(who)
    groups = Q(group_id__in=who.insider_of)
    if who.is_staff or person.pk == who.person_id:
        members, groups = Membership.objects.belonging(day), Q()
    if not who.is_staff:
        members = members.of_launched(day)
    found: dict[Any, list[tuple[str, datetime.date | None]]] = {}
    kept: dict[Any, Membership] = {}
    for row in _named(members.filter(person=person), "kind", "joined_on", "sequence"):
        found.setdefault(row.group, []).append((row.get_kind_display(), row.joined_on))
        kept[row.group] = row
    terms = Representative.objects.on(day).filter(person=person)
    # Of all members only those: else the database looks at each of 20,000.
    terms = terms.filter(membership__in=members.filter(pk__in=terms.values("membership")).values("pk"))
    for term in _named(terms, "since", "membership__sequence", group="membership__group"):
        found.setdefault(term.membership.group, []).append(("登録者", term.since))
        kept[term.membership.group] = term.membership
    for office in _named(OfficerTerm.objects.on(day).filter(groups, person=person), "role", "since"):
        found.setdefault(office.group, []).append((office.get_role_display(), office.since))
    for adviser in _named(person.adviser_terms.on(day).filter(groups), "since"):
        found.setdefault(adviser.group, []).append(("助言者", adviser.since))
    return [
        Place(group, found[group], kept.get(group) if who.is_staff or group.pk in who.runs else None)
        for group in sorted(found, key=lambda group: (group.founded_year, group.sort_key))
    ]


def _named(rows: Any, *fields: str, group: str = "group") -> Any:
    """These fields of rows, and what names their group: of all its fields the page needs no more."""
    of_group = ("name", "slug", "founded_year", "sort_key", "number_prefix")
    return rows.select_related(group).only(*fields, *(f"{group}__{name}" for name in of_group))


def missing_of(record: Company | Person, wanted: tuple[str, ...]) -> list[str]:
    """What the directory would like to know, and does not: the labels."""
    return [_label(record, name) for name in wanted if getattr(record, name) in ("", None)]


def _label(record: Company | Person, name: str) -> str:
    field: Any = record._meta.get_field(name)
    return str(field.verbose_name)


def _is_public(company: Company, day: datetime.date) -> bool:
    answer = (
        company.consents.filter(kind=Consent.Kind.PUBLIC_PROFILE, since__lte=day).order_by("since").last()
    )
    return bool(answer and answer.given)
