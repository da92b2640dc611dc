"""Reading: the kind of a file is told by its bytes, not by its name."""

import os

from iri_exchange.lib.sheets.kinds import UNREADABLE, kind_of_bytes
from iri_exchange.lib.sheets.model import MAX_BYTES, SAVE_AGAIN, Sheet, SheetError
from iri_exchange.lib.sheets.text import is_table, read_text

_ZIP = (b"PK\3\4", b"PK\5\6")
_MACRO_ENDINGS = {".xlsm", ".xltm", ".xlam", ".xlsb"}
_TEXT_ENDINGS = {".csv", ".tsv", ".txt"}


def read(content: bytes, filename: str) -> list[Sheet]:
    """The sheets of an XLSX, CSV or TSV file, or SheetError with a sentence that says what to do.

    `content` is the file, at most 10 MB; `filename` names the sheet of a CSV. Of a workbook comes what Excel
    shows: a formula's last value, or its text with the = if it was never calculated; the visible sheets, or the
    hidden ones if those hold nothing; of merged cells the first. Yes and no are TRUE and FALSE, errors and
    times of day texts; a moment is its day.
    """
    name, ending = os.path.splitext(filename.replace("\\", "/").rpartition("/")[2])
    ending = ending.lower()
    if not content:
        raise SheetError("ファイルが空です。中身のあるファイルを選んでください。")
    if len(content) > MAX_BYTES:
        raise SheetError("ファイルが大きすぎます。10MBまでのファイルを選んでください。")
    other = kind_of_bytes(content)
    if other:
        raise SheetError(other)
    if ending in _MACRO_ENDINGS:
        raise SheetError(f"マクロの入る形のファイル（{ending}）は読めません。{SAVE_AGAIN}")
    if content.startswith(_ZIP):
        # Here, because the process that reads workbooks comes by this module, too, and is to start quickly.
        from iri_exchange.lib.sheets.workbook import read_workbook

        sheets = read_workbook(content)
    elif ending in _TEXT_ENDINGS or is_table(content):
        sheets = [read_text(content, name)]
    else:
        raise SheetError(UNREADABLE)
    if not any(sheet.rows for sheet in sheets):
        raise SheetError("ファイルに何も書かれていません。中身のあるファイルを選んでください。")
    return sheets
