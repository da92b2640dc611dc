"""What a row and a record, or two rows, have in common: a telephone, a mail, an address, a name.

Of each they agree, they differ, or one of them says too little to tell.
"""

import re
from collections.abc import Iterable

from groups.importing import addresses
from groups.importing.reading.entry import Entry
from groups.importing.snapshot import ADDRESS, Known, KnownCompany, KnownPerson
from iri_exchange.lib import japan

PLACE = ("phone", "address")
REACH = ("email", "phone", "address")
_ABROAD = re.compile(r"^\+81-?")


def agrees(entry: Entry, record: Known | Entry, keys: Iterable[str]) -> bool:
    return any(_alike(entry, record, key) for key in keys)


def differs(entry: Entry, record: Known | Entry, key: str) -> bool:
    return _alike(entry, record, key) is False


def contradicts(entry: Entry, record: Known | Entry, keys: Iterable[str]) -> bool:
    """Whether both sides know something of the kind, and none of it agrees."""
    found = [_alike(entry, record, key) for key in keys]
    return False in found and True not in found


def is_another(entry: Entry, other: Entry) -> bool:
    """Whether two individuals of one name are two: both are reached somewhere, and nowhere the same."""
    return contradicts(entry, other, REACH)


def same_form(name: str, other: str) -> bool:
    """有限会社青葉 is not 株式会社青葉; a name without its legal form may be either."""
    return name == other or len({japan.legal_form(name), japan.legal_form(other)} - {""}) < 2


def named(people: Iterable[KnownPerson], name: tuple[str, str]) -> KnownPerson | None:
    """The first of the people with this name, however it is spelled."""
    people = list(people)
    for person in people:
        if (person.values["family_name"], person.values["given_name"]) == name:
            return person
    folded = japan.fold(" ".join(name)) if people else ""
    return next((person for person in people if japan.fold(person.name) == folded), None)


def represents(entry: Entry, company: KnownCompany) -> bool:
    """Whether somebody whom the row names represents the company, heads it, or works for it."""
    if "person_name" in entry.values and named(company.people, entry.values["person_name"]):
        return True
    head = company.values["representative_name"]
    names = (entry.person, entry.values.get("representative_name", ""))
    return bool(head) and japan.fold(head) in [japan.fold(name) for name in names if name]


def digits(phone: str) -> str:
    """A telephone number as it is dialled: 0420000001 for 042-000-0001 and +81-42-000-0001."""
    return _ABROAD.sub("0", phone).replace("-", "")


def _alike(entry: Entry, record: Known | Entry, key: str) -> bool | None:
    """Whether they agree; None if one of them says too little."""
    if key == "address":
        return addresses.alike(_address(entry), _address(record))
    one, other = entry.values.get(key), record.values.get(key)
    if not one or not other:
        return None
    return one == other or (key == "phone" and digits(one) == digits(other))


def _address(record: Known | Entry) -> tuple[str, ...]:
    parts = record.values.get("address", {}) if isinstance(record, Entry) else record.values
    return tuple(parts.get(name, "") for name in ADDRESS)
