"""What must hold before an XLSX package is opened: no bomb, no macro, no password, no XML entity.

The limits keep the reader below 300 MB of memory and 10 s (docs: reliability, hostile import files).
"""

import io
import re
import zipfile

from iri_exchange.lib.sheets.model import MAX_ROWS, TOO_MANY_ROWS, SheetError

_MAX_ENTRIES = 1_000
_MAX_UNPACKED = 40 * 1024 * 1024
# Deflate reaches 1,032; real sheets stay below 50. Small parts may be as dull as they like.
_MAX_RATIO = 250
_RATIO_COUNTS_FROM = 1024 * 1024
# A tag costs the parser some 10 µs. It reads a part once for every sheet that points to it, so the
# largest part is counted once for every sheet.
_MAX_TAGS = 600_000
_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet\s")
# It keeps a whole row in memory, and what is neither row nor shared string (styles, names) altogether.
_MAX_TAGS_IN_PIECE = 100_000
_PIECE = re.compile(rb"<(?:[\w.-]+:)?(?:row|si)\b")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row\b")

_BROKEN = "ファイルが途中で切れているか、壊れています。Excelで開いて、もう一度保存し直してください。"
_TOO_LARGE = "ファイルの中身が大きすぎます。名簿のシートだけを新しいブックに写して、保存し直してください。"
_PASSWORD = "パスワードのかかったファイルは読めません。パスワードを外して保存し直してください。"
_MACRO = "マクロの入ったファイルは読めません。「Excelブック（.xlsx）」として保存し直してください。"
_NOT_A_WORKBOOK = "Excelのブックではありません。「Excelブック（.xlsx）」かCSVで保存し直してください。"
_ENTITY = "ふつうのExcelにはない指定（XMLの実体）が入っているため、読めません。Excelで保存し直してください。"


def check_package(content: bytes) -> None:
    """Raise SheetError unless the bytes are a workbook that is safe to open."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            _check_entries(entries)
            # Reading stops at the declared size and compares the checksum: a false size is a broken file.
            counts = [_count(package.read(entry)) for entry in entries]
    except SheetError:
        raise
    except Exception as error:  # zipfile and zlib raise a dozen kinds of error on hostile bytes
        raise SheetError(_BROKEN) from error
    if max(tags for tags, _ in counts) * max(1, sum(sheets for _, sheets in counts)) > _MAX_TAGS:
        raise SheetError(_TOO_LARGE)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise SheetError(_TOO_LARGE)
    if any(_is_bomb(entry) for entry in entries):
        raise SheetError(_TOO_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetError(_PASSWORD)
    names = {entry.filename.lower() for entry in entries}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise SheetError(_MACRO)
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise SheetError(_NOT_A_WORKBOOK)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > _MAX_RATIO * entry.compress_size


def _count(part: bytes) -> tuple[int, int]:
    """The tags and the sheets in a part that is fit to be parsed.

    In UTF-16 no row is seen, so that a large part counts as one row and is refused.
    """
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise SheetError(_ENTITY)
    if len(_ROW.findall(part)) > MAX_ROWS:
        raise SheetError(TOO_MANY_ROWS)
    if max(piece.count(b"<") for piece in _PIECE.split(part)) > _MAX_TAGS_IN_PIECE:
        raise SheetError(_TOO_LARGE)
    return part.count(b"<"), len(_SHEET.findall(part))
