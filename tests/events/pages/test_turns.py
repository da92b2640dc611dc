"""/groups/<slug>/turns/: whose turn it is in the group's year, who has had none; and the theme of the year."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Turn
from groups.models import Group
from tests.factories import make_meeting, make_membership
from tests.strictness import parse_strictly

URL, EDIT = "/groups/keyaki/turns/", "/groups/keyaki/turns/edit/"
DAY = datetime.date(2026, 12, 9)


def page(actor, url: str = URL) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def test_a_turn_is_given_seen_by_members_and_taken_back(secretary, member, group):
    meeting = make_meeting(group, DAY)
    mine, other = member.membership, secretary.membership
    assert str(mine.company) in page(member)
    sent = {f"duty_{meeting.pk}_0": mine.pk, f"presenter_{meeting.pk}_0": other.pk}
    assert secretary.client.post(EDIT, sent).status_code == 302
    table = member.client.get(URL).context["table"]
    (line,) = table.lines
    assert (line.duty, line.presenting) == ([mine], [other])
    assert (table.without["duty"], table.without["presenter"]) == ([other], [mine])
    assert "当番" in page(member, f"/meetings/{meeting.pk}/")
    secretary.client.post(EDIT, {f"duty_{meeting.pk}_0": mine.pk})
    assert [turn.role for turn in Turn.objects.all()] == ["duty"]


def test_only_the_groups_own_members_get_a_turn(secretary, outsider, group):
    meeting = make_meeting(group, DAY)
    answer = secretary.client.post(EDIT, {f"duty_{meeting.pk}_0": outsider.membership.pk})
    assert answer.status_code == 200
    assert not Turn.objects.exists()


def test_a_third_turn_stays_though_the_page_asks_for_two(secretary, group):
    meeting = make_meeting(group, DAY)
    members = [make_membership(group) for _ in range(3)]
    for each in members:
        Turn.objects.create(meeting=meeting, membership=each, role="duty")
    secretary.client.post(EDIT, {f"duty_{meeting.pk}_0": members[1].pk})
    assert {turn.membership for turn in Turn.objects.all()} == {members[1], members[2]}


@pytest.mark.parametrize(("start", "label"), [(4, "令和8年度"), (1, "令和8年度（1月から）")])
def test_the_year_is_the_groups_own(member, group, start, label):
    Group.objects.update(fiscal_year_start=start)
    make_meeting(group, datetime.date(2026, 2, 4))
    make_meeting(group, DAY)
    text = page(member)
    assert label in text
    assert ("2026年）2月4日" in text) is (start == 1)
    assert "2026年）2月4日" in page(member, f"{URL}?year={2026 if start == 1 else 2025}")


@pytest.mark.parametrize("year", ["0", "9999", "x", "²", "1"])
def test_another_year_that_cannot_be_is_this_one(member, group, year):
    assert member.client.get(URL, {"year": year}).context["table"].year == 2026


def test_the_theme_is_kept_and_seen(secretary, member, visitor, group):
    parse_strictly(secretary.client.get("/groups/keyaki/theme/").content)
    assert secretary.client.post("/groups/keyaki/theme/", {"theme": "脱炭素と町工場"}).status_code == 302
    assert "脱炭素と町工場" in page(member)
    answer = secretary.client.post("/groups/keyaki/theme/", {"theme": "長" * 61})
    assert "60文字以内にしてください" in answer.content.decode()
    answer = secretary.client.post("/groups/keyaki/theme/", {"theme": "脱\u200b炭素"})
    assert "目に見えない文字" in answer.content.decode()


def test_who_may(visitor, outsider, member, adviser, staff, launched_group, group):
    for actor, sees in ((visitor, 302), (outsider, 403), (member, 200), (adviser, 200), (staff, 403)):
        assert actor.client.get(URL).status_code == sees
        assert actor.client.get(EDIT).status_code == (302 if actor is visitor else 403)
        assert actor.client.post("/groups/keyaki/theme/", {"theme": "x"}).status_code == (
            302 if actor is visitor else 403
        )
    assert staff.client.get("/groups/akebono/turns/edit/").status_code == 200


@pytest.mark.parametrize("url", [URL, EDIT])
def test_thirty_members_and_meetings_cost_as_many_queries_as_one(secretary, group, url):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(secretary, url)
        return len(asked)

    Turn.objects.create(meeting=make_meeting(group, DAY), membership=secretary.membership, role="duty")
    queries()
    once = queries()
    for number in range(30):
        meeting = make_meeting(group, DAY + datetime.timedelta(days=number))
        Turn.objects.create(meeting=meeting, membership=make_membership(group), role="duty")
    assert queries() == once


def test_who_asked_not_to_be_listed_is_named_to_those_who_give_the_turns_only(member, secretary, group):
    hidden, known = make_membership(group, consent="no"), make_membership(group, consent="yes")
    make_meeting(group, DAY)
    names = [str(each.member) for each in (known, hidden)]
    assert [name in page(secretary) for name in names] == [True, True]
    assert [name in page(member) for name in names] == [True, False]
