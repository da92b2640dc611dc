"""The directory as an import sees it: plain values, read once in a fixed number of queries.

The plan writes into these records, never into the database: what a row brings is known to the rows after it.
"""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from groups.models import Group, Membership, MembershipStatus, Representative
from iri_exchange.lib import japan
from members.models import Company, Employment, FormerName, Person

CONTACT = (
    "postal_code",
    "prefecture",
    "city",
    "street",
    "building",
    "phone",
    "fax",
    "email",
    "url",
    "trade",
    "products",
)
COMPANY_FIELDS = (
    *("name", "kana", "representative_name", "representative_kana", "representative_title"),
    *CONTACT,
    *("capital", "employees", "corporate_number"),
)
PERSON_FIELDS = (
    *("family_name", "given_name", "family_kana", "given_kana", "title", "department"),
    *CONTACT,
)
LEFT = Membership.Status.LEFT.value


@dataclass(slots=True, eq=False)
class Known(ABC):
    """A company or a person: `values` as they will be, `old` the stored ones of the fields that change.

    `pk` is None for a new one, which row `row` of the file brings; `written` are the fields the file has told.
    """

    pk: int | None
    values: dict[str, Any]
    row: int = 0
    old: dict[str, Any] = field(default_factory=dict)
    member: "KnownMember | None" = None
    written: set[str] = field(default_factory=set)

    def put(self, name: str, value: Any) -> None:
        self.old.setdefault(name, self.values[name])
        self.values[name] = value

    @property
    def address(self) -> str:
        values = self.values
        line = f"{values['prefecture']}{values['city']}{values['street']}"
        return f"{line}　{values['building']}" if values["building"] else line

    @property
    @abstractmethod
    def name(self) -> str:
        """As it is shown."""


@dataclass(slots=True, eq=False)
class KnownCompany(Known):
    """`people` represent or work for it in whatever group."""

    former: list[str] = field(default_factory=list)
    people: list["KnownPerson"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.values["name"])

    @property
    def names(self) -> list[str]:
        """The name, those it had before, and the one that the file replaces."""
        return [self.name, *self.former, *filter(None, [self.old.get("name")])]


@dataclass(slots=True, eq=False)
class KnownPerson(Known):
    """`company` and `since`: where a new person works, from which day on. `represents`: companies, in any group."""

    company: KnownCompany | None = None
    since: datetime.date | None = None
    represents: tuple[KnownCompany, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.values['family_name']} {self.values['given_name']}".rstrip()


@dataclass(slots=True, eq=False)
class KnownMember:
    """A membership of the group: its dated states in order, who represents it, and what the file adds.

    `ranks` are those that are taken; `added` the new representatives, `came_back_on` and `joining_put_right`
    what changes in its states, `joining_told` that a row has told the day already. `pk` is None for a new one.
    `seen` is what the directory had: joining, states, those who represent it (ids), the ranks taken.
    """

    pk: int | None
    who: KnownCompany | KnownPerson
    joined_on: datetime.date | None
    states: list[tuple[datetime.date, str]] = field(default_factory=list)
    people: list[KnownPerson] = field(default_factory=list)
    ranks: set[int] = field(default_factory=set)
    added: list[tuple[KnownPerson, datetime.date]] = field(default_factory=list)
    came_back_on: datetime.date | None = None
    joining_put_right: bool = False
    joining_told: bool = False
    seen: tuple[Any, ...] = ()

    def state_on(self, day: datetime.date) -> tuple[datetime.date, str] | None:
        """The state in force on a day and since when; None before the first."""
        return next((state for state in reversed(self.states) if state[0] <= day), None)

    def active_from(self, today: datetime.date) -> datetime.date:
        """The first day, from today on, on which the member belongs; of a new member, the day it joined."""
        if self.pk is None:
            return self.states[0][0]
        now = self.state_on(today)
        if now and now[1] in Membership.BELONGING:
            return today
        return next((since for since, _ in self.states if since > today), today)

    def leaves_after(self, today: datetime.date) -> datetime.date | None:
        """The day from which on it will have left, if that is known already."""
        return next((since for since, state in self.states if since > today and state == LEFT), None)

    def begin_on(self, day: datetime.date) -> None:
        """The day of joining, told or put right; whom the file brings along begins with the new member."""
        self.joined_on = day
        self.states[0] = (day, self.states[0][1])
        if self.pk is None:
            self.added = [(person, day) for person, _ in self.added]
            for person, _ in self.added:
                person.since = day

    def add(self, person: KnownPerson, since: datetime.date) -> None:
        """One more representative, with the lowest free rank."""
        self.people.append(person)
        self.added.append((person, since))
        self.ranks.add(next(rank for rank in range(1, 10) if rank not in self.ranks))


