"""Workbooks as Excel itself writes them: texts in a table of shared strings, days as numbers with a format.

openpyxl writes texts into the cells, and no calculated values, so that its files show only half of what comes.
`excel_file` is quick: 20,000 rows take less than a second.
"""

import datetime
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{sheets}'
    '<Override PartName="/xl/sharedStrings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
)
SHEET_TYPE = (
    '<Override PartName="/xl/worksheets/sheet{}.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
)
# Of cellXfs: 0 general, 1 a day, 2 the era date of Japanese Excel (57), 3 a length of time, 4 a time of day.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="57"/><xf numFmtId="46"/>'
    '<xf numFmtId="32"/></cellXfs></styleSheet>'
)


class Raw(str):
    """The XML of a whole cell, in which {} stands for its place."""

    __slots__ = ()


Value = str | int | float | datetime.date | Raw | None


def column(number: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters


def excel_file(
    tables: Mapping[str, Iterable[Sequence[Value]]],
    *,
    states: Mapping[str, str] | None = None,
    properties: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook of the tables by their names; `states` hides some, `parts` puts parts in or over others."""
    strings: dict[str, int] = {}
    files: dict[str, str | bytes] = {
        f"xl/worksheets/sheet{number}.xml": _sheet(rows, strings)
        for number, rows in enumerate(tables.values(), start=1)
    }
    numbered = list(enumerate(tables, start=1))
    states = states or {}
    names = "".join(
        f"<sheet name={quoteattr(name)} sheetId='{number}' r:id='rId{number}'"
        + (f" state='{states[name]}'/>" if name in states else "/>")
        for number, name in numbered
    )
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    files |= {
        "[Content_Types].xml": TYPES.format(
            sheets="".join(SHEET_TYPE.format(number) for number, _ in numbered)
        ),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{names}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{targets}'
        f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rIdT" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": _strings(strings),
    }
    return package({**files, **(parts or {})})


def package(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return out.getvalue()


def _sheet(rows: Iterable[Sequence[Value]], strings: dict[str, int]) -> str:
    lines = [
        f'<row r="{number}" spans="1:{len(row)}" ht="18.75">'
        + "".join([_cell(f"{column(place)}{number}", value, strings) for place, value in enumerate(row)])
        + "</row>"
        for number, row in enumerate(rows, start=1)
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<dimension ref="A1"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="18.75"/><sheetData>{"".join(lines)}</sheetData>'
        '<phoneticPr fontId="1"/><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75"/></worksheet>'
    )


def _cell(place: str, value: Value, strings: dict[str, int]) -> str:
    if isinstance(value, Raw):
        return value.format(f'r="{place}"')
    if isinstance(value, str):
        return f'<c r="{place}" s="0" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
    if isinstance(value, datetime.date):
        return f'<c r="{place}" s="1"><v>{(value - datetime.date(1899, 12, 30)).days}</v></c>'
    return f'<c r="{place}" s="0"/>' if value is None else f'<c r="{place}" s="0"><v>{value}</v></c>'


def _strings(strings: Mapping[str, int]) -> str:
    items = "".join(
        f'<si><t{_space(text)}>{escape(text)}</t><phoneticPr fontId="1"/></si>' for text in strings
    )
    return f'<sst xmlns="{MAIN}" count="{len(strings)}" uniqueCount="{len(strings)}">{items}</sst>'


def _space(text: str) -> str:
    return "" if text == text.strip() else ' xml:space="preserve"'
