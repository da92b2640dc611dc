"""Finding the header and reading rows, on small tables and on the four real ones."""

from pathlib import Path
from typing import Any

import pytest

from iri_exchange.lib import importing, japan, sheets
from iri_exchange.lib.importing import Column, Problem

DATA = Path(__file__).parents[2] / "data"
COLUMNS = (
    Column("company", "企業名", ("会社名",)),
    Column("company_kana", "フリガナ", ("カナ",), japan.kana),
    Column("person", "参加者氏名", ("担当者", "氏名"), japan.split_name),
    Column("person_kana", "氏名フリガナ", (), japan.kana),
    Column("title", "役職", ("役職名",)),
    Column("postal_code", "郵便番号", ("〒",), japan.postal_code),
    Column("address", "所在地", ("住所",), japan.split_address),
    Column("phone", "電話", ("TEL", "電話番号"), japan.phone),
    Column("fax", "FAX", ("ファックス",), japan.phone),
    Column("email", "メール", ("E-mail", "メールアドレス"), japan.email),
    Column("url", "URL", ("ホームページ",), japan.url),
    Column("trade", "業種"),
    Column("products", "主要製品・技術", ("事業内容",)),
    Column("capital", "資本金", (), japan.capital),
    Column("employees", "従業員数", ("社員数",), japan.whole_number),
    Column("corporate_number", "法人番号", (), japan.corporate_number),
    Column("joined_on", "入会日", ("加入年月日",), japan.parse_date),
)


def header_of(*rows: list[Any]) -> importing.Header | None:
    numbered = [sheets.Row(number, cells) for number, cells in enumerate(rows, start=1)]
    return importing.find_header(numbered, COLUMNS)


def test_header_under_title_lines() -> None:
    header = header_of(
        ["企業名簿"], ["令和8年"], ["No.", "企業名", "氏名", "備考"], ["1", "株式会社立川", "髙橋"]
    )
    assert header == importing.Header(
        3, {"company": 1, "person": 2}, {"company": "企業名", "person": "氏名"}, ("No.", "備考")
    )


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("資本金（万円）", "capital"),
        ("資 本 金\n(百万円)", "capital"),
        ("ＴＥＬ", "phone"),
        ("e-mail", "email"),
        ("Ｅメール", None),
        ("電話番号（代表）", "phone"),
        ("主要製品 技術", "products"),
        ("氏　名", "person"),
        ("氏名（フリガナ）", "person_kana"),
        ("氏名（カナ）", None),
        ("企業名※", "company"),
        ("（備考）", None),
        ("", None),
    ],
)
def test_labels(label: str, key: str | None) -> None:
    header = header_of(["住所", "〒", label])
    assert header is not None
    assert {"address": 0, "postal_code": 1} | ({key: 2} if key else {}) == header.indexes


def test_first_of_equal_labels_and_rows_wins() -> None:
    header = header_of(["企業名", "氏名", "氏名"], ["企業名", "氏名"])
    assert header is not None
    assert (header.row, header.indexes["person"], header.unknown) == (1, 1, ("氏名",))


@pytest.mark.parametrize("rows", [[], [["企業名"]], [["1", "株式会社立川", "髙橋"]]])
def test_no_header(rows: list[list[Any]]) -> None:
    assert header_of(*rows) is None


def test_cells_by_key() -> None:
    header = header_of(["企業名", "FAX", "資本金（百万円）", "URL"])
    assert header is not None
    cells: list[sheets.Cell] = ["　株式会社立川 ", "－", 20.0]
    keys = ("company", "fax", "capital", "url", "person")
    assert [header.text(cells, key) for key in keys] == ["株式会社立川", "", "20", "", ""]
    assert [header.note(key) for key in ("company", "capital", "person")] == ["", "百万円", ""]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([], True),
        ([None, "　", ""], True),
        (["以上"], True),
        ([None, "以　上"], True),
        (["合計", None, 21], True),
        (["計２１社"], True),
        (["小計", "3名"], True),
        (["1", "株式会社合計計算"], False),
        (["株式会社以上"], False),
        (["以上測器株式会社", "髙橋"], False),
        (["計測サービス", "髙橋"], False),
        (["計"], True),
        ([1, None], False),
    ],
)
def test_is_noise(cells: list[sheets.Cell], expected: bool) -> None:
    assert importing.is_noise(cells) == expected


def test_problems_carry_row_and_label() -> None:
    header = header_of(["会社名", "社員数（名）", "入会日", "ＦＡＸ"])
    assert header is not None
    row = sheets.Row(7, ["㈱立川", "約50名", "H25.2.30", None])
    assert importing.read_row(header, COLUMNS, row) == (
        {"company": "㈱立川"},
        [
            Problem(7, "社員数（名）", "数字だけで入れてください。例：50"),
            Problem(7, "入会日", "「H25.2.30」という日付はありません。暦を確かめてください。"),
        ],
    )


@pytest.mark.parametrize(
    ("filename", "header_row", "known", "unknown", "records"),
    [
        ("tama24.csv", 4, 17, ("No.",), 21),
        ("plaza62.xlsx", 3, 17, ("No.",), 13),
        ("h23-tamageta.csv", 1, 16, (), 12),
        ("broken.xlsx", 1, 17, ("No.", "（備考）この行の問題"), 17),
    ],
)
def test_real_rosters(
    filename: str, header_row: int, known: int, unknown: tuple[str, ...], records: int
) -> None:
    rows = sheets.read((DATA / filename).read_bytes(), filename)[0].rows
    header = importing.find_header(rows, COLUMNS)
    assert header is not None
    assert (header.row, len(header.indexes), header.unknown) == (header_row, known, unknown)
    below = [row for row in rows if row.number > header.row and not importing.is_noise(row.cells)]
    assert len(below) == records


@pytest.mark.parametrize("filename", ["tama24.csv", "plaza62.xlsx", "h23-tamageta.csv"])
def test_good_rosters_have_no_problem(filename: str) -> None:
    rows = sheets.read((DATA / filename).read_bytes(), filename)[0].rows
    header = importing.find_header(rows, COLUMNS)
    assert header is not None
    below = [row for row in rows if row.number > header.row and not importing.is_noise(row.cells)]
    problems = [problem for row in below for problem in importing.read_row(header, COLUMNS, row)[1]]
    assert problems == []


def test_broken_roster_names_each_unreadable_cell() -> None:
    rows = sheets.read((DATA / "broken.xlsx").read_bytes(), "broken.xlsx")[0].rows
    header = importing.find_header(rows, COLUMNS)
    assert header is not None
    problems = [p for row in rows if row.number > 1 for p in importing.read_row(header, COLUMNS, row)[1]]
    assert [(problem.row, problem.column) for problem in problems] == [
        (9, "郵便番号"),
        (10, "法人番号"),
        (11, "入会日"),
        (13, "E-mail"),
        (14, "従業員数"),
    ]
