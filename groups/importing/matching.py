"""Whom a row of a roster speaks of: which company, which person, which membership.

A corporate number decides. Without one, the folded name together with a telephone or an address decides.
A name alone is a doubt, which is asked and never guessed. Two different valid numbers are never one company.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from groups.importing.columns import Entry
from groups.models import Group, Membership, Representative
from iri_exchange.lib import japan
from members.models import Company, Person

NEW = 0


@dataclass(frozen=True)
class Match:
    """The company a row speaks of, or None for a new one; `doubt` holds the company it could be."""

    company: Company | None = None
    doubt: Company | None = None


class Directory:
    """What the directory knows, read once per import: companies by number and name, people by company."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.by_number: dict[str, Company] = {}
        self.by_name: dict[str, list[Company]] = defaultdict(list)
        for company in Company.objects.prefetch_related("former_names"):
            self.add_company(company)
        memberships = Membership.objects.filter(group=group).select_related("group", "company", "person")
        self.of_company = {row.company_id: row for row in memberships if row.company_id}
        self.of_person = {row.person_id: row for row in memberships if row.person_id}
        self.individuals: dict[str, list[Person]] = defaultdict(list)
        for row in self.of_person.values():
            assert row.person
            self.individuals[japan.fold(row.person.name)].append(row.person)
        for person in (
            Person.objects.filter(memberships__isnull=False).exclude(memberships__group=group).distinct()
        ):
            self.individuals[japan.fold(person.name)].append(person)

    def add_company(self, company: Company) -> None:
        if company.corporate_number:
            self.by_number[company.corporate_number] = company
        names = [company.name, *(former.name for former in company.former_names.all())]
        for name in {japan.fold(name) for name in names}:
            self.by_name[name].append(company)

    def company_of(self, entry: Entry, answer: int | None) -> Match:
        """`answer` is what the user said about a doubt: the company's id, or NEW for another one."""
        number = entry.values.get("corporate_number")
        if number and number in self.by_number:
            return Match(self.by_number[number])
        namesakes = [
            company
            for company in self.by_name.get(japan.fold(entry.values["company_name"]), [])
            if not (number and company.corporate_number)
        ]
        for company in namesakes:
            if company.pk in self.of_company or answer == company.pk or _same_place(entry, company):
                return Match(company)
        if namesakes and answer != NEW:
            return Match(doubt=namesakes[0])
        return Match()

    def individual_of(self, entry: Entry) -> Person | None:
        """A person without a company: the same name in this group, or with the same mail or telephone elsewhere."""
        namesakes = self.individuals.get(japan.fold(" ".join(entry.values["person_name"])), [])
        for person in namesakes:
            if person.pk in self.of_person or _same_reach(entry, person):
                return person
        return None

    def people_of(self, company: Company) -> list[Person]:
        """Those who represent or work for the company, in whatever group."""
        terms = Representative.objects.on(timezone.localdate()).filter(membership__company=company)
        people = Person.objects.filter(pk__in=terms.values("person_id")) | Person.objects.filter(
            employments__company=company
        )
        return list(people.distinct())


def named(people: Iterable[Person], name: tuple[str, str]) -> Person | None:
    folded = japan.fold(" ".join(name))
    return next((person for person in people if japan.fold(person.name) == folded), None)


def _same_place(entry: Entry, company: Company) -> bool:
    if entry.values.get("phone") and entry.values["phone"] == company.phone:
        return True
    address = "".join(entry.values.get("address", {}).values())
    return bool(address) and japan.fold(address) == japan.fold(company.address)


def _same_reach(entry: Entry, person: Person) -> bool:
    return any(
        entry.values.get(key) and entry.values[key] == getattr(person, key) for key in ("email", "phone")
    )
