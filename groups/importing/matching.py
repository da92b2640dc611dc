"""Whom a row of a roster speaks of: which company, which person.

A corporate number decides if anything else agrees, and two different valid numbers are never one company.
Otherwise the folded name decides together with a telephone or an address; in the group itself, where a roster is
brought in again and again, also if it is the only one and little speaks against it. All else is a doubt, which is
asked and never guessed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from groups.importing.likeness import (
    PLACE,
    REACH,
    agrees,
    contradicts,
    differs,
    digits,
    represents,
    same_form,
)
from groups.importing.reading.entry import Entry
from groups.importing.report import Asks
from groups.importing.snapshot import Directory, Known, KnownCompany, KnownPerson
from iri_exchange.lib import japan

# Answers to a doubt besides a record's id; the company that row n of the same file brings is -1 - n.
NEW, LEAVE_OUT = 0, -1
Record = TypeVar("Record", bound=Known, covariant=True)
One = TypeVar("One", bound=Known)


@dataclass(frozen=True, slots=True)
class Match(Generic[Record]):
    """The record a row speaks of, or None for a new one; `doubts` are those it could mean, `asks` how they are."""

    record: Record | None = None
    doubts: Sequence[Record] = field(default_factory=list)
    asks: Asks = Asks.SAME


class Matcher:
    """Finds the records of a directory, and those that earlier rows have brought.

    `claims` are the individuals, by identity, of whom a row certainly speaks, with its number: two rows are two members.
    """

    def __init__(self, directory: Directory) -> None:
        self._folded: dict[str, str] = {}
        self.by_number: dict[str, KnownCompany] = {}
        self.companies: dict[str, list[KnownCompany]] = defaultdict(list)
        for company in directory.companies.values():
            self.learn_company(company)
        self.individuals: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in directory.individuals():
            self.learn_person(person)
        self.claims: dict[int, int] = {}
        self._claimed_by: dict[int, KnownPerson] = {}
        self._reached: dict[str, list[KnownPerson]] | None = None

    def fold(self, name: str) -> str:
        """japan.fold, once for every spelling."""
        if name not in self._folded:
            self._folded[name] = japan.fold(name)
        return self._folded[name]

    def learn_company(self, company: KnownCompany) -> None:
        """Also after a change: a company is found by every name it has had, and by its number."""
        if number := company.values["corporate_number"]:
            self.by_number[number] = company
        for name in company.names:
            namesakes = self.companies[self.fold(name)]
            if company not in namesakes:
                namesakes.append(company)

    def learn_person(self, person: KnownPerson) -> None:
        namesakes = self.individuals[self.fold(person.name)]
        if person not in namesakes:
            namesakes.append(person)

    def learn_colleague(self, person: KnownPerson, company: KnownCompany) -> None:
        """Somebody who represents a company or works for it is reached there, too."""
        if self._reached is not None:
            for reach in _reaches(person, company):
                self._reached[reach].append(person)

    def is_name_of(self, company: KnownCompany, name: str) -> bool:
        """Whether the company has or had this name, however it is written."""
        return name == company.name or self.fold(name) in map(self.fold, company.names)

    def company_of(self, entry: Entry, answer: int | None) -> Match[KnownCompany]:
        """`answer` is what the user said about a doubt: the company's id, or NEW for another one."""
        name, number = entry.values["company_name"], entry.values.get("corporate_number")
        if number in self.by_number:
            return self._numbered(entry, self.by_number[number], answer)
        namesakes = [
            company
            for company in self.companies.get(self.fold(name), ())
            if not (number and company.values["corporate_number"])
        ]
        likely = [company for company in namesakes if self._has_form(company, name)]
        there = [company for company in likely if agrees(entry, company, PLACE)]
        found = _answered(namesakes, answer) or (
            _clearest(entry, there) if there else _of_the_group(entry, _members(likely))
        )
        return Match(found) if found or answer == NEW else Match(doubts=namesakes)

    def individual_of(self, entry: Entry, answer: int | None) -> Match[KnownPerson]:
        """Somebody of whom a row certainly speaks is found even if another row claims them."""
        if claimed := self._claimed_by.get(entry.row):
            return Match(claimed)
        certain = self._certain(entry, answer)
        if len(certain) == 1:
            return Match(certain[0])
        free = [
            person
            for person in self.individuals.get(self.fold(entry.name), ())
            if self.claims.get(id(person), entry.row) == entry.row
        ]
        own = _members(free)
        colleagues = [] if certain else self._colleagues(entry)
        found = _answered(colleagues, answer) or (
            None if certain else _only(person for person in own if not contradicts(entry, person, REACH))
        )
        return Match(found) if found or answer == NEW else Match(doubts=certain or [*own, *colleagues])

    def claim(self, entry: Entry, answer: int | None) -> None:
        """Before any row is planned: what is certain of a later row is no guess for an earlier one."""
        certain = self._certain(entry, answer)
        if len(certain) == 1:
            self._claimed_by[entry.row] = certain[0]
            self.claims.setdefault(id(certain[0]), entry.row)

    def _numbered(self, entry: Entry, company: KnownCompany, answer: int | None) -> Match[KnownCompany]:
        """A number that was typed wrong is somebody else's: it does not decide against everything else."""
        certain = (
            self.is_name_of(company, entry.values["company_name"])
            or answer == answer_for(company)
            or agrees(entry, company, PLACE)
            or represents(entry, company)
        )
        return Match(company) if certain else Match(doubts=[company], asks=Asks.RENAMED)

    def _has_form(self, company: KnownCompany, name: str) -> bool:
        """Whether one of the company's names is this one, but for the spelling: 有限会社青葉 is not 株式会社青葉."""
        return name == company.name or any(
            same_form(name, own) for own in company.names if self.fold(own) == self.fold(name)
        )

    def _certain(self, entry: Entry, answer: int | None) -> list[KnownPerson]:
        """The individual whom the user named, or whose mail, telephone or address is the row's: several if unclear."""
        namesakes = self.individuals.get(self.fold(entry.name), [])
        if answered := _answered(namesakes, answer):
            return [answered]
        return _narrowed(
            [person for person in namesakes if agrees(entry, person, REACH)],
            lambda person: not any(differs(entry, person, key) for key in REACH),
            lambda person: person.member is not None,
        )

    def _colleagues(self, entry: Entry) -> list[KnownPerson]:
        """People of the row's name who are reached where the row says, but in a company."""
        if self._reached is None:
            self._reached = defaultdict(list)
            for company in {id(one): one for ones in self.companies.values() for one in ones}.values():
                for person in company.people:
                    self.learn_colleague(person, company)
        reaches = [entry.values.get("email", ""), digits(entry.values.get("phone", ""))]
        found = (person for reach in reaches if reach for person in self._reached.get(reach, ()))
        folded = self.fold(entry.name)
        return list({id(one): one for one in found if self.fold(one.name) == folded}.values())


