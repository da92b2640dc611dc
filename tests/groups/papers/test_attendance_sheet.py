"""出席者名簿: who is expected, boxes to tick, blank lines for guests, no way to reach anybody."""

import datetime

import pytest

from groups import memberships
from groups.papers.attendance_sheet import Expected, Meeting, expected, print_attendance_sheet
from groups.papers.job import Job
from groups.papers.selection import Readers, guests, members
from tests.factories import make_adviser, make_company, make_group, make_membership, make_officer, make_person
from tests.groups.papers.sheets import pages, text_of

TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def keyaki(db):
    return make_group(name="けやき会", slug="keyaki", number_prefix="KY")


def printed(group, readers=Readers.OFFICE, **options) -> bytes:
    present = members([group], TODAY, readers)
    return print_attendance_sheet(
        job=Job((group,), group, TODAY, None, readers=readers),
        meeting=Meeting("第12回 定例会", "会議室"),
        members=present,
        guests=guests([group], TODAY, readers, present),
        **options,
    )


def test_everybody_who_may_come(keyaki):
    company = make_company(name="株式会社あ", kana="ア")
    people = [
        make_person(company=company, family_name=name, given_name="", family_kana="", given_kana="")
        for name in ("一木", "二木")
    ]
    resting = make_membership(keyaki, company=company, representatives=people)
    make_officer(keyaki, people[0])
    memberships.rest(membership=resting, since=datetime.date(2026, 4, 1))
    make_membership(keyaki, company=make_company(name="株式会社い", kana="イ"), representatives=[])
    individual = make_person(family_name="吉岡", given_name="", family_kana="ヨシオカ", given_kana="")
    make_membership(keyaki, person=individual)
    make_adviser(keyaki, make_person(family_name="助川", given_name="", family_kana="", given_kana=""))
    present = members([keyaki], TODAY, Readers.OFFICE)
    assert list(expected(present, guests([keyaki], TODAY, Readers.OFFICE, present))) == [
        Expected("株式会社あ", "一木", "", "事務局・休会中"),
        Expected("株式会社あ", "二木", "", "休会中"),
        Expected("株式会社い", "", "", ""),
        Expected("（個人会員）", "吉岡", "ヨシオカ", ""),
        Expected("", "助川", "", "助言者"),
    ]


def test_the_sheet(keyaki):
    make_membership(keyaki)
    (page,) = pages(printed(keyaki, blanks=4))
    texts = [each.text for each in page]
    for words in (
        "第12回 定例会　出席者名簿",
        "令和8年（2026年）11月25日（水）",
        "会場：会議室",
        "懇親会",
        "署名",
        "1／1",
    ):
        assert words in texts
    assert (texts.count("□ 出席 □ 代理 □ 欠席"), texts.count("ゲスト")) == (5, 4)


def test_it_tells_no_way_to_reach_anybody(keyaki):
    company = make_company(phone="042-500-7777", street="秘町1-1", email="info@example.jp")
    person = make_person(company=company, phone="090-0000-7777")
    make_membership(keyaki, company=company, representatives=[person])
    text = text_of(printed(keyaki))
    assert [told for told in ("7777", "秘町", "@") if told in text] == []


def test_members_print_it_by_consent(keyaki):
    for name, answer in (("い社", "yes"), ("は社", "no")):
        make_membership(keyaki, company=make_company(name=name), consent=answer)
    assert ("は社" in text_of(printed(keyaki)), "は社" in text_of(printed(keyaki, Readers.GROUP))) == (
        True,
        False,
    )


def test_later_pages_say_what_they_belong_to(keyaki):
    for _ in range(30):
        make_membership(keyaki)
    first, second = pages(printed(keyaki))
    told = "けやき会　第12回 定例会　出席者名簿　令和8年11月25日　部数番号 001"
    assert [[each.y < 18 for each in page if each.text == told] for page in (first, second)] == [[], [True]]
    assert [page[-1].text for page in (first, second)] == ["1／2", "2／2"]
