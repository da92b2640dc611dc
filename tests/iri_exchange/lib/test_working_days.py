"""Days on which the institute works, against the calendar as it was printed."""

import datetime

import pytest

from iri_exchange.lib.working_days import a_year_later, closed_for, is_working_day, next_working_day


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2026-11-25", ""),
        ("2026-11-23", "勤労感謝の日"),
        ("2026-11-21", "土曜日"),
        ("2026-11-22", "日曜日"),
        ("2026-12-28", ""),
        ("2026-12-29", "年末年始"),
        ("2027-01-01", "元日"),
        ("2027-01-03", "年末年始"),
        ("2027-01-04", ""),
    ],
)
def test_why_the_institute_is_closed(on, why):
    assert closed_for(day(on)) == why
    assert is_working_day(day(on)) == (why == "")


@pytest.mark.parametrize("on", ["2027-03-22", "2026-05-06", "2026-09-22"])
def test_substitute_days_and_days_between_holidays_are_holidays(on):
    assert not is_working_day(day(on))


@pytest.mark.parametrize(
    ("on", "then"),
    [
        ("2026-11-25", "2026-11-25"),
        ("2026-11-21", "2026-11-24"),
        ("2026-12-29", "2027-01-04"),
        ("2027-04-29", "2027-04-30"),
        ("2028-12-29", "2029-01-04"),
    ],
)
def test_the_next_working_day_is_the_day_itself_or_the_first_after_it(on, then):
    assert next_working_day(day(on)) == day(then)


@pytest.mark.parametrize(
    ("on", "then"),
    [
        ("2026-04-06", "2027-04-06"),
        ("2026-05-29", "2027-05-31"),
        ("2026-05-01", "2027-05-06"),
        ("2028-02-29", "2029-02-28"),
    ],
)
def test_a_year_later_it_is_the_same_day_or_the_next_working_one(on, then):
    assert a_year_later(day(on)) == day(then)
