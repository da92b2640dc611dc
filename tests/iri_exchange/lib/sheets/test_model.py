"""Cells as text, and the guard before formulas."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iri_exchange.lib import sheets
from iri_exchange.lib.sheets.model import quoted, unquoted


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, ""),
        ("髙橋　誠", "髙橋　誠"),
        (280, "280"),
        (280.0, "280"),
        (7018561689034.0, "7018561689034"),
        (1.5, "1.5"),
        (float("inf"), "inf"),
        (datetime.date(2012, 7, 8), "2012-07-08"),
    ],
)
def test_text_of(cell: sheets.Cell, expected: str) -> None:
    assert sheets.text_of(cell) == expected


@pytest.mark.parametrize("sign", [*"=+-@", "\t", "\r", *"＝＋－＠"])
def test_formulas_are_quoted(sign: str) -> None:
    assert quoted(f"{sign}1") == f"'{sign}1"
    assert quoted(f"'{sign}1") == f"''{sign}1"
    assert unquoted(f"'{sign}1") == f"{sign}1"
    assert unquoted(f"''{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("text", ["", "'", "株式会社", "042-000", "'90年代", "1+1"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert quoted(text) == unquoted(text) == text


@given(st.one_of(st.text(), st.text(alphabet="'=+-@\t\r＝＋－＠a")))
def test_quoting_is_undone(text: str) -> None:
    assert unquoted(quoted(text)) == text
