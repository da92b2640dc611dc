"""The plan of the hall: a letter for each cell, a line for each row. Nothing here asks the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.core.exceptions import ValidationError

from iri_exchange.lib import japan

NOTHING, CLOSED, DOOR = ".", "#", "="
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
KNOWN = NOTHING + CLOSED + DOOR + LETTERS
MOST_ROWS, MOST_COLUMNS = 40, 60
KEY = [
    (NOTHING, "通路・空き"),
    (CLOSED, "壁・柱・使えない所"),
    (DOOR, "出入口"),
    ("A～Z", "出展の場所。文字は、電源の回路の記号です"),
]


class Cell(NamedTuple):
    """`row` and `column` count from 0."""

    row: int
    column: int
    letter: str

    @property
    def is_place(self) -> bool:
        return self.letter in LETTERS

    @property
    def name(self) -> str:
        """As people count."""
        return name_of(self.row, self.column)


def name_of(row: int, column: int) -> str:
    return f"{row + 1}段目の{column + 1}番目"


@dataclass(frozen=True)
class Floor:
    """Rows of equal length."""

    rows: tuple[str, ...]

    @property
    def columns(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    @property
    def cells(self) -> Iterator[Cell]:
        """Row by row."""
        for row, line in enumerate(self.rows):
            for column, letter in enumerate(line):
                yield Cell(row, column, letter)

    @cached_property
    def places(self) -> dict[tuple[int, int], Cell]:
        """{(row, column): cell} of the places for booths, row by row."""
        return {(cell.row, cell.column): cell for cell in self.cells if cell.is_place}

    @property
    def letters(self) -> list[str]:
        """The circuits that the plan names, in their order."""
        return sorted({cell.letter for cell in self.places.values()})

    def resized(self, rows: int, columns: int) -> "Floor":
        """Cut or filled with nothing, at the right and below."""
        lines = [line[:columns].ljust(columns, NOTHING) for line in self.rows[:rows]]
        return Floor((*lines, *[NOTHING * columns] * (rows - len(lines))))


def stored(text: str) -> Floor:
    """The plan of an exchange as it is stored; short lines are filled with nothing."""
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    wide = max(map(len, lines), default=0)
    return Floor(tuple(line.ljust(wide, NOTHING) for line in lines))


def read(typed: str) -> Floor:
    """A plan as typed: full-width and small letters are taken, too. Raises ValidationError that names row and column."""
    lines = [japan.half_width(line).upper().replace(" ", NOTHING) for line in typed.splitlines()]
    floor = stored("\n".join(lines))
    if len(floor.rows) > MOST_ROWS or floor.columns > MOST_COLUMNS:
        raise ValidationError(
            f"会場図は、{MOST_ROWS}段・{MOST_COLUMNS}列までです。いまは{len(floor.rows)}段・{floor.columns}列です。"
        )
    unknown = [cell for cell in floor.cells if cell.letter not in KNOWN]
    if unknown:
        raise ValidationError(
            [
                f"{cell.name}の「{cell.letter}」は、使えません。. # = と A～Z で書いてください。"
                for cell in unknown[:5]
            ]
        )
    return floor
