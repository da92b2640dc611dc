"""The book of all groups as the worker makes it: the members read from the database, set, joined, logged and kept."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.cache import caches
from django.db import connection

from groups.importing import import_roster
from groups.models import Group
from groups.rosters.building import rosters as rosters_of
from groups.rosters.variants import Variant
from members.models import Company, User
from tests.bench import rosters
from tests.bench.alone import DAY, print_book
from tests.bench.measuring import Figure, Runs
from tests.factories import make_group, make_login, make_office, make_person, make_staff

GROUPS, COMPANIES, MANY = 27, 400, 5_000
FLOOR = "the rosters alone"


@dataclass(frozen=True)
class Memory:
    """One line of the table: the most that a process took at any moment, against what it took before, in megabytes."""

    what: str
    most: float
    before: float
    bound: float

    @property
    def is_kept(self) -> bool:
        return self.most <= self.bound

    def cells(self) -> list[str]:
        told = f"{self.most:.0f} MB", "before", f"{self.before:.0f} MB", f"{self.most / self.before:.2f} ×"
        return [self.what, *told, f"≤ {self.bound:g} MB", "kept" if self.is_kept else "BROKEN"]


def figures(times: int) -> Iterator[Figure | Memory]:
    """The figures of the book, each from `times` runs; memory from one, in a process of its own."""
    maker, groups = maker_of_all().pk, [make_group(capacity=MANY) for _ in range(GROUPS)]
    pks = [group.pk for group in groups]
    _fill(groups, COMPANIES)
    runs = {name: Runs() for name in ("book", "changed", "read")}
    print_book(maker, pks)
    for number in range(times):
        caches["papers"].clear()
        with runs["book"].one():
            print_book(maker, pks)
        company = Company.objects.filter(memberships__group=groups[0])[0]
        company.phone = f"042-900-{number:04}"
        company.save()
        with runs["changed"].one():
            print_book(maker, pks)
        with runs["read"].one():
            list(rosters_of(groups, Variant.MEMBER, DAY))
    what = f"book of {COMPANIES} in {GROUPS} groups, from the database"
    yield Figure(what, runs["book"], FLOOR, runs["read"], most_seconds=2)
    yield Figure("the same after one group changed", runs["changed"], FLOOR, runs["read"], most_seconds=0.3)
    _fill([make_group(capacity=MANY) for _ in range(GROUPS)], MANY)
    yield _memory(maker)


def maker_of_all() -> User:
    person = make_person()
    make_staff(person, office=make_office())
    return make_login(person)


def _fill(groups: Sequence[Group], count: int) -> None:
    """Spread so many companies over the groups."""
    rows = rosters.rows(count)
    for place, group in enumerate(groups):
        content = rosters.as_csv(rows[place :: len(groups)])
        import_roster(group=group, content=content, filename="roster.csv", commit=True)


def _memory(maker: int) -> Memory:
    """The larger of two: the process that reads and keeps, and its child that sets and joins."""
    caches["papers"].clear()
    about = [str(connection.settings_dict["NAME"]), str(maker), str(GROUPS)]
    command = [sys.executable, "-m", "tests.bench.alone", *about]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    before, most = (float(number) / 1024 for number in told.split())
    return Memory(f"book of {MANY:,} in {GROUPS} groups", most, before, bound=150)
