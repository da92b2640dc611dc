"""Cells, rows and sheets as they come out of the process that reads a workbook."""

import datetime
import io
import zipfile

import pytest

from iri_exchange.lib import sheets
from iri_exchange.lib.sheets.model import MAX_ROWS

from .excel import MAIN, OFFICE, Raw, excel_file, package
from .hostile import sheet_xml, with_part

DAY = datetime.date(2012, 7, 8)
NAMES = [
    "葛\U000e0100西　昭",
    "𠮷田　恵",
    "髙﨑濵德",
    "①㈱Ⅲ℡",
    "ｱｲﾃｨ",
    "神\ufa19隆\uf9dc",
    "か\u3099",
    "😀",
    "\ue000",
]


def rows_of(*rows: list[object], **options: object) -> list[sheets.Row]:
    return sheets.read(excel_file({"名簿": rows}, **options), "a.xlsx")[0].rows  # type: ignore[arg-type]


def strings(*items: str) -> bytes:
    """A workbook with the shared strings in a row."""
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(len(items)))
    sst = f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'
    return excel_file(
        {"a": []},
        parts={"xl/sharedStrings.xml": sst, "xl/worksheets/sheet1.xml": sheet_xml(f"<row>{cells}</row>")},
    )


def test_names_come_to_the_code_point() -> None:
    assert rows_of(NAMES) == [(1, NAMES)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<c {}><v>280</v></c>", 280),
        ("<c {}><v>280.0</v></c>", 280),
        ("<c {}><v>-1.5</v></c>", -1.5),
        ("<c {}><v>0</v></c>", 0),
        ("<c {}><v>2.8E2</v></c>", 280),
        ("<c {}><v>7018561689034</v></c>", 7018561689034),
        ("<c {}><v>1E+300</v></c>", 1e300),
        ("<c {}><v>1E+999</v></c>", "inf"),
        ('<c {} s="1"><v>41098</v></c>', DAY),
        ('<c {} s="1"><v>41098.395833333336</v></c>', DAY),
        ('<c {} s="1"><v>41098.99999</v></c>', DAY),
        ('<c {} s="1"><v>99999999</v></c>', 99999999),
        ('<c {} s="4"><v>0.395833333333333</v></c>', "09:30:00"),
        ('<c {} s="3"><v>1.104166666666667</v></c>', "26:30:00"),
        ('<c {} s="3"><v>-0.5</v></c>', "-12:00:00"),
        ('<c {} t="d"><v>2012-07-08T09:30:00</v></c>', DAY),
        ('<c {} t="d"><v>2012-07-08</v></c>', DAY),
        ('<c {} t="b"><v>1</v></c>', "TRUE"),
        ('<c {} t="b"><v>0</v></c>', "FALSE"),
        ('<c {} t="str"><v>平成24年7月8日</v></c>', "平成24年7月8日"),
        ('<c {} t="inlineStr"><is><t>=1+1</t></is></c>', "=1+1"),
        ('<c {} t="inlineStr"><is><t>+81-42-000-4642</t></is></c>', "+81-42-000-4642"),
        ('<c {} t="inlineStr"><is><t>-</t></is></c>', "-"),
        ('<c {} t="inlineStr"><is><t>@髙橋</t></is></c>', "@髙橋"),
        ('<c {} t="inlineStr"><is><t>\'90年代</t></is></c>', "'90年代"),
        ('<c {} t="inlineStr"><is><t></t></is></c>', None),
        ('<c {} t="s"><v></v></c>', None),
        ('<c {} s="1"/>', None),
    ],
)
def test_values(cell: str, expected: sheets.Cell) -> None:
    cells = rows_of([Raw(cell), "後"])[0].cells
    assert cells == [expected, "後"]
    assert type(cells[0]) is type(expected)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        # The reading that Japanese Excel keeps of what was typed, for a whole text and for its parts.
        ('<t>髙橋</t><rPh sb="0" eb="2"><t>タカハシ</t></rPh><phoneticPr fontId="1"/>', "髙橋"),
        (
            '<r><t>髙</t></r><r><rPr><b/></rPr><t>橋　誠</t></r><rPh sb="0" eb="1"><t>タカ</t></rPh>'
            '<rPh sb="1" eb="2"><t>ハシ</t></rPh><phoneticPr fontId="1" type="Hiragana"/>',
            "髙橋　誠",
        ),
        (
            "<r><rPr><sz val='9'/></rPr><t>株式会社</t></r><r><t xml:space='preserve'> 立川</t></r>",
            "株式会社 立川",
        ),
        ('<t xml:space="preserve"> 前後 </t>', " 前後 "),
        ("<t>一行目\n二行目</t>", "一行目\n二行目"),
        ("<t>一行目_x000D_\n二行目</t>", "一行目\r\n二行目"),
        ("<t>_x005F_x000D_</t>", "_x000D_"),
        ("<t>A&amp;B &lt;C&gt; &#39640;&#x9AD9;</t>", "A&B <C> 高髙"),
        ("<t><![CDATA[A&B]]></t>", "A&B"),
        ("<t/>", None),
        ("", None),
    ],
)
def test_shared_strings(item: str, expected: sheets.Cell) -> None:
    assert sheets.read(strings(item, "<t>後</t>"), "a.xlsx")[0].rows == [(1, [expected, "後"])]


