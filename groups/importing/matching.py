"""Whom a row of a roster speaks of: which company, which person, which membership.

A corporate number decides, and two different valid numbers are never one company. Otherwise the folded name
decides together with a telephone, a mail or an address; in the group itself, where a roster is brought in
again and again, also if it is the only one and nothing speaks against it. All else is a doubt, which is asked
and never guessed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from groups.importing.reading.columns import Entry
from groups.importing.snapshot import ADDRESS, Directory, Known, KnownCompany, KnownPerson, folded_address
from iri_exchange.lib import japan

# Answers to a doubt besides a record's id; the company that row n of the same file brings is -1 - n.
NEW, LEAVE_OUT = 0, -1
REACH = ("email", "phone")
Record = TypeVar("Record", KnownCompany, KnownPerson)


@dataclass(frozen=True, slots=True)
class Match(Generic[Record]):
    """The record a row speaks of, or None for a new one; `doubts` are those it could mean."""

    record: Record | None = None
    doubts: list[Record] = field(default_factory=list)


class Matcher:
    """Finds the records of a directory, and those that earlier rows have brought."""

    def __init__(self, directory: Directory) -> None:
        self._folded: dict[str, str] = {}
        self.by_number: dict[str, KnownCompany] = {}
        self.companies: dict[str, list[KnownCompany]] = defaultdict(list)
        for company in directory.companies.values():
            self.learn_company(company)
        self.individuals: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in directory.individuals():
            self.learn_person(person)

    def fold(self, name: str) -> str:
        """japan.fold, once for every spelling."""
        if name not in self._folded:
            self._folded[name] = japan.fold(name)
        return self._folded[name]

    def learn_company(self, company: KnownCompany) -> None:
        """Also after a change: a company is found by every name it has had, and by its number."""
        if number := company.values["corporate_number"]:
            self.by_number[number] = company
        for name in (company.name, *company.former):
            namesakes = self.companies[self.fold(name)]
            if company not in namesakes:
                namesakes.append(company)

    def learn_person(self, person: KnownPerson) -> None:
        namesakes = self.individuals[self.fold(person.name)]
        if person not in namesakes:
            namesakes.append(person)

    def company_of(self, entry: Entry, answer: int | None) -> Match[KnownCompany]:
        """`answer` is what the user said about a doubt: the company's id, or NEW for another one."""
        number = entry.values.get("corporate_number")
        if number in self.by_number:
            return Match(self.by_number[number])
        namesakes = [
            company
            for company in self.companies.get(self.fold(entry.values["company_name"]), ())
            if not (number and company.values["corporate_number"])
        ]
        own = [company for company in namesakes if company.member]
        found = (
            next((company for company in namesakes if answer == answer_for(company)), None)
            or next((company for company in namesakes if _same_place(entry, company)), None)
            or _only(company for company in own if _represented_by(entry, company))
            or _only(company for company in own if company.name == entry.values["company_name"])
            or _only(company for company in own if not _speaks_against(entry, company))
        )
        return Match(found) if found or answer == NEW else Match(doubts=namesakes)

    def individual_of(self, entry: Entry, answer: int | None, taken: set[int]) -> Match[KnownPerson]:
        """`taken` are the identities of people that earlier rows speak of: two rows are two members."""
        folded = japan.fold(" ".join(entry.values["person_name"]))
        namesakes = [person for person in self.individuals.get(folded, ()) if id(person) not in taken]
        own = [person for person in namesakes if person.member]
        found = (
            next((person for person in namesakes if answer == answer_for(person)), None)
            or next((person for person in namesakes if _shared(entry, person, REACH)), None)
            or next((person for person in own if not _contradicted(entry, person, REACH)), None)
        )
        return Match(found) if found or answer == NEW else Match(doubts=own)


def answer_for(record: Known) -> int:
    """What an answer that means this record is written as."""
    return record.pk if record.pk is not None else LEAVE_OUT - record.row


def named(people: Iterable[KnownPerson], name: tuple[str, str]) -> KnownPerson | None:
    """The first of the people with this name, however it is spelled."""
    people = list(people)
    for person in people:
        if (person.values["family_name"], person.values["given_name"]) == name:
            return person
    folded = japan.fold(" ".join(name)) if people else ""
    return next((person for person in people if japan.fold(person.name) == folded), None)


def same_address(entry: Entry, record: Known) -> bool:
    """Whether the row's address is the record's, however it is cut into fields."""
    parts = entry.values.get("address")
    if not parts:
        return False
    if all(parts.get(name, "") == record.values[name] for name in ADDRESS):
        return True
    return folded_address(parts.values()) == folded_address(record.values[name] for name in ADDRESS)


def _same_place(entry: Entry, company: KnownCompany) -> bool:
    return _shared(entry, company, ("phone",)) or same_address(entry, company)


def _represented_by(entry: Entry, company: KnownCompany) -> bool:
    return "person_name" in entry.values and named(company.people, entry.values["person_name"]) is not None


def _speaks_against(entry: Entry, company: KnownCompany) -> bool:
    """Whether telephone, address or legal form differ: 有限会社青葉 is not 株式会社青葉."""
    forms = {japan.legal_form(entry.values["company_name"]), japan.legal_form(company.name)} - {""}
    differs = bool(entry.values.get("address") and company.address)
    return len(forms) > 1 or differs or _contradicted(entry, company, ("phone",))


def _only(records: Iterable[Record]) -> Record | None:
    """The record if there is exactly one."""
    found = list(records)
    return found[0] if len(found) == 1 else None


def is_another(entry: Entry, other: Entry) -> bool:
    """Whether two individuals of one name are two: both are reached somewhere, and nowhere the same."""
    return _contradicted(entry, other, REACH)


def _shared(entry: Entry, record: Known | Entry, keys: Iterable[str]) -> bool:
    return any(entry.values.get(key) and entry.values[key] == record.values.get(key) for key in keys)


def _contradicted(entry: Entry, record: Known | Entry, keys: Iterable[str]) -> bool:
    """Whether both sides know something of the kind, and none of it agrees."""
    known = [key for key in keys if entry.values.get(key) and record.values.get(key)]
    return bool(known) and not _shared(entry, record, known)
