"""How a cell is read, however it is written: a value, nothing, or a sentence that says what to write instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.importing.reading.columns import LABELS, MAIN
from groups.importing.reading.table import Choice, open_table
from iri_exchange.lib.sheets import Row, Sheet, text_of
from tests.groups.importing.reading.shapes import NOTHING, SHAPES, Refused, Told, With


def row_with(key, cell):
    """The only row of a table with this cell; the other names are there."""
    cells = {"company_name": "株式会社青葉", "person_name": "若葉 花子"} | {key: cell}
    if key == "person_name":
        cells["company_name"] = "個人会員"
    labels = [f"企業名{LABELS[name]}" if name == "company_kana" else LABELS[name] for name in cells]
    table = open_table(
        [Sheet("名簿", [Row(1, list(labels)), Row(2, list(cells.values()))])], Choice(), lambda shapes: {}
    )
    return next(table.read({}), None)


@pytest.mark.parametrize(("key", "cell", "expected"), SHAPES)
def test_a_cell(key, cell, expected):
    row = row_with(key, cell)
    said = [problem.message for problem in row.problems], [warning.message for warning in row.warnings]

    if isinstance(expected, Refused):
        assert (said, row.entries) == (([expected], []), [])
        return
    value, warning, also = expected, [], {}
    if isinstance(expected, Told):
        value, warning = expected.value, [expected.warning]
    if isinstance(expected, With):
        value, also = expected
    assert said == ([], warning)
    read = row.entries[0].values
    assert read.get(key, NOTHING) == value
    assert also.items() <= read.items()
    assert type(read.get(key, NOTHING)) is type(value)


def test_there_are_enough_shapes_and_every_column_has_some():
    assert len(SHAPES) >= 120
    assert {key for key, _, _ in SHAPES} == {column.key for column in MAIN}


def test_a_month_is_only_roughly_known():
    assert [row_with("joined_on", cell).entries[0].vague for cell in ("H25.7", "H25.7.1")] == [
        {"joined_on"},
        set(),
    ]


@pytest.mark.parametrize("cell", ["98,000,000", 98000000, "1,000,000"])
def test_a_capital_that_could_be_yen_is_asked_about_where_the_label_says_no_unit(cell):
    rows = [Row(1, ["企業名", "資本金"]), Row(2, ["株式会社青葉", cell])]

    [row] = open_table([Sheet("名簿", rows)], Choice(), lambda shapes: {}).read({})

    shown = text_of(cell)
    assert [problem.message for problem in row.problems] == [
        f"「{shown}」は、円ですか、万円ですか。「1000万円」のように単位を付けて入れてください。"
    ]


CELLS = st.one_of(
    st.text(),
    st.text(alphabet="0123456789０１-ー－+()（）@.:/／、,;〒年月日元平成HSR億千万円名内線様 　\n'=同上なし", max_size=24),
    st.integers(),
    st.floats(),
    st.dates(),
    st.none(),
)  # fmt: skip


@given(st.sampled_from([column.key for column in MAIN]), CELLS)
def test_every_cell_is_read_or_refused_in_japanese(key, cell):
    row = row_with(key, cell)

    assert bool(row.entries) != bool(row.problems)
    assert all(
        problem.message.endswith(("。", "）", "例：50")) or "例：" in problem.message
        for problem in row.problems
    )


def as_cell(value):
    """What a person would write for a stored value."""
    if isinstance(value, tuple):
        return "　".join(filter(None, value))
    if isinstance(value, dict):
        parts = [value.get(name, "") for name in ("prefecture", "city", "street")]
        return "\n".join(filter(None, ["".join(parts), value.get("building", "")]))
    return value


@given(st.sampled_from([column.key for column in MAIN]), CELLS)
def test_what_was_read_reads_as_itself(key, cell):
    row = row_with(key, cell)
    if row.entries and key in row.entries[0].values:
        value = row.entries[0].values[key]

        assert row_with(key, as_cell(value)).entries[0].values.get(key) == value


@given(st.lists(st.lists(CELLS, max_size=8), max_size=8))
def test_no_table_breaks_the_reading(cells):
    rows = [
        Row(number, list(line))
        for number, line in enumerate([["企業名", "氏名", "電話", "入会日"], *cells], 1)
    ]
    try:
        table = open_table([Sheet("名簿", rows)], Choice(), lambda shapes: {})
    except ValueError as error:
        assert "。" in str(error)  # noqa: PT017
        return
    for row in table.read({}):
        assert row.entries == [] or row.problems == []
