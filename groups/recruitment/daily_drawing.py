"""Applications per day as a drawing: where every bar and line stands, in pixels; the template only draws it.

Bars are the day's, the thick line is how many there were by then, the dashed one last year's. The table says the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from groups.recruitment.statistics import Day

LEFT, RIGHT, PAGE = 56, 24, 1096
TOP, HIGH, WIDEST = 28, 200, 28.0
FOOT = TOP + HIGH


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A word at a place of an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    foot: int
    bars: list[Bar]
    line: str
    line_before: str
    days: list[Mark]
    numbers: list[Mark]


def drawing_of(days: list[Day]) -> Drawing:
    scale = min((PAGE - LEFT - RIGHT) / len(days), WIDEST)
    most = max(max(day.total, day.total_before) for day in days) or 1
    return Drawing(
        width=round(LEFT + scale * len(days) + RIGHT),
        height=FOOT + 28,
        foot=FOOT,
        bars=[*_bars(days, scale, most)],
        line=_steps([day.total for day in days], scale, most),
        line_before=_steps([day.total_before for day in days], scale, most)
        if any(day.total_before for day in days)
        else "",
        days=[*_days(days, scale)],
        numbers=[Mark(_y(number, most), str(number)) for number in _round_numbers(most)],
    )


def _x(place: int, scale: float) -> float:
    return round(LEFT + place * scale, 1)


def _y(number: int, most: int) -> float:
    return round(FOOT - HIGH * number / most, 1)


def _bars(days: list[Day], scale: float, most: int) -> Iterator[Bar]:
    for place, day in enumerate(days):
        if day.count:
            y = _y(day.count, most)
            yield Bar(
                _x(place, scale),
                y,
                round(max(scale - 2, 1), 1),
                round(FOOT - y, 1),
                f"{day.day.month}月{day.day.day}日 {day.count}件",
            )


def _steps(totals: list[int], scale: float, most: int) -> str:
    """Path data of a line that rises by a step on each day."""
    points = [
        f"{_x(place, scale):g} {_y(total, most):g}H{_x(place + 1, scale):g}"
        for place, total in enumerate(totals)
    ]
    return "M" + "L".join(points)


def _days(days: list[Day], scale: float) -> Iterator[Mark]:
    """The first day and every Monday, as far as there is room for the words."""
    last = -100.0
    for place, day in enumerate(days):
        x = _x(place, scale)
        if (place == 0 or day.day.weekday() == 0) and x - last >= 52:
            last = x
            yield Mark(x, f"{day.day.month}/{day.day.day}")


def _round_numbers(most: int) -> list[int]:
    """Up to five numbers for the axis at the left."""
    step = next(
        each
        for base in (1, 10, 100, 1_000, 10_000)
        for each in (base, 2 * base, 5 * base)
        if each * 5 >= most
    )
    return list(range(step, most + 1, step))
