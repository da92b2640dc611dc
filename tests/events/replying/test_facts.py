"""What is told of a meeting, in lines."""

import datetime

import pytest

from events.planning.beginning import moment
from events.replying import facts
from tests.factories import make_meeting

DAY = datetime.date(2026, 12, 4)


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(datetime.time(17), "12月4日（金）17:00まで"), (datetime.time(23, 59, 59), "12月4日（金）まで")],
)
def test_a_deadline_is_short_and_names_an_hour_that_is_not_the_end_of_the_day(hour, expected):
    assert facts.until(moment(DAY, hour)) == expected


def test_the_page_of_a_meeting_tells_the_deadline_as_the_letter_does(member, group):
    until = moment(DAY, datetime.time(17))
    meeting = make_meeting(group, datetime.date(2026, 12, 9), reply_until=until)
    page = member.client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert f"<dd>{facts.deadline(meeting)}</dd>" in page
