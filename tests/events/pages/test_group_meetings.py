"""/groups/<slug>/meetings/ and what the group's page tells of them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import meetings
from events.models import Minutes
from groups import lifecycle
from groups.models import Group
from tests.events.pages.test_polls import asking
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
    for actor, inside in ((visitor, False), (outsider, False), (member, True), (staff, False)):
        text = page(actor)
        assert "令和8年（2026年）12月9日（水）" in text
        assert "第1回 定例会" in text
        assert [word for word in ("秘密の会議室", "15:00") if word in text] == (
            ["秘密の会議室", "15:00"] if inside else []
        )
        assert ("鋳物工場の話" in text) is inside


def test_next_first_then_the_latest_of_the_past(member, group):
    for day in ("2026-09-09", "2026-10-14", "2027-01-13", "2026-12-09"):
        make_meeting(group, datetime.date.fromisoformat(day))
    meetings.cancel(meeting=make_meeting(group, datetime.date(2027, 2, 10)))
    answer = member.client.get(URL)
    assert [f"{each.day}" for each, _ in answer.context["ahead"]] == ["2026-12-09", "2027-01-13"]
    assert [f"{each.day} {each.state}" for each in answer.context["page"]] == [
        "2027-02-10 cancelled",
        "2026-10-14 draft",
        "2026-09-09 draft",
    ]
    assert "中止" in answer.content.decode()


def test_the_office_sees_the_place_of_the_launch_years_meetings_for_good(staff, group, launched_group):
    before = make_meeting(group, datetime.date(2013, 3, 6), place="昔の会議室")
    make_meeting(group, DAY, place="いまの会議室")
    text = page(staff)
    assert [word for word in ("昔の会議室", "いまの会議室") if word in text] == ["昔の会議室"]
    assert "昔の会議室" in page(staff, f"/meetings/{before.pk}/")


def test_who_runs_them_is_told_what_comes_next(member, secretary, group):
    """What is over comes before what is ahead."""
    assert primary(secretary) == f"{URL}new/"
    assert "次にすること" not in page(member)
    ahead, later = make_meeting(group, DAY), make_meeting(group, datetime.date(2027, 1, 13))
    assert primary(secretary) == f"/meetings/{ahead.pk}/notice/"
    meetings.announce(meeting=ahead)
    assert primary(secretary) == f"/meetings/{ahead.pk}/replies/"
    assert f'href="/meetings/{later.pk}/notice/"' in page(secretary)
    assert f'href="{URL}new/?from={ahead.pk}"' in page(secretary)
    over = make_meeting(group, datetime.date(2026, 11, 11))
    assert primary(secretary) == f"/meetings/{over.pk}/attendance/"
    meetings.hold(meeting=over)
    assert primary(secretary) == f"/meetings/{over.pk}/minutes/edit/"
    Minutes.objects.create(meeting=over, state="published", published_at=timezone.now())
    assert primary(secretary) == f"/meetings/{ahead.pk}/replies/"
    assert "会合の予定・案内・出席・議事録" in page(secretary, "/groups/keyaki/")


def test_while_a_group_rests_nothing_is_offered_that_would_be_refused(secretary, group):
    make_meeting(group, DAY)
    assert f"{URL}new/" in page(secretary)
    lifecycle.move(group=group, to="dormant", since=timezone.localdate())
    text = page(secretary)
    assert [way for way in ("new/", "year/") if f'href="{URL}{way}' in text] == []
    assert "/polls/new/" not in text


def primary(actor) -> str:
    """Where the one primary button leads."""
    tree = parse_strictly(actor.client.get(URL).content)
    (link,) = [each for each in tree.iter("a") if "btn-primary" in (each.get("class") or "")]
    return link.get("href")


def test_the_theme_of_the_year_stands_above(visitor, group):
    group.theme = "脱炭素と町工場"
    group.save()
    assert "脱炭素と町工場" in page(visitor)


def test_the_groups_page_names_the_next_three_but_not_of_another_day(visitor, group):
    for month in (1, 2, 3):
        make_meeting(group, datetime.date(2027, month, 10))
    make_meeting(group, DAY)
    text = page(visitor, "/groups/keyaki/")
    assert "2/10 水" in text
    assert "3/10 水" not in text
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


def test_who_looks_with_somebodys_eyes_gets_no_key_of_theirs(staff, member, secretary, group):
    """The link that answers would answer from any other phone, too."""
    asking(group, secretary)
    assert "/poll/" in member.client.get(URL).content.decode()
    staff.client.post(f"/people/{member.person.pk}/look/", {"why": "電話で尋ねられた"})
    text = staff.client.get(URL).content.decode()
    assert "の日程のお返事を待っています" in text
    assert "/poll/" not in text


def test_a_group_page_tells_of_its_meetings_before_its_past(member, group):
    make_meeting(group, DAY)
    text = page(member, "/groups/keyaki/")
    assert text.index("これからの会合") < text.index("これまでとこれから")
    assert "12/9 水" in text


def test_a_page_of_the_past_is_a_year_of_monthly_meetings(member, group):
    for month in range(1, 11):
        make_meeting(group, datetime.date(2026, month, 14))
    for month in range(8, 12):
        make_meeting(group, datetime.date(2025, month, 14))
    assert page(member).count("定例会</a>") + page(member).count("定例会<span") == 12
