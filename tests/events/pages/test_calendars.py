"""/events/, /calendar.ics, /groups/<slug>/calendar.ics, /feeds/<token>/calendar.ics, /my/calendar/."""

import datetime

import icalendar
import pytest

from events import links, meetings
from events.calendars import feeds
from events.models import CalendarFeed
from tests.factories import make_meeting
from tests.strictness import parse_strictly

DAY = datetime.date(2026, 12, 9)
MINE = "/my/calendar/"


def names(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")]


def page(actor, url):
    answer = actor.client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.text


def path_of(feed):
    return f"/feeds/{links.token_of(CalendarFeed.objects.get(pk=feed.pk))}/calendar.ics"


def test_all_groups_month_by_month(visitor, group, other_group):
    make_meeting(group, DAY, place="秘密の部屋", title="秘密の題")
    make_meeting(other_group, datetime.date(2027, 1, 13))
    meetings.cancel(meeting=make_meeting(group, datetime.date(2027, 2, 10)))
    text = page(visitor, "/events/")
    places = [text.index(word) for word in ("2026年12月", "けやき会　第1回 定例会", "2027年1月", "みなと会")]
    assert places == sorted(places)
    assert [word for word in ("秘密", "15:00", "2027年2月") if word in text] == []
    assert 'href="webcal://127.0.0.1:8000/calendar.ics"'


def test_without_meetings_it_says_so(visitor, group):
    assert "これからの会合は、まだ登録されていません" in page(visitor, "/events/")
    assert 'href="/events/"' in page(visitor, "/")


@pytest.mark.parametrize("count", [1, 30])
def test_as_many_queries_for_thirty(visitor, group, count, django_assert_max_num_queries):
    for number in range(count):
        make_meeting(group, DAY + datetime.timedelta(days=number))
    with django_assert_max_num_queries(4):
        visitor.client.get("/events/")
    with django_assert_max_num_queries(3):
        visitor.client.get("/calendar.ics")


def test_the_public_calendars_are_the_same_for_everybody(visitor, member, staff, group, other_group):
    make_meeting(group, DAY, place="秘密の部屋")
    make_meeting(other_group, DAY)
    for actor in (visitor, member, staff):
        everything = actor.client.get("/calendar.ics")
        assert sorted(names(everything)) == ["けやき会 第1回 定例会", "みなと会 第1回 定例会"]
        own = actor.client.get("/groups/keyaki/calendar.ics")
        assert names(own) == ["けやき会 第1回 定例会"]
        assert "秘密" not in everything.text + own.text
    assert visitor.client.get("/groups/nowhere/calendar.ics").status_code == 404


def test_who_holds_it_already_is_told_so(visitor, group):
    met = make_meeting(group, DAY)
    first = visitor.client.get("/calendar.ics")
    again = visitor.client.get("/calendar.ics", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    meetings.cancel(meeting=met)
    changed = visitor.client.get("/calendar.ics", headers={"if-none-match": first["ETag"]})
    assert names(changed) == ["【中止】けやき会 第1回 定例会"]


def test_one_meeting_for_ones_own_calendar(member, outsider, staff, group):
    met = make_meeting(group, DAY, place="会員の部屋")
    answer = member.client.get(f"/meetings/{met.pk}/meeting.ics")
    assert (names(answer), "会員の部屋" in answer.text) == (["けやき会 第1回 定例会"], True)
    for actor in (outsider, staff):
        assert actor.client.get(f"/meetings/{met.pk}/meeting.ics").status_code == 403


def test_made_renewed_ended(member, visitor, group):
    make_meeting(group, DAY, place="会員の部屋")
    assert "アドレスをつくる" in page(member, MINE)
    assert CalendarFeed.objects.count() == 0
    member.client.post(f"{MINE}new/")
    feed = CalendarFeed.objects.get()
    first = path_of(feed)
    assert first in page(member, MINE)
    answer = visitor.client.get(first)
    assert (names(answer), "会員の部屋" in answer.text) == (["けやき会 第1回 定例会"], True)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-cache", "noindex")
    member.client.post(f"{MINE}{feed.pk}/renew/")
    second = path_of(feed)
    assert [visitor.client.get(url).status_code for url in (first, second)] == [404, 200]
    member.client.post(f"{MINE}{feed.pk}/end/")
    assert visitor.client.get(second).status_code == 404


def test_of_one_group_and_of_no_other(member, group, other_group):
    member.client.post(f"{MINE}new/", {"group": group.slug})
    assert CalendarFeed.objects.get().group == group
    assert member.client.post(f"{MINE}new/", {"group": other_group.slug}).status_code == 404
    assert "けやき会だけ" in page(member, MINE)


def test_nobody_touches_anothers(member, secretary, visitor, group):
    feed = feeds.start(user=member.user)
    for actor in (secretary, visitor):
        for verb in ("renew", "end"):
            assert actor.client.post(f"{MINE}{feed.pk}/{verb}/").status_code == 404
    assert path_of(feed) not in page(secretary, MINE)


def test_who_looks_with_somebodys_eyes_does_not_see_the_address(member, staff, group):
    feed = feeds.start(user=member.user)
    staff.client.post(f"/people/{member.person.pk}/look/", {"why": "お電話をいただいた"})
    text = page(staff, MINE)
    assert ("ご本人だけに見えます" in text, "/feeds/" in text) == (True, False)
    assert staff.client.get(path_of(feed)).status_code == 403


def test_looking_changes_nothing(member, group):
    feed = feeds.start(user=member.user)
    before = list(CalendarFeed.objects.values())
    member.client.get(path_of(feed))
    member.client.head(path_of(feed))
    member.client.get(MINE)
    assert list(CalendarFeed.objects.values()) == before
