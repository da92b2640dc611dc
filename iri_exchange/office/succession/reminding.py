"""What the desk, the group's page and an officer's own page say of the turn of a group's year, and of its age."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from groups.models import Group
from iri_exchange.lib import japan
from iri_exchange.office.succession import anniversaries, checklist, turning
from iri_exchange.office.succession.anniversaries import OVER, Anniversary


@dataclass(frozen=True)
class Turning:
    """A group whose year turns soon; how many of the things on its list are there."""

    group: Group
    day: datetime.date
    done: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True)
class Age:
    """How long a group has lived: 年目 counts the year it was founded in."""

    nth: int
    anniversary: Anniversary | None


def of_page(group: Group, user: Any, today: datetime.date) -> Turning | None:
    """For the officers of a group that runs itself, in the last three months of its year."""
    if not turning.is_near(group, today) or not user.has_perm("groups.make_handover_book", group):
        return None
    if _stage(group, today) != Group.Stage.SELF_MANAGED:
        return None
    needed = [item for item in checklist.items(group, user) if item.must]
    done = sum(item.done for item in needed)
    return Turning(group, turning.next_turn(group, today), done, len(needed))


def own(groups: Collection[int], user: Any, today: datetime.date) -> list[Turning]:
    """Of the groups (ids) that the user leads."""
    found: Iterable[Group] = Group.objects.as_of(today).filter(pk__in=groups) if groups else []
    return [each for group in found if (each := of_page(group, user, today))]


def age_of(group: Group, today: datetime.date) -> Age | None:
    """None before a group is launched, and once it has ended."""
    stage, year = _stage(group, today), japan.fiscal_year(today)
    if stage in ("", *OVER) or group.founded_year > year:
        return None
    return Age(group.anniversary(year) + 1, anniversaries.of_group(group, year))


def anniversaries_of(groups: Iterable[Any], today: datetime.date) -> list[Anniversary]:
    """Of groups with their `stage`. No query."""
    living = [group for group in groups if group.stage not in OVER]
    return anniversaries.coming(living, japan.fiscal_year(today))


def _stage(group: Group, today: datetime.date) -> str:
    """Most pages have asked for it already."""
    return getattr(group, "stage", None) or group.stage_on(today)
