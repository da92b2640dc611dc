"""Who stands in a roster, in which order, and how much of them it tells."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups import lifecycle, memberships
from groups.models import Group, OfficerTerm
from groups.rosters.building import Variant, roster
from groups.rosters.cells import Listed
from groups.rosters.columns import CONTACTS
from tests.factories import make_company, make_group, make_membership, make_officer, make_person

TODAY = datetime.date(2026, 11, 25)
Role = OfficerTerm.Role


def member(group, name, kana, **fields):
    """A company with one representative who bears the company's first name; returns the membership."""
    company = make_company(name=name, kana=kana)
    person = make_person(
        company=company, family_name=name[:2], given_name="", family_kana=kana, given_kana=""
    )
    return make_membership(group, company=company, representatives=[person], **fields)


def officer(group, name, kana, role, **fields):
    membership = member(group, name, kana)
    make_officer(group, membership.representatives.get().person, role=role, **fields)
    return membership


def listed(group, variant=Variant.MEMBER, day=TODAY):
    """[(No., 役職, 企業名)] of a roster."""
    return [(row.number, *row.roles, row.status, row.company) for row in roster(group, variant, day).rows]


@pytest.fixture
def keyaki(db) -> Group:
    return make_group(name="けやき会", kana="ケヤキカイ", slug="keyaki", number_prefix="KY")


def test_officers_come_first_in_the_order_of_their_offices_then_all_by_kana(keyaki):
    member(keyaki, "わかば工業", "ワカバコウギョウ")
    officer(keyaki, "ゆり会計", "ユリカイケイ", Role.TREASURER)
    member(keyaki, "あさひ商会", "アサヒショウカイ")
    officer(keyaki, "つばき精機", "ツバキセイキ", Role.BOARD)
    officer(keyaki, "あやめ電子", "アヤメデンシ", Role.SECRETARY)
    officer(keyaki, "すみれ印刷", "スミレインサツ", Role.BOARD)
    officer(keyaki, "らん硝子", "ランガラス", Role.CHAIR)
    assert listed(keyaki) == [
        (1, "代表幹事", "", "らん硝子"),
        (2, "幹事", "", "すみれ印刷"),
        (3, "幹事", "", "つばき精機"),
        (4, "会計", "", "ゆり会計"),
        (5, "事務局", "", "あやめ電子"),
        (6, "", "あさひ商会"),
        (7, "", "わかば工業"),
    ]
    assert roster(keyaki, Variant.MEMBER, TODAY).officer_rows == 5


def test_a_person_without_company_is_sorted_by_their_own_kana(keyaki):
    member(keyaki, "うめ製作所", "ウメセイサクショ")
    person = make_person(
        family_name="江戸",
        given_name="花",
        family_kana="エド",
        given_kana="ハナ",
        phone="042-000-0001",
        trade="技術士",
    )
    make_membership(keyaki, person=person)
    member(keyaki, "おうぎ塗装", "オウギトソウ")
    assert listed(keyaki) == [(1, "", "うめ製作所"), (2, "", "（個人会員）"), (3, "", "おうぎ塗装")]
    row = roster(keyaki, Variant.MEMBER, TODAY).rows[1]
    # The mail of somebody without a company is their own; how else to reach them is the member's.
    assert row.people == (Listed("江戸 花", "エド ハナ", email=person.email),)
    assert (row.phone, row.email, row.trade, row.company_kana) == ("042-000-0001", "", "技術士", "")


def test_a_row_has_its_representatives_of_the_day_officers_first(keyaki):
    company = make_company(name="株式会社ふじ", kana="フジ", phone="042-000-0002", email="info@example.jp")
    first = make_person(
        company=company, family_name="一木", title="社長", phone="042-000-0002", email="info@example.jp"
    )
    second = make_person(
        company=company, family_name="二木", title="部長", phone="090-0000-0002", email="b@example.jp"
    )
    membership = make_membership(keyaki, company=company, representatives=[first, second])
    names = [person.name for person in roster(keyaki, Variant.MEMBER, TODAY).rows[0].people]
    assert names == [first.name, second.name]

    make_officer(keyaki, second, role=Role.AUDITOR)
    people = roster(keyaki, Variant.MEMBER, TODAY).rows[0].people
    assert people == (
        Listed(second.name, second.kana, "部長", "090-0000-0002", "b@example.jp"),
        Listed(first.name, first.kana, "社長", "", ""),
    )

    term = membership.representatives.get(person=second)
    term.until = TODAY - datetime.timedelta(days=1)
    term.save()
    assert [person.name for person in roster(keyaki, Variant.MEMBER, TODAY).rows[0].people] == [first.name]


