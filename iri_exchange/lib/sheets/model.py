"""What a sheet is, how much of it we take, and which texts are dangerous in a spreadsheet."""

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

Cell = str | int | float | datetime.date | None

MAX_BYTES = 10 * 1024 * 1024
# Some thirty times the roster of all groups. A cell costs the process that reads some 200 bytes of memory.
MAX_ROWS = 30_000
MAX_COLUMNS = 500
MAX_CELLS = 600_000

TOO_LARGE = "ファイルの中身が大きすぎます。名簿のシートだけを新しいブックに写して、保存し直してください。"
TOO_MANY_CELLS = f"表が大きすぎます（{MAX_CELLS:,}マスまで）。分けて保存し直してください。"
SAVE_AGAIN = "「Excelブック（.xlsx）」かCSVで保存し直してください。"

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


def filled_rows(cells_by_row: Iterable[list[Cell]], *, first: int = 1, cells_before: int = 0) -> list[Row]:
    """The rows that hold something, or SheetError beyond the limits.

    `first` is the number of the first row; `cells_before` counts the cells of the sheets before.
    """
    rows, count = [], cells_before
    for number, cells in enumerate(cells_by_row, start=first):
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        if number > MAX_ROWS:
            raise too_many_rows(number)
        if len(cells) > MAX_COLUMNS:
            raise too_many_columns(number)
        count += len(cells)
        if count > MAX_CELLS:
            raise SheetError(TOO_MANY_CELLS)
        rows.append(Row(number, cells))
    return rows


def too_many_rows(number: int) -> SheetError:
    return SheetError(
        f"{MAX_ROWS:,}行まで読めますが、{number:,}行目にも書き込みがあります。"
        "余分な行を消すか、分けて保存し直してください。"
    )


def too_many_columns(number: int) -> SheetError:
    return SheetError(f"{number:,}行目が{MAX_COLUMNS}列を超えています。余分な列を消してください。")
