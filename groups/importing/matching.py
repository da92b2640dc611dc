"""Whom a row of a roster speaks of: which company, which person, which membership.

A corporate number decides, and two different valid numbers are never one company. Otherwise the folded name
decides together with a telephone, a mail or an address; in the group itself, where a roster is brought in
again and again, also if nothing speaks against it. All else is a doubt, which is asked and never guessed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils import timezone

from groups.importing.columns import Entry
from groups.models import Group, Membership, Representative
from iri_exchange.lib import japan
from members.models import Company, Person

NEW = 0
Record = TypeVar("Record", Company, Person)


@dataclass(frozen=True)
class Match(Generic[Record]):
    """The record a row speaks of, or None for a new one; `doubts` are those it could mean."""

    record: Record | None = None
    doubts: list[Record] = field(default_factory=list)


class Directory:
    """What the directory knows, read once per import and kept up with what the import writes."""

    def __init__(self, group: Group) -> None:
        self.by_number: dict[str, int] = {}
        self.companies: dict[str, dict[int, Company]] = defaultdict(dict)
        for company in Company.objects.prefetch_related("former_names"):
            self.learn_company(company)
        self.individuals: dict[str, dict[int, Person]] = defaultdict(dict)
        for person in Person.objects.filter(memberships__isnull=False).distinct():
            self.learn_person(person)
        memberships = Membership.objects.filter(group=group).select_related("group", "company", "person")
        self.of_company = {row.company_id: row for row in memberships if row.company_id}
        self.of_person = {row.person_id: row for row in memberships if row.person_id}

    def learn_company(self, company: Company) -> None:
        if company.corporate_number:
            self.by_number[company.corporate_number] = company.pk
        for name in (company.name, *(former.name for former in company.former_names.all())):
            self.companies[japan.fold(name)][company.pk] = company

    def learn_person(self, person: Person) -> None:
        self.individuals[japan.fold(person.name)][person.pk] = person

    def company_of(self, entry: Entry, answer: int | None) -> Match[Company]:
        """`answer` is what the user said about a doubt: the company's id, or NEW for another one."""
        number = entry.values.get("corporate_number")
        if number in self.by_number:
            return Match(Company.objects.select_for_update().get(pk=self.by_number[number]))
        namesakes = [
            company
            for company in self.companies[japan.fold(entry.values["company_name"])].values()
            if not (number and company.corporate_number)
        ]
        own = [company for company in namesakes if company.pk in self.of_company]
        found = (
            next((company for company in namesakes if answer == company.pk), None)
            or next((company for company in namesakes if _same_place(entry, company)), None)
            or next((company for company in own if _same_as_far_as_known(entry, company)), None)
        )
        if found:
            return Match(Company.objects.select_for_update().get(pk=found.pk))
        return Match(doubts=namesakes if answer != NEW else [])

    def individual_of(self, entry: Entry, answer: int | None, taken: Iterable[int]) -> Match[Person]:
        """`taken` are the ids of people that earlier rows of the file speak of: two rows are two members."""
        folded = japan.fold(" ".join(entry.values["person_name"]))
        namesakes = [person for person in self.individuals[folded].values() if person.pk not in taken]
        own = [person for person in namesakes if person.pk in self.of_person]
        found = (
            next((person for person in namesakes if answer == person.pk), None)
            or next((person for person in namesakes if _shared(entry, person, REACH)), None)
            or next((person for person in own if not _contradicted(entry, person, REACH)), None)
        )
        if found:
            return Match(Person.objects.select_for_update().get(pk=found.pk))
        return Match(doubts=own if answer != NEW else [])

    def people_of(self, company: Company) -> list[Person]:
        """Those who represent or work for the company, in whatever group."""
        terms = Representative.objects.on(timezone.localdate()).filter(membership__company=company)
        people = Person.objects.filter(pk__in=terms.values("person_id")) | Person.objects.filter(
            employments__company=company
        )
        return list(people.distinct())


REACH = ("email", "phone")


def named(people: Iterable[Person], name: tuple[str, str]) -> Person | None:
    folded = japan.fold(" ".join(name))
    return next((person for person in people if japan.fold(person.name) == folded), None)


def same_address(entry: Entry, record: Company | Person) -> bool:
    """Whether the row's address is the record's, however it is cut into fields."""
    address = "".join(entry.values.get("address", {}).values())
    return bool(address) and japan.fold(address) == japan.fold(record.address)


def _same_place(entry: Entry, company: Company) -> bool:
    return _shared(entry, company, ("phone",)) or same_address(entry, company)


def _same_as_far_as_known(entry: Entry, company: Company) -> bool:
    """In the group itself the very same name will do, and a folded one if neither telephone nor address differs."""
    differs = bool(entry.values.get("address") and company.address)
    return entry.values["company_name"] == company.name or not (
        differs or _contradicted(entry, company, ("phone",))
    )


def _shared(entry: Entry, record: Company | Person, keys: Iterable[str]) -> bool:
    return any(entry.values.get(key) and entry.values[key] == getattr(record, key) for key in keys)


def _contradicted(entry: Entry, record: Company | Person, keys: Iterable[str]) -> bool:
    """Whether both sides know something of the kind, and none of it agrees."""
    known = [key for key in keys if entry.values.get(key) and getattr(record, key)]
    return bool(known) and not _shared(entry, record, known)
