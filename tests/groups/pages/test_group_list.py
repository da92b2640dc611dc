"""/groups/: all groups a reader may see, and how many members they have today."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups import memberships
from groups.models import Group
from tests.factories import make_group, make_membership, make_office
from tests.strictness import parse_strictly

URL = reverse("group_list")


def listed(answer) -> list[str]:
    return [group.name for group in answer.context["groups"]]


def total(answer) -> str:
    return parse_strictly(answer.content).find(".//*[@id='total']").text


def test_everyone_sees_the_groups_by_founding_year_and_their_members_today(visitor, office):
    young = make_group(name="若い会", founded_year=2020, office=office)
    old = make_group(name="古い会", founded_year=1984, office=office)
    make_membership(young)
    resting, left = make_membership(old), make_membership(old)
    memberships.rest(membership=resting, since=datetime.date(2026, 11, 25))
    memberships.leave(membership=left, since=datetime.date(2026, 11, 25), reason="busy")
    make_membership(old, on=datetime.date(2026, 11, 26))
    answer = visitor.client.get(URL)
    assert [(group.name, group.member_count) for group in answer.context["groups"]] == [
        ("古い会", 1),
        ("若い会", 1),
    ]
    assert total(answer) == "2グループ・2会員"
    assert "令和8年11月25日現在" in answer.content.decode()


def test_staff_register_a_group_and_see_those_in_preparation(staff, visitor, office):
    make_group(name="これから会", stage=Group.Stage.FORMING, office=office)
    answer = staff.client.get(URL)
    assert listed(answer) == ["これから会"]
    assert reverse("group_new") in answer.content.decode()
    answer = visitor.client.get(URL)
    assert listed(answer) == []
    assert reverse("group_new") not in answer.content.decode()


def test_filters_narrow_the_list_and_its_figures(visitor, office):
    other = make_office(name="本部", slug="honbu")
    make_group(name="高橋さんの会", office=office)
    make_group(name="北の会", office=other)
    make_group(name="休む会", office=other, stage=Group.Stage.DORMANT)
    assert listed(visitor.client.get(URL, {"q": "髙橋"})) == ["高橋さんの会"]
    assert sorted(listed(visitor.client.get(URL, {"office": "honbu"}))) == ["休む会", "北の会"]
    answer = visitor.client.get(URL, {"office": "honbu", "stage": "dormant"})
    assert (listed(answer), total(answer)) == (["休む会"], "1グループ・0会員")


def test_a_dissolved_group_is_found_only_when_asked_for(visitor, office):
    make_group(name="むかし会", stage=Group.Stage.DISSOLVED, office=office)
    assert listed(visitor.client.get(URL)) == []
    assert listed(visitor.client.get(URL, {"stage": "dissolved"})) == ["むかし会"]


@pytest.mark.parametrize(
    "asked",
    [
        {"office": "nowhere"},
        {"stage": "flying"},
        {"q": "\x00"},
        {"q": "%_'\"<b>"},
        {"q": "あ " * 1200},
        {"q": "あ" * 5000},
    ],
)
def test_nonsense_in_the_address_bar_is_no_error(visitor, group, asked):
    assert visitor.client.get(URL, asked).status_code == 200


def test_a_search_longer_than_anybody_types_is_refused_in_words(visitor, group):
    told = "さがす言葉は、100字・8語までにしてください。"
    for typed, refused in (("会" * 100, False), ("会" * 101, True), ("会 " * 8, False), ("会 " * 9, True)):
        answer = visitor.client.get(URL, {"q": typed})
        assert (told in answer.content.decode(), "けやき会" in listed(answer)) == (
            refused,
            refused or "会 会" in typed,
        )


def test_a_group_whose_life_begins_later_is_on_the_list_of_the_staff(staff, visitor, office):
    make_group(name="あした会", stage=Group.Stage.LAUNCHED, since=datetime.date(2026, 11, 26), office=office)
    assert listed(staff.client.get(URL)) == ["あした会"]
    assert listed(visitor.client.get(URL)) == []


def test_the_active_are_those_launched_or_running_themselves(staff, office):
    for number, stage in enumerate(Group.Stage.values):
        make_membership(make_group(name=stage, founded_year=2000 + number, stage=stage, office=office))
    make_group(name="later", stage=Group.Stage.LAUNCHED, since=datetime.date(2026, 11, 26), office=office)
    answer = staff.client.get(URL, {"stage": "active"})
    assert listed(answer) == ["launched", "self_managed"]
    assert total(answer) == "2グループ・2会員"
    assert "活動中（発足年度・自主運営）" in answer.content.decode()


def test_an_empty_result_shows_the_way_out(visitor, group):
    text = visitor.client.get(URL, {"q": "ありえない名前"}).content.decode()
    assert "あてはまるグループは、ありません" in text
    assert "しぼり込みを外す" in text


def test_an_empty_portal_says_what_comes_first(visitor, staff):
    assert "登録されると、ここに並びます" in visitor.client.get(URL).content.decode()
    assert "はじめのグループを登録すると" in staff.client.get(URL).content.decode()


def test_thirty_groups_cost_as_many_queries_as_one(visitor, office):
    counts = []
    for number in (1, 29):
        for _ in range(number):
            make_membership(make_group(office=office))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert visitor.client.get(URL).status_code == 200
        counts.append(len(queries))
    assert counts == [2, 2]
