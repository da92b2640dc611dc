"""A meeting of which its people were told, as the tests of replies begin with."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from events.links import token_of
from events.models import Meeting, Reply
from events.replying.invitees import invited_people
from events.telling import notices
from groups.models import Group
from tests.factories import make_login, make_meeting, make_membership, make_person

DAY = datetime.date(2026, 12, 10)
UNTIL = datetime.datetime(2026, 12, 4, 17, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
PARTY = {"has_party": True, "party_time": datetime.time(17, 30), "party_place": "昭島駅前", "party_fee": 4000}


def told_meeting(group: Group, by: Any = None, **fields: Any) -> Meeting:
    """On 10 December, to be answered by the 4th; all who are invited were told."""
    meeting = make_meeting(group, fields.pop("day", DAY), **{"reply_until": UNTIL} | fields)
    by = by or make_login(make_person(family_name="北原", given_name="茂"))
    notices.send(meeting=meeting, by=by, people=[person for _, person in invited_people(meeting)])
    return meeting


def reply_of(meeting: Meeting, actor: Any) -> Reply:
    return meeting.replies.get(person=getattr(actor, "person", actor))


def link_of(reply: Reply) -> str:
    return f"/reply/{token_of(reply)}/"


def many_members(group: Group, number: int) -> None:
    for _ in range(number):
        make_membership(group, consent="yes")
