"""What a sheet is, how much of it we take, and which texts are dangerous in a spreadsheet."""

import datetime
import re
from typing import NamedTuple

Cell = str | int | float | datetime.date | None

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 500
# Ten times the roster of all groups.
MAX_CELLS = 150_000
TOO_MANY_ROWS = f"{MAX_ROWS:,}行を超えています。余分な行を消すか、分けて保存し直してください。"

# What spreadsheets take for the start of a formula, full-width forms too. Behind quotes as well: ours
# must be told from the writer's own.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


class SheetError(ValueError):
    """The file cannot be read; the text is a plain Japanese sentence that says what to do."""


class Row(NamedTuple):
    """A row that holds something: its number in the sheet from 1, its cells to the last filled one."""

    number: int
    cells: list[Cell]


class Sheet(NamedTuple):
    """A sheet by its name (a CSV file's is the file's) and its rows; empty rows are left out."""

    name: str
    rows: list[Row]


def text_of(cell: Cell) -> str:
    """The cell as somebody would have typed it: '' for nothing, 280 for 280.0, ISO for a date."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


def quoted(text: str) -> str:
    """The text with a ' before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unquoted(text: str) -> str:
    """The text as it was before `quoted`: exactly one ' less, if that guards a formula."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
