"""What was agreed to: two plans of one fingerprint say the same and write the same.

The report alone would not do. It tells of a new member no more than the name, and of a column what it is called.
"""

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from groups.importing.plan import Plan
from groups.importing.snapshot import Known, KnownMember, KnownPerson
from groups.importing.writing import is_changed

Numbers = Mapping[int, int]
# In no value of the directory: the databases refuse it.
BETWEEN = "\0"


def fingerprint_of(plan: Plan, today: datetime.date) -> str:
    """What the plan says, and every value it writes. `today` is the day of the plan.

    What begins today begins whenever it is imported: a preview of yesterday holds.
    """
    digest = hashlib.sha256()
    for part in _parts(plan, today):
        # One after the other, and by the shortest way: there are a hundred thousand.
        digest.update(f"{part}{BETWEEN}{BETWEEN}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _parts(plan: Plan, today: datetime.date) -> Iterator[str]:
    yield repr(plan.report.as_json() | {"fingerprint": ""})
    records: list[Known] = [*plan.companies.values(), *plan.people.values()]
    numbers = {id(record): number for number, record in enumerate(records)}
    for record in records:
        yield _fields(record)
    for person in plan.people.values():
        if person.pk is None:
            yield _place_of_work(person, numbers, today)
    for member in plan.members.values():
        if member.pk is None or is_changed(member):
            yield _membership(member, numbers, today)


def _who(known: Known, numbers: Numbers) -> int:
    """The id of a record that the directory has; of a new one the place in the plan, below zero."""
    return known.pk or -1 - numbers[id(known)]


def _fields(known: Known) -> str:
    """Of a new record all, in their order; of a known one what was and what will be."""
    if known.pk is None:
        return BETWEEN.join(map(str, known.values.values()))
    return repr((known.pk, [(name, was, known.values[name]) for name, was in known.old.items()]))


def _place_of_work(person: KnownPerson, numbers: Numbers, today: datetime.date) -> str:
    return f"{_who(person.company, numbers)} {_day(person.since, today)}" if person.company else ""


def _membership(member: KnownMember, numbers: Numbers, today: datetime.date) -> str:
    since = None if member.pk else member.states[0][0]
    added: list[Any] = [
        (_who(person, numbers), "then" if day == since else _day(day, today)) for person, day in member.added
    ]
    begins = "then" if since == member.joined_on else _day(since, today)
    known = (member.pk, member.seen, _day(member.came_back_on, today)) if member.pk else ""
    return (
        f"{type(member.who).__name__} {_who(member.who, numbers)} {member.joined_on} {begins} {added} {known}"
    )


def _day(day: datetime.date | None, today: datetime.date) -> str:
    return "today" if day == today else str(day)
