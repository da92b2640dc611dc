"""The floor plan as an SVG drawing: what stands in each cell, and where it is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from events.exchange.booths.floor import CLOSED, DOOR, Cell, Floor
from events.models import Booth
from groups.papers import fitting
from iri_exchange.lib import japan

WIDE, TALL = 72, 54  # of a cell, in units of the drawing
LOOKS = {CLOSED: "closed", DOOR: "door"}
LETTERS_A_LINE = 6


@dataclass(frozen=True)
class Drawn:
    """One cell. `lines`: the exhibitor's name, as much of it as two short lines hold; the list has all of it."""

    cell: Cell
    booth: Booth | None
    lines: tuple[str, ...]

    @property
    def look(self) -> str:
        if self.cell.is_place:
            return "booth" if self.booth else "free"
        return LOOKS.get(self.cell.letter, "")

    @property
    def x(self) -> int:
        return self.cell.column * WIDE

    @property
    def y(self) -> int:
        return self.cell.row * TALL

    @property
    def title(self) -> str:
        number = f"{self.booth.number}番　" if self.booth and self.booth.number else ""
        return f"{number}{self.booth.exhibitor}" if self.booth else f"{self.cell.name}（空き）"


@dataclass(frozen=True)
class Plan:
    """What the drawing is made of; `placed` for the list beside it, in the order of the places."""

    width: int
    height: int
    cells: list[Drawn]
    description: str

    @property
    def placed(self) -> list[Drawn]:
        return [each for each in self.cells if each.booth]


def draw(floor: Floor, booths: Iterable[Booth]) -> Plan:
    """Cells with nothing in them are not drawn."""
    at = {(each.place_row, each.place_column): each for each in booths if each.place_row is not None}
    cells = [_drawn(cell, at.get((cell.row, cell.column))) for cell in floor.cells]
    shown = [each for each in cells if each.look]
    count = sum(1 for each in shown if each.booth)
    return Plan(
        floor.columns * WIDE,
        len(floor.rows) * TALL,
        shown,
        f"{len(floor.rows)}段{floor.columns}列の会場に、出展の場所が{len(floor.places)}あり、{count}が決まっています。"
        "同じことが、図の下の一覧にあります。",
    )


def _drawn(cell: Cell, booth: Booth | None) -> Drawn:
    if booth is None or not cell.is_place:
        return Drawn(cell, None, ())
    lines = fitting.broken(_short(booth.exhibitor), LETTERS_A_LINE)
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1][: LETTERS_A_LINE - 1]}…"]
    return Drawn(cell, booth, tuple(lines))


def _short(name: str) -> str:
    """Without the legal form, as signs in a hall are written."""
    for form in ("株式会社", "有限会社", "合同会社"):
        name = name.removeprefix(form).removesuffix(form)
    return japan.tidy(name) or name
