"""What must hold before an XLSX package is read: no bomb, no macro, no password, no XML entity.

It runs in the child process, whose memory and time are limited as well. What is refused here is refused with
the right sentence; what slips through ends with the child.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from iri_exchange.lib.sheets.kinds import kind_of_package
from iri_exchange.lib.sheets.model import (
    MAX_ROWS,
    TOO_LARGE,
    SheetError,
    too_many_columns,
    too_many_rows,
)

_MAX_ENTRIES = 1_000
# What a sheet whose borders were drawn down to the last row comes to.
_MAX_UNPACKED = 200 * 1024 * 1024
# What is left when the empty cells are gone: 600,000 different texts of 20 kanji.
MAX_KEPT = 80 * 1024 * 1024
# Deflate reaches 1,032; real sheets stay below 50. Small parts may be as dull as they like.
_MAX_RATIO = 250
_RATIO_COUNTS_FROM = 1024 * 1024

# The parts that hold values; pictures, themes, comments and the order of calculation do not.
_HOLDS_VALUES = re.compile(
    r"(?!docprops/|customxml/)(?:[^/]+/)?(?:_rels/|worksheets/)?(?!calcchain|comments|\[)[^/]*\.(?:xml|rels)",
    re.I,
)
# Copies made by the web version of Excel number their parts.
_NUMBERED = re.compile(r"(workbook|sharedstrings|styles)\d+(\.xml(?:\.rels)?)$", re.I)

# Above this a sheet is read piece by piece, its empty cells dropped, if they say where they are.
_LONG_PART = 24 * 1024 * 1024
_PIECE = 1024 * 1024
_LONGEST_ROW = 8 * _PIECE
_EMPTY_CELL = re.compile(rb"<c (?=[^<>]*\br=)[^<>]*/>")
_EMPTY_ROW = re.compile(rb"<row (?=[^<>]*\br=)[^<>]*(?:/>|>\s*</row>)")

_ROW_NUMBER = re.compile(rb"<(?:[\w.-]+:)?row\b[^<>]*?\br\s*=\s*[\"'](\d+)")
# A place to the right of column 500, which is SF: quick to look for, because it begins with fixed letters.
_FAR_PLACE = rb"r=\"(?:[A-Z]{3}|[T-Z][A-Z]|S[G-Z])[A-Z]*(\d+)\""
_FAR = re.compile(_FAR_PLACE)
_FAR_FILLED_CELL = re.compile(rb"<(?:[\w.-]+:)?c\b[^<>]*?\b" + _FAR_PLACE + rb"(?:[^<>]*[^<>/])?>")
# A document type stands before the first element. calamine knows none, so this is for the sentence.
_HEAD = 64 * 1024

_BROKEN = "ファイルが途中で切れているか、壊れています。Excelで開いて、もう一度保存し直してください。"
_PASSWORD = "パスワードのかかったファイルは読めません。パスワードを外して保存し直してください。"
_MACRO = "マクロの入ったファイルは読めません。「Excelブック（.xlsx）」として保存し直してください。"
_ENTITY = "ふつうのExcelにはない指定（XMLの実体）が入っているため、読めません。Excelで保存し直してください。"


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of a workbook that hold values, by name, one at a time; SheetError unless all is safe."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            _check_entries(entries)
            for name, entry in _by_name(entries).items():
                if entry.file_size > _LONG_PART and "strings" not in name.lower():
                    yield name, _checked(_long_sheet(package, entry))
                elif entry.file_size > MAX_KEPT:
                    raise SheetError(TOO_LARGE)
                else:
                    # Reading stops at the declared size and compares the checksum: a false size is a broken file.
                    yield name, _checked(package.read(entry))
    except (SheetError, MemoryError):
        raise
    except Exception as error:  # zipfile and zlib raise a dozen kinds of error on hostile bytes
        raise SheetError(_BROKEN) from error


def check_extent(rows: bytes) -> None:
    """Raise SheetError if a filled cell lies beyond our last row or column.

    `rows` is a sheet's XML up to its last row. Empty rows and cells count for nothing: a sheet that is only
    formatted down to row 1,048,576 is read. The reader makes room for all cells between the outermost filled
    ones, so this comes first.
    """
    far = _FAR.search(rows) and _FAR_FILLED_CELL.search(rows)
    if far:
        raise too_many_columns(int(far[1]))
    last = rows.rfind(b"v>")
    last = max(last, rows.rfind(b"is>", last + 1), rows.rfind(b"f>", last + 1))
    start = rows.rfind(b"<row", 0, last + 1)
    if start < 0:
        start = rows.rfind(b"<", 0, rows.rfind(b":row", 0, last + 1) + 1)
    number = _ROW_NUMBER.match(rows, max(start, 0))
    row_number = int(number[1]) if number else rows.count(b"<row", 0, last + 1)
    if row_number > MAX_ROWS:
        raise too_many_rows(row_number)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise SheetError(TOO_LARGE)
    if any(_is_bomb(entry) for entry in entries):
        raise SheetError(TOO_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetError(_PASSWORD)
    names = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise SheetError(_MACRO)
    other = kind_of_package(names)
    if other:
        raise SheetError(other)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > _MAX_RATIO * entry.compress_size


def _by_name(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries that hold values, under the names by which the reader looks for them."""
    named: dict[str, zipfile.ZipInfo] = {}
    for entry in sorted(entries, key=lambda entry: bool(_NUMBERED.search(entry.filename))):
        name = entry.filename.replace("\\", "/").lstrip("/")
        if _HOLDS_VALUES.fullmatch(name):
            named.setdefault(_NUMBERED.sub(r"\1\2", name), entry)
    return named


def _checked(part: bytes) -> bytes:
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        # calamine finds nothing in UTF-16 and says nothing.
        part = part.decode("utf-16").encode()
    if b"<!DOCTYPE" in part[:_HEAD]:
        raise SheetError(_ENTITY)
    return part


def _long_sheet(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A part without its empty cells and rows, never whole in memory before they are gone."""
    kept, rest = bytearray(), b""
    with package.open(entry) as part:
        while piece := part.read(_PIECE):
            rest += piece
            whole = rest.rfind(b"<row")
            if whole > 0:
                kept += _without_empty(rest[:whole])
                rest = rest[whole:]
            if len(rest) > _LONGEST_ROW or len(kept) > MAX_KEPT:
                raise SheetError(TOO_LARGE)
    kept += _without_empty(rest)
    return bytes(kept)


def _without_empty(rows: bytes) -> bytes:
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", rows))
