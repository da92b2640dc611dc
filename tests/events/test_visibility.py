"""What members of an invited group learn: what they were told of, and nothing of a plan that was given up before."""

import datetime

import icalendar
import pytest

from events import meetings
from events.calendars import feeds, showing
from events.library import files_visible_to, keep
from events.models import InvitedGroup, Meeting, Notice
from events.visibility import meetings_visible_to
from tests.events.pictures import paper
from tests.factories import make_meeting

DAY = datetime.date(2026, 12, 9)


@pytest.fixture
def joint(group, other_group, secretary) -> Meeting:
    meeting = make_meeting(group, DAY, place="秘密の会議室")
    InvitedGroup.objects.create(meeting=meeting, group=other_group, state="agreed")
    keep(
        group=group,
        upload=paper(),
        kind="material",
        title="秘密の資料",
        by=secretary.user,
        meeting=meeting,
        is_open=True,
    )
    return meeting


def learned(actor, meeting: Meeting) -> list[bool]:
    """Whether the reader learns of it by its page, by its files, by the calendar of the phone."""
    user = type(actor.user).objects.get(pk=actor.user.pk)
    feed = feeds.start(user=user)
    events = icalendar.Calendar.from_ical(showing.calendar_of(feed)).walk("VEVENT")
    page = actor.client.get(f"/meetings/{meeting.pk}/").content.decode()
    return ["秘密の会議室" in page, files_visible_to(user).exists(), bool(events)]


def test_of_a_plan_that_was_given_up_before_anybody_was_told(outsider, joint):
    meetings.cancel(meeting=joint, reason="講師が見つからないため")
    assert learned(outsider, joint) == [False] * 3


@pytest.mark.parametrize("state", ["announced", "held", "cancelled"])
def test_of_what_was_announced_to_them(outsider, joint, state):
    Notice.objects.create(meeting=joint, kind="notice")
    Meeting.objects.update(state=state)
    assert learned(outsider, joint) == [True] * 3


@pytest.mark.parametrize(
    ("day", "hour", "shown"),
    [
        (datetime.date(2013, 3, 31), 23, True),
        (datetime.date(2013, 4, 1), 0, False),
        (datetime.date(2013, 4, 1), 8, False),
    ],
)
def test_the_day_of_the_handover_is_one_in_japan(staff, group, day, hour, shown):
    """Until nine in the morning it is still yesterday in Greenwich; the one at eleven goes on over midnight."""
    meeting = make_meeting(group, day, hour=hour, place="秘密の会議室")
    assert ("秘密の会議室" in staff.client.get(f"/meetings/{meeting.pk}/").content.decode()) is shown
    assert staff.user.has_perm("events.run_meeting", Meeting.objects.get()) is shown
    assert (meeting in meetings_visible_to(staff.user).filter(stage_then="launched")) is shown
