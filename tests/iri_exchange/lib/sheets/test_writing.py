"""Writing CSV and XLSX: disarmed, printable, and read back as they were."""

import datetime
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iri_exchange.lib import sheets

HEADER = ["企業名", "電話", "従業員数", "入会日"]
DAY = datetime.date(2012, 7, 8)
ROWS: list[list[sheets.Cell]] = [
    ["株式会社立川", "042-000-4642", 60, DAY],
    ['=HYPERLINK("http://example.com","x")', "+81-42-000-4642", None, None],
    ["＝１＋１", "-", 0, None],
    ["'=x", "@a", 1.5, DAY],
    ["葛\U000e0100西 𠮷野", '改\n行,と"引用符"', -5, None],
]
# A row starts with a letter, so that it is never blank; zero bytes are no text.
CELLS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("'=+-@＝\t\n,\"")), min_size=1
)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3).map(lambda row: ["行", *row]), max_size=5)


def test_csv_bytes() -> None:
    expected = (
        "企業名,電話,従業員数,入会日\r\n"
        "株式会社立川,042-000-4642,60,2012-07-08\r\n"
        '"\'=HYPERLINK(""http://example.com"",""x"")",\'+81-42-000-4642,,\r\n'
        "'＝１＋１,'-,0,\r\n"
        "''=x,'@a,1.5,2012-07-08\r\n"
        '葛\U000e0100西 𠮷野,"改\n行,と""引用符""",-5,\r\n'
    )
    assert sheets.write_csv(HEADER, ROWS) == b"\xef\xbb\xbf" + expected.encode()


def test_csv_comes_back() -> None:
    rows = sheets.read(sheets.write_csv(HEADER, ROWS), "a.csv")[0].rows
    texts = [[sheets.text_of(cell) for cell in row] for row in ROWS]
    assert [[sheets.text_of(cell) for cell in row.cells] for row in rows[1:]] == [
        row if row[-1] else row[: len(row) - 1 - (row[-2] == "")] for row in texts
    ]


@settings(deadline=None, max_examples=40)
@given(TABLES)
def test_any_csv_comes_back(table: list[list[str]]) -> None:
    rows = sheets.read(sheets.write_csv(HEADER, table), "a.csv")[0].rows
    assert [row.cells for row in rows] == [HEADER, *table]


def test_cp932_never_loses_silently() -> None:
    assert sheets.write_csv(["氏名"], [["髙橋"]], "cp932") == "氏名\r\n髙橋\r\n".encode("cp932")
    with pytest.raises(UnicodeEncodeError):
        sheets.write_csv(["氏名"], [["𠮷野"]], "cp932")


def test_xlsx_texts_are_text_cells() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(sheets.write_xlsx("名簿", HEADER, ROWS))).active
    assert [sheet.cell(row, 1).data_type for row in range(1, 7)] == ["s"] * 6
    assert sheet["A3"].value == '=HYPERLINK("http://example.com","x")'
    assert sheet["A3"].number_format == "@"
    assert sheet["B3"].value == "+81-42-000-4642"
    assert (sheet["C2"].value, sheet["C2"].data_type) == (60, "n")
    assert sheet["D2"].value.date() == DAY


def test_xlsx_comes_back() -> None:
    rows = sheets.read(sheets.write_xlsx("名簿", HEADER, ROWS), "a.xlsx")[0].rows
    expected = [list(row) for row in ROWS]
    for row in expected:
        while row[-1] is None:
            row.pop()
    assert [row.cells for row in rows] == [HEADER, *expected]


@settings(deadline=None, max_examples=40)
@given(TABLES)
def test_any_xlsx_comes_back(table: list[list[str]]) -> None:
    rows = sheets.read(sheets.write_xlsx("表", HEADER, table), "a.xlsx")[0].rows
    assert [row.cells for row in rows] == [HEADER, *table]


def test_xlsx_print_set_up() -> None:
    content = sheets.write_xlsx("A&B会", ["企業名", "主要製品・サービス"], [["㈱" * 40, "x"]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert sheet.oddHeader.left.text == "A&&B会"
    assert [sheet.column_dimensions[column].width for column in "AB"] == [40, 20]
    assert sheet["A1"].font.bold is True


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("会員名簿", "会員名簿"),
        ("令和8/12:10 [案]*?", "令和8 12 10  案"),
        ("長" * 40, "長" * 31),
        ("'", "Sheet1"),
        ("", "Sheet1"),
    ],
)
def test_sheet_names_that_excel_allows(title: str, expected: str) -> None:
    assert openpyxl.load_workbook(io.BytesIO(sheets.write_xlsx(title, ["a"], []))).sheetnames == [expected]


def test_control_characters_do_not_break_the_file() -> None:
    assert sheets.read(sheets.write_xlsx("表", ["a"], [["x\x00\x0by"]]), "a.xlsx")[0].rows[1].cells == ["xy"]
