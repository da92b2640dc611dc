"""Which sheet, which row, which column: found, corrected and remembered."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.importing.reading.columns import LABELS
from groups.importing.reading.table import Choice, open_table, shape_of
from iri_exchange.lib.sheets import Sheet, SheetError
from tests.groups.importing.reading.sheets import (
    keys,
    members,
    nothing,
    opened,
    problems,
    sheet,
    warnings,
)

ROSTER = "企業名|氏名|電話\n株式会社青葉|青葉 一郎|042-000-0001"
OFFICERS = "役職|氏名\n代表幹事|青葉 一郎"


def book():
    return [
        sheet("表紙\nけやき会", "表紙"),
        sheet(OFFICERS, "役員"),
        sheet(ROSTER, "会員"),
        sheet(ROSTER, "会員（控え）"),
        Sheet("白紙", []),
    ]


def test_the_sheet_that_knows_most_columns_is_read():
    table = open_table(book(), Choice(), nothing)

    assert (table.layout.sheet, members(table)) == ("会員", [("株式会社青葉", "青葉 一郎")])
    assert [(each.name, each.rows) for each in table.layout.sheets] == [
        ("表紙", 2),
        ("役員", 2),
        ("会員", 2),
        ("会員（控え）", 2),
        ("白紙", 0),
    ]


@pytest.mark.parametrize(
    ("name", "read"), [("会員（控え）", "会員（控え）"), ("役員", "役員"), ("去年", "会員"), ("白紙", "会員")]
)
def test_a_chosen_sheet_is_read_if_it_is_still_there(name, read):
    assert open_table(book(), Choice(sheet=name), nothing).layout.sheet == read


def test_a_header_without_rows_is_no_roster_if_another_sheet_has_some():
    empty = sheet("企業名|氏名|電話|FAX|メール", "ひな形")

    assert open_table([empty, sheet(ROSTER)], Choice(), nothing).layout.sheet == "名簿"
    with pytest.raises(SheetError, match="見出しの下に会員の行がありません。"):
        open_table([sheet("表紙\nけやき会", "表紙"), empty], Choice(), nothing)
    with pytest.raises(SheetError, match="見出しの下に会員の行がありません。"):
        open_table([empty], Choice(), nothing)


def test_nothing_to_read_at_all():
    with pytest.raises(SheetError):
        open_table([], Choice(), nothing)
    with pytest.raises(SheetError, match="見出しの行が見つかりません。"):
        open_table([sheet("こんにちは")], Choice(), nothing)


def test_a_table_that_nobody_understands_is_asked_about():
    text = "アンケート\n甲|乙|丙\n青葉|一|42\n若葉|二|43\n紅葉|二|44\n桜|三|45"

    layout = opened(text).layout

    assert (layout.needs_mapping, layout.header_row, opened(text).rows) == (True, 2, [])
    assert [(column.letter, column.label, column.key, column.samples) for column in layout.columns] == [
        ("A", "甲", "", ["青葉", "若葉", "紅葉"]),
        ("B", "乙", "", ["一", "二", "三"]),
        ("C", "丙", "", ["42", "43", "44"]),
    ]


def test_a_table_without_names_is_asked_about_until_somebody_says_them():
    text = "名まえ|電話|FAX\n株式会社青葉|042-000-0001|"
    assert opened(text).layout.needs_mapping

    table = opened(text, mapping={0: "company_name"})

    assert (table.layout.needs_mapping, keys(table)) == (False, ["company_name", "phone", "fax"])
    assert members(table) == [("株式会社青葉", "")]


def test_the_user_says_which_row_is_the_header():
    text = "企業名|氏名|業種\n会社|人|仕事\n株式会社青葉|青葉 一郎|製造業"
    assert members(opened(text)) == [("会社", "人"), ("株式会社青葉", "青葉 一郎")]

    table = opened(text, header_row=2, mapping={1: "person_name", 2: "trade"})

    assert (table.layout.header_row, keys(table)) == (2, ["company_name", "person_name", "trade"])
    assert members(table) == [("株式会社青葉", "青葉 一郎")]


def test_a_row_that_numbers_the_columns_is_no_member():
    assert members(opened("企業名|氏名|電話\n(1)|(2)|(3)\n株式会社青葉||")) == [("株式会社青葉", "")]


@pytest.mark.parametrize(
    "word",
    [
        "以上",
        "合　計",
        "小計",
        "総計",
        "累計",
        "計21社",
        "会員計",
        "企業合計",
        "法人計",
        "個人計",
        "【合計】",
        "ー合計ー",
        "・計",
    ],
)
def test_a_wide_row_of_totals_is_no_member(word):
    table = opened(f"企業名|氏名|電話|従業員数|資本金\n株式会社青葉|||5|1\n{word}|2名|2件|5|1")

    assert members(table) == [("株式会社青葉", "")]


def test_a_table_without_a_header():
    text = "株式会社青葉|青葉 一郎|042\n株式会社若葉|若葉 花子|042-000-0002"
    assert opened(text, header_row=0).layout.needs_mapping

    table = opened(text, header_row=0, mapping={0: "company_name", 1: "person_name", 2: "phone"})

    assert [column.letter for column in table.layout.columns] == ["A", "B", "C"]
    assert members(table) == [("株式会社若葉", "若葉 花子")]
    assert [(row, column) for row, column, _ in problems(table)] == [(1, "電話（C列）")]
    assert table.warnings == []


@pytest.mark.parametrize(
    "text",
    [
        "株式会社青葉|青葉 一郎|042-000-0001\n株式会社若葉|若葉 花子|042-000-0002",
        "株式会社青葉|青葉 一郎|i@aoba.example.jp",
    ],
)
def test_a_table_that_begins_with_a_member_has_no_header(text):
    layout = opened(text).layout

    assert (layout.needs_mapping, layout.header_row) == (True, 0)
    assert [(column.letter, column.label) for column in layout.columns] == [("A", ""), ("B", ""), ("C", "")]
    assert layout.columns[0].samples[0] == "株式会社青葉"
    assert members(opened(text, header_row=0, mapping={0: "company_name"}))[0] == ("株式会社青葉", "")


@pytest.mark.parametrize("header_row", [-1, 3, 99, 10**9])
def test_a_header_row_that_holds_nothing(header_row):
    with contextlib.suppress(SheetError):
        assert opened("企業名|氏名\n株式会社青葉|青葉 一郎", header_row=header_row).layout.needs_mapping


def test_a_correction_replaces_the_guess_for_its_columns_only():
    table = opened(
        "企業名|氏名|電話|備考\n1|株式会社青葉|042-000-0001|青葉 一郎",
        mapping={0: "", 1: "company_name", 3: "person_name"},
    )

    assert keys(table) == ["", "company_name", "phone", "person_name"]
    assert members(table) == [("株式会社青葉", "青葉 一郎")]
    assert warnings(table) == []


def test_one_key_is_read_from_one_column():
    table = opened(
        "企業名|別名|電話\n株式会社青葉|青葉|042-000-0001", mapping={0: "company_name", 1: "company_name"}
    )

    assert keys(table) == ["company_name", "", "phone"]
    assert warnings(table) == [(1, "別名", "「企業名」はA列で読むので、この列は取り込みません。")]


@given(
    st.dictionaries(st.integers(-5, 40), st.sampled_from([*LABELS, "", "nonsense", "__class__"])),
    st.none() | st.integers(-1, 9),
)
def test_no_mapping_breaks_the_reading(mapping, header_row):
    """Whether it is nonsense, or was meant for another sheet."""
    text = "題名\n企業名|氏名|電話|備考\n株式会社青葉|青葉 一郎|042-000-0001|x"
    with contextlib.suppress(SheetError):
        table = opened(text, mapping=mapping, header_row=header_row)
        used = [key for key in keys(table) if key]
        assert len(used) == len(set(used))
        assert all(key in LABELS for key in used)
        for row in table.read({}):
            assert bool(row.entries) != bool(row.problems)


def test_a_remembered_shape_wins_over_guessing():
    text = "企業名|氏名|電話\n株式会社ア|x|1\n会社|だれ|でんわ\n株式会社青葉|青葉 一郎|042-000-0001"
    asked = []

    def remembered(shapes):
        asked.append(set(shapes))
        return {shape_of(["会社", "だれ", "でんわ"]): {0: "company_name", 1: "person_name", 2: "phone"}}

    table = open_table([sheet(text)], Choice(), remembered)

    assert (table.layout.header_row, table.layout.remembered) == (3, True)
    assert members(table) == [("株式会社青葉", "青葉 一郎")]
    assert len(asked) == 1
    assert shape_of(["企業名", "氏名", "電話"]) in asked[0]


def test_what_the_user_says_now_wins_over_what_was_remembered():
    table = open_table([sheet(ROSTER)], Choice(mapping={1: ""}), lambda shapes: pytest.fail("not asked"))

    assert (table.layout.remembered, keys(table)) == (False, ["company_name", "", "phone"])


@pytest.mark.parametrize("header", ["企業名|氏名|電話", "企業名|氏名|連絡先|\n||電話|FAX", "|企業名||氏名"])
def test_the_labels_of_a_layout_have_the_shape_that_is_asked_for(header):
    asked = []
    table = open_table(
        [sheet(f"{header}\n株式会社青葉|株式会社青葉|a|b|c")],
        Choice(),
        lambda shapes: asked.extend(shapes) or {},
    )

    assert shape_of([column.label for column in table.layout.columns]) in asked


def test_shapes_differ_by_words_and_places_not_by_spacing():
    same = shape_of(["企業名", "氏 名", ""])

    assert same == shape_of(["企 業 名", "氏名"])
    assert (
        len({same, shape_of(["氏名", "企業名"]), shape_of(["", "企業名", "氏名"]), shape_of(["企業名"])}) == 4
    )
