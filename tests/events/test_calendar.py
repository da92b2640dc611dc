"""The year line: where a day stands, and what is drawn for it."""

import datetime
import re

import pytest

from events.calendar import FLAG_HALF_WIDTH, NARROWEST, position, year_line


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-04-01", 0.0),
        ("2026-05-01", 8.33),
        ("2026-11-25", 65.0),
        ("2027-02-15", 87.5),
        ("2028-02-29", 91.38),
        ("2027-03-31", 99.73),
    ],
)
def test_position(date, expected):
    assert position(day(date)) == expected


def test_cells_cover_the_year_in_order():
    months = year_line(day("2026-11-25")).months
    assert [month.label for month in months] == [
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "11",
        "12",
        "1",
        "2",
        "3",
    ]
    assert [month.start for month in months[1:]] == [month.end for month in months[:-1]]
    assert (months[0].start, months[-1].end) == (0.0, 100.0)


def test_past_is_filled_up_to_today():
    months = year_line(day("2026-11-25")).months
    assert [month.filled for month in months] == [month.width for month in months[:7]] + [6.67] + [0] * 4
    assert [month.label for month in months if month.is_here] == ["11"]


@pytest.mark.parametrize("date", ["2026-04-01", "2027-03-31", "2028-02-29", "2026-12-31"])
def test_exactly_one_month_is_here(date):
    here = [month.label for month in year_line(day(date)).months if month.is_here]
    assert here == [str(day(date).month)]


def test_first_day_has_nothing_behind_it():
    line = year_line(day("2027-04-01"))
    assert (line.fiscal_year, line.now, line.period.label) == (2027, 0.0, "募集")
    assert {month.filled for month in line.months} == {0}


def test_last_day_belongs_to_the_year_before():
    line = year_line(day("2027-03-31"))
    assert (line.fiscal_year, line.period.label, line.ahead) == (2026, "毎月の定例会", None)


def test_periods_follow_each_other():
    spans = [(span.label, span.start, span.end) for span in year_line(day("2026-06-10")).spans]
    assert spans == [
        ("募集", 0.0, 16.67),
        ("審査", 16.67, 25.0),
        ("発会", 25.0, 33.33),
        ("毎月の定例会", 33.33, 100.0),
    ]


@pytest.mark.parametrize(
    ("date", "period", "says"),
    [
        ("2026-05-31", "募集", "新しいグループの会員を募集しています。新しいグループは7月に発会します。"),
        ("2026-06-01", "審査", "申し込まれた方を審査しています。新しいグループは7月に発会します。"),
        (
            "2026-07-31",
            "発会",
            "新しいグループが集まり、名称と役員を決めます。8月から毎月、定例会を開きます。",
        ),
        ("2026-11-25", "毎月の定例会", "すべてのグループが集まる2月の合同交流会まで、あと3か月です。"),
        ("2027-01-01", "毎月の定例会", "来月は、すべてのグループが集まる合同交流会の月です。"),
        ("2028-02-29", "毎月の定例会", "今月は、すべてのグループが集まる合同交流会の月です。"),
        ("2027-03-01", "毎月の定例会", "4月から新しい年度です。新しいグループの会員の募集が始まります。"),
    ],
)
def test_words(date, period, says):
    line = year_line(day(date))
    assert (line.period.label, line.says) == (period, says)


def test_distance_to_the_goal_is_drawn_while_there_is_room():
    drawn = {
        date: year_line(day(date)).ahead for date in ("2026-04-01", "2026-12-31", "2027-01-01", "2027-02-01")
    }
    labels = {date: span and span.label for date, span in drawn.items()}
    assert labels == {
        "2026-04-01": "あと10か月",
        "2026-12-31": "あと2か月",
        "2027-01-01": None,
        "2027-02-01": None,
    }


@pytest.mark.parametrize("date", ["2026-04-01", "2026-05-20", "2026-10-01", "2027-02-01", "2027-03-31"])
def test_flag_stays_on_the_narrowest_line_and_points_at_today(date):
    line = year_line(day(date))
    left, right = (float(x) for x in re.match(r"M(\S+) 0H([-\d.]+)V", line.flag.outline).groups())
    today = line.now / 100 * NARROWEST
    assert right - left == 2 * FLAG_HALF_WIDTH
    assert round(today + left) >= 0
    assert round(today + right) <= NARROWEST
    assert left <= 0 <= right


def test_flag_is_centred_where_there_is_room():
    assert year_line(day("2026-10-01")).flag.outline == "M-68 0H68V24H7L0 34 -7 24H-68z"
    assert year_line(day("2026-04-01")).flag.outline == "M0 0H136V24H7L0 34 0 24H0z"
