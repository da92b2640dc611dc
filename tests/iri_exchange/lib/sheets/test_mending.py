"""What Excel shows comes, also where the parser would lose it: formulas, errors, dates, spaces."""

import datetime

import pytest

from iri_exchange.lib import sheets

from .excel import MAIN, STYLES, Raw, excel_file
from .hostile import sheet_xml, with_part

DAY = datetime.date(1985, 4, 1)  # 昭和60年4月1日, 31138 for Excel
SHEET = "xl/worksheets/sheet1.xml"


def cells_of(content: bytes) -> list[sheets.Cell]:
    return sheets.read(content, "a.xlsx")[0].rows[0].cells


def cell_of(cell: str, **parts: str) -> sheets.Cell:
    """The one cell as it is read, with a text beside it so that the sheet is never empty."""
    cells = cells_of(excel_file({"a": [["前", Raw(cell), "後"]]}, **parts))
    assert (cells[0], cells[2]) == ("前", "後")
    return cells[1]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c {} t="str"><f>PHONETIC(A1)</f><v>タカハシ</v></c>', "タカハシ"),
        ("<c {}><f>SUM(A1:A9)</f><v>280</v></c>", 280),
        ('<c {} s="1"><f>TODAY()</f><v>31138</v></c>', DAY),
        ('<c {} t="str"><f>A1&amp;"様"</f><v>髙橋様</v></c>', "髙橋様"),
        ('<c {} t="str"><f>IF(A1="","",A1)</f><v></v></c>', None),
        ('<c {} t="str"><f>IF(A1="","",A1)</f><v/></c>', None),
        ('<c {} t="b"><f>A1=A2</f><v>0</v></c>', "FALSE"),
        ('<c {} t="e"><f>VLOOKUP(A1,B:C,2,0)</f><v>#N/A</v></c>', "#N/A"),
        ('<c {} t="str"><f t="shared" ref="A1:A9" si="0">B1</f><v>立川</v></c>', "立川"),
        ('<c {} t="str"><f t="shared" si="0"/><v>立川</v></c>', "立川"),
        ('<c {} t="str"><f t="array" ref="A1">INDEX(B:B,1)</f><v>立川</v></c>', "立川"),
        ('<c {} t="str" cm="1"><f t="array" ref="A1">_xlfn.XLOOKUP(1,B:B,C:C)</f><v>立川</v></c>', "立川"),
    ],
)
def test_a_formula_is_its_last_value(cell: str, expected: sheets.Cell) -> None:
    assert cell_of(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<c {}><f>SUM(A1:A9)</f></c>", "=SUM(A1:A9)"),
        ("<c {}><f>SUM(A1:A9)</f><v></v></c>", "=SUM(A1:A9)"),
        ("<c {}><f>SUM(A1:A9)</f><v/></c>", "=SUM(A1:A9)"),
        ('<c {} s="1" ><f>TODAY()</f><v /></c>', "=TODAY()"),
        ('<c {} t="str"><f>A1</f></c>', "=A1"),
        ('<c t="n" {}>\n<f>A1</f>\n<v>\n</v>\n</c>', "=A1"),
        ('<c {}><f>A1&amp;"&lt;様&gt;"</f></c>', '=A1&"<様>"'),
        ('<c {}><f t="shared" ref="A1:A9" si="0">B1</f></c>', "=B1"),
        ('<c {}><f t="shared" si="0"/></c>', "="),
        ('<c {}><f si="0" t="shared"></f><v/></c>', "="),
        ('<c {}><f ca="1" t="shared" si="0"/></c>', "="),
        ('<c {}><f aca="false">B1</f></c>', "=B1"),
        ("<c {}><f/></c>", "="),
        ('<c {}><f t="dataTable" ref="A1:B2" dt2D="1"/></c>', "="),
        ('<c {} t="e"><f>NA()</f></c>', "=NA()"),
        (
            '<c {}><f>HYPERLINK("http://example.com","株式会社計算")</f></c>',
            '=HYPERLINK("http://example.com","株式会社計算")',
        ),
    ],
)
def test_a_formula_that_was_never_calculated_does_not_vanish(cell: str, expected: str) -> None:
    assert cell_of(cell) == expected


def test_formulas_under_another_prefix() -> None:
    rows = (
        '<x:row r="2"><x:c r="B2"><x:f>A1</x:f></x:c><x:c r="C2" t="e"><x:v>#REF!</x:v></x:c>'
        '<x:c r="D2" t="str"><x:f>A1</x:f><x:v>立川</x:v></x:c><x:c r="E2"><x:f t="shared" si="1"/></x:c></x:row>'
    )
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:dimension/><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    read = sheets.read(with_part(SHEET, sheet.encode()), "a.xlsx")[0].rows
    assert read == [(2, [None, "=A1", "#REF!", "立川", "="])]


