"""Open seats: members of other groups come by themselves, and never more than there are seats."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events import seats
from events.calendars import feeds, showing
from events.minutes.reading import minutes_of
from events.models import InvitedGroup, Meeting, Reply
from events.reception.listing import listing_of
from events.replying import replies
from events.replying.board import rows_of
from events.replying.doors import Door, attended, door_of
from events.replying.invitees import invited_people
from events.telling import changes
from groups import lifecycle, memberships
from groups.models import Group
from members.models import Letter
from tests.conftest import log_in
from tests.events.joining.making import everything, fresh
from tests.events.told import UNTIL, told_meeting
from tests.factories import make_group, make_membership

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def meeting(group, secretary, member) -> Meeting:
    return told_meeting(group, secretary.user, open_seats=2, place="秘密の会議室", title="鋳物の話")


def another(group: Group):
    membership = make_membership(group, consent="yes")
    return log_in(membership.representatives.get().person, membership)


def door(reply: Reply) -> Door:
    found = attended().get(pk=reply.pk)
    return door_of(found, found.generation)


def test_a_seat_is_a_reply_with_a_letter(meeting, outsider):
    reply = seats.take(meeting=meeting, by=outsider.user)
    assert (reply.is_seat, reply.answer, reply.membership, reply.source) == (
        True,
        "yes",
        outsider.membership,
        "login",
    )
    assert Letter.objects.filter(kind="events/reply_link", person=outsider.person).count() == 1
    assert door(reply) == Door.OPEN


def test_who_has_a_seat_sees_the_notice_and_no_more(meeting, outsider, member):
    assert "秘密の会議室" not in outsider.client.get(f"/meetings/{meeting.pk}/").text
    seats.take(meeting=meeting, by=outsider.user)
    replies.answer(reply=meeting.replies.get(person=member.person), source="link", answer="yes")
    page = outsider.client.get(f"/meetings/{meeting.pk}/").text
    assert "秘密の会議室" in page
    assert outsider.client.get(f"/meetings/{meeting.pk}/minutes/").status_code in (403, 404)
    assert member.person.name not in page + outsider.client.get(f"/meetings/{meeting.pk}/replies/").text
    assert minutes_of(meeting) is None
    calendar = showing.calendar_of(feeds.start(user=fresh(outsider)))
    assert "秘密の会議室" in calendar


def test_at_the_hosts_they_stand_as_guests_of_their_group(meeting, outsider, other_group):
    seats.take(meeting=meeting, by=outsider.user)
    assert outsider.person in [row.reply.person for row in rows_of(meeting)]
    (line,) = [line for line in listing_of(meeting).expected if line.person == outsider.person]
    assert line.where_from.endswith("（みなと会）")
    assert outsider.person not in [person for _, person in invited_people(meeting)]


def test_no_more_than_there_are(meeting, other_group):
    people = [another(other_group) for _ in range(3)]
    for each in people[:2]:
        seats.take(meeting=meeting, by=each.user)
    with pytest.raises(ValidationError, match="もう空いていません"):
        seats.take(meeting=meeting, by=people[2].user)
    assert Reply.objects.filter(is_seat=True).count() == 2
    replies.answer(reply=meeting.replies.get(person=people[0].person), source="link", answer="no")
    seats.take(meeting=meeting, by=people[2].user)
    with pytest.raises(ValidationError, match="もう空いていません"):
        replies.answer(reply=meeting.replies.get(person=people[0].person), source="link", answer="yes")


def test_who_comes_along_takes_a_seat_too(meeting, other_group):
    first, second = another(other_group), another(other_group)
    reply = seats.take(meeting=meeting, by=first.user)
    with pytest.raises(ValidationError, match="2名分"):
        replies.answer(reply=reply, source="link", guests=2)
    replies.answer(reply=reply, source="link", guests=1)
    with pytest.raises(ValidationError, match="もう空いていません"):
        seats.take(meeting=meeting, by=second.user)


def test_nor_than_the_room_holds(meeting, other_group):
    Meeting.objects.update(capacity=1)
    seats.take(meeting=meeting, by=another(other_group).user)
    with pytest.raises(ValidationError, match="定員"):
        seats.take(meeting=meeting, by=another(other_group).user)


def test_a_seat_is_given_back_and_taken_again(meeting, outsider):
    reply = seats.take(meeting=meeting, by=outsider.user)
    with pytest.raises(ValidationError, match="もうとってあります"):
        seats.take(meeting=meeting, by=outsider.user)
    replies.answer(reply=reply, source="login", answer="no")
    assert seats.take(meeting=meeting, by=outsider.user).pk == reply.pk


def test_who_has_one_keeps_it_when_the_host_takes_the_seats_back(meeting, outsider, other_group, secretary):
    reply = seats.take(meeting=meeting, by=outsider.user)
    changes.change(meeting=meeting, by=secretary.user, open_seats=None)
    assert door(reply) == Door.OPEN
    with pytest.raises(ValidationError, match="受け付けていません"):
        seats.take(meeting=meeting, by=another(other_group).user)
    replies.answer(reply=reply, source="link", comment="楽しみです")


def test_nor_does_it_end_when_the_group_is_asked_or_says_no(meeting, outsider, other_group):
    reply = seats.take(meeting=meeting, by=outsider.user)
    row = InvitedGroup.objects.create(meeting=meeting, group=other_group)
    for state in ("asked", "agreed", "declined"):
        InvitedGroup.objects.filter(pk=row.pk).update(state=state)
        assert door(reply) == Door.OPEN


def test_the_own_members_and_those_who_hold_it_too_have_the_notice(meeting, member, outsider, other_group):
    InvitedGroup.objects.create(meeting=meeting, group=other_group, state="agreed")
    for actor in (member, outsider):
        with pytest.raises(ValidationError, match="あなたのグループが開きます"):
            seats.take(meeting=meeting, by=actor.user)


@pytest.mark.parametrize("how", ["left", "forming", "dissolved", "staff"])
def test_who_belongs_to_no_living_group_takes_none(how, meeting, other_group, outsider, staff):
    actor = outsider
    if how == "left":
        memberships.leave(membership=outsider.membership, since=datetime.date(2026, 11, 1), reason="busy")
    elif how == "forming":
        actor = another(make_group(stage=Group.Stage.FORMING, slug="next", since=datetime.date(2026, 4, 1)))
    elif how == "dissolved":
        lifecycle.move(group=other_group, to=Group.Stage.DISSOLVED, since=datetime.date(2026, 11, 1))
    else:
        actor = staff
    with pytest.raises(ValidationError, match="グループの会員の方だけ"):
        seats.take(meeting=meeting, by=fresh(actor))
    assert not Reply.objects.filter(is_seat=True).exists()


def test_who_leaves_before_the_day_takes_none(meeting, outsider):
    memberships.leave(membership=outsider.membership, since=datetime.date(2026, 12, 1), reason="busy")
    with pytest.raises(ValidationError, match="グループの会員の方だけ"):
        seats.take(meeting=meeting, by=fresh(outsider))
    assert not Reply.objects.filter(is_seat=True).exists()


def test_until_the_deadline(meeting, outsider):
    with (
        time_machine.travel(UNTIL + datetime.timedelta(seconds=1)),
        pytest.raises(ValidationError, match="受け付けて"),
    ):
        seats.take(meeting=meeting, by=fresh(outsider))
    with time_machine.travel(UNTIL, tick=False):
        seats.take(meeting=meeting, by=fresh(outsider))


def test_they_are_told_when_it_is_off(meeting, outsider, secretary):
    seats.take(meeting=meeting, by=outsider.user)
    changes.cancel(meeting=meeting, by=secretary.user, reason="大雪のため")
    assert Letter.objects.filter(kind="events/cancelled", person=outsider.person).count() == 1


def test_killed_in_the_middle_nothing_is_taken(meeting, outsider, monkeypatch):
    before = everything()

    def killed(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("events.telling.renewing.send_link", killed)
    with pytest.raises(RuntimeError):
        seats.take(meeting=meeting, by=outsider.user)
    assert everything() == before