def test_as_of_an_earlier_and_a_later_day(keyaki):
    early = officer(keyaki, "はやし鋼業", "ハヤシコウギョウ", Role.CHAIR, until=datetime.date(2020, 3, 31))
    member(keyaki, "まつ電機", "マツデンキ", on=datetime.date(2018, 4, 1))
    memberships.rest(membership=early, since=datetime.date(2022, 4, 1))
    memberships.leave(membership=early, since=datetime.date(2024, 4, 1), reason="retired")
    expected = {
        datetime.date(2013, 3, 31): [],
        datetime.date(2018, 3, 31): [(1, "代表幹事", "", "はやし鋼業")],
        datetime.date(2018, 4, 1): [(1, "代表幹事", "", "はやし鋼業"), (2, "", "まつ電機")],
        datetime.date(2020, 4, 1): [(1, "", "はやし鋼業"), (2, "", "まつ電機")],
        datetime.date(2022, 4, 1): [(1, "休会中", "はやし鋼業"), (2, "", "まつ電機")],
        datetime.date(2024, 4, 1): [(1, "", "まつ電機")],
        datetime.date(2027, 4, 1): [(1, "", "まつ電機")],
    }
    assert {day: listed(keyaki, Variant.OFFICE, day) for day in expected} == expected


def test_members_are_not_told_who_is_a_member_no_longer(keyaki):
    day = datetime.date(2020, 3, 31)
    left = officer(keyaki, "はやし鋼業", "ハヤシコウギョウ", Role.CHAIR)
    leaves = datetime.date(2024, 4, 1)
    memberships.leave(membership=left, since=leaves, reason="retired", confirmed=True)
    member(keyaki, "まつ電機", "マツデンキ")
    hidden = member(keyaki, "うめ化成", "ウメカセイ", consent="no")
    memberships.leave(membership=hidden, since=datetime.date(2024, 4, 1), reason="busy")
    assert listed(keyaki, day=day) == [(1, "", "まつ電機")]
    made = roster(keyaki, Variant.MEMBER, day)
    assert (made.gone, made.left_out, made.counted, made.other_officers) == (2, 0, "3会員", ())
    assert (made.gone, roster(keyaki, Variant.OFFICE, day).gone) == (2, 0)


def test_a_withdrawn_consent_is_withdrawn_for_every_day(keyaki):
    for name, answer in (("い社", "no"), ("ろ社", "company")):
        membership = member(keyaki, name, "イ", consent="yes")
        memberships.answer_roster_consent(
            membership=membership, answer=answer, since=datetime.date(2026, 10, 1)
        )
    made = roster(keyaki, Variant.MEMBER, datetime.date(2026, 9, 30))
    assert [(row.company, row.people) for row in made.rows] == [("ろ社", ())]
    assert made.left_out == 1
    assert len(roster(keyaki, Variant.OFFICE, datetime.date(2026, 9, 30)).rows) == 2


def test_an_office_long_past_names_nobody_any_more(keyaki):
    until, day = datetime.date(2020, 3, 31), datetime.date(2020, 3, 31)
    membership = member(keyaki, "と社", "ト", consent="company")
    former = make_person(family_name="外山", given_name="守")
    for person in (membership.representatives.get().person, former):
        make_officer(keyaki, person, role=Role.CHAIR, until=until)
    made = roster(keyaki, Variant.MEMBER, day)
    assert [(row.people, row.roles) for row in made.rows] == [((), ())]
    assert made.other_officers == ()
    assert roster(keyaki, Variant.OFFICE, day).other_officers == ("代表幹事 外山 守",)


def test_counts_tell_who_rests(keyaki):
    memberships.rest(membership=member(keyaki, "きく食品", "キクショクヒン"), since=datetime.date(2026, 4, 1))
    member(keyaki, "はぎ設計", "ハギセッケイ")
    assert roster(keyaki, Variant.MEMBER, TODAY).counted == "2会員（在会1・休会1）"
    assert roster(keyaki, Variant.MEMBER, datetime.date(2026, 3, 31)).counted == "2会員"
    assert roster(keyaki, Variant.MEMBER, datetime.date(2001, 1, 1)).counted == "0会員"


@pytest.fixture
def answers(keyaki) -> Group:
    """Four companies and an individual, each with another answer to the roster."""
    for name, kana, consent in [
        ("い社", "イ", "yes"),
        ("ろ社", "ロ", ""),
        ("は社", "ハ", "company"),
        ("に社", "ニ", "no"),
    ]:
        member(keyaki, name, kana, consent=consent)
    make_membership(keyaki, person=make_person(family_name="個人", family_kana="コジン"), consent="company")
    return keyaki


def test_members_see_what_was_consented_to(answers):
    made = roster(answers, Variant.MEMBER, TODAY)
    shown = {row.company: (len(row.people), row.phone != "", row.consent) for row in made.rows}
    assert shown == {"い社": (1, True, ""), "は社": (0, True, ""), "ろ社": (1, True, "")}
    # An individual who lets only "the company" be shown has none, and is left out with those who said no.
    assert (made.left_out, made.counted) == (2, "5会員")
    text = "".join(line.text for row in made.table for cell in row for line in cell.lines)
    assert "は社" in text
    assert "person3@example.jp" not in text  # the representative of は社


