"""The figures of a call for members: applications per day, trade, source, route and state, beside last year's.

Counted is what bears a number (受付番号). A day is compared with the day equally far from the opening of last year's call.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone

from groups.models import Application, RecruitmentRound
from groups.recruitment.rounds import received_in
from iri_exchange.lib.japan import INDUSTRIES

UNKNOWN = "（未回答）"


class Received(NamedTuple):
    """What is counted of one application."""

    at: datetime.datetime | None
    state: str
    industry: str
    source: str
    route: str


@dataclass(frozen=True)
class Line:
    """A number with the filter of the inbox that lists what it counts; `before` is last year's, if there was a call."""

    label: str
    count: int
    before: int | None
    query: str


@dataclass(frozen=True)
class Table:
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Day:
    """One day since the opening: how many came, how many there were by then, and last year."""

    day: datetime.date
    count: int
    total: int
    count_before: int
    total_before: int

    @property
    def query(self) -> str:
        return f"received={self.day.isoformat()}"


@dataclass(frozen=True)
class Figures:
    round: RecruitmentRound
    last: RecruitmentRound | None
    total: int
    total_before: int | None
    days: list[Day]
    tables: list[Table]

    @property
    def busy_days(self) -> list[Day]:
        """Those on which something came, this year or last."""
        return [day for day in self.days if day.count or day.count_before]


def figures_of(round: RecruitmentRound) -> Figures:
    """Everything the page shows. Three queries, whatever the number of applications."""
    last = RecruitmentRound.objects.filter(office=round.office_id, fiscal_year=round.fiscal_year - 1).first()
    now, before = _received(round), _received(last) if last else None
    tables = [
        _table("状態", "state", Application.State.choices, now, before),
        _table("業種", "industry", INDUSTRIES.items(), now, before),
        _table("知ったきっかけ", "source", Application.Source.choices, now, before),
        _table("届き方", "route", Application.Route.choices, now, before),
    ]
    return Figures(
        round=round,
        last=last,
        total=len(now),
        total_before=None if before is None else len(before),
        days=_days(round, last, now, before or []),
        tables=tables,
    )


def _received(round: RecruitmentRound) -> list[Received]:
    rows = received_in(round).order_by().values_list("confirmed_at", *Received._fields[1:])
    return [Received(*row) for row in rows]


def _table(
    title: str,
    name: str,
    choices: Iterable[tuple[str, str]],
    now: list[Received],
    before: list[Received] | None,
) -> Table:
    """Only what was counted in one of the years, in the order of the choices; what was left open comes last."""
    counts = Counter(getattr(each, name) for each in now)
    earlier = Counter(getattr(each, name) for each in before or [])
    lines = [
        Line(label, counts[key], None if before is None else earlier[key], f"{name}={key or 'none'}")
        for key, label in [*choices, ("", UNKNOWN)]
        if counts[key] or earlier[key]
    ]
    return Table(title, lines)


def _days(
    round: RecruitmentRound, last: RecruitmentRound | None, now: list[Received], before: list[Received]
) -> list[Day]:
    """From the opening, or what staff entered before it, to the end, to today, or to the last one after the end."""
    counts = _by_place(now, round.opens_on)
    earlier = _by_place(before, last.opens_on) if last else Counter()
    end = min(round.closes_on, max(timezone.localdate(), round.opens_on))
    total = total_before = 0
    days = []
    for place in range(min([0, *counts, *earlier]), max([(end - round.opens_on).days, *counts]) + 1):
        total, total_before = total + counts[place], total_before + earlier[place]
        day = round.opens_on + datetime.timedelta(days=place)
        days.append(Day(day, counts[place], total, earlier[place], total_before))
    return days


def _by_place(received: list[Received], opens_on: datetime.date) -> Counter[int]:
    """{days since the opening: how many came}; negative for what staff entered before it."""
    return Counter((timezone.localdate(each.at) - opens_on).days for each in received if each.at)
