"""What must hold before an XLSX package is opened: no bomb, no macro, no password, no XML entity.

The limits keep the reader below 300 MB of memory and 10 s (docs: reliability, hostile import files).
"""

import io
import re
import zipfile

from iri_exchange.lib.sheets.model import SheetError

_MAX_ENTRIES = 1_000
_MAX_UNPACKED = 40 * 1024 * 1024
# Deflate reaches 1,032; real sheets stay below 50. Small parts may be as dull as they like.
_MAX_RATIO = 250
_RATIO_COUNTS_FROM = 1024 * 1024
# The parser keeps a whole row in memory, and of each shared string an empty element; what is neither row
# nor string (styles, names, rules) it keeps whole.
_MAX_TAGS = 1_500_000
_MAX_TAGS_IN_PIECE = 100_000
_PIECE = re.compile(rb"<(?:[\w.-]+:)?(?:row|si)\b")

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
            for entry in entries:
                # Reading stops at the declared size and compares the checksum: a false size is a broken file.
                _check_part(package.read(entry))
    except SheetError:
        raise
    except Exception as error:  # zipfile and zlib raise a dozen kinds of error on hostile bytes
        raise SheetError(_BROKEN) from error


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


def _check_part(part: bytes) -> None:
    """Count the tags, whole and row by row; a large part in UTF-16 counts as one row and is refused."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise SheetError(_ENTITY)
    if part.count(b"<") > _MAX_TAGS or max(p.count(b"<") for p in _PIECE.split(part)) > _MAX_TAGS_IN_PIECE:
        raise SheetError(_TOO_LARGE)