def test_days_of_the_1904_system() -> None:
    row = [Raw('<c {} s="1"><v>39636</v></c>'), 39636]
    assert rows_of(row, properties='<workbookPr date1904="1"/>') == [(1, [DAY, 39636])]
    assert rows_of(row)[0].cells[0] == datetime.date(2008, 7, 7)


def test_rows_and_columns_keep_their_places() -> None:
    assert rows_of([], [], [None, None, "題"], [], [None, "a", None, "b", None]) == [
        (3, [None, None, "題"]),
        (5, [None, "a", None, "b"]),
    ]


def test_places_are_counted_where_they_are_not_said() -> None:
    sheet = sheet_xml(
        "<row/><row><c/><c><v>1</v></c></row><row r='9'><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    )
    read = sheets.read(with_part("xl/worksheets/sheet1.xml", sheet), "a.xlsx")[0].rows
    assert read == [(2, [None, 1]), (9, [2]), (10, [3])]


def test_of_merged_cells_the_first_holds_the_value() -> None:
    sheet = sheet_xml(
        '<row r="1"><c r="A1" t="str"><v>題</v></c><c r="B1" s="1"/></row><row r="2"><c r="A2" s="1"/></row>'
    ).replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>')
    assert sheets.read(with_part("xl/worksheets/sheet1.xml", sheet), "a.xlsx")[0].rows == [(1, ["題"])]


FIRST = '<row r="1"><c r="A1" t="str"><v>企業名</v></c></row>'
LAST = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'


def formatted(rows: int, columns: str = "") -> str:
    """Rows in which nothing is but borders."""
    if not columns:
        start = 'spans="1:18" s="3" customFormat="1" ht="18.75"'
        return "".join(f'<row r="{row}" {start}/>' for row in range(2, rows + 2))
    return "".join(
        f'<row r="{row}">' + "".join([f'<c r="{letter}{row}" s="3"/>' for letter in columns]) + "</row>"
        for row in range(2, rows + 2)
    )


@pytest.mark.parametrize(("rows", "columns"), [(450_000, ""), (50_000, ""), (40_000, "ABC")])
def test_formatted_rows_without_an_end_are_no_rows(rows: int, columns: str) -> None:
    sheet = sheet_xml(FIRST + formatted(rows, columns))
    # Above 24 MB a part is read piece by piece.
    assert (len(sheet) > 24 * 1024 * 1024) == (rows == 450_000)
    content = excel_file({"a": []}, parts={"xl/worksheets/sheet1.xml": sheet})
    assert sheets.read(content, "a.xlsx")[0].rows == [(1, ["企業名"])]


def test_a_value_under_many_formatted_rows_is_told() -> None:
    sheet = sheet_xml(FIRST + formatted(40_000) + LAST)
    with pytest.raises(sheets.SheetError, match="1,048,576行目"):
        sheets.read(excel_file({"a": []}, parts={"xl/worksheets/sheet1.xml": sheet}), "a.xlsx")


def test_formatted_columns_to_the_right_are_no_columns() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>'
    assert sheets.read(with_part("xl/worksheets/sheet1.xml", sheet_xml(row)), "a.xlsx")[0].rows == [(1, [1])]


def test_up_to_the_limits() -> None:
    rows = [["x"]] * (MAX_ROWS - 1) + [[None] * 19 + ["y"]]
    read = rows_of(*rows)
    assert (len(read), read[-1].number, read[-1].cells[-1]) == (MAX_ROWS, MAX_ROWS, "y")
    assert len(rows_of(["x"] * 500)[0].cells) == 500


def test_a_long_table() -> None:
    """20,000 rows of 18 columns."""
    names = [f"株式会社{number}製作所" for number in range(20_000)]
    rows = [[name, number, DAY, *NAMES, None, 1.5, "x", "y", "z", "終"] for number, name in enumerate(names)]
    assert len(rows[0]) == 18
    assert [row.cells for row in rows_of(*rows)] == rows


def test_sheets_in_their_order_without_hidden_ones() -> None:
    tables = {"表紙": [], "会員": [["a"]], "旧": [["b"]], "深": [["c"]], "役員": [["d"]]}
    content = excel_file(tables, states={"旧": "hidden", "深": "veryHidden"})
    expected = [("表紙", []), ("会員", [(1, ["a"])]), ("役員", [(1, ["d"])])]
    assert sheets.read(content, "a.xlsx") == expected


def test_hidden_sheets_if_the_visible_ones_are_empty() -> None:
    content = excel_file(
        {"表紙": [], "旧": [["b"]], "深": [["c"]]}, states={"旧": "hidden", "深": "veryHidden"}
    )
    assert sheets.read(content, "a.xlsx") == [("表紙", []), ("旧", [(1, ["b"])])]


def test_names_of_sheets() -> None:
    names = ["会員名簿（平成25年度）", "A&B", "'引用'", " ", "H23<たま>", "😀"]
    read = sheets.read(excel_file({name: [["x"]] for name in names}), "a.xlsx")
    assert [sheet.name for sheet in read] == names


def test_a_chart_is_no_sheet() -> None:
    rels = (
        '<Relationships><Relationship Id="rId1" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    book = (
        '<workbook><sheets><sheet name="図" r:id="rId1"/><sheet name="表" r:id="rId2"/></sheets></workbook>'
    )
    content = excel_file(
        {"a": [["x"]]},
        parts={
            "xl/_rels/workbook.xml.rels": rels,
            "xl/workbook.xml": book,
            "xl/chartsheets/sheet1.xml": "<x/>",
        },
    )
    assert sheets.read(content, "a.xlsx") == [("表", [(1, ["x"])])]


def test_parts_that_hold_no_values_are_not_opened() -> None:
    parts = {
        "xl/media/image1.png": b"\x89PNG" + bytes(range(256)) * 4_000,
        "xl/calcChain.xml": "<!DOCTYPE x>",
        "xl/drawings/drawing1.xml": "<oops",
        "docProps/app.xml": "<!DOCTYPE x>",
    }
    assert sheets.read(excel_file({"a": [["x"]]}, parts=parts), "a.xlsx") == [("a", [(1, ["x"])])]


def test_a_workbook_saved_in_a_browser_numbers_its_parts() -> None:
    content = excel_file({"a": [["x", DAY]]}, properties="<!-- web -->")
    names = {
        "xl/workbook.xml": "xl/workbook22.xml",
        "xl/_rels/workbook.xml.rels": "xl/_rels/workbook22.xml.rels",
    }
    names |= {"xl/sharedStrings.xml": "xl/sharedStrings22.xml", "xl/styles.xml": "xl/styles22.xml"}
    assert sheets.read(renamed(content, names), "a.xlsx") == [("a", [(1, ["x", DAY])])]


def test_names_with_backslashes_capitals_and_a_slash_before() -> None:
    names = {
        "xl/worksheets/sheet1.xml": "xl\\worksheets\\Sheet1.xml",
        "xl/sharedStrings.xml": "xl/SharedStrings.xml",
        "xl/workbook.xml": "/xl/workbook.xml",
        "_rels/.rels": "\\_rels\\.rels",
    }
    assert sheets.read(renamed(excel_file({"a": [["x"]]}), names), "a.xlsx") == [("a", [(1, ["x"])])]


def test_a_workbook_of_google_sheets() -> None:
    """Its cells say their style always, its rows their heights, and it keeps no dimension."""
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" '
        'xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main"><sheetPr><outlinePr '
        'summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        '<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/><sheetData>'
        '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"/><c r="C1" s="0" t="str">'
        '<f>IFERROR(__xludf.DUMMYFUNCTION("QUERY(A:B)"),"立川")</f><v>立川</v></c></row>'
        '<row r="2" ht="15.75" customHeight="1"/></sheetData><drawing r:id="rId1"/></worksheet>'
    )
    content = excel_file({"シート1": [["企業名"]]}, parts={"xl/worksheets/sheet1.xml": sheet})
    assert sheets.read(content, "a.xlsx") == [("シート1", [(1, ["企業名", None, "立川"])])]


def renamed(content: bytes, names: dict[str, str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return package({names.get(name, name): old.read(name) for name in old.namelist()})
