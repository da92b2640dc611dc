"""第n曜日: which days a rule gives, over holidays, year ends and months without a fifth."""

import datetime

import pytest

from events.meeting_dates import Rule, day_in, proposed

LAUNCH, MARCH = datetime.date(2026, 7, 10), datetime.date(2027, 3, 31)


def days(rule: Rule, after: datetime.date = LAUNCH, until: datetime.date = MARCH) -> list[str]:
    return [f"{day:%m-%d}" for day in proposed(rule, after=after, until=until)]


def test_one_day_a_month_from_the_month_after_the_launch_to_march():
    assert days(Rule(2, 2)) == ["08-12", "09-09", "10-14", "11-11", "12-09", "01-13", "02-10", "03-10"]


def test_no_day_after_the_last_one_and_none_before_the_launch():
    assert days(Rule(5, 2), until=datetime.date(2027, 3, 30))[-1] == "02-24"
    assert days(Rule(1, 0), after=datetime.date(2027, 3, 1)) == []


@pytest.mark.parametrize(
    ("year", "month", "rule", "expected"),
    [
        # 1 January, and 文化の日 on the first Tuesday of November.
        (2027, 1, Rule(1, 4), "2027-01-08"),
        (2026, 11, Rule(1, 1), "2026-11-10"),
        # 成人の日 is the second Monday: rather a week later than a week earlier.
        (2027, 1, Rule(2, 0), "2027-01-18"),
        # The fifth Wednesday is 30 December: not over the turn of the year, and not in January.
        (2026, 12, Rule(5, 2), "2026-12-23"),
        # No fifth Monday: the last one; it is a working day.
        (2027, 2, Rule(5, 0), "2027-02-22"),
        # 憲法記念日 in a week of holidays, 3 to 5 May.
        (2027, 5, Rule(1, 0), "2027-05-10"),
    ],
)
def test_instead_of_a_holiday_the_nearest_same_weekday_of_the_month(year, month, rule, expected):
    assert day_in(year, month, rule) == datetime.date.fromisoformat(expected)


@pytest.mark.parametrize("week", range(1, 6))
@pytest.mark.parametrize("weekday", range(5))
def test_every_rule_gives_each_of_twenty_years_a_working_day_a_month(week, weekday):
    found = proposed(Rule(week, weekday), after=datetime.date(2020, 3, 1), until=datetime.date(2040, 3, 31))
    assert [(day.year, day.month) for day in found] == [
        (2020 + (3 + number) // 12, (3 + number) % 12 + 1) for number in range(240)
    ]
    assert {day.weekday() for day in found} == {weekday}
    turn = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
    assert [day for day in found if (day.month, day.day) in turn] == []
