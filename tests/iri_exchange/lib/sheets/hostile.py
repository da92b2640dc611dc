"""Files that must be refused, made on the spot: name → (file name, bytes, what the refusal says).

PACKAGE are told by what is in the ZIP, SHEET by their XML.
"""

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

from .excel import MAIN, TYPES, excel_file, package
from .hostile_bytes import ARCHIVE, TOO_LARGE, UNREADABLE, Case


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


def with_rows(rows: str, encoding: str = "utf-8") -> bytes:
    return with_part("xl/worksheets/sheet1.xml", sheet_xml(rows).decode().encode(encoding))


def without(name: str) -> bytes:
    """The small workbook without a part."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as old:
        return package({entry: old.read(entry) for entry in old.namelist() if entry != name})


def encrypted_flag() -> bytes:
    """A workbook whose entries say that they are encrypted (bit 0 of the flags, both headers)."""
    content = bytearray(workbook())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + offset] |= 1
            start = content.find(signature, start + 4)
    return bytes(content)


def changed_in_directory(part: bytes, offset: int, value: bytes) -> bytes:
    """A workbook whose directory lies about a part: at 16 the checksum, at 20 and 24 the sizes, at 10 the method."""
    content = bytearray(workbook())
    start = content.rfind(part) - 46 + offset
    content[start : start + len(value)] = value
    return bytes(content)


def short_row(number: int) -> str:
    return f'<row r="{number}"><c r="A{number}"><v>{number * 7919 % 10007}</v></c></row>'


def many_entries(count: int) -> bytes:
    return package({f"xl/{number}.xml": b"" for number in range(count)})


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
SHEET = b"xl/worksheets/sheet1.xml"
BROKEN = "壊れています"
FAILED = "読み切れませんでした"

PACKAGE_CASES: dict[str, Case] = {
    "binary workbook": (
        "a.xlsx",
        package({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"\x83\1"}),
        "バイナリ形式",
    ),
    "ods": (
        "a.xlsx",
        package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
        "OpenDocument",
    ),
    "numbers": (
        "a.xlsx",
        package({"Index/Document.iwa": b"x", "Metadata/BuildVersionHistory.plist": b"<x/>"}),
        "Numbers",
    ),
    "old numbers": ("a.numbers", package({"Index.zip": b"x", "preview.jpg": b"x"}), "Numbers"),
    "xlsx in a zip": ("a.zip", package({"名簿/会員名簿.xlsx": workbook()}), ARCHIVE),
    "csv in a zip": ("a.xlsx", package({"a.csv": b"x", "b.csv": b"y"}), ARCHIVE),
    "word document": (
        "a.xlsx",
        package({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
        "Word",
    ),
    "slides": (
        "a.xlsx",
        package({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}),
        "PowerPoint",
    ),
    "program": ("a.xlsx", package({"META-INF/MANIFEST.MF": b"x"}), "Excelのブックではありません"),
    "macro name": ("a.xlsm", workbook(), "マクロ"),
    "binary name": ("a.xlsb", workbook(), "マクロ"),
    "empty zip": ("a.xlsx", package({}), "Excelのブックではありません"),
    "only the magic": ("a.xlsx", b"PK\x03\x04", BROKEN),
    "cut in half": ("a.xlsx", workbook()[: len(workbook()) // 2], BROKEN),
    "last byte missing": ("a.xlsx", workbook()[:-1], BROKEN),
    "first byte missing": ("a.csv", workbook()[1:], "読めない文字"),
    "wrong checksum": ("a.xlsx", changed_in_directory(SHEET, 16, b"\0\0\0\0"), BROKEN),
    "false size": ("a.xlsx", changed_in_directory(SHEET, 24, b"\x0a\0\0\0"), BROKEN),
    "false packed size": ("a.xlsx", changed_in_directory(SHEET, 20, b"\x0a\0\0\0"), BROKEN),
    "enormous size": ("a.xlsx", changed_in_directory(SHEET, 24, b"\xff\xff\xff\x7f"), TOO_LARGE),
    "unknown packing": ("a.xlsx", changed_in_directory(SHEET, 10, b"\x63\0"), BROKEN),
    "encrypted entries": ("a.xlsx", encrypted_flag(), "パスワード"),
    "macro part": ("a.xlsx", with_part("xl/vbaProject.bin", b"x"), "マクロ"),
    "macro sheet": ("a.xlsx", with_part("xl/macrosheets/sheet1.xml", b"<x/>"), "マクロ"),
    "bomb by ratio": (
        "a.xlsx",
        with_part("xl/sharedStrings.xml", b"<sst>" + b" " * 5_000_000 + b"</sst>"),
        TOO_LARGE,
    ),
    "bomb by entries": ("a.xlsx", many_entries(1_001), TOO_LARGE),
    "bomb of a directory": ("a.xlsx", many_entries(60_000), TOO_LARGE),
}

SHEET_CASES: dict[str, Case] = {
    "entity": ("a.xlsx", with_part("xl/workbook.xml", lambda old: ENTITY + old), "XMLの実体"),
    "entity in a sheet": (
        "a.xlsx",
        with_part(SHEET.decode(), ENTITY + sheet_xml("<row><c><v>&a;</v></c></row>")),
        "XMLの実体",
    ),
    "entity in UTF-16": (
        "a.xlsx",
        with_part(
            SHEET.decode(),
            (
                '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]>'
                + sheet_xml("<row><c><v>&a;</v></c></row>").decode()
            ).encode("utf-16"),
        ),
        "XMLの実体",
    ),
    "entity from nowhere": (
        "a.xlsx",
        with_rows('<row><c t="inlineStr"><is><t>&a;</t></is></c></row>'),
        UNREADABLE,
    ),
    "entity behind a long comment": (
        "a.xlsx",
        with_part(
            SHEET.decode(),
            b"<!--" + b"-x" * 50_000 + b"-->" + ENTITY + sheet_xml('<row><c t="str"><v>&f;</v></c></row>'),
        ),
        UNREADABLE,
    ),
    "no workbook part": (
        "a.xlsx",
        package({"[Content_Types].xml": TYPES.encode(), "xl/other.xml": b"<x/>"}),
        UNREADABLE,
    ),
    "no sheet part": ("a.xlsx", without("xl/worksheets/sheet1.xml"), UNREADABLE),
    "broken xml": ("a.xlsx", with_part("xl/workbook.xml", b"<workbook><oops"), UNREADABLE),
    "broken sheet": ("a.xlsx", with_part(SHEET.decode(), b"<worksheet><sheetData><row"), UNREADABLE),
    "another encoding": (
        "a.xlsx",
        with_rows('<row><c t="str"><v>企業名</v></c></row>', "cp932"),
        UNREADABLE,
    ),
    "unknown kind of cell": ("a.xlsx", with_rows('<row><c t="zzz"><v>1</v></c></row>'), UNREADABLE),
    "deep xml": ("a.xlsx", with_rows("<row>" + "<c>" * 300_000), UNREADABLE),
    "deep xml that ends": (
        "a.xlsx",
        with_rows("".join(f'<row a="{n}">' for n in range(100_000)) + "</row>" * 100_000),
        "何も書かれていません",
    ),
    "string out of the table": ("a.xlsx", with_rows('<row><c t="s"><v>999</v></c></row>'), UNREADABLE),
    "cell reference": ("a.xlsx", with_rows('<row><c r="oops"><v>1</v></c></row>'), UNREADABLE),
    "nothing in it": ("a.xlsx", with_rows(""), "何も書かれていません"),
    "only formatted": ("a.xlsx", with_rows('<row r="1"><c r="A1" s="1"/></row>' * 9), "何も書かれていません"),
    "endless empty row": ("a.xlsx", with_rows("<row>" + "<c/>" * 150_000 + "</row>"), "何も書かれていません"),
    "endless row": (
        "a.xlsx",
        with_rows("<row>" + "".join(f"<c><v>{n}</v></c>" for n in range(150_000)) + "</row>"),
        "500列",
    ),
    "100,000 rows": (
        "a.xlsx",
        with_rows("".join(short_row(number) for number in range(1, 100_001))),
        "100,000行目",
    ),
    "100,000 rows without numbers": (
        "a.xlsx",
        with_rows("".join(f"<row><c><v>{n}</v></c></row>" for n in range(100_000))),
        "100,000行目",
    ),
    "100,000 rows of another hand": (
        "a.xlsx",
        with_rows("".join(f"<x:row><x:c><x:v>{n}</x:v></x:c></x:row>" for n in range(100_000))),
        "行まで読めますが",
    ),
    "row far away": ("a.xlsx", with_rows('<row r="1048576"><c><v>1</v></c></row>'), "1,048,576行目"),
    "text far away and wide": (
        "a.xlsx",
        with_rows(
            '<row r="1"><c r="OA1"><v>1</v></c></row>'
            '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'
        ),
        "1,048,576行目",
    ),
    "formula far away and wide": (
        "a.xlsx",
        with_rows(
            '<row r="1"><c r="OA1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><f>A1</f></c></row>'
        ),
        "1,048,576行目",
    ),
    "column far away in a long sheet": (
        "a.xlsx",
        with_rows(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="30000"><c r="A30000"/><c r="XFD30000"><v>1</v></c></row>'
        ),
        "30,000行目が500列",
    ),
    "row beyond the end": (
        "a.xlsx",
        with_rows('<row r="2000000000"><c><v>1</v></c></row>'),
        "行まで読めますが",
    ),
    "5,000 columns": ("a.xlsx", excel_file({"a": [["見出し"], ["x"] * 5_000]}), "2行目が500列"),
    "too many columns": ("a.xlsx", with_rows('<row r="7"><c r="XFD7"><v>1</v></c></row>'), "7行目が500列"),
    "too many cells": ("a.xlsx", with_rows(f"<row>{'<c><v>1</v></c>' * 400}</row>" * 1_600), TOO_LARGE),
    "cells far apart": (
        "a.xlsx",
        with_rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="30000"><c r="SF30000"><v>1</v></c></row>'),
        FAILED,
    ),
    "columns out of order": (
        "a.xlsx",
        with_rows('<row r="1"><c r="ZZZZ1"><v>1</v></c><c r="A1"><v>1</v></c></row>'),
        "1行目が500列",
    ),
    "cells far apart that hide it": (
        "a.xlsx",
        with_rows("<row r=\"1\"><c r='ZZZ1'><v>1</v></c><c r='A1048576'><v>1</v></c></row>"),
        FAILED,
    ),
    "a part of many sheets": (
        "a.xlsx",
        with_part(
            "xl/workbook.xml",
            lambda old: old.replace(
                b"</sheets>", b'<sheet name="x" sheetId="1" r:id="rId1"/>' * 900 + b"</sheets>"
            ),
            with_rows("<row><c><v>1</v></c></row>" * 2_000),
        ),
        "シートが多すぎます",
    ),
}

XLSX_CASES = PACKAGE_CASES | SHEET_CASES
