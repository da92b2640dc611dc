"""Hostile files: each is refused with a sentence, in little time."""

import io
import time
import zipfile

import pytest

from iri_exchange.lib import sheets
from iri_exchange.lib.sheets import guard

from .excel import excel_file
from .hostile import XLSX_CASES, sheet_xml, with_rows, workbook
from .hostile_bytes import OTHER_CASES, TEXT_CASES, Case

CASES = [
    pytest.param(case, id=f"{kind}: {name}")
    for kind, cases in (("other", OTHER_CASES), ("xlsx", XLSX_CASES), ("text", TEXT_CASES))
    for name, case in cases.items()
]


@pytest.mark.parametrize("case", CASES)
def test_hostile_file_is_refused(case: Case) -> None:
    filename, content, says = case
    started = time.monotonic()
    with pytest.raises(sheets.SheetError) as caught:
        sheets.read(content, filename)
    assert says in str(caught.value)
    assert str(caught.value).endswith("。")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("length", range(0, len(workbook()), 400))
def test_workbook_cut_off_anywhere_is_refused(length: int) -> None:
    with pytest.raises(sheets.SheetError):
        sheets.read(workbook()[:length], "a.xlsx")


def test_a_long_sheet_loses_its_empty_cells_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read piece by piece, wherever a piece ends."""
    filled = "".join(
        f'<row r="{row}" ht="18"><c r="A{row}" s="1"><v>{row}</v></c><c r="C{row}" t="str"><v>立川</v></c></row>'
        for row in range(1, 900, 7)
    )
    empty = '<row r="2" s="3" ht="18"/><row r="3" spans="1:2"><c r="A3" s="1"/><c s="1" r="B3" /></row>'
    placeless = "<row><c/><c><v>1</v></c></row>"
    lines = filled.replace("</row>", "</row>" + empty) + placeless
    content = with_rows(lines.replace('<c r="C', '<c r="B1" s="2"/><c r="C'))
    for piece in (50, 333, 1_000, 10_000_000):
        monkeypatch.setattr(guard, "_LONG_PART", 1_000)
        monkeypatch.setattr(guard, "_PIECE", piece)
        assert dict(guard.parts(content))["xl/worksheets/sheet1.xml"] == sheet_xml(filled + placeless)


def test_a_long_sheet_of_one_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_LONG_PART", 1_000)
    monkeypatch.setattr(guard, "_PIECE", 1_000)
    monkeypatch.setattr(guard, "_LONGEST_ROW", 5_000)
    with pytest.raises(sheets.SheetError, match="大きすぎます"):
        list(guard.parts(with_rows("<row>" + "<c><v>1</v></c>" * 5_000 + "</row>")))


def test_long_strings_are_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_LONG_PART", 1_500)
    monkeypatch.setattr(guard, "_LONGEST_ROW", 100)
    strings = excel_file({"a": [["企業名" * 200]]})
    assert "企業名" * 200 in dict(guard.parts(strings))["xl/sharedStrings.xml"].decode()
    monkeypatch.setattr(guard, "MAX_KEPT", 1_500)
    with pytest.raises(sheets.SheetError, match="大きすぎます"):
        dict(guard.parts(strings))


def test_the_planted_bomb_is_one() -> None:
    with zipfile.ZipFile(io.BytesIO(XLSX_CASES["bomb by ratio"][1])) as package:
        entry = package.getinfo("xl/sharedStrings.xml")
    assert entry.file_size / entry.compress_size > 250
