"""Hostile files: each is refused with a sentence, in little time."""

import io
import time
import zipfile

import pytest

from iri_exchange.lib import sheets
from iri_exchange.lib.sheets import guard

from .hostile import TEXT_CASES, XLSX_CASES, Case, workbook

CASES = [
    pytest.param(case, id=f"{kind}: {name}")
    for kind, cases in (("xlsx", XLSX_CASES), ("text", TEXT_CASES))
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


def test_limit_is_not_below_a_large_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[f"会社{n}", f"担当{n}", n] for n in range(1_000)]
    content = sheets.write_xlsx("名簿", ["企業名", "氏名", "番号"], rows)
    assert len(sheets.read(content, "a.xlsx")[0].rows) == 1_001
    monkeypatch.setattr(guard, "_MAX_TAGS", 100)
    with pytest.raises(sheets.SheetError):
        sheets.read(content, "a.xlsx")


def test_the_planted_bomb_is_one() -> None:
    with zipfile.ZipFile(io.BytesIO(XLSX_CASES["bomb by ratio"][1])) as package:
        entry = package.getinfo("xl/bomb.xml")
    assert entry.file_size / entry.compress_size > 250
