"""/groups/<slug>/meetings/ and what the group's page tells of them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import meetings
from groups.models import Group
from tests.factories import make_group, make_meeting
from tests.strictness import parse_strictly

URL = "/groups/keyaki/meetings/"
DAY = datetime.date(2026, 12, 9)


def page(actor, url: str = URL) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def test_without_meetings_it_says_so(visitor, member, group):
    for actor in (visitor, member):
        assert "これからの会合は、まだ登録されていません" in page(actor)
        assert "日程は、まだ登録されていません" in page(actor, "/groups/keyaki/")


def test_everybody_learns_the_day_and_those_inside_the_place(visitor, outsider, member, staff, group):
    make_meeting(group, DAY, title="鋳物工場の話", place="秘密の会議室", note="持ち物：名刺")
    for actor, inside in ((visitor, False), (outsider, False), (member, True), (staff, True)):
        text = page(actor)
        assert "令和8年（2026年）12月9日（水）" in text
        assert "第1回 定例会" in text
        assert [word for word in ("秘密の会議室", "15:00") if word in text] == (
            ["秘密の会議室", "15:00"] if inside else []
        )
        assert "鋳物工場の話" not in text


def test_next_first_then_the_latest_of_the_past(member, group):
    for day in ("2026-09-09", "2026-10-14", "2027-01-13", "2026-12-09"):
        make_meeting(group, datetime.date.fromisoformat(day))
    meetings.cancel(meeting=make_meeting(group, datetime.date(2027, 2, 10)))
    answer = member.client.get(URL)
    assert [f"{each.day}" for each in answer.context["ahead"]] == ["2026-12-09", "2027-01-13"]
    assert [f"{each.day} {each.state}" for each in answer.context["page"]] == [
        "2027-02-10 cancelled",
        "2026-10-14 planned",
        "2026-09-09 planned",
    ]
    assert "中止" in answer.content.decode()


def test_the_groups_page_names_the_next_three_but_not_of_another_day(visitor, group):
    for month in (1, 2, 3):
        make_meeting(group, datetime.date(2027, month, 10))
    make_meeting(group, DAY)
    text = page(visitor, "/groups/keyaki/")
    assert "2027年）2月10日" in text
    assert "2027年）3月10日" not in text
    assert "これからの会合" not in page(visitor, "/groups/keyaki/?date=2026-04-01")


def test_a_forming_group_has_no_page(visitor, member, staff, office):
    make_group(stage=Group.Stage.FORMING, slug="next", office=office)
    for actor, status in ((visitor, 404), (member, 404), (staff, 200)):
        assert actor.client.get("/groups/next/meetings/").status_code == status


@pytest.mark.parametrize("who", ["visitor", "member", "staff"])
def test_thirty_meetings_cost_as_many_queries_as_one(who, request, group):
    actor = request.getfixturevalue(who)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(actor)
        return len(asked)

    for ahead in (DAY, datetime.date(2026, 10, 14)):
        make_meeting(group, ahead)
    queries()
    first = queries()
    for number in range(30):
        make_meeting(group, DAY + datetime.timedelta(days=number))
        make_meeting(group, datetime.date(2026, 10, 14) - datetime.timedelta(days=number))
    assert queries() == first
