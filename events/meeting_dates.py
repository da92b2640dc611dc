"""Which days a rule such as 第2水曜日 gives: one a month, on working days, none over the turn of the year."""

import calendar
import datetime
from collections.abc import Iterator
from typing import NamedTuple

from iri_exchange.lib.working_days import is_working_day


class Rule(NamedTuple):
    """第n曜日: `week` 1 to 5, `weekday` 0 for Monday."""

    week: int
    weekday: int


def proposed(rule: Rule, *, after: datetime.date, until: datetime.date) -> list[datetime.date]:
    """One day for each month after the month of `after`, none later than `until`."""
    days = (day_in(year, month, rule) for year, month in _months(after, until))
    return [day for day in days if day and day <= until]


def day_in(year: int, month: int, rule: Rule) -> datetime.date | None:
    """The rule's day in a month; the last such weekday where there is no fifth.

    Instead of a day on which nobody works it is the nearest one of the same weekday and month, rather the later of two.
    """
    last = calendar.monthrange(year, month)[1]
    whole = (datetime.date(year, month, number) for number in range(1, last + 1))
    days = [day for day in whole if day.weekday() == rule.weekday]
    meant = days[min(rule.week, len(days)) - 1]
    fit = filter(is_working_day, days)
    return min(fit, key=lambda day: (abs(day - meant), day < meant), default=None)


def _months(after: datetime.date, until: datetime.date) -> Iterator[tuple[int, int]]:
    """(year, month) of each month after that of `after`, up to that of `until`."""
    for number in range(after.year * 12 + after.month, until.year * 12 + until.month):
        yield number // 12, number % 12 + 1
