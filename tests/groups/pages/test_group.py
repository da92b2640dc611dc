"""/groups/<slug>/: the public face, and the group's desk for those inside."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from groups import faces, lifecycle
from groups.models import Group
from members.models import Consent
from tests.factories import make_company, make_group, make_membership, make_officer, make_person
from tests.house.portal.crawling import text_of
from tests.strictness import parse_strictly


def url(group) -> str:
    return reverse("group", args=[group.slug])


def page(actor, group) -> str:
    answer = actor.client.get(url(group))
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


@pytest.fixture
def officers(group) -> dict[str, object]:
    """A chair whose company is public; an auditor whose company is, but not as a member; a treasurer of neither."""
    found = {}
    for role, public, answer in (("chair", True, ""), ("treasurer", False, "no"), ("auditor", True, "no")):
        membership = make_membership(group, company=make_company(name=f"株式会社{role}"), consent=answer)
        make_officer(group, membership.representatives.get().person, role=role)
        Consent.objects.create(
            company=membership.company, kind="public_profile", given=public, since=datetime.date(2020, 1, 1)
        )
        found[role] = membership.representatives.get().person
    return found


def test_a_visitor_learns_roles_and_public_companies_but_no_names(visitor, group, officers):
    text = page(visitor, group)
    assert "代表幹事、会計、監査" in text
    assert [role for role in officers if f"株式会社{role}" in text] == ["chair"]
    assert "公開に同意した1社" in text
    assert [person.family_name for person in officers.values() if person.family_name in text] == []


@pytest.mark.parametrize("who", ["outsider", "left_member"])
def test_outside_the_group_a_member_sees_no_more_than_a_visitor(who, request, visitor, group, officers):
    seen = request.getfixturevalue(who).client.get(url(group)).context["officers"]
    assert [(seat.role, seat.person, str(seat.company)) for seat in seen] == [
        ("代表幹事", None, "株式会社chair"),
        ("会計", None, "None"),
        ("監査", None, "None"),
    ]


def test_the_group_knows_its_officers_but_not_the_company_that_asked_not_to_be_listed(
    member, secretary, group, officers
):
    def companies(actor) -> list[str]:
        text = page(actor, group)
        assert [name for name in map(str, officers.values()) if name not in text] == []
        return [role for role in officers if f"株式会社{role}" in text]

    assert companies(member) == ["chair"]
    assert companies(secretary) == ["chair", "treasurer", "auditor"]


@pytest.mark.parametrize("who", ["member", "secretary", "adviser", "staff"])
def test_insiders_see_the_officers_by_name_and_go_to_the_members(who, request, group, officers):
    actor = request.getfixturevalue(who)
    text = page(actor, group)
    assert str(officers["treasurer"]) in text
    assert reverse("group_members", args=["keyaki"]) in text


def test_tools_by_right(member, secretary, staff, adviser, group):
    edit, bring = reverse("group_edit", args=["keyaki"]), reverse("roster_import", args=["keyaki"])
    shown = {name: (edit in page(a, group), bring in page(a, group)) for name, a in
             {"member": member, "secretary": secretary, "adviser": adviser, "staff": staff}.items()}  # fmt: skip
    assert shown == {
        "member": (False, False),
        "secretary": (True, False),
        "adviser": (False, False),
        "staff": (True, True),
    }


def test_visitors_are_told_how_to_ask(visitor, group, office):
    office.phone = "042-500-2300"
    office.save()
    Group.objects.filter(pk=group.pk).update(url="https://keyaki.example.jp/")
    text = page(visitor, group)
    assert "tel:042-500-2300" in text
    assert "https://keyaki.example.jp/" in text


def test_a_dormant_and_a_dissolved_group_invite_nobody(visitor, group):
    lifecycle.move(group=group, to=Group.Stage.DORMANT, since=datetime.date(2026, 11, 1))
    assert "いまは活動をお休みしています" in page(visitor, group)
    assert "定例会を見学できます" not in page(visitor, group)
    lifecycle.move(group=group, to=Group.Stage.DISSOLVED, since=datetime.date(2026, 11, 25))
    assert "お問い合わせ" not in page(visitor, group).split("役員")[1]


def test_trades_are_counted_without_what_stands_in_brackets(group):
    for trade in ("金属製品製造業（めっき）", "金属製品製造業(塗装)", "印刷業", ""):
        make_membership(group, company=make_company(trade=trade))
    make_membership(group, person=make_person(trade="印刷業"))
    make_membership(group, on=datetime.date(2026, 11, 26), company=make_company(trade="これから業"))
    assert faces.trades(group, datetime.date(2026, 11, 25)) == [("印刷業", 2), ("金属製品製造業", 2)]


def test_the_time_line_is_made_of_stages_and_anniversaries(office):
    group = lifecycle.found(
        name="たて会", slug="tate", number_prefix="TT", founded_year=2005, office=office, stage="launched",
        since=datetime.date(2005, 7, 1), self_managed_since=datetime.date(2006, 4, 1),
    )  # fmt: skip
    lifecycle.move(group=group, to="dormant", since=datetime.date(2011, 4, 1))
    lifecycle.move(group=group, to="self_managed", since=datetime.date(2012, 4, 1))
    line = faces.time_line(group, datetime.date(2026, 11, 25))
    assert [(station.when, station.title, station.ahead) for station in line] == [
        ("令和17年度", "30周年", True),
        ("令和7年度", "20周年", False),
        ("平成27年度", "10周年", False),
        ("平成24年4月1日", "活動を再開", False),
        ("平成23年4月1日", "活動を休止", False),
        ("平成18年4月1日", "自主運営へ", False),
        ("平成17年7月1日", "発足", False),
    ]


def test_a_stage_to_come_is_called_planned_until_its_day(launched_group):
    lifecycle.move(group=launched_group, to="self_managed", since=datetime.date(2027, 4, 1))
    line = faces.time_line(launched_group, datetime.date(2027, 3, 31))
    assert [station.title for station in line] == ["10周年", "自主運営へ（予定）", "発足"]
    assert line[1].sentence == "この日から、会員が自分たちで運営します。"
    line = faces.time_line(launched_group, datetime.date(2027, 4, 1))
    assert [station.title for station in line] == ["10周年", "自主運営へ", "発足"]


def test_a_group_of_the_first_year_is_not_ten_years_old_on_the_last_of_march(visitor, office):
    group = make_group(name="十年会", founded_year=2016, office=office, since=datetime.date(2017, 4, 1))
    with time_machine.travel(datetime.datetime(2026, 3, 31, 12, tzinfo=datetime.UTC)):
        assert visitor.client.get(url(group)).context["stations"][0].ahead is True
    with time_machine.travel(datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.UTC)):
        assert [s.title for s in visitor.client.get(url(group)).context["stations"] if s.ahead] == ["20周年"]


def test_a_group_in_preparation_is_not_found(visitor, member, staff, office):
    forming = make_group(stage=Group.Stage.FORMING, office=office)
    assert [actor.client.get(url(forming)).status_code for actor in (visitor, member, staff)] == [
        404,
        404,
        200,
    ]


def test_that_a_group_will_end_is_told_to_its_own_people_alone(visitor, member, staff, group):
    """Until the day, whichever day is asked for, on the page and in the time line."""
    lifecycle.move(group=group, to=Group.Stage.DISSOLVED, since=datetime.date(2027, 4, 1))
    told = {
        actor: [
            "解散" in text_of(actor.client.get(f"/groups/{group.slug}/{page}"))
            for page in ("", "?date=2027-04-02", "timeline/")
        ]
        for actor in (visitor, member, staff)
    }
    assert list(told.values()) == [[False] * 3, [True] * 3, [True] * 3]
