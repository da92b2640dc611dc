"""What a file is that is neither a workbook of ours nor text, and what to do with it: one sentence each."""

import re
from collections.abc import Collection

from iri_exchange.lib.sheets.model import SAVE_AGAIN

UNREADABLE = f"Excelのファイルとして読めません。{SAVE_AGAIN}"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "パスワードのかかったファイルは読めません。パスワードを外して保存し直してください。"
_OLD_EXCEL = f"古い形のExcel（.xls）は読めません。{SAVE_AGAIN}"
_PICTURE = "写真や画像は読めません。表になっているファイル（ExcelかCSV）を選んでください。"
_ARCHIVE = "圧縮されたファイルです。展開（解凍）して、中のExcelかCSVを選んでください。"
_WEB_PAGE = (
    "名前はExcelでも、中身はウェブページ（HTML）です。"
    "Excelで開いて、「Excelブック（.xlsx）」として保存し直してください。"
)
_XML_2003 = f"古い形のExcel（XMLスプレッドシート 2003）は読めません。Excelで開いて、{SAVE_AGAIN}"
_BINARY = "バイナリ形式のブック（.xlsb）は読めません。「Excelブック（.xlsx）」として保存し直してください。"
_OPEN_DOCUMENT = f"OpenDocument形式（.odsなど）は読めません。{SAVE_AGAIN}"
_APPLE = (
    "NumbersやPagesのファイルは読めません。「書き出す」で「Excel」を選び、できたファイルを選んでください。"
)
_OFFICE = "WordやPowerPointの文書は読めません。表をExcelに写して、保存し直してください。"
_NOT_A_WORKBOOK = "Excelのブックではありません。「Excelブック（.xlsx）」かCSVで保存し直してください。"

_STARTS = {
    b"%PDF": f"PDFは読めません。もとの表を{SAVE_AGAIN}",
    b"{\\rtf": _OFFICE,
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"), _PICTURE),
    **dict.fromkeys((b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"), _ARCHIVE),
}
_HEIC = re.compile(rb"....ftyp(?:hei|mif|avif)", re.S)
_LZH = re.compile(rb"..-l[hz].-", re.S)
_HTML = re.compile(rb"<(?:!doctype html|html|table|meta|body)\b", re.I)
_HEAD = 4_096  # bytes that are looked at


def kind_of_bytes(content: bytes) -> str | None:
    """The sentence for a file that is no workbook and no table in text; None if it may be either."""
    for start, sentence in _STARTS.items():
        # "BM" alone could begin a header.
        if content.startswith(start) and (start != b"BM" or b"\0" in content[:_HEAD]):
            return sentence
    if content.startswith(_OLE):
        # A workbook with a password is an old container around the new format.
        return _PASSWORD if "EncryptedPackage".encode("utf-16-le") in content else _OLD_EXCEL
    if _HEIC.match(content):
        return _PICTURE
    if _LZH.match(content):
        return _ARCHIVE
    return _kind_of_markup(content[:_HEAD].replace(b"\0", b""))


def _kind_of_markup(head: bytes) -> str | None:
    """Web pages and XML that were saved under the name of a workbook; `head` may be UTF-16 without zeros."""
    text = head.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    if text[:13].lower() == b"mime-version:":
        return _WEB_PAGE
    if not text.startswith(b"<"):
        return None
    if b"schemas-microsoft-com:office:spreadsheet" in text and not _HTML.search(text):
        return _XML_2003
    return _WEB_PAGE if _HTML.search(text) else None


def kind_of_package(names: Collection[str]) -> str | None:
    """The sentence for a ZIP file that holds no workbook, by the names in it in lower case; else None."""
    if "xl/workbook.bin" in names:
        return _BINARY
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return None
    if any(name.endswith(".iwa") or name == "index.zip" for name in names):
        return _APPLE
    if "mimetype" in names and "content.xml" in names:
        return _OPEN_DOCUMENT
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return _OFFICE
    if any(name.endswith((".xlsx", ".xls", ".xlsm", ".csv", ".tsv", ".txt", ".pdf")) for name in names):
        return _ARCHIVE
    return _NOT_A_WORKBOOK