def test_a_formula_beside_many_values_keeps_its_place() -> None:
    rows = [[f"会社{number}", number, Raw("<c {}><f>A1</f><v>1</v></c>")] for number in range(40)]
    rows[20][2] = Raw("<c {}><f>A21</f></c>")
    read = sheets.read(excel_file({"a": rows}), "a.xlsx")[0].rows
    assert [row.cells[2] for row in read] == [1] * 20 + ["=A21"] + [1] * 19


@pytest.mark.parametrize(
    "error",
    ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!"],
)
def test_an_error_is_its_text(error: str) -> None:
    assert cell_of(f'<c {{}} s="0" t="e"><v>{error}</v></c>') == error


def test_an_error_in_single_quotes() -> None:
    assert cell_of("<c {} t='e'><v>#N/A</v></c>") == "#N/A"


def test_what_only_looks_like_an_error_stays() -> None:
    assert cell_of("""<c {} t="str"><v>&lt;c t="e"&gt; t="e" t='e'</v></c>""") == """<c t="e"> t="e" t='e'"""


@pytest.mark.parametrize("number", [27, 28, 29, 30, 31, 34, 35, 36, *range(50, 59), 14, 15, 16, 17, 22])
def test_built_in_days_of_japanese_excel(number: int) -> None:
    styles = STYLES.replace('numFmtId="57"', f'numFmtId="{number}"')
    assert cell_of('<c {} s="2"><v>31138</v></c>', parts={"xl/styles.xml": styles}) == DAY


@pytest.mark.parametrize("number", [0, 1, 3, 9, 37, 49, 59])
def test_other_numbers_stay_numbers(number: int) -> None:
    styles = STYLES.replace('numFmtId="57"', f'numFmtId="{number}"')
    assert cell_of('<c {} s="2"><v>31138</v></c>', parts={"xl/styles.xml": styles}) == 31138


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", DAY),
        ("[$-ja-JP-x-gannen]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", DAY),
        (
            "[&lt;=43585][$-411]ggge&quot;年&quot;m&quot;月&quot;;[$-411]&quot;令和元年&quot;m&quot;月&quot;",
            DAY,
        ),
        ("[$-411]ge.m.d;@", DAY),
        ("[$-411]ggge&quot;年&quot;", DAY),
        ("ge", DAY),
        ("yyyy&quot;年&quot;m&quot;月&quot;", DAY),
        ("yyyy/m/d(aaa)", DAY),
        ("m&quot;月生まれ&quot;", DAY),
        ("#,##0&quot;名&quot;", 31138),
        ("General&quot;年&quot;", 31138),
        ("0.00E+00", 31138),
        ("[Red]0;[Blue]-0", 31138),
        ("&quot;date&quot;0", 31138),
        ("@", 31138),
    ],
)
def test_formats_that_the_file_describes(code: str, expected: sheets.Cell) -> None:
    formats = f'<numFmts count="1"><numFmt numFmtId="176" formatCode="{code}"/></numFmts><fonts'
    styles = STYLES.replace("<fonts", formats, 1).replace('numFmtId="57"', 'numFmtId="176"')
    assert cell_of('<c {} s="2"><v>31138</v></c>', parts={"xl/styles.xml": styles}) == expected


def test_what_the_file_says_of_a_built_in_format_counts() -> None:
    formats = '<numFmts count="1"><numFmt numFmtId="57" formatCode="0&quot;円&quot;"/></numFmts><fonts'
    styles = STYLES.replace("<fonts", formats, 1)
    assert cell_of('<c {} s="2"><v>31138</v></c>', parts={"xl/styles.xml": styles}) == 31138


def test_spaces_around_a_text_stay_as_they_are() -> None:
    content = excel_file(
        {"a": [[" 前", "後 ", "　全角　", " ", Raw('<c {} t="inlineStr"><is><t> 中 </t></is></c>')]]}
    )
    assert cells_of(content) == [" 前", "後 ", "　全角　", " ", " 中 "]


def test_false_sizes_are_not_believed() -> None:
    strings = f'<sst xmlns="{MAIN}" count="9" uniqueCount="{"9" * 30}"><si><t>立川</t></si></sst>'
    assert cells_of(excel_file({"a": [["x"]]}, parts={"xl/sharedStrings.xml": strings})) == ["立川"]
    strings = strings.replace("9" * 30, "999999999")
    assert cells_of(excel_file({"a": [["x"]]}, parts={"xl/sharedStrings.xml": strings})) == ["立川"]


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576", "B2:A1", "", "A:R", "oops", "A1:B2:C3"])
def test_a_false_dimension_is_not_believed(dimension: str) -> None:
    sheet = sheet_xml('<row r="3"><c r="B3"><v>7</v></c></row>').replace(
        b"<sheetData", f'<dimension ref="{dimension}"/><sheetData'.encode()
    )
    assert sheets.read(with_part(SHEET, sheet), "a.xlsx")[0].rows == [(3, [None, 7])]
