"""Reading CSV and TSV: in whatever encoding and with whatever separator somebody's spreadsheet wrote it."""

import csv
import io
import re
from collections.abc import Iterator

from iri_exchange.lib.sheets.model import (
    MAX_COLUMNS,
    Cell,
    Sheet,
    SheetError,
    filled_rows,
    too_many_columns,
    unquoted,
)

_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Zero, escape (the JIS encodings), and what Python makes of bytes that cp932 does not define.
_NOT_TEXT = re.compile("[\0\x1b\x80\uf8f0-\uf8f3]")
# The least share of zero bytes in a table in UTF-16. Where all is ASCII, half are zero.
_UTF_16_ZEROS = 1 / 100
_SEPARATORS = (",", "\t", ";")
# Excel's own way of naming the separator: it shows the line to nobody.
_NAMED_SEPARATOR = re.compile(r'"?sep=([^"\s]|\t)"?[,;\t]*(?:\r\n|\r|\n|$)', re.I)
_QUOTED = re.compile(r'"[^"]*"')
_SAMPLE = 20_000  # characters that show which separator it is


def read_text(content: bytes, name: str) -> Sheet:
    """The table in the bytes of a text file; SheetError with the line that cannot be read."""
    text = decoded(content)
    separator = _separator(text)
    named = _NAMED_SEPARATOR.match(text)
    if named:
        separator, text = named[1], text[named.end() :]
    reader = csv.reader(_lines(text, separator), delimiter=separator, strict=True)
    rows: Iterator[list[Cell]] = (
        [(unquoted(field) if field[0] == "'" else field) if field else None for field in line]
        for line in reader
    )
    try:
        return Sheet(name, filled_rows(rows))
    except csv.Error as error:
        raise SheetError(
            f'{reader.line_num:,}行目を区切れません。引用符（"）が閉じているか、確かめてください。'
        ) from error


def is_table(content: bytes) -> bool:
    """Whether the bytes are text in which something is separated, whatever the file is called."""
    try:
        text = decoded(content)
    except SheetError:
        return False
    return any(separator in text for separator in _SEPARATORS)


def _separator(text: str) -> str:
    """The separator that stands outside of quotes in the most lines at the beginning; in doubt the comma."""
    sample = _QUOTED.sub("", text[:_SAMPLE])
    lines = sample.splitlines()
    return max(_SEPARATORS, key=lambda mark: (sum(mark in line for line in lines), sample.count(mark)))


def _lines(text: str, separator: str) -> Iterator[str]:
    """The lines; csv takes a whole line into memory, so one of a million fields stops here."""
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        # Quoted fields may hold separators of their own, but not that many.
        if line.count(separator) > 100 * MAX_COLUMNS:
            raise too_many_columns(number)
        yield line


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, as UTF-16 if it holds zero bytes, as UTF-8, as cp932."""
    # The encoding that gets furthest is the one that was meant: its error is the one to tell.
    unreadable_line = 0
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            unreadable_line = max(unreadable_line, content.count(b"\n", 0, error.start) + 1)
            continue
        foreign = _NOT_TEXT.search(text)
        # cp932 takes EUC bytes for half-width kana. Common kanji of cp932 are no EUC.
        if not foreign and not (encoding == "cp932" and _decodes(content, "euc_jp")):
            return text
        unreadable_line = text.count("\n", 0, foreign.start()) + 1 if foreign else 1
    raise SheetError(
        f"{unreadable_line:,}行目に読めない文字があります。"
        "文字コードをUTF-8かシフトJISにして、保存し直してください。"
    )


def _encodings(content: bytes) -> list[str]:
    bom = next((mark for mark in _BOMS if content.startswith(mark)), None)
    if bom:
        return [_BOMS[bom]]
    # In UTF-16 each separator and line break has a zero byte beside it; elsewhere zeros are damage.
    first, second = content[::2].count(0), content[1::2].count(0)
    share = (first + second) / len(content)
    if share > _UTF_16_ZEROS and (share > 1 / 4 or not _decodes(content, "utf-8")):
        return ["utf-16-le" if second >= first else "utf-16-be"]
    return ["utf-8", "cp932"]


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
