"""The day of joining, and who comes back: nobody does by standing in an old file."""

import datetime

import pytest

from groups import memberships
from groups.models import Representative
from members.models import Employment
from tests.factories import make_company, make_membership, make_person
from tests.groups.importing.asking import asked, check, kinds, said, told

HEADER = "企業名,氏名,TEL,入会日"
TODAY = datetime.date(2026, 11, 25)
TOMORROW = datetime.date(2026, 11, 26)


def member(group, *, left_on=None, **fields):
    """A company's membership, which it gave up on a day."""
    company = make_company(**{"name": "株式会社灯台", "phone": "042-111-2222", "kana": "トウダイ"} | fields)
    membership = make_membership(group, company=company)
    if left_on:
        memberships.leave(membership=membership, since=left_on, reason="busy")
    return membership


def statuses(membership):
    return [(status.since, status.state) for status in membership.statuses.order_by("since")]


# ── coming back ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("joined", ["", "2013-04-01", "2025-04-01"])
def test_a_member_who_left_and_stands_in_a_file_is_asked_about(group, joined):
    membership = member(group, left_on=datetime.date(2025, 4, 1))

    report = check(group, HEADER, f"株式会社灯台,灯 一,042-111-2222,{joined}", commit=True)

    assert (asked(report), report.doubtful[0].asks) == ([membership.company_id], "returns")
    assert (report.committed, report.missing) == (False, [])
    assert statuses(membership)[-1][1] == "left"


def test_the_answer_brings_the_member_back(group):
    membership = member(group, left_on=datetime.date(2025, 4, 1))
    line = "株式会社灯台,灯 一,042-111-2222,"

    report = check(group, HEADER, line, answers={2: membership.company_id}, commit=True)

    assert told(report.changed[0]) == [("状態", "退会", "在会"), ("登録者", "", "灯 一")]
    assert statuses(membership)[-1] == (TODAY, "active")
    assert said(report) == []
    assert kinds(check(group, HEADER, line)) == [(2, "same", "株式会社灯台")]


def test_the_answer_leaves_the_row_out(group):
    membership = member(group, left_on=datetime.date(2025, 4, 1))

    report = check(
        group,
        HEADER,
        "株式会社灯台,,042-111-2222,",
        "株式会社岬,,042-111-3333,",
        answers={2: -1},
        commit=True,
    )

    assert (report.committed, [row.kind for row in report.rows]) == (True, ["left", "new"])
    assert statuses(membership)[-1][1] == "left"


def test_a_later_day_of_joining_is_the_day_of_coming_back(group):
    membership = member(group, left_on=datetime.date(2025, 4, 1))

    report = check(group, HEADER, "株式会社灯台,,042-111-2222,2025-04-02", commit=True)

    assert report.committed
    assert statuses(membership)[-1] == (datetime.date(2025, 4, 2), "active")


def test_of_a_member_who_left_today_there_is_a_notice_only(group):
    membership = member(group, left_on=TODAY)

    report = check(group, HEADER, "株式会社灯台,,042-111-2222,", "株式会社岬,,042-111-3333,", commit=True)

    assert (report.committed, [row.kind for row in report.rows]) == (True, ["left", "new"])
    assert (
        2,
        "企業名",
        "今日退会した会員なので、この行は取り込みません。会に戻るときは、明日から取り込んでください。",
    ) in said(report)
    assert statuses(membership)[-1] == (TODAY, "left")


def test_a_return_that_is_known_already_is_not_asked_for(group):
    membership = member(group, left_on=datetime.date(2025, 4, 1))
    memberships.resume(membership=membership, since=TOMORROW)

    report = check(group, HEADER, "株式会社灯台,灯 一,042-111-2222,", commit=True)

    assert told(report.changed[0]) == [("登録者", "", "灯 一")]
    assert membership.representatives.get(until=None).since == TOMORROW
    assert statuses(membership)[-1] == (TOMORROW, "active")


def test_an_individual_who_left_is_asked_about_too(group):
    person = make_person(family_name="佐藤", given_name="一", email="s@example.jp")
    membership = make_membership(group, person=person)
    memberships.leave(membership=membership, since=datetime.date(2025, 4, 1), reason="busy")
    header, line = "企業名,氏名,メール", "個人会員,佐藤 一,s@example.jp"

    assert asked(check(group, header, line)) == [person.pk]
    assert check(group, header, line, answers={2: person.pk}, commit=True).committed
    assert statuses(membership)[-1] == (TODAY, "active")


def test_a_question_whether_it_is_the_member_says_that_it_left(group):
    member(group, left_on=datetime.date(2025, 4, 1))

    report = check(group, HEADER, "有限会社灯台,,042-111-9999,")

    assert report.doubtful[0].asks == "same"
    assert report.doubtful[0].doubts[0].about.endswith("退会した会員")


# ── terms begin and end with the membership ──────────────────────────────────


def test_a_day_that_a_later_row_tells_is_everybodys(group):
    check(
        group,
        HEADER,
        "株式会社岬,岬 一,042-111-2222,",
        "株式会社岬,岬 二,042-111-2222,2013-07-01",
        commit=True,
    )

    day = datetime.date(2013, 7, 1)
    assert [(term.person.given_name, term.since) for term in Representative.objects.all()] == [
        ("一", day),
        ("二", day),
    ]
    assert [work.since for work in Employment.objects.order_by("pk")] == [day, day]


def test_nobody_is_named_for_a_membership_that_will_end(group):
    membership = member(group, left_on=datetime.date(2027, 4, 1))
    before = list(membership.representatives.values("person", "since", "until"))

    report = check(group, HEADER, "株式会社灯台,灯 一,042-111-2222,", commit=True)

    assert kinds(report) == [(2, "same", "株式会社灯台")]
    assert report.same[0].people == []
    assert said(report) == [(2, "氏名", "令和9年4月1日に退会する会員なので、灯 一さんは加えません。")]
    assert list(membership.representatives.values("person", "since", "until")) == before
