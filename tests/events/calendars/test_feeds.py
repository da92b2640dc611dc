"""Secret calendars: whose, of what, and until when."""

import datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine

from events import links, meetings
from events.calendars import feeds, showing
from events.models import CalendarFeed, Meeting
from groups import memberships
from tests.factories import make_meeting, make_membership

TOKYO = ZoneInfo("Asia/Tokyo")
DAY = datetime.date(2026, 12, 9)


def seen(feed):
    """What the calendar holds today: (summary, place)."""
    feed = CalendarFeed.objects.get(pk=feed.pk)
    events = icalendar.Calendar.from_ical(showing.calendar_of(feed)).walk("VEVENT")
    return [(str(event["SUMMARY"]), str(event.get("LOCATION", ""))) for event in events]


def test_one_of_each_however_often_it_is_asked_for(member, group):
    first = feeds.start(user=member.user)
    assert (feeds.start(user=member.user).pk, feeds.start(user=member.user, group=group).pk) == (
        first.pk,
        first.pk + 1,
    )
    assert [feed.group for feed in feeds.feeds_of(member.user)] == [None, group]


def test_a_renewed_address_shuts_the_one_before(member):
    feed = feeds.start(user=member.user)
    old = links.token_of(feed)
    assert feeds.find(old) == feed
    feed = feeds.renew(feed=feed)
    assert (feeds.find(old), feeds.find(links.token_of(feed))) == (None, feed)
    token = links.token_of(feed)
    feeds.end(feed=feed)
    assert feeds.find(token) is None


@pytest.mark.parametrize("token", ["", "1-1", "1-1.x", "1-1.AAAA", "..", "-.", "\U0001f600"])
def test_another_address_opens_nothing(member, token):
    feeds.start(user=member.user)
    assert feeds.find(token) is None


def test_of_ones_groups_with_places(member, outsider, group, other_group):
    make_meeting(group, DAY, place="甲の部屋")
    make_meeting(other_group, DAY, place="乙の部屋")
    mine = feeds.start(user=member.user)
    assert seen(mine) == [("けやき会 第1回 定例会", "甲の部屋")]
    assert seen(feeds.start(user=outsider.user)) == [("みなと会 第1回 定例会", "乙の部屋")]
    assert seen(feeds.start(user=member.user, group=other_group)) == []


def test_a_joint_meeting_stands_there_by_its_day_and_in_full_once_the_notice_is_out(
    outsider, group, other_group
):
    met = make_meeting(group, DAY, place="甲の部屋")
    asked = met.invited_groups.create(group=other_group)
    every, own = feeds.start(user=outsider.user), feeds.start(user=outsider.user, group=other_group)
    assert seen(every) == seen(own) == []
    type(asked).objects.update(state="agreed")
    assert [name for name, _ in seen(every)] == ["合同：けやき会・みなと会 第1回 定例会"]
    assert "甲の部屋" not in showing.calendar_of(every)
    Meeting.objects.update(state="announced")
    assert seen(every) == seen(own) == [("合同：けやき会・みなと会 第1回 定例会", "甲の部屋")]


def test_who_is_in_both_groups_has_it_once(secretary, group, other_group):
    make_membership(other_group, person=secretary.person)
    for state in ("draft", "announced"):
        met = make_meeting(group, DAY)
        met.invited_groups.create(group=other_group, state="agreed")
        Meeting.objects.filter(pk=met.pk).update(state=state)
    assert len(seen(feeds.start(user=secretary.user))) == 2


def test_what_is_off_stays_and_is_called_so(member, group):
    feed = feeds.start(user=member.user)
    meetings.cancel(meeting=make_meeting(group, DAY))
    assert [name for name, _ in seen(feed)] == ["【中止】けやき会 第1回 定例会"]


def test_who_leaves_reads_nothing_any_more(member, group):
    make_meeting(group, DAY)
    feed = feeds.start(user=member.user)
    assert len(seen(feed)) == 1
    memberships.leave(membership=member.membership, since=datetime.date(2026, 11, 20), reason="busy")
    assert seen(feed) == []


def test_a_login_that_is_shut_reads_nothing(member, group):
    make_meeting(group, DAY)
    feed = feeds.start(user=member.user)
    type(member.user).objects.filter(pk=member.user.pk).update(is_active=False)
    assert seen(feed) == []


def test_staff_read_what_was_the_institutes(staff, group, launched_group):
    make_meeting(group, DAY)
    make_meeting(launched_group, DAY)
    feed = feeds.start(user=staff.user)
    assert [name for name, _ in seen(feed)] == ["あけぼの会 第1回 定例会"]
    launched_group.stages.create(state="self_managed", since=DAY)
    assert [name for name, _ in seen(feed)] == ["あけぼの会 第1回 定例会"]
    with time_machine.travel(datetime.datetime.combine(DAY, datetime.time(), TOKYO)):
        assert seen(feed) == []


def test_the_days_of_long_ago_leave_the_calendar(member, group):
    make_meeting(group, datetime.date(2025, 6, 11))
    make_meeting(group, datetime.date(2026, 1, 14))
    assert len(seen(feeds.start(user=member.user))) == 1
    assert showing.public_meetings().count() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_as_many_queries_for_thirty_meetings(member, group, count, django_assert_num_queries):
    for number in range(count):
        make_meeting(group, DAY + datetime.timedelta(days=number))
    feed = feeds.find(links.token_of(feeds.start(user=member.user)))
    with django_assert_num_queries(4):
        showing.calendar_of(feed)


def test_the_public_calendar_names_nobody_and_no_place(group, launched_group):
    person = make_membership(group)
    met = make_meeting(
        group,
        DAY,
        place="秘密の部屋",
        address="秘密町1",
        title="秘密の題",
        note="秘密の話",
        online_url="https://秘密.example.jp/",
    )
    met.agenda.create(position=1, title="秘密の議題", presenter=f"{person}")
    text = showing.public_calendar()
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert (str(event["SUMMARY"]), event["DTSTART"].dt, event["DTEND"].dt) == (
        "けやき会 第1回 定例会",
        DAY,
        DAY + datetime.timedelta(days=1),
    )
    assert "秘密" not in str(icalendar.Calendar.from_ical(text).to_ical().decode())
    assert {"LOCATION", "DESCRIPTION", "ORGANIZER", "ATTENDEE"} & set(event) == set()
    assert showing.public_calendar(launched_group).count("BEGIN:VEVENT") == 0


def test_a_group_that_is_being_formed_is_nobodys_business(group):
    make_meeting(group, DAY)
    group.stages.all().delete()
    group.stages.create(state="forming", since=datetime.date(2026, 4, 1))
    assert (showing.public_meetings().count(), showing.upcoming_events().count()) == (0, 0)


def test_a_person_of_two_groups_reads_both(member, group, other_group):
    make_membership(other_group, company=member.membership.company, representatives=[member.person])
    make_meeting(group, DAY)
    make_meeting(other_group, DAY + datetime.timedelta(days=1))
    assert len(seen(feeds.start(user=member.user))) == 2
