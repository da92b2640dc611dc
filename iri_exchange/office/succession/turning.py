"""When a group's own year turns, whatever month it begins with, and from when to when its officers are elected."""

import datetime

from groups.endings import ONE_DAY
from groups.models import Group, OfficerTerm
from iri_exchange.lib import history, japan

STEP = "役員の改選"
# So many months before its year turns a group begins to think of the next one.
MONTHS_BEFORE = 3
# Who writes down last month's election means the year that has just begun.
LATELY = datetime.timedelta(days=61)
LONG_TERM = datetime.timedelta(days=450)


def year_begins(group: Group, day: datetime.date) -> datetime.date:
    """The first day of the group's own year that holds a day."""
    year = japan.fiscal_year(day, group.fiscal_year_start)
    return datetime.date(year, group.fiscal_year_start, 1)


def next_turn(group: Group, day: datetime.date) -> datetime.date:
    """The first day of the group's own year that comes after the day's."""
    begun = year_begins(group, day)
    return begun.replace(year=begun.year + 1)


def is_near(group: Group, day: datetime.date) -> bool:
    """Whether the group's year turns within three months."""
    turn = next_turn(group, day)
    months = (turn.year - day.year) * 12 + turn.month - day.month
    return months <= MONTHS_BEFORE


def last_day_of_term(group: Group, since: datetime.date, years: int) -> datetime.date:
    """The end of the group's own year, of the first or a later one, for a term that begins on a day."""
    begun = year_begins(group, since)
    return begun.replace(year=begun.year + years) - ONE_DAY


def registered_day(group: Group, today: datetime.date) -> datetime.date | None:
    """The day to come on which officers begin who were elected already; None if there is none."""
    ahead = dict(group.officer_terms.filter(since__gt=today).values_list("pk", "since"))
    told = history.of(OfficerTerm).filter(id__in=ahead, history_change_reason=STEP)
    return min((ahead[pk] for pk in told.values_list("id", flat=True)), default=None)


def was_elected(group: Group, since: datetime.date) -> bool:
    """Whether officers who begin on a day were registered together, so that they have been told."""
    terms = group.officer_terms.filter(since=since).values_list("pk", flat=True)
    return bool(history.of(OfficerTerm).filter(id__in=list(terms), history_change_reason=STEP).exists())


def usual_day(group: Group, today: datetime.date) -> datetime.date:
    """From when the next officers are elected, as far as one can tell: as registered, else the turn of the year.

    Shortly after a turn with which nobody began it is that turn.
    """
    if registered := registered_day(group, today):
        return registered
    begun = year_begins(group, today)
    is_late = today - begun <= LATELY and not group.officer_terms.filter(since__gte=begun).exists()
    return begun if is_late else next_turn(group, today)


def usual_years(group: Group) -> int:
    """For how many years the group elects: as the last terms with an end were, 1 or 2."""
    last = group.officer_terms.filter(until__isnull=False).order_by("-since", "pk").first()
    is_long = last is not None and last.until is not None and last.until - last.since > LONG_TERM
    return 2 if is_long else 1