def answer_for(record: Known) -> int:
    """What an answer that means this record is written as."""
    return record.pk if record.pk is not None else LEAVE_OUT - record.row


def _answered(records: Iterable[One], answer: int | None) -> One | None:
    return next((record for record in records if answer == answer_for(record)), None)


def _reaches(person: KnownPerson, company: KnownCompany) -> set[str]:
    return {person.values["email"], digits(person.values["phone"]), digits(company.values["phone"])} - {""}


def _clearest(entry: Entry, companies: list[KnownCompany]) -> KnownCompany | None:
    """The one of several namesakes at one place that the row means."""
    return _only(
        _narrowed(
            companies,
            lambda company: company.name == entry.name,
            lambda company: represents(entry, company),
            lambda company: company.member is not None,
        )
    )


def _of_the_group(entry: Entry, own: list[KnownCompany]) -> KnownCompany | None:
    """The member of the group that has the row's name, at no place that the row tells."""
    return (
        _only(company for company in own if represents(entry, company))
        or _only(
            company for company in own if company.name == entry.name and not _is_elsewhere(entry, company)
        )
        or _only(company for company in own if not any(differs(entry, company, key) for key in PLACE))
    )


def _is_elsewhere(entry: Entry, company: KnownCompany) -> bool:
    """A company may get another telephone, or move; both at once is asked."""
    return all(differs(entry, company, key) for key in PLACE)


def _members(records: Iterable[One]) -> list[One]:
    return [record for record in records if record.member]


def _narrowed(records: list[One], *marks: Callable[[One], bool]) -> list[One]:
    """Those that carry the marks, one after the other, as long as there are several; a mark that none carries counts
    for nothing.
    """
    for mark in marks:
        if len(records) > 1:
            records = [record for record in records if mark(record)] or records
    return records


def _only(records: Iterable[One]) -> One | None:
    """The record if there is exactly one."""
    found = list(records)
    return found[0] if len(found) == 1 else None
