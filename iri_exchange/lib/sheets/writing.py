"""Writing: CSV that no spreadsheet runs, XLSX whose texts are texts."""

import csv
import io
from collections.abc import Iterable, Sequence

from iri_exchange.lib.sheets.model import Cell, quoted, text_of


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]], encoding: str = "utf-8-sig") -> bytes:
    """The table as CSV with CRLF; dates in ISO, formulas disarmed. `read` gives the same texts back.

    Raises UnicodeEncodeError when `encoding` (cp932) cannot hold a character: never a "?". Ask
    `japan.cp932_losses` before.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([quoted(label) for label in header])
    writer.writerows(
        [quoted(cell) if isinstance(cell, str) else text_of(cell) for cell in row] for row in rows
    )
    return out.getvalue().encode(encoding)


def write_xlsx(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *more: tuple[str, Sequence[str], Iterable[Sequence[Cell]]],
) -> bytes:
    """The table as a workbook of one sheet: header in row 1, frozen and printed on every page.

    `title` names the sheet and heads the printed page. Texts are text cells, whatever they begin with. `more` are
    the title, header and rows of further sheets.
    """
    # Here, because openpyxl takes long to load and the process that reads workbooks comes by this module.
    from iri_exchange.lib.sheets.printed import printed_workbook

    return printed_workbook((title, header, rows), *more)
