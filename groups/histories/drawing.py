"""The years of a group as a drawing: where every line, band and bar stands, in pixels; the template only draws it.

Letters keep their size: on a narrow page the drawing moves inside of its own box. State is told by shape and word;
the table beside it holds the same.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from groups.histories.timeline import Life, Stretch
from iri_exchange.lib import japan

LEFT, RIGHT, PAGE = 96, 40, 1096
NARROWEST, WIDEST = 22.0, 84.0
# Where the lanes lie, and how high they are; the template names the same heights.
COUNT, COUNT_HIGH, MOVES, MOVES_HIGH, LEADERS, BAND = 122, 80, 252, 48, 310, 26
LETTER = 14  # the width of a kanji


@dataclass(frozen=True)
class Band:
    x: float
    width: float
    key: str
    label: str
    word: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Mark:
    x: float
    label: str


@dataclass(frozen=True)
class Bar:
    """Joins upwards or leaves downwards of a year; `label_y` is the foot of its number."""

    x: float
    y: float
    width: float
    height: float
    number: int
    middle: float
    label_y: float
    up: bool


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    ticks: list[Mark]
    stages: list[Band]
    steps: str
    area: str
    counts: list[tuple[float, float, int]]
    bars: list[Bar]
    leaders: list[Band]
    anniversaries: list[Mark]
    now: float


def drawing_of(life: Life) -> Drawing:
    """All that the template draws; without the reader's being inside, neither moves nor names."""
    scale = min(max((PAGE - LEFT - RIGHT) / len(life.years), NARROWEST), WIDEST)
    first = datetime.date(life.years[0].year, 4, 1)

    def at(day: datetime.date) -> float:
        """The place of a day: years are equally wide, and what lies outside of them stands at an edge."""
        year = japan.fiscal_year(day)
        passed = (day - datetime.date(year, 4, 1)).days / 366
        return round(LEFT + min(max(0.0, year - first.year + passed), len(life.years)) * scale, 1)

    steps = _steps(life, scale)
    return Drawing(
        width=round(LEFT + scale * len(life.years) + RIGHT),
        height=(LEADERS + BAND + 12) if life.inside else (COUNT + COUNT_HIGH + 16),
        ticks=[*_ticks(life, scale)],
        stages=[_band(each, at) for each in life.stages],
        steps=steps,
        area=f"{steps}V{COUNT + COUNT_HIGH}H{LEFT}z" if steps else "",
        counts=[*_counts(life, scale)],
        bars=[*_bars(life, scale)] if life.inside else [],
        leaders=[_band(each, at) for each in life.leaders],
        anniversaries=[
            Mark(round(at(datetime.date(year, 4, 1)), 1), f"{year - life.founded}周年")
            for year in life.anniversaries
        ],
        now=at(life.today),
    )


def _x(place: int, scale: float) -> float:
    return round(LEFT + place * scale, 1)


def _ticks(life: Life, scale: float) -> Iterator[Mark]:
    """As many years as there is room for their names (H24)."""
    every = 1 if scale >= 40 else 2 if scale >= 28 else 5
    for place, year in enumerate(life.years):
        if (year.year - life.years[0].year) % every == 0:
            yield Mark(_x(place, scale), japan.era_month(datetime.date(year.year, 12, 31)).partition(".")[0])


def _band(stretch: Stretch, at: Callable[[datetime.date], float]) -> Band:
    start, end = at(stretch.start), at(stretch.end)
    width = round(max(end - start, 2), 1)
    fits = [word for word in (stretch.label, stretch.label[:2]) if len(word) * LETTER + 8 <= width]
    return Band(start, width, stretch.key, stretch.label, fits[0] if fits else "")


def _height(life: Life, members: int) -> float:
    return round(COUNT + COUNT_HIGH * (1 - members / max(life.most, 1)), 1)


def _steps(life: Life, scale: float) -> str:
    """Path data of the number of members, a step for each year."""
    known = [(place, year.members) for place, year in enumerate(life.years) if year.members is not None]
    if not known:
        return ""
    points = [
        f"{_x(place, scale):g} {_height(life, members):g}H{_x(place + 1, scale):g}"
        for place, members in known
    ]
    return "M" + "L".join(points)


def _counts(life: Life, scale: float) -> Iterator[tuple[float, float, int]]:
    """The numbers at the steps, where one fits and where it differs from the one before."""
    before = None
    for place, year in enumerate(life.years):
        if year.members is None or year.members == before:
            continue
        before = year.members
        yield round(_x(place, scale) + scale / 2, 1), _height(life, year.members) - 6, year.members


def _bars(life: Life, scale: float) -> Iterator[Bar]:
    highest = max((max(year.came.count, year.went.count) for year in life.years), default=0) or 1
    for place, year in enumerate(life.years):
        x, width = round(_x(place, scale) + scale * 0.2, 1), round(scale * 0.6, 1)
        middle = round(_x(place, scale) + scale / 2, 1)
        for number, up in ((year.came.count, True), (year.went.count, False)):
            if number:
                height = round(max(MOVES_HIGH * 0.6 * number / highest, 2), 1)
                y = MOVES - height if up else MOVES
                label_y = y - 4 if up else y + height + 13
                yield Bar(x, round(y, 1), width, height, number, middle, round(label_y, 1), up)
