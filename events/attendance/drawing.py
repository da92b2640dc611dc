"""Rates as bars: every x in per cent of the drawing's width, every y in pixels, so that letters never shrink on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.attendance.yearly import Year
from iri_exchange.lib import japan
from iri_exchange.lib.drawing import number

HIGH, TOP, FOOT = 150, 22, 172
HEIGHT = 200


@dataclass(frozen=True)
class Bar:
    """x, width and middle in per cent with the sign; `value` stands above the bar, `label` below it."""

    x: str
    width: str
    middle: str
    y: float
    height: float
    value: str
    label: str
    title: str

    @property
    def above(self) -> float:
        return self.y - 6


@dataclass(frozen=True)
class Chart:
    """`named` is the prefix of its ids; the same numbers stand in a table below."""

    named: str
    title: str
    bars: list[Bar]
    height: int = HEIGHT
    foot: int = FOOT


def by_meeting(year: Year) -> Chart:
    """A bar for each meeting of the year."""
    told = [
        (session.count.rate, f"{session.meeting.day.month}月", f"{session.meeting.name} {session.label}")
        for session in year.sessions
    ]
    return Chart("by-meeting", f"{year.title}の出席率（会合ごと）", _bars(told))


def by_year(year: Year) -> Chart:
    """A bar for each year of the group, the last twelve."""
    known = list(year.years.items())[-12:]
    told = [(count.rate, japan.era_year(each), japan.fiscal_year_label(each)) for each, count in known]
    return Chart("by-year", "年度ごとの出席率", _bars(told))


def _bars(told: Sequence[tuple[int | None, str, str]]) -> list[Bar]:
    """At least six places, so that two bars do not fill the page."""
    step = 100 / max(len(told), 6)
    return [_bar(place * step, step, *each) for place, each in enumerate(told)]


def _bar(start: float, step: float, rate: int | None, label: str, name: str) -> Bar:
    height = round(HIGH * (rate or 0) / 100, 1)
    value = "―" if rate is None else str(rate)
    said = "記録がありません" if rate is None else f"{rate}%"
    return Bar(
        f"{number(start + step * 0.12)}%",
        f"{number(step * 0.76)}%",
        f"{number(start + step / 2)}%",
        FOOT - height,
        height,
        value,
        label,
        f"{name}：{said}",
    )
