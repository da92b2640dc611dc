"""Files that must be refused, made on the spot: name → (file name, bytes, what the refusal says)."""

import io
import zipfile
import zlib
from collections.abc import Callable

from openpyxl import Workbook

Case = tuple[str, bytes, str]

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(cells: dict[str, object] | None = None) -> bytes:
    """A small, sound workbook."""
    book = Workbook()
    for place, value in (
        cells or {"A1": "企業名", "B1": "氏名", "A2": "株式会社立川", "B2": "髙橋　誠"}
    ).items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(name: str, part: bytes | Callable[[bytes], bytes], content: bytes | None = None) -> bytes:
    """The small workbook with one part put in, or changed by a function of its bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or workbook())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part if isinstance(part, bytes) else part(old.read(name)))
    return out.getvalue()


def sheet_xml(rows: str) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def with_rows(rows: str) -> bytes:
    return with_part("xl/worksheets/sheet1.xml", sheet_xml(rows))


def plain_zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def encrypted_flag() -> bytes:
    """A workbook whose entries say that they are encrypted (bit 0 of the flags, both headers)."""
    content = bytearray(workbook())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + offset] |= 1
            start = content.find(signature, start + 4)
    return bytes(content)


def changed_in_directory(offset: int, value: bytes) -> bytes:
    """A workbook whose directory lies about its last part: at 16 the checksum, at 24 the size."""
    content = bytearray(workbook())
    start = content.rfind(b"PK\x01\x02") + offset
    content[start : start + len(value)] = value
    return bytes(content)


def short_row(number: int) -> str:
    return f'<row r="{number}"><c r="A{number}"><v>{number * 7919 % 10007}</v></c></row>'


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
BROKEN = "壊れています"
TOO_LARGE = "大きすぎます"
UNREADABLE = "Excelのファイルとして読めません"

XLSX_CASES: dict[str, Case] = {
    "pdf": ("a.xlsx", b"%PDF-1.7\n%...", "PDFは読めません"),
    "old xls": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "古い形のExcel"),
    "old xls named xlsx": ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "古い形のExcel"),
    "password": (
        "a.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "パスワード",
    ),
    "encrypted entries": ("a.xlsx", encrypted_flag(), "パスワード"),
    "macro part": ("a.xlsx", with_part("xl/vbaProject.bin", b"x"), "マクロ"),
    "macro sheet": ("a.xlsx", with_part("xl/macrosheets/sheet1.xml", b"<x/>"), "マクロ"),
    "macro name": ("a.xlsm", workbook(), "マクロ"),
    "binary workbook": ("a.xlsb", workbook(), "マクロ"),
    "text named xlsx": ("a.xlsx", "企業名,氏名".encode(), UNREADABLE),
    "html named xls": ("a.xls", b"<html><table></table></html>", UNREADABLE),
    "no ending": ("roster", "企業名,氏名".encode(), UNREADABLE),
    "picture": ("a.png", b"\x89PNG\r\n\x1a\n", UNREADABLE),
    "zip of something": ("a.xlsx", plain_zip({"a.txt": b"x"}), "Excelのブックではありません"),
    "word document": (
        "a.xlsx",
        plain_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
        "Excelのブックではありません",
    ),
    "empty zip": ("a.xlsx", plain_zip({}), "Excelのブックではありません"),
    "only the magic": ("a.xlsx", b"PK\x03\x04", BROKEN),
    "cut in half": ("a.xlsx", workbook()[: len(workbook()) // 2], BROKEN),
    "last byte missing": ("a.xlsx", workbook()[:-1], BROKEN),
    "wrong checksum": ("a.xlsx", changed_in_directory(16, b"\0\0\0\0"), BROKEN),
    "false size": ("a.xlsx", changed_in_directory(24, b"\x0a\0\0\0"), BROKEN),
    "entity": ("a.xlsx", with_part("xl/workbook.xml", lambda old: ENTITY + old), "XMLの実体"),
    "entity in a sheet": (
        "a.xlsx",
        with_part("xl/worksheets/sheet1.xml", ENTITY + sheet_xml("<row><c><v>&a;</v></c></row>")),
        "XMLの実体",
    ),
    "entity in UTF-16": (
        "a.xlsx",
        with_part(
            "xl/worksheets/sheet1.xml",
            (
                '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]>'
                + sheet_xml("<row><c><v>&a;</v></c></row>").decode()
            ).encode("utf-16"),
        ),
        UNREADABLE,
    ),
    "no workbook part": (
        "a.xlsx",
        plain_zip({"[Content_Types].xml": TYPES.encode(), "xl/other.xml": b"<x/>"}),
        UNREADABLE,
    ),
    "broken xml": ("a.xlsx", with_part("xl/workbook.xml", b"<workbook><oops"), UNREADABLE),
    "string out of the table": ("a.xlsx", with_rows('<row><c t="s"><v>999</v></c></row>'), UNREADABLE),
    "endless number": ("a.xlsx", with_rows(f"<row><c><v>{'9' * 5000}</v></c></row>"), UNREADABLE),
    "cell reference": ("a.xlsx", with_rows('<row><c r="oops"><v>1</v></c></row>'), UNREADABLE),
    "nothing in it": ("a.xlsx", with_rows(""), "何も書かれていません"),
    "bomb by ratio": ("a.xlsx", with_part("xl/bomb.xml", b"<x>" + b" " * 5_000_000 + b"</x>"), TOO_LARGE),
    "bomb by size": (
        "a.xlsx",
        plain_zip({f"xl/{n}.xml": zlib.compress(bytes([n])) * 700_000 for n in range(5)}),
        TOO_LARGE,
    ),
    "bomb by entries": ("a.xlsx", plain_zip({f"xl/{n}.xml": b"" for n in range(1_001)}), TOO_LARGE),
    "endless row": ("a.xlsx", with_rows("<row>" + "<c/>" * 150_000 + "</row>"), TOO_LARGE),
    "endless styles": (
        "a.xlsx",
        with_part("xl/styles.xml", b"<styleSheet>" + b"<xf/>" * 150_000 + b"</styleSheet>"),
        TOO_LARGE,
    ),
    "too many rows": ("a.xlsx", with_rows("".join(short_row(n) for n in range(1, 100_002))), "100,000行"),
    "row far away": ("a.xlsx", with_rows('<row r="1048576"><c><v>1</v></c></row>'), "100,000行"),
    "row beyond the end": ("a.xlsx", with_rows('<row r="2000000000"><c><v>1</v></c></row>'), "100,000行"),
    "too many columns": ("a.xlsx", with_rows('<row><c r="XFD1"><v>1</v></c></row>'), "500列"),
    "too many cells": ("a.xlsx", with_rows(f"<row>{'<c><v>1</v></c>' * 400}</row>" * 800), TOO_LARGE),
    "a part of many sheets": (
        "a.xlsx",
        with_part(
            "xl/workbook.xml",
            lambda old: old.replace(
                b"</sheets>", b'<sheet name="x" sheetId="1" r:id="rId1"/>' * 99 + b"</sheets>"
            ),
            with_rows("<row><c><v>1</v></c></row>" * 2_000),
        ),
        TOO_LARGE,
    ),
    "more than 10 MB": ("a.xlsx", b"PK\x03\x04" + b"\0" * 10 * 1024 * 1024, "10MB"),
}

TEXT_CASES: dict[str, Case] = {
    "empty": ("a.csv", b"", "空です"),
    "white space": ("a.csv", b"\xef\xbb\xbf\r\n\r\n", "何も書かれていません"),
    "separators": ("a.csv", b",,,\n,,,\n", "何も書かれていません"),
    "neither encoding": ("a.csv", "企業名\n".encode("cp932") + b"\xff\xff\n", "2行目に読めない文字"),
    "damaged UTF-8": ("a.csv", "企業名\n氏名\n".encode() + b"\xe4\xbb\n", "3行目に読めない文字"),
    "EUC": ("a.csv", "企業名,氏名\n株式会社立川,高橋".encode("euc_jp"), "読めない文字"),
    "GBK": ("a.csv", "企业名称,姓名\n".encode("gbk"), "読めない文字"),
    "JIS": ("a.csv", "企業名,氏名\n".encode("iso2022_jp"), "読めない文字"),
    "UTF-32": ("a.csv", "企業名,氏名\n".encode("utf-32"), "読めない文字"),
    "half a UTF-16": ("a.csv", "企業名".encode("utf-16")[:-1], "読めない文字"),
    "zero bytes": ("a.csv", b"a,b\n\0\0\0\0\n", "読めない文字"),
    "a program": ("a.csv", b"\x7fELF\x02\x01\x01" + bytes(range(256)), "読めない文字"),
    "open quote": ("a.csv", '企業名,氏名\n"株式会社立川,髙橋\n'.encode(), "行目を区切れません"),
    "endless field": ("a.csv", b'"' + b"a" * 200_000 + b'"', "行目を区切れません"),
    "too many rows": ("a.csv", b"a\n" * 100_001, "100,000行"),
    "too many columns": ("a.csv", b"a,b\n" + b"a," * 500 + b"a\n", "2行目が500列"),
    "too many cells": ("a.csv", (b"a," * 400 + b"\n") * 800, TOO_LARGE),
    "ten million commas": ("a.csv", b"," * 10_000_000 + b"a", "500列"),
    "pdf": ("a.csv", b"%PDF-1.7\n", "PDFは読めません"),
    "more than 10 MB": ("a.csv", b"a" * (10 * 1024 * 1024 + 1), "10MB"),
}
