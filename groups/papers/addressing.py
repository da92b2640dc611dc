"""To whom a letter is addressed, and in which words: 御中 for a company, 様 for a person, the title before the name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from groups.papers.fitting import Text
from groups.papers.selection import Member
from members.models import Company, Person


class Addressee(Enum):
    """Who opens a company's letter. An individual member is written to at their own address, always by name."""

    FIRST = "first"  # the first of those who attend
    EACH = "each"  # a letter for each of them
    HEAD = "head"  # 代表者
    COMPANY = "company"  # nobody by name


@dataclass(frozen=True)
class Address:
    """What stands on an envelope. Without a `name` it is the company's: 御中."""

    postal_code: str
    street: str
    building: str
    company: str
    title: str
    name: str

    @property
    def texts(self) -> list[Text]:
        """Address and addressee as they are set on a label of 86 × 42 mm; larger and smaller sheets scale them."""
        return [
            Text(f"〒{self.postal_code}" if self.postal_code else "", (10.5,), "postal"),
            Text(self.street, (10.5, 9, 7.5), "street"),
            Text(self.building, (10.5, 9, 7.5), "street"),
            *self.addressee,
        ]

    @property
    def addressee(self) -> list[Text]:
        """Whoever is written to stands out, be it a person or a company."""
        large = (16, 13.5, 11)
        if not self.name:
            return [Text(self.company, large, "name", tail="　御中", gap=7)]
        named = Text(self.name, large, "name", tail="　様", lead=self.title, gap=3 if self.company else 7)
        return [Text(self.company, (12, 10.5, 9), "company", gap=7), named]


def addresses(members: Iterable[Member], addressee: Addressee) -> list[Address]:
    """Each address once, in the order of the members: who is in two groups gets one letter."""
    return list(dict.fromkeys(address for member in members for address in _of(member, addressee)))


def _of(member: Member, addressee: Addressee) -> Iterable[Address]:
    company = member.company
    if company is None:
        return [_at(person, "", "", person.name) for person in member.people]
    if addressee is Addressee.HEAD and company.representative_name:
        return [_at(company, company.name, company.representative_title, company.representative_name)]
    people = member.people if addressee in (Addressee.FIRST, Addressee.EACH) else ()
    if addressee is Addressee.FIRST:
        people = people[:1]
    named = [_at(company, company.name, _title(person), person.name) for person in people]
    return named or [_at(company, company.name, "", "")]


def _title(person: Person) -> str:
    return " ".join(filter(None, [person.department, person.title]))


def _at(source: Company | Person, company: str, title: str, name: str) -> Address:
    street = f"{source.prefecture}{source.city}{source.street}"
    return Address(source.postal_code, street, source.building, company, title, name)
