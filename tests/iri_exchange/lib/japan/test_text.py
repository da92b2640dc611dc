"""Trimming, half-width codes, unsafe characters, what cp932 loses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iri_exchange.lib import japan

IVS = "\U000e0100"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("　髙橋　誠\u00a0\ufeff", "髙橋　誠"),
        ("\ufeff企業名", "企業名"),
        ("\r\n\t 株式会社 \u2003", "株式会社"),
        (f"葛{IVS}", f"葛{IVS}"),
        ("\ufa19", "\ufa19"),
        ("　", ""),
    ],
)
def test_tidy(text: str, expected: str) -> None:
    assert japan.tidy(text) == expected


@given(st.text())
def test_tidy_only_trims(text: str) -> None:
    assert japan.tidy(text) in text
    assert japan.tidy(japan.tidy(text)) == japan.tidy(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("０４２－０００－６６１１", "042-000-6611"),
        ("1‐2‑3–4—5―6−7ー8ｰ9", "1-2-3-4-5-6-7-8-9"),
        ("info＠example．jp", "info@example.jp"),
        ("　Ｔ１２３　", "T123"),
    ],
)
def test_half_width(text: str, expected: str) -> None:
    assert japan.half_width(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("髙橋　誠", False),
        (f"葛{IVS}西\ufe00 𠮷田", False),
        ("山田\u200b太郎", True),
        ("山田\u202e太郎", True),
        ("山田\u2066太郎", True),
        ("\ufeff山田", True),
        ("山田\x00", True),
        ("山田\x7f", True),
        ("\u3164", True),
        ("\ud800", True),
        ("一行目\n二行目", True),
        ("a\tb", True),
    ],
)
def test_has_unsafe_characters(text: str, expected: bool) -> None:
    assert japan.has_unsafe_characters(text) == expected


def test_lines_may_be_allowed() -> None:
    assert japan.has_unsafe_characters("一行目\r\n二行目", lines=True) is False
    assert japan.has_unsafe_characters("一行目\n\u200b", lines=True) is True


def test_cp932_losses() -> None:
    assert japan.cp932_losses(f"𠮷田 鷗 葛{IVS} 髙﨑 𠮷野 株式会社") == ["𠮷", "鷗", f"葛{IVS}"]
    assert japan.cp932_losses("髙橋　﨑　①㈱") == []
