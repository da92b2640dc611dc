"""Eras, fiscal years and the reading of dates."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iri_exchange.lib import japan
from iri_exchange.lib.japan import dates

day = datetime.date
EXAMPLE = "例：2026年7月1日、R8.7.1"


def answer_of(read: Callable[[Any], Any], value: Any) -> Any:
    """What the reader returns, or the sentence it refuses with."""
    try:
        return read(value)
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (day(2026, 12, 10), "令和8年12月10日"),
        (day(2019, 5, 1), "令和元年5月1日"),
        (day(2019, 4, 30), "平成31年4月30日"),
        (day(1989, 1, 8), "平成元年1月8日"),
        (day(1989, 1, 7), "昭和64年1月7日"),
        (day(1926, 12, 25), "昭和元年12月25日"),
        (day(1926, 12, 24), "大正15年12月24日"),
        (day(1850, 1, 1), "1850年1月1日"),
    ],
)
def test_wareki(date: datetime.date, expected: str) -> None:
    assert japan.wareki(date) == expected


def test_full_date() -> None:
    assert japan.full_date(day(2026, 12, 10)) == "令和8年（2026年）12月10日（木）"


def test_short_date() -> None:
    assert japan.short_date(day(2026, 12, 10)) == "12/10 木"


def test_month_day() -> None:
    assert japan.month_day(day(2026, 12, 10)) == "12月10日（木）"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (day(2012, 7, 22), "H24.7"),
        (day(2019, 7, 16), "R1.7"),
        (day(1987, 7, 7), "S62.7"),
        (day(1850, 3, 1), "1850.3"),
    ],
)
def test_era_month(date: datetime.date, expected: str) -> None:
    assert japan.era_month(date) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2026, "令和8年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (1987, "昭和62年度"),
    ],
)
def test_fiscal_year_label(year: int, expected: str) -> None:
    assert japan.fiscal_year_label(year) == expected
    assert japan.era_year(year) == expected.removesuffix("度")


@pytest.mark.parametrize(
    ("date", "first_month", "expected"),
    [
        (day(2027, 3, 31), 4, 2026),
        (day(2027, 4, 1), 4, 2027),
        (day(2028, 2, 29), 4, 2027),
        (day(2027, 1, 1), 1, 2027),
        (day(2026, 12, 31), 1, 2026),
        (day(2026, 11, 30), 12, 2025),
        (day(2026, 12, 1), 12, 2026),
    ],
)
def test_fiscal_year(date: datetime.date, first_month: int, expected: int) -> None:
    assert japan.fiscal_year(date, first_month) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2012-07-08", day(2012, 7, 8)),
        ("2012/7/8", day(2012, 7, 8)),
        ("2012.7.8", day(2012, 7, 8)),
        ("2012年7月8日", day(2012, 7, 8)),
        ("2012年7月8日（日）", day(2012, 7, 8)),
        ("2012-07-08 00:00:00", day(2012, 7, 8)),
        ("2012-07-08T09:30:00+09:00", day(2012, 7, 8)),
        ("２０１２ー７ー８", day(2012, 7, 8)),
        (" 2012 年 7 月 8 日 ", day(2012, 7, 8)),
        ("20120708", day(2012, 7, 8)),
        ("41098", day(2012, 7, 8)),
        ("H25.7.1", day(2013, 7, 1)),
        ("h25/7/1", day(2013, 7, 1)),
        ("Ｈ２５．７．１", day(2013, 7, 1)),
        ("平成25年7月1日", day(2013, 7, 1)),
        ("㍻25年7月1日", day(2013, 7, 1)),
        ("令和元年5月1日", day(2019, 5, 1)),
        ("S62.7.7", day(1987, 7, 7)),
        ("R1.7.16", day(2019, 7, 16)),
        ("T12.9.1", day(1923, 9, 1)),
        ("H31.12.1", day(2019, 12, 1)),
        ("H.25.7.1", day(2013, 7, 1)),
        ("平25.7.1", day(2013, 7, 1)),
        ("令元.5.1", day(2019, 5, 1)),
        ("H250701", day(2013, 7, 1)),
        ("2028-02-29", day(2028, 2, 29)),
        (41098, day(2012, 7, 8)),
        (41098.75, day(2012, 7, 8)),
        (20120708, day(2012, 7, 8)),
        (19725, day(1954, 1, 1)),
        (73050, day(2099, 12, 31)),
        (day(2012, 7, 8), day(2012, 7, 8)),
        (datetime.datetime(2012, 7, 8, 23, 59), day(2012, 7, 8)),  # noqa: DTZ001 (Excel knows no zone)
    ],
)
def test_parse_date(value: Any, expected: datetime.date) -> None:
    parsed = japan.parse_date(value)
    assert (type(parsed), parsed) == (datetime.date, expected)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("H25.2.30", "「H25.2.30」という日付はありません。暦を確かめてください。"),
        ("2027-02-29", "「2027-02-29」という日付はありません。暦を確かめてください。"),
        ("2027-13-01", "「2027-13-01」という日付はありません。暦を確かめてください。"),
        ("H24.7", f"「H24.7」には日がありません。日まで入れてください。{EXAMPLE}"),
        ("2012年7月", f"「2012年7月」には日がありません。日まで入れてください。{EXAMPLE}"),
        ("12/7/8", f"「12/7/8」の年は、4けたの西暦か、元号を付けて入れてください。{EXAMPLE}"),
        ("S92.1.1", "「S92.1.1」：昭和92年はありません。元号と年を確かめてください。"),
        ("H0.1.1", "「H0.1.1」：平成0年はありません。元号と年を確かめてください。"),
        ("H250231", "「H250231」という日付はありません。暦を確かめてください。"),
        (".25.7.1", f"「.25.7.1」は日付として読めません。{EXAMPLE}"),
        ("X3.1.1", f"「X3.1.1」の元号が分かりません。{EXAMPLE}"),
        ("昨日", f"「昨日」は日付として読めません。{EXAMPLE}"),
        ("", f"「」は日付として読めません。{EXAMPLE}"),
        ("٢٠١٢-٠٧-٠٨", f"「٢٠١٢-٠٧-٠٨」は日付として読めません。{EXAMPLE}"),
        (19724, f"「19724」は日付として読めません。{EXAMPLE}"),
        (73051, f"「73051」は日付として読めません。{EXAMPLE}"),
        (float("nan"), f"「nan」は日付として読めません。{EXAMPLE}"),
        ("9999-12-31", f"9999年は日付として扱えません。年を確かめてください。{EXAMPLE}"),
        ("1" * 9000, f"「{'1' * 40}」は日付として読めません。{EXAMPLE}"),
    ],
)
def test_parse_date_refuses(value: Any, message: str) -> None:
    with pytest.raises(ValueError, match="。") as caught:
        japan.parse_date(value)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text", ["2013年7月", "平成２５年７月", "H25.7", "平25.7", "2013/07", "2013.7", "2013-7月"]
)
def test_parse_month(text: str) -> None:
    assert japan.parse_month(text) == day(2013, 7, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2013年7月1日", "「2013年7月1日」は年月として読めません。例：2026年7月、R8.7"),
        ("2013年", "「2013年」は年月として読めません。例：2026年7月、R8.7"),
        ("2013年13月", "「2013年13.1」という日付はありません。暦を確かめてください。"),
    ],
)
def test_parse_month_refuses(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="。") as caught:
        japan.parse_month(text)
    assert str(caught.value) == message


@given(st.dates(day(1868, 10, 23), day(2099, 12, 31)))
def test_what_is_shown_can_be_read_again(date: datetime.date) -> None:
    assert japan.parse_date(japan.wareki(date)) == date
    assert japan.parse_date(japan.full_date(date)) == date
    assert japan.parse_date(f"{japan.era_month(date)}.{date.day}") == date


@given(st.one_of(st.text(), st.integers(), st.floats()))
def test_hostile_values_are_read_or_refused_in_japanese(value: Any) -> None:
    answer = answer_of(japan.parse_date, value)
    assert "。" in answer if isinstance(answer, str) else 1868 <= answer.year <= 2099


def test_a_future_era_is_data(monkeypatch: pytest.MonkeyPatch) -> None:
    coming = dates.Era("未来", "F", day(2040, 1, 8))
    monkeypatch.setattr(dates, "ERAS", (*dates.ERAS, coming))
    assert japan.wareki(day(2040, 1, 7)) == "令和22年1月7日"
    assert japan.wareki(day(2040, 1, 8)) == "未来元年1月8日"
    assert japan.fiscal_year_label(2039) == "令和21年度"
    assert japan.fiscal_year_label(2040) == "未来元年度"
    assert japan.parse_date("F2.4.1") == day(2041, 4, 1)
    with pytest.raises(ValueError, match="令和23年はありません"):
        japan.parse_date("R23.4.1")