class Directory:
    """All companies, those people that companies and groups know, and the memberships of one group."""

    def __init__(self, group: Group, today: datetime.date) -> None:
        self.today = today
        self.companies = self._companies()
        self.people = self._people()
        self.members: list[KnownMember] = []
        self._read_members(group)
        self._read_colleagues()

    def _companies(self) -> dict[int, KnownCompany]:
        rows = Company.objects.order_by("pk").values_list("pk", *COMPANY_FIELDS)
        companies = {
            pk: KnownCompany(pk, dict(zip(COMPANY_FIELDS, values, strict=True))) for pk, *values in rows
        }
        for company, name in FormerName.objects.values_list("company_id", "name"):
            companies[company].former.append(name)
        return companies

    def _people(self) -> dict[int, KnownPerson]:
        rows = Person.objects.order_by("pk").values_list("pk", *PERSON_FIELDS)
        return {pk: KnownPerson(pk, dict(zip(PERSON_FIELDS, values, strict=True))) for pk, *values in rows}

    def _read_members(self, group: Group) -> None:
        of_group = Membership.objects.filter(group=group).order_by("sequence")
        by_pk: dict[int, KnownMember] = {}
        for pk, company, person, joined_on in of_group.values_list(
            "pk", "company_id", "person_id", "joined_on"
        ):
            who = self.companies[company] if company else self.people[person]
            by_pk[pk] = who.member = KnownMember(pk, who, joined_on)
        states = MembershipStatus.objects.filter(membership__group=group).order_by("since")
        for pk, since, state in states.values_list("membership_id", "since", "state"):
            by_pk[pk].states.append((since, state))
        self.members = list(by_pk.values())
        terms = Representative.objects.filter(membership__group=group).exclude(until__lt=self.today)
        for pk, person, rank, until in terms.order_by("rank", "pk").values_list(
            "membership_id", "person_id", "rank", "until"
        ):
            by_pk[pk].people.append(self.people[person])
            if until is None:
                by_pk[pk].ranks.add(rank)
        for member in self.members:
            people = [person.pk for person in member.people]
            member.seen = (member.joined_on, [*member.states], people, sorted(member.ranks))

    def _read_colleagues(self) -> None:
        """Who represents a company today in whatever group, or works for it."""
        terms = Representative.objects.on(self.today).filter(membership__company__isnull=False)
        pairs = {*terms.values_list("membership__company_id", "person_id")}
        for company, person in sorted(pairs):
            self.people[person].represents += (self.companies[company],)
        employed = Employment.objects.filter(since__lte=self.today).order_by("since")
        # The last one of each person is in force; it may be none.
        pairs |= {
            (work, person) for person, work in dict(employed.values_list("person_id", "company_id")).items()
        }
        for company, person in sorted(pair for pair in pairs if pair[0]):
            self.companies[company].people.append(self.people[person])

    def individuals(self) -> Iterable[KnownPerson]:
        """People who are members themselves, in whatever group."""
        ids = Membership.objects.filter(person__isnull=False).values_list("person_id", flat=True)
        return [self.people[pk] for pk in sorted(set(ids))]

    def seeds(self) -> dict[str, dict[Any, Any]]:
        """By column, each stored value as the reading of its own text: it need not be read again."""
        companies, people = self.companies.values(), self.people.values()
        plain = {
            "company_name": _own(companies, "name"),
            "company_kana": _own(companies, "kana"),
            "corporate_number": _own(companies, "corporate_number"),
            "title": _own(people, "title"),
            "department": _own(people, "department"),
            "email": _own(people, "email"),
        }
        for name in ("postal_code", "phone", "fax", "url", "trade", "products"):
            plain[name] = _own(companies, name) | _own(people, name)
        names = {
            key: {
                whole: (values[family], values[given])
                for values in (person.values for person in people)
                if (whole := f"{values[family]} {values[given]}".rstrip())
                # A name kept in one piece that could be split is read anew, and put right.
                and (values[given] or japan.split_name(whole) == (whole, ""))
            }
            for key, family, given in (
                ("person_name", "family_name", "given_name"),
                ("person_kana", "family_kana", "given_kana"),
            )
        }
        addresses = {
            company.address: {name: company.values[name] for name in ADDRESS if company.values[name]}
            for company in companies
            if company.values["prefecture"]
        }
        known = {**plain, **names, "address": addresses}
        return known | {f"{key}_2": known[key] for key in (*names, "title", "department", "email")}


ADDRESS = ("prefecture", "city", "street", "building")


def _own(records: Iterable[Known], name: str) -> dict[Any, Any]:
    return {value: value for value in {record.values[name] for record in records} - {"", None}}


def blank(model: type[models.Model], names: Iterable[str]) -> dict[str, Any]:
    """The values of a record of which nothing is known yet."""
    nothing = model()
    return {name: getattr(nothing, name) for name in names}
