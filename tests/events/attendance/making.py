"""Meetings that were held, with what became of each member, plainly made."""

import datetime

from events import meetings
from events.models import Attendance, Meeting
from groups.models import Group, Membership
from tests.events.reception.making import person_of
from tests.factories import make_meeting

LETTERS = {"○": "present", "△": "late", "▽": "early", "◇": "proxy", "×": "absent"}


def held(
    group: Group, day: datetime.date, marks: str, members: list[Membership], **fields: object
) -> Meeting:
    """A meeting of the past; `marks` has a shape for each member, "." for nothing ticked."""
    meeting = make_meeting(group, day, **fields)
    meetings.hold(meeting=meeting)
    for member, shape in zip(members, marks, strict=True):
        if shape != ".":
            tick(meeting, member, shape)
    return meeting


def tick(meeting: Meeting, member: Membership, shape: str) -> None:
    Attendance.objects.create(
        meeting=meeting, membership=member, person=person_of(member), kind=LETTERS[shape]
    )
