"""Whose personal link still opens: who attends on the meeting's day, for a group that is invited still."""

import datetime

import pytest

from events import meetings
from events.models import InvitedGroup, Meeting
from events.planning import making
from events.replying import doors, replies
from events.replying.doors import Door
from events.telling import notices
from groups import memberships
from members.models import Letter
from tests.events.told import DAY, link_of, reply_of, told_meeting
from tests.factories import make_membership, make_person

NEXT_WEEK = datetime.date(2026, 12, 1)


def door(reply) -> Door:
    return doors.opened(link_of(reply).split("/")[2]).door


def test_who_joins_before_the_meeting_answers_today(group, secretary):
    coming = make_membership(group, on=NEXT_WEEK)
    meeting = told_meeting(group, secretary.user)
    reply = reply_of(meeting, coming.representatives.get())
    assert door(reply) == Door.OPEN
    assert reply in notices.invited_before(meeting)


def test_who_attends_from_next_week_on_answers_today(group, member, secretary):
    successor = make_person(company=member.membership.company)
    memberships.add_representative(membership=member.membership, person=successor, since=NEXT_WEEK)
    meeting = told_meeting(group, secretary.user)
    assert door(reply_of(meeting, successor)) == Door.OPEN


@pytest.mark.parametrize(
    ("since", "shown"), [(DAY, Door.GONE), (DAY + datetime.timedelta(days=1), Door.OPEN)]
)
def test_who_leaves_before_the_meeting_is_not_expected(group, member, secretary, since, shown):
    meeting = told_meeting(group, secretary.user)
    memberships.leave(membership=member.membership, since=since, reason="busy")
    assert door(reply_of(meeting, member)) == shown


@pytest.fixture
def joint(group, other_group, secretary, outsider) -> Meeting:
    """`other_group` agreed to it, and was told."""
    meeting = making.plan(
        group=group, starts_at=at(15), ends_at=at(17), place="秘密の会議室", invited=[other_group]
    )
    meeting.invited_groups.update(state="agreed")
    notices.send(meeting=meeting, by=secretary.user, people=[secretary.person, outsider.person])
    return meeting


def at(hour: int) -> datetime.datetime:
    return datetime.datetime(2026, 12, 10, hour - 9, tzinfo=datetime.UTC)


def test_a_group_that_is_invited_no_longer_is_shut_out_and_told_nothing_more(
    visitor, joint, outsider, secretary
):
    reply = reply_of(joint, outsider)
    assert "秘密の会議室" in visitor.client.get(link_of(reply)).content.decode()
    InvitedGroup.objects.get(meeting=joint).delete()
    assert "秘密の会議室" not in visitor.client.get(link_of(reply)).content.decode()
    assert visitor.client.get(f"{link_of(reply)}meeting.ics").status_code == 404
    Letter.objects.all().delete()
    notices.tell_change(meeting=joint, by=secretary.user)
    assert [letter.person for letter in Letter.objects.all()] == [secretary.person]


def test_a_link_that_was_made_anew_tells_nothing_of_a_meeting_that_is_off(visitor, group, member, secretary):
    """It was made anew because somebody else holds the old one."""
    meeting = told_meeting(group, secretary.user, place="秘密の会議室")
    reply = reply_of(meeting, member)
    old = link_of(reply)
    fresh = link_of(replies.renew_link(reply=reply))
    meetings.cancel(meeting=meeting, reason="社長が入院したため")
    assert "社長が入院したため" in visitor.client.get(fresh).content.decode()
    for address in (old, f"{old}meeting.ics"):
        answer = visitor.client.get(address)
        assert ("社長が入院" in answer.content.decode(), "秘密の会議室" in answer.content.decode()) == (
            False,
            False,
        )
        assert answer.status_code == 404
