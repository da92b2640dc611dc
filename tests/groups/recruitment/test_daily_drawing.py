"""Applications per day as a drawing: bars, lines and words stand where the numbers say."""

import datetime

from groups.recruitment.daily_drawing import FOOT, HIGH, LEFT, TOP, drawing_of
from groups.recruitment.statistics import Day

FIRST = datetime.date(2026, 11, 2)  # a Monday


def days(counts, before=()):
    found, total, total_before = [], 0, 0
    for place, count in enumerate(counts):
        earlier = before[place] if before else 0
        total, total_before = total + count, total_before + earlier
        found.append(Day(FIRST + datetime.timedelta(days=place), count, total, earlier, total_before))
    return found


def test_bars_stand_on_the_foot_and_are_as_high_as_their_number():
    drawing = drawing_of(days([1, 0, 3]))
    assert [(bar.x, bar.y + bar.height, bar.height) for bar in drawing.bars] == [
        (LEFT, FOOT, HIGH / 4),
        (LEFT + 56, FOOT, HIGH * 3 / 4),
    ]
    assert [bar.label for bar in drawing.bars] == ["11月2日 1件", "11月4日 3件"]


def test_the_line_rises_to_the_top():
    assert drawing_of(days([1, 1])).line == f"M{LEFT} {FOOT - HIGH // 2}H84L84 {TOP}H112"


def test_last_years_line_is_there_if_something_came():
    assert drawing_of(days([1, 1])).line_before == ""
    assert drawing_of(days([1, 1], [0, 4])).line_before == f"M{LEFT} {FOOT}H84L84 {TOP}H112"


def test_a_long_call_fits_the_page_and_names_mondays_where_there_is_room():
    drawing = drawing_of(days([1] * 70))
    assert drawing.width == 1096
    assert [mark.label for mark in drawing.days][:3] == ["11/2", "11/9", "11/16"]
    assert all(after.at - mark.at >= 52 for mark, after in zip(drawing.days, drawing.days[1:], strict=False))


def test_numbers_at_the_left_are_few_and_round():
    assert [mark.label for mark in drawing_of(days([23])).numbers] == ["5", "10", "15", "20"]
    assert [mark.label for mark in drawing_of(days([2])).numbers] == ["1", "2"]
