"""What a new meeting begins with: days, deadlines, what is copied."""

import datetime

import pytest

from events import meetings
from events.planning import beginning
from groups.models import Group
from tests.factories import make_meeting

NOV = datetime.date(2026, 11, 11)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def ruled(group: Group, week: int, weekday: int) -> Group:
    group.meeting_week, group.meeting_weekday = week, weekday
    group.save()
    return group


@pytest.mark.parametrize(
    ("week", "weekday", "after", "expected"),
    [
        (2, 2, "2026-11-11", "2026-12-09"),
        (2, 2, "2025-03-12", "2026-12-09"),  # long ago: the next that lies ahead
        (4, 2, "2026-10-28", "2026-12-23"),  # 25 November is today
        (1, 4, "2026-12-04", "2027-01-08"),  # 1 January
        (3, 0, "2027-08-16", "2027-09-27"),  # 敬老の日
    ],
)
def test_the_next_day_follows_the_groups_rule(group, week, weekday, after, expected):
    assert beginning.next_day(ruled(group, week, weekday), day(after)) == day(expected)


def test_a_month_with_a_meeting_is_passed_over_and_a_cancelled_one_is_none(group):
    ruled(group, 2, 2)
    there = make_meeting(group, day("2026-12-16"))
    assert beginning.next_day(group, NOV) == day("2027-01-13")
    meetings.cancel(meeting=there)
    assert beginning.next_day(group, NOV) == day("2026-12-09")


def test_without_a_rule_the_weekday_of_the_last_one_counts(group):
    last = make_meeting(group, day("2026-11-19"))
    assert beginning.like(last)["day"] == day("2026-12-17")
    assert beginning.next_day(group, NOV) is None


@pytest.mark.parametrize(
    ("meets", "before", "expected"),
    [
        ("2026-12-09", 7, "2026-12-02"),
        ("2026-12-07", 14, "2026-11-25"),  # 23 November is a holiday, and over
        ("2027-01-13", 10, "2026-12-28"),  # neither over the turn of the year
        ("2026-11-26", 7, "2026-11-25"),
        ("2026-11-25", 7, None),
        ("2026-12-09", 0, "2026-12-08"),
    ],
)
def test_the_deadline_is_as_long_before_and_not_over(meets, before, expected):
    found = beginning.deadline(day(meets), datetime.timedelta(days=before))
    assert found == (day(expected) if expected else None)


def test_a_camp_keeps_its_length(group):
    start = make_meeting(group, NOV, kind="camp")
    meetings.move(meeting=start, ends_at=start.ends_at + datetime.timedelta(days=1))
    values = beginning.like(start)
    assert (values["kind"], values["last_day"] - values["day"]) == ("camp", datetime.timedelta(days=1))


def test_the_last_one_is_one_that_was_told_of_rather_than_a_plan(group):
    held = make_meeting(group, NOV)
    assert beginning.last_of(group) == held
    planned = make_meeting(group, day("2026-12-09"))
    assert beginning.last_of(group) == planned
    meetings.hold(meeting=held)
    assert beginning.last_of(group) == held
