"""When a group runs itself for the first time, and what may be done shortly before and after that.

The rules are as those of `groups.permissions`.
"""

import datetime
from typing import Any

import rules

from groups.models import Group
from groups.standing import standing
from iri_exchange.lib import japan

JANUARY, APRIL = 1, 4


@rules.predicate
def is_in_its_first_own_year(user: Any, group: Group | None) -> bool:
    """今日、グループは自主運営の1年目である"""
    if group is None:
        return False
    first, today = own_since(group), standing(user).day
    return bool(first and first <= today and japan.fiscal_year(first) == japan.fiscal_year(today))


@rules.predicate
def is_near_its_handover(user: Any, group: Group | None) -> bool:
    """今日、グループは発足年度で、発足した年度の1月1日を過ぎている"""
    if group is None:
        return False
    rows = group.stages.filter(since__lte=standing(user).day).order_by("since")
    row = rows.last()
    launched = row and row.state == Group.Stage.LAUNCHED
    return bool(row and launched and january_after(row.since) <= standing(user).day)


@rules.predicate
def is_officer_of_its_group(user: Any, record: Any) -> bool:
    """役員をしているグループのものである"""
    return record is not None and record.group_id in standing(user).officer_of


def january_after(launched: datetime.date) -> datetime.date:
    """From this day on the handover of a group is prepared: 1 January in the fiscal year of its launch."""
    return datetime.date(japan.fiscal_year(launched) + 1, JANUARY, 1)


def own_since(group: Group) -> datetime.date | None:
    """From which day on the group runs itself for the first time, as registered; it may lie ahead."""
    row = group.stages.filter(state=Group.Stage.SELF_MANAGED).order_by("since").first()
    return row.since if row else None


def usual_first_day(launched: datetime.date | None, today: datetime.date) -> datetime.date:
    """The 1 April after the year of the launch; if that is not ahead any more, the next one."""
    year = max(japan.fiscal_year(day) for day in (launched or today, today)) + 1
    return datetime.date(year, APRIL, 1)
