"""The telling: the institute, its groups, their members and officers, in the order things happened."""

import datetime
from collections.abc import Collection
from itertools import chain

from django.apps import apps
from django.db import transaction

from groups.models import Group, Office
from iri_exchange.demo import (
    consents,
    copies,
    exchange,
    groups,
    logins,
    meetings,
    members,
    officers,
    offices,
    records,
    recruitment,
    tama24,
    year_two,
)
from iri_exchange.demo.tables.groups import GROUPS
from iri_exchange.demo.world import World
from members.models import Company, Person, User

# The youngest group that has a year of its own had been on its own for a year: before, the story has no room.
FIRST_DAY = datetime.date(max(row.year for row in GROUPS) + 2, 7, 1)
# The group of the demo logins.
TAMA24 = "tama24"
REASON = "デモデータの作成"


class NotEmpty(Exception):
    """The database holds something that is not the demo."""


def is_demo() -> bool:
    """Whether the database holds the demo: only the demo makes this login."""
    return User.objects.filter(email=logins.OFFICE).exists()


@transaction.atomic
def build(today: datetime.date, scale: int = 1) -> None:
    """Fill an empty database with `scale` programmes, all but the first as bulk copies.

    Raises NotEmpty if there is anything in it, ValueError for a day before FIRST_DAY or a scale below 1.
    """
    if today < FIRST_DAY:
        raise ValueError(f"デモは{FIRST_DAY}から後の日で作れます。")
    if scale < 1:
        raise ValueError("--scale は1以上の整数にしてください。")
    if any(model.objects.exists() for model in (User, Group, Company, Person, Office)):
        raise NotEmpty
    tell(World(today))
    _say_why()
    copies.multiply(scale)


def tell(world: World, slugs: Collection[str] = ()) -> None:
    """All groups, with the members of all or, for a quick look, of those whose row bears one of the slugs."""
    consents.write_texts(world)
    offices.open_offices(world)
    staff = offices.assign_staff(world)
    filled = []
    for row, group in groups.found_all(world):
        if not slugs or row.slug in slugs:
            filled.append((row, group))
            fill = tama24.fill if row.slug == TAMA24 else members.fill
            officers.elect(world, row, group, fill(world, row, group))
    logins.give(
        staff=staff, secretary=world.secretaries[TAMA24], member=Person.objects.get(pk=min(world.bystanders))
    )
    records.add(world, Group.objects.get(slug=TAMA24), staff)
    office = User.objects.get(person=staff)
    recruitment.add(world, office)
    secretary = User.objects.get(person=world.secretaries[TAMA24])
    meetings.add(world, filled, office=office, secretary=secretary)
    year_two.add(world, filled, office=office, secretary=secretary)
    exchange.add(world, filled, office=office, secretary=secretary)


def _say_why() -> None:
    """Every history row of the demo bears its reason."""
    ours = (apps.get_app_config(app).get_models() for app in ("events", "groups", "members"))
    for model in chain.from_iterable(ours):
        if hasattr(model, "history") and "history_change_reason" not in {f.name for f in model._meta.fields}:
            model.history.update(history_change_reason=REASON)
