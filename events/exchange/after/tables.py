"""A table of the report, and the bars drawn from one of its columns.

Every x in per cent of the drawing's width, every y in pixels, so that letters never shrink on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from iri_exchange.lib.drawing import number

Cell = str | int
HIGH, FOOT, HEIGHT = 120, 142, 180
LETTERS = 5  # of a label on one line: five bars stand side by side on a phone
FEWEST = 5  # places, so that two bars do not fill the page


@dataclass(frozen=True)
class Bar:
    """x, width and middle in per cent of the drawing; `value` stands above the bar, `label` below it, in lines."""

    x: str
    width: str
    middle: str
    y: float
    height: float
    value: str
    label: str

    @property
    def lines(self) -> list[tuple[float, str]]:
        """(y, text) of each line of the label, three at most."""
        starts = range(0, min(len(self.label), 3 * LETTERS), LETTERS)
        return [(FOOT + 16 + 14 * start / LETTERS, self.label[start : start + LETTERS]) for start in starts]

    @property
    def above(self) -> float:
        return self.y - 6


@dataclass(frozen=True)
class Table:
    """`charted`: which column is drawn as bars, too (0: none). `summed`: the last row is the sum of the others."""

    key: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    charted: int = 0
    summed: bool = False

    @property
    def bars(self) -> list[Bar]:
        """Of the charted column, the sum left out."""
        rows = self.rows[:-1] if self.summed else self.rows
        told = [(str(row[0]), int(row[self.charted])) for row in rows] if self.charted else []
        most = max((value for _, value in told), default=0) or 1
        step = 100 / max(len(told), FEWEST)
        return [_bar(place * step, step, label, value, most) for place, (label, value) in enumerate(told)]

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """Each row with the heading beside each cell, for the narrow page."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]

    height, foot = HEIGHT, FOOT


def rate(part: int, whole: int) -> str:
    """A share in words: 93%, or ― of nothing."""
    return f"{round(100 * part / whole)}%" if whole else "―"


def _bar(start: float, step: float, label: str, value: int, most: int) -> Bar:
    height = round(HIGH * value / most, 1)
    return Bar(
        f"{number(start + step * 0.15)}%",
        f"{number(step * 0.7)}%",
        f"{number(start + step / 2)}%",
        FOOT - height,
        height,
        str(value),
        label,
    )
