"""周年: which groups reach a round number of years, this fiscal year or the next."""

from collections.abc import Iterable
from typing import NamedTuple

from groups.models import Group
from iri_exchange.lib import japan

OVER = (Group.Stage.FORMING, Group.Stage.DISSOLVED)
SILVER = 25


class Anniversary(NamedTuple):
    """A group, and how old it becomes in the fiscal year `year`; `ahead`: that year is the next."""

    group: Group
    year: int
    years: int
    ahead: bool

    @property
    def sentence(self) -> str:
        """プラザ62は、令和9年度に40周年を迎えます"""
        return f"{self.group.name}は、{japan.fiscal_year_label(self.year)}に{self.years}周年を迎えます"

    @property
    def words(self) -> str:
        """来年度 40周年"""
        return f"{'来年度' if self.ahead else '今年度'} {self.years}周年"


def is_round(years: int) -> bool:
    """10, 20, 25, 30, 40, 50 …"""
    return years > 0 and (years % 10 == 0 or years == SILVER)


def of_group(group: Group, this_year: int) -> Anniversary | None:
    """This year's, or else the next year's."""
    for year in (this_year, this_year + 1):
        if is_round(years := group.anniversary(year)):
            return Anniversary(group, year, years, year > this_year)
    return None


def coming(groups: Iterable[Group], this_year: int) -> list[Anniversary]:
    """Those of some groups, this year's first, then the oldest group first. No query."""
    found = [each for group in groups if (each := of_group(group, this_year))]
    return sorted(found, key=lambda each: (each.year, -each.years, each.group.sort_key))
