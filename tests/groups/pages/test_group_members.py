"""/groups/<slug>/members/: who is in the group on a day, by right and by consent."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups import memberships
from tests.factories import make_company, make_group, make_membership, make_officer, make_person
from tests.strictness import parse_strictly

URL = reverse("group_members", args=["keyaki"])


def join(group, name: str, kana: str = "", person: str = "", **fields):
    company = make_company(
        name=name, kana=kana, **{key: fields.pop(key) for key in ("trade", "products") if key in fields}
    )
    representatives = [make_person(family_name=person, company=company)] if person else []
    return make_membership(group, company=company, representatives=representatives, **fields)


def listed(answer) -> list[str]:
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return [str(row.member) for row in answer.context["rows"]]


def test_members_stand_in_the_order_of_their_kana(staff, group):
    join(group, "株式会社ん", "ン")
    join(group, "株式会社が", "ガ")
    make_membership(
        group, person=make_person(family_name="川", given_name="", family_kana="カワ", given_kana="")
    )
    assert listed(staff.client.get(URL)) == ["株式会社が", "川", "株式会社ん"]


def test_status_narrows_the_list_and_the_head_counts_all(staff, group):
    _, resting, left = (join(group, name) for name in ("在る社", "休む社", "去る社"))
    memberships.rest(membership=resting, since=datetime.date(2020, 1, 1))
    memberships.leave(membership=left, since=datetime.date(2020, 1, 1), reason="busy")
    by_status = {
        "": {"在る社", "休む社"}, "belonging": {"在る社", "休む社"}, "active": {"在る社"}, "on_leave": {"休む社"},
        "left": {"去る社"}, "all": {"在る社", "休む社", "去る社"}, "nonsense": {"在る社", "休む社"},
    }  # fmt: skip
    for status, expected in by_status.items():
        answer = staff.client.get(URL, {"status": status} if status else {})
        assert set(listed(answer)) == expected, status
        assert "2（在会1・休会1）" in answer.content.decode()


def test_the_list_of_another_day(staff, group):
    early = join(group, "古い社", on=datetime.date(2015, 4, 1))
    join(group, "新しい社", on=datetime.date(2020, 4, 1))
    memberships.leave(membership=early, since=datetime.date(2021, 4, 1), reason="busy")
    days = {
        "H27.3.31": [],
        "2015-04-01": ["古い社"],
        "令和2年4月1日": ["古い社", "新しい社"],
        "2021-04-01": ["新しい社"],
    }
    assert {day: sorted(listed(staff.client.get(URL, {"date": day}))) for day in days} == days


def test_an_unreadable_day_is_told_and_today_is_shown(staff, group):
    join(group, "在る社")
    answer = staff.client.get(URL, {"date": "きのう"})
    assert listed(answer) == ["在る社"]
    assert "「きのう」は日付として読めません" in answer.content.decode()
    assert "令和8年11月25日現在" in answer.content.decode()


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("髙橋", ["株式会社青葉"]),
        ("高橋", ["株式会社青葉"]),
        ("アオバ", ["株式会社青葉"]),
        ("あおば", ["株式会社青葉"]),
        ("(株)青葉", ["株式会社青葉"]),
        ("株式会社 青葉", ["株式会社青葉"]),
        ("めっき", ["株式会社わかば"]),
        ("めっき わかば", ["株式会社わかば"]),
        ("めっき 青葉", []),
        ("%", []),
    ],
)
def test_search_folds_names_and_finds_people_and_products(staff, group, q, found):
    join(group, "株式会社青葉", "アオバ", person="髙橋")
    join(group, "株式会社わかば", "ワカバ", person="田中", products="亜鉛めっき")
    assert listed(staff.client.get(URL, {"q": q})) == found


def test_trades_of_the_group_are_offered(staff, group, other_group):
    join(group, "一社", trade="印刷業")
    join(group, "二社", trade="鋳物業")
    join(other_group, "よその社", trade="よその業")
    answer = staff.client.get(URL, {"trade": "鋳物業"})
    assert listed(answer) == ["二社"]
    offered = [value for value, _ in answer.context["filter"].form.fields["trade"].choices]
    assert offered == ["", "印刷業", "鋳物業"]


@pytest.fixture
def answers(group) -> None:
    """One company per answer, with a person named after it."""
    for answer, person in (("yes", "可田"), ("company", "社田"), ("no", "否田"), ("", "未田")):
        join(group, f"{person}の社", person=person, consent=answer)
    make_membership(group, person=make_person(family_name="独田", given_name=""), consent="company")


def test_members_see_what_consent_allows(member, answers):
    text = member.client.get(URL).content.decode()
    assert [name for name in ("可田", "社田の社", "未田") if name not in text] == []
    assert [name for name in ("否田", "独田", "社田 ") if name in text] == []
    assert "名簿にのせないことを選んだ会員が2件あります" in text


@pytest.mark.parametrize("who", ["staff", "secretary"])
def test_who_keeps_the_register_sees_all(who, request, answers):
    text = request.getfixturevalue(who).client.get(URL).content.decode()
    assert [name for name in ("可田", "社田 ", "否田 ", "独田", "未田") if name not in text] == []
    assert "名簿にのせないことを選んだ会員" not in text


@pytest.mark.parametrize(
    ("answer", "found"), [("yes", ["青葉社"]), ("", ["青葉社"]), ("company", []), ("no", [])]
)
def test_nobody_finds_by_search_whom_consent_hides(member, staff, group, answer, found):
    join(group, "青葉社", person="内緒山", consent=answer)
    assert listed(member.client.get(URL, {"q": "内緒山"})) == found
    assert listed(staff.client.get(URL, {"q": "内緒山"})) == ["青葉社"]


BEFORE = {"date": "2026-09-30"}


def test_an_earlier_day_does_not_undo_a_withdrawn_consent(member, staff, group):
    person = make_person(family_name="独田", given_name="")
    for membership in (
        make_membership(group, person=person, consent="yes"),
        join(group, "撤回社", consent="yes"),
    ):
        memberships.answer_roster_consent(
            membership=membership, answer="no", since=datetime.date(2026, 10, 1)
        )
    mine = member.membership.company.name
    answer = member.client.get(URL, BEFORE)
    assert listed(answer) == [mine]
    assert "名簿にのせないことを選んだ会員が2件あります" in answer.content.decode()
    assert set(listed(staff.client.get(URL, BEFORE))) == {mine, "独田", "撤回社"}


@pytest.fixture
def gone(group) -> None:
    """A member who left, and one whose first representative no longer attends."""
    membership = join(group, "去った社", person="去田", consent="yes", trade="去る業")
    memberships.leave(membership=membership, since=datetime.date(2026, 10, 1), reason="busy")
    stays = make_membership(
        group,
        company=make_company(name="残る社"),
        representatives=[make_person(family_name="前田"), make_person(family_name="今田")],
    )
    stays.representatives.filter(person__family_name="前田").update(until=datetime.date(2026, 10, 1))


def test_who_is_gone_is_shown_to_those_who_keep_the_register_only(member, secretary, group, gone):
    words = ["去った社", "去田", "残る社", "前田", "今田", "去る業"]
    for asked in ({}, BEFORE, {"status": "left"}, {"status": "all"}, BEFORE | {"status": "all"}):
        text = member.client.get(URL, asked).content.decode()
        assert [word for word in words if word in text] == ["残る社", "今田"], asked
    text = secretary.client.get(URL, BEFORE | {"status": "all"}).content.decode()
    assert [word for word in words if word in text] == words


def test_the_list_of_another_day_says_whom_it_leaves_out(member, secretary, gone):
    told = (
        "ほかの日の一覧には、今日も会員である方だけをのせています。この日の会員のうち1件は、のせていません。"
    )
    assert told in member.client.get(URL, BEFORE).content.decode()
    assert "ほかの日の一覧" not in member.client.get(URL).content.decode()
    assert "ほかの日の一覧" not in secretary.client.get(URL, BEFORE).content.decode()


def test_who_has_left_is_a_choice_of_those_who_keep_the_register(member, secretary, staff, adviser):
    def offered(actor) -> list[str]:
        return [value for value, _ in actor.client.get(URL).context["filter"].form.fields["status"].choices]

    for actor in (member, adviser):
        assert offered(actor) == ["belonging", "active", "on_leave"]
    for actor in (secretary, staff):
        assert offered(actor) == ["belonging", "active", "on_leave", "left", "all"]


def test_a_search_tells_nothing_about_who_is_left_out(member, group):
    join(group, "内緒社", person="内緒山", consent="no", trade="内緒業")
    asked = [{}, {"q": "内緒社"}, {"q": "ありえない"}, {"trade": "内緒業"}, BEFORE, {"q": "あ " * 1200}]
    answers = [member.client.get(URL, each) for each in asked]
    assert [answer.context["figures"].hidden for answer in answers] == [1] * 6
    for answer in answers:
        offered = [value for value, _ in answer.context["filter"].form.fields["trade"].choices]
        assert offered == ["", member.membership.company.trade]


def test_nobody_finds_by_search_who_attended_once(member, staff, gone):
    assert listed(member.client.get(URL, BEFORE | {"q": "前田"})) == []
    assert listed(member.client.get(URL, BEFORE | {"q": "今田"})) == ["残る社"]
    assert listed(staff.client.get(URL, BEFORE | {"q": "前田"})) == ["残る社"]


def test_an_office_long_past_is_no_reason_to_be_named(member, staff, group):
    membership = join(group, "役の社", person="役田", consent="company")
    person = membership.representatives.get().person
    make_officer(group, person, role="chair", until=datetime.date(2026, 10, 31))
    assert "役田" not in member.client.get(URL, BEFORE).content.decode()
    assert "役田" in staff.client.get(URL, BEFORE).content.decode()


def test_a_list_that_leaves_out_all_does_not_call_the_group_empty(adviser, group):
    make_membership(group, consent="no")
    text = adviser.client.get(URL).content.decode()
    assert "会員はいません" not in text
    assert "名簿にのせないことを選んだ会員が1件あります" in text


def test_every_name_on_any_day_leads_somewhere(member, group, answers, gone):
    make_officer(group, make_membership(group, consent="company").representatives.get().person, role="chair")
    for asked in ({}, BEFORE):
        rows = member.client.get(URL, asked).context["rows"]
        pages = [reverse("company", args=[row.member.pk]) for row in rows if row.membership.company]
        pages += [reverse("person", args=[each.person.pk]) for row in rows for each in row.people]
        assert [page for page in pages if member.client.get(page).status_code != 200] == []


def test_an_officer_is_named_whatever_the_consent(member, group):
    membership = join(group, "役の社", person="役田", consent="company")
    make_officer(group, membership.representatives.get().person, role="chair")
    text = member.client.get(URL).content.decode()
    assert "役田" in text
    assert "代表幹事" in text


def test_a_member_of_the_last_weeks_is_called_new(staff, group):
    join(group, "新しい社", on=datetime.date(2026, 9, 1))
    join(group, "前からの社", on=datetime.date(2026, 8, 1))
    assert {str(row.member): row.new for row in staff.client.get(URL).context["rows"]} == {
        "新しい社": True,
        "前からの社": False,
    }


def test_an_empty_group_says_what_helps(staff, secretary, launched_group):
    url = reverse("group_members", args=["akebono"])
    assert reverse("roster_import", args=["akebono"]) in staff.client.get(url).content.decode()
    make_officer(launched_group, secretary.person)
    assert "事務局が名簿を登録すると" in secretary.client.get(url).content.decode()


def test_rosters_offered_by_right(member, secretary):
    def offered(actor) -> list[str]:
        return [
            value
            for value, _ in actor.client.get(URL).context["roster_form"].fields["variant"].widget.choices
        ]

    assert offered(member) == ["member", "public"]
    assert offered(secretary) == ["member", "office", "public", "reception", "attendance"]


def test_who_may(visitor, member, secretary, adviser, staff, outsider, left_member):
    actors = (visitor, member, secretary, adviser, staff, outsider, left_member)
    assert [actor.client.get(URL).status_code for actor in actors] == [302, 200, 200, 200, 200, 403, 403]


@pytest.mark.parametrize("who", ["staff", "member", "secretary"])
def test_thirty_members_cost_as_many_queries_as_one(who, request, group):
    client = request.getfixturevalue(who).client
    make_membership(group, consent="yes")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        counts.append(len(queries))
        for number in range(29):
            membership = make_membership(group, consent=("yes", "no", "company", "")[number % 4])
            make_officer(group, membership.representatives.get().person, role="board")
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_another_groups_members_do_not_appear(staff, group):
    join(group, "ここの社")
    join(make_group(), "よその社")
    assert listed(staff.client.get(URL)) == ["ここの社"]