def test_the_office_sees_all_and_what_was_answered(answers):
    made = roster(answers, Variant.OFFICE, TODAY)
    assert made.left_out == 0
    assert {row.company: (len(row.people), row.consent) for row in made.rows} == {
        "い社": (1, ""),
        "ろ社": (1, "掲載未確認"),
        "は社": (1, "企業のみ掲載"),
        "に社": (1, "掲載しない"),
        "（個人会員）": (1, "企業のみ掲載"),
    }


def test_an_officer_is_named_to_the_group_without_a_way_to_reach_them(keyaki):
    membership = member(keyaki, "と社", "ト", consent="company")
    person = membership.representatives.get().person
    make_officer(keyaki, person, role=Role.CHAIR)
    [row] = roster(keyaki, Variant.MEMBER, TODAY).rows
    assert [(shown.name, shown.title, shown.phone, shown.email) for shown in row.people] == [
        (person.name, "", "", "")
    ]


def test_the_answer_of_the_day_decides(keyaki):
    membership = member(keyaki, "ほ社", "ホ", consent="no")
    memberships.answer_roster_consent(membership=membership, answer="yes", since=datetime.date(2026, 10, 1))
    assert listed(keyaki, day=datetime.date(2026, 9, 30)) == []
    assert listed(keyaki) == [(1, "", "ほ社")]


def test_officers_who_represent_no_member_are_named_below(keyaki):
    membership = member(keyaki, "へ社", "ヘ", consent="no")
    make_officer(keyaki, membership.representatives.get().person, role=Role.CHAIR)
    adviser = make_person(family_name="外山", given_name="守")
    make_officer(keyaki, adviser, role=Role.COUNSEL)
    # The chair stands in a row that is left out by consent, and is not named in a roundabout way.
    assert roster(keyaki, Variant.MEMBER, TODAY).other_officers == ("顧問 外山 守",)


def test_the_office_issues_until_the_group_runs_itself(db):
    group = make_group(name="あけぼの会", stage=Group.Stage.LAUNCHED, since=datetime.date(2026, 7, 10))
    lifecycle.move(group=group, to=Group.Stage.SELF_MANAGED, since=datetime.date(2027, 4, 1))
    assert roster(group, Variant.MEMBER, TODAY).issuer == group.office.name
    assert roster(group, Variant.MEMBER, datetime.date(2027, 4, 1)).issuer == "あけぼの会 事務局"


def test_another_groups_members_are_not_here(keyaki):
    member(make_group(name="みなと会", number_prefix="MN"), "よそ社", "ヨソ")
    assert listed(keyaki) == []


def test_as_many_queries_for_one_row_as_for_thirty(keyaki):
    def queries() -> int:
        group = Group.objects.select_related("office").get(pk=keyaki.pk)
        with CaptureQueriesContext(connection) as asked:
            assert roster(group, Variant.OFFICE, TODAY).table
        return len(asked)

    officer(keyaki, "一番社", "イチバン", Role.CHAIR)
    one = queries()
    for number in range(28):
        member(keyaki, f"第{number}社", "ダイ")
    make_membership(keyaki, person=make_person())
    assert (one, queries()) == (4, 4)


def test_columns_fill_the_width_between_the_margins():
    assert sum(column.width for column in CONTACTS) == 297 - 2 * 12
    keys = [field.key for column in CONTACTS for field in column.fields]
    assert sorted(keys) == sorted(set(keys))


def test_cells_say_first_everything_about_the_first_person(keyaki):
    company = make_company(
        name="株式会社ゆき", kana="ユキ", url="https://yuki.example.jp/", fax="042-000-0009", postal_code=""
    )
    people = [
        make_person(
            company=company, family_name=name, given_name="", family_kana=kana, given_kana="", title=title
        )
        for name, kana, title in [("雪村", "ユキムラ", ""), ("雪野", "ユキノ", "部長")]
    ]
    make_membership(keyaki, company=company, representatives=people)
    cells = {
        cell.key: [line.text for line in cell.lines]
        for cell in roster(keyaki, Variant.MEMBER, TODAY).table[0]
    }
    assert cells["people"] == ["ユキムラ", "雪村", "ユキノ", "雪野", "部長"]
    assert cells["phone"] == [company.phone, "F 042-000-0009"]
    assert cells["mail"] == [*(person.email for person in people), "yuki.example.jp"]
    assert (cells["address"], cells["products"], cells["role"]) == ([company.address], ["―"], [])
    assert cells["joined"] == ["H25.4"]
