"""A workbook whose texts are texts, ready to print on A4."""

import datetime
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from iri_exchange.lib.sheets.model import Cell, quoted, text_of

# The title, the header and the rows of a sheet.
Table = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]

_NARROWEST, _WIDEST = 6, 40  # columns of a spreadsheet, in half-width characters
_TITLE_LENGTH = 31  # Excel's limit
_ALIGNMENT = Alignment(vertical="top", wrap_text=True)
_BOLD = Font(bold=True)
_TEXT_FORMAT = "@"
_DATE_FORMAT = 'yyyy"年"m"月"d"日"'


def printed_workbook(*tables: Table) -> bytes:
    """The tables as `write_xlsx` gives them out, each on a sheet of its own."""
    book = Workbook()
    book.remove(book.active)
    for title, header, rows in tables:
        sheet = book.create_sheet(_sheet_title(title))
        _write(sheet, [header, *rows])
        _set_up_print(sheet, title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, table: list[Sequence[Cell]]) -> None:
    for row_number, row in enumerate(table, start=1):
        for column_number, value in enumerate(row, start=1):
            _fill(sheet.cell(row_number, column_number), value, bold=row_number == 1)
    for column_number in range(1, len(table[0]) + 1):
        texts = [text_of(row[column_number - 1]) for row in table if len(row) >= column_number]
        sheet.column_dimensions[get_column_letter(column_number)].width = _width(texts)


def _fill(cell: SheetCell, value: Cell, *, bold: bool) -> None:
    cell.alignment = _ALIGNMENT
    if bold:
        cell.font = _BOLD
    if isinstance(value, str):
        # Control characters are not allowed in the file, and a quoted formula of somebody's own gets
        # one quote more, since the reader takes one.
        text = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.value = quoted(text) if text.startswith("'") else text
        # Last: openpyxl has just taken "=…" for a formula and "#N/A" for an error.
        cell.data_type = "s"
        cell.number_format = _TEXT_FORMAT
    elif value is not None:
        cell.value = value
        if isinstance(value, datetime.date):
            cell.number_format = _DATE_FORMAT


def _set_up_print(sheet: Worksheet, title: str) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    # One page wide, as many high as it takes.
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if title:
        # & starts a code in headers.
        sheet.oddHeader.left.text = title.replace("&", "&&")
    sheet.oddFooter.right.text = "&P/&N"


def _sheet_title(title: str) -> str:
    """The title without what Excel forbids in the name of a sheet; never empty."""
    allowed = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip(" '")
    return allowed[:_TITLE_LENGTH].rstrip(" '") or "Sheet1"


def _width(texts: Iterable[str]) -> int:
    """The width that shows the longest line, within reason."""
    longest = max((_columns(line) for text in texts for line in text.splitlines()), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
