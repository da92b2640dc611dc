"""Reading CSV, TSV and XLSX as people save them."""

import datetime
import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from iri_exchange.lib import sheets

from .hostile import with_part, with_rows, workbook

DATA = Path(__file__).parents[3] / "data"
TEXT = "企業名,氏名\r\n株式会社立川,髙橋　誠\r\n"
ROWS = [(1, ["企業名", "氏名"]), (2, ["株式会社立川", "髙橋　誠"])]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp932"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.replace("株式会社立川", '"株式会社立川"').encode(),
        TEXT.removesuffix("\r\n").encode(),
    ],
)
def test_text_files(content: bytes) -> None:
    assert sheets.read(content, "/tmp/名簿.csv") == [("名簿", ROWS)]


def test_empty_rows_keep_the_numbers_right() -> None:
    content = '題,,\n\n ,\na,"1\n2",\n'.encode()
    assert sheets.read(content, "a.csv")[0].rows == [(1, ["題"]), (3, [" "]), (4, ["a", "1\n2"])]


def test_text_file_gives_back_guarded_formulas() -> None:
    content = "'=1+1,'+81-42-000-4642,''=x,'普通,=2\n".encode()
    cells = sheets.read(content, "a.csv")[0].rows[0].cells
    assert cells == ["=1+1", "+81-42-000-4642", "'=x", "'普通", "=2"]


def test_workbook_cells() -> None:
    content = workbook(
        {
            "A1": "文字",
            "B1": 12,
            "C1": 1.5,
            "D1": datetime.date(2012, 7, 8),
            "E1": datetime.datetime(2012, 7, 8, 9, 30),  # noqa: DTZ001 (Excel knows no zone)
            "F1": True,
            "G1": '=HYPERLINK("http://example.com","x")',
            "H1": "#N/A",
            "I1": datetime.time(9, 30),
            "K1": ArrayFormula("K1", "=SUM(B1:C1)"),
            "B3": "'+81",
        }
    )
    day = datetime.date(2012, 7, 8)
    formula = '=HYPERLINK("http://example.com","x")'
    first = ["文字", 12, 1.5, day, day, "TRUE", formula, "#N/A", "09:30:00", None, "=SUM(B1:C1)"]
    read = sheets.read(content, "a.xlsx")
    assert read == [("Sheet", [(1, first), (3, [None, "+81"])])]
    assert [type(cell) for cell in read[0].rows[0].cells[3:5]] == [datetime.date, datetime.date]


def test_workbook_sheets_in_order() -> None:
    book = Workbook()
    book.active.title = "会員"
    book.active["A1"] = "a"
    book.create_sheet("役員")["A1"] = "b"
    book.create_sheet("空")
    out = io.BytesIO()
    book.save(out)
    expected = [("会員", [(1, ["a"])]), ("役員", [(1, ["b"])]), ("空", [])]
    assert sheets.read(out.getvalue(), "a.xlsx") == expected


def declare_strings(types: bytes) -> bytes:
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    return types.replace(b"</Types>", override)


def test_reading_aids_of_excel_are_no_text() -> None:
    """Japanese Excel stores the typed reading beside each shared string."""
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<si><t>髙橋</t><rPh sb="0" eb="2"><t>タカハシ</t></rPh><phoneticPr fontId="1"/></si></sst>'
    )
    content = with_part(
        "xl/sharedStrings.xml", strings.encode(), with_rows('<row><c t="s"><v>0</v></c></row>')
    )
    content = with_part("[Content_Types].xml", declare_strings, content)
    assert sheets.read(content, "a.xlsx")[0].rows == [(1, ["髙橋"])]


def test_a_false_dimension_hides_nothing() -> None:
    def narrow(sheet: bytes) -> bytes:
        return sheet.replace(b'ref="A1:B2"', b'ref="A1"')

    content = with_part("xl/worksheets/sheet1.xml", narrow)
    assert sheets.read(content, "a.xlsx")[0].rows == ROWS


def test_the_kind_is_told_by_the_bytes() -> None:
    assert sheets.read(workbook(), "名簿.csv")[0].rows == ROWS


@pytest.mark.parametrize(
    ("filename", "names", "first", "last", "count"),
    [
        ("tama24.csv", ["tama24"], (1, ["TAMA24　会員名簿"]), (27, ["以上"]), 25),
        ("h23-tamageta.csv", ["h23-tamageta"], None, None, 13),
        ("plaza62.xlsx", ["会員名簿", "役員"], (1, ["プラザ62 会員名簿（昭和62年設立）"]), None, 15),
        ("broken.xlsx", ["Sheet"], None, None, 18),
    ],
)
def test_real_rosters(filename: str, names: list[str], first: object, last: object, count: int) -> None:
    read = sheets.read((DATA / filename).read_bytes(), filename)
    rows = read[0].rows
    assert [sheet.name for sheet in read] == names
    assert len(rows) == count
    assert first in (None, rows[0])
    assert last in (None, rows[-1])


def test_real_cells_are_kept_to_the_code_point() -> None:
    rows = sheets.read((DATA / "plaza62.xlsx").read_bytes(), "plaza62.xlsx")[0].rows
    by_number = dict(rows)
    assert by_number[10][3] == "葛\U000e0100西　昭"
    assert by_number[6][3] == "𠮷田　恵"
    assert by_number[4][17] == datetime.date(1994, 9, 25)
    assert by_number[5][17] == "H6.7.22"
    broken = dict(sheets.read((DATA / "broken.xlsx").read_bytes(), "broken.xlsx")[0].rows)
    assert broken[16][1] == '=HYPERLINK("http://example.com","株式会社計算")'
