"""Reading: the kind of a file is told by its bytes, not by its name."""

import csv
import datetime
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from iri_exchange.lib.sheets.guard import check_package
from iri_exchange.lib.sheets.model import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_ROWS,
    Cell,
    Row,
    Sheet,
    SheetError,
    unquoted,
)

_SAVE_AGAIN = "「Excelブック（.xlsx）」かCSVで保存し直してください。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO_ENDINGS = {".xlsm", ".xltm", ".xlam", ".xlsb"}
_TEXT_ENDINGS = {".csv", ".tsv", ".txt"}
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Zero, escape (the JIS encodings), and what Python makes of bytes that cp932 does not define.
_NOT_TEXT = re.compile("[\0\x1b\x80\uf8f0-\uf8f3]")


def read(content: bytes, filename: str) -> list[Sheet]:
    """The sheets of an XLSX, CSV or TSV file, or SheetError with a sentence that says what to do.

    `content` is the file, at most 10 MB; `filename` names the sheet of a CSV. Formulas, also calculated
    ones, come as text with their =; times of day are dropped from dates.
    """
    name = PurePath(filename.replace("\\", "/"))
    if not content:
        raise SheetError("ファイルが空です。中身のあるファイルを選んでください。")
    if len(content) > MAX_BYTES:
        raise SheetError("ファイルが大きすぎます。10MBまでのファイルを選んでください。")
    ending = name.suffix.lower()
    _refuse_other_kinds(content, ending)
    if content.startswith(b"PK"):
        sheets = _read_workbook(content)
    elif ending in _TEXT_ENDINGS:
        sheets = [_read_text(content, name.stem)]
    else:
        raise SheetError(f"Excelのファイルとして読めません。{_SAVE_AGAIN}")
    if not any(sheet.rows for sheet in sheets):
        raise SheetError("ファイルに何も書かれていません。中身のあるファイルを選んでください。")
    return sheets


def _refuse_other_kinds(content: bytes, ending: str) -> None:
    if content.startswith(b"%PDF"):
        raise SheetError(f"PDFは読めません。もとの表を{_SAVE_AGAIN}")
    if content.startswith(_OLE):
        # A workbook with a password is an old container around the new format.
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise SheetError(
                "パスワードのかかったファイルは読めません。パスワードを外して保存し直してください。"
            )
        raise SheetError(f"古い形のExcel（.xls）は読めません。{_SAVE_AGAIN}")
    if ending in _MACRO_ENDINGS:
        raise SheetError(f"マクロの入る形のファイル（{ending}）は読めません。{_SAVE_AGAIN}")


def _rows(cells_by_row: Iterable[list[Cell]], cells_before: int = 0) -> list[Row]:
    """The rows that hold something, within the limits; `cells_before` counts the sheets before."""
    rows, count = [], cells_before
    for number, cells in enumerate(cells_by_row, start=1):
        if number > MAX_ROWS:
            raise SheetError(TOO_MANY_ROWS)
        while cells and cells[-1] is None:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise SheetError(f"{number}行目が{MAX_COLUMNS}列を超えています。余分な列を消してください。")
        count += len(cells)
        if count > MAX_CELLS:
            raise SheetError(f"表が大きすぎます（{MAX_CELLS:,}マスまで）。分けて保存し直してください。")
        if cells:
            rows.append(Row(number, cells))
    return rows


def _read_text(content: bytes, name: str) -> Sheet:
    text = _decoded(content)
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    lines = csv.reader(_lines(text, delimiter), delimiter=delimiter, strict=True)
    try:
        return Sheet(name, _rows([unquoted(field) or None for field in line] for line in lines))
    except csv.Error as error:
        raise SheetError(
            f'{lines.line_num}行目を区切れません。引用符（"）が閉じているか、確かめてください。'
        ) from error


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """The lines; csv takes a whole line into memory, so one of a million fields stops here."""
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if line.count(delimiter) > MAX_CELLS:
            raise SheetError(f"{number}行目が{MAX_COLUMNS}列を超えています。余分な列を消してください。")
        yield line


def _decoded(content: bytes) -> str:
    """The text: by its byte order mark, as UTF-16 if it holds zero bytes, as UTF-8, as cp932."""
    bom = next((mark for mark in _BOMS if content.startswith(mark)), None)
    if bom:
        encodings = [_BOMS[bom]]
    elif b"\0" in content:
        little = content[1::2].count(0) >= content[::2].count(0)
        encodings = ["utf-16-le" if little else "utf-16-be"]
    else:
        encodings = ["utf-8", "cp932"]
    # The encoding that gets furthest is the one that was meant: its error is the one to tell.
    unreadable_line = 0
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            unreadable_line = max(unreadable_line, content.count(b"\n", 0, error.start) + 1)
            continue
        foreign = _NOT_TEXT.search(text)
        if not foreign and not (encoding == "cp932" and _is_euc(content)):
            return text
        unreadable_line = text.count("\n", 0, foreign.start()) + 1 if foreign else 1
    raise SheetError(
        f"{unreadable_line}行目に読めない文字があります。"
        "文字コードをUTF-8かシフトJISにして、保存し直してください。"
    )


def _is_euc(content: bytes) -> bool:
    """Whether cp932 would take EUC bytes for half-width kana. Common kanji of cp932 are no EUC."""
    try:
        content.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return True


def _read_workbook(content: bytes) -> list[Sheet]:
    check_package(content)
    sheets: list[Sheet] = []
    try:
        with warnings.catch_warnings():
            # openpyxl warns of features it drops; we take values only.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            for worksheet in book.worksheets:
                # The size that a sheet declares may be wrong, in either direction.
                worksheet.reset_dimensions()
                count = sum(len(row.cells) for sheet in sheets for row in sheet.rows)
                sheets.append(Sheet(worksheet.title, _rows(_workbook_rows(worksheet), count)))
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part leads it to
        raise SheetError(f"Excelのファイルとして読めません。{_SAVE_AGAIN}") from error
    return sheets


def _workbook_rows(worksheet: Any) -> Iterator[list[Cell]]:
    for row in worksheet.iter_rows(values_only=True):
        yield [_plain(value) for value in row]


def _plain(value: object) -> Cell:
    """A cell of ours for one of openpyxl's."""
    if isinstance(value, str):
        return unquoted(value) or None
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or (isinstance(value, int | float | datetime.date) and not isinstance(value, bool)):
        return value
    if isinstance(value, ArrayFormula):
        return str(value.text)
    return "=" if isinstance(value, DataTableFormula) else str(value)
