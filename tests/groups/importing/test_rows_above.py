"""A row that leaves the company to the one above, a second person of a row, and answers: of whom they speak."""

import pytest

from groups.models import Membership
from members.models import Company
from tests.factories import make_company, make_membership
from tests.groups.importing.asking import asked, check, kinds, said

HEADER = "企業名,氏名,TEL,住所"
AT_SECOND = "株式会社岬,岬 一,042-111-0002,東京都昭島市東町7"
UNUSED = "前のお答えは、この行に合わないので使いませんでした。"


@pytest.fixture
def namesakes(group):
    """Two members of one name, of whom a name alone can mean either."""
    return [
        make_membership(
            group, company=make_company(name="株式会社岬", kana="ミサキ", phone=phone), representatives=[]
        )
        for phone in ("042-111-0001", "042-111-0002")
    ]


def attending(membership):
    return [term.person.name for term in membership.representatives.order_by("rank")]


@pytest.mark.parametrize("below", [",岬 二,,", "同上,岬 二,,"])
def test_the_row_below_speaks_of_the_company_of_the_row_above(group, namesakes, below):
    report = check(group, HEADER, AT_SECOND, below, commit=True)

    assert (report.committed, [row.number for row in report.rows]) == (True, [2])
    assert [attending(each) for each in namesakes] == [[], ["岬 一", "岬 二"]]


def test_so_does_the_second_person_of_the_row(group, namesakes):
    check(group, "企業名,参加者1,参加者2,TEL", "株式会社岬,岬 一,岬 二,042-111-0002", commit=True)

    assert [attending(each) for each in namesakes] == [[], ["岬 一", "岬 二"]]


def test_the_row_above_is_asked_for_both(group, namesakes):
    lines = ["株式会社岬,岬 一,042-111-0009,東京都昭島市東町7", ",岬 二,,"]

    report = check(group, HEADER, *lines)

    assert [(row.number, row.kind, row.people) for row in report.rows] == [
        (2, "doubtful", ["岬 一", "岬 二"])
    ]
    second = namesakes[1].company
    assert asked(report)[1] == second.pk
    check(group, HEADER, *lines, answers={2: second.pk}, commit=True)
    assert attending(namesakes[1]) == ["岬 一", "岬 二"]


def test_and_for_a_new_one(group, namesakes):
    lines = ["株式会社岬,岬 一,042-111-0009,東京都昭島市東町7", ",岬 二,,"]

    check(group, HEADER, *lines, answers={2: 0}, commit=True)

    assert Company.objects.count() == 3
    assert attending(Membership.objects.latest("pk")) == ["岬 一", "岬 二"]


def test_and_left_out_with_it(group, namesakes):
    lines = [AT_SECOND, ",岬 二,,"]

    report = check(group, HEADER, *lines, answers={2: -1})

    assert [(row.number, row.kind, row.people) for row in report.rows] == [(2, "left", ["岬 一", "岬 二"])]


def test_the_row_below_can_be_left_out_alone(group, namesakes):
    report = check(group, HEADER, AT_SECOND, ",岬 二,,", answers={3: -1})

    assert [(row.number, row.kind, row.people) for row in report.rows] == [
        (2, "changed", ["岬 一"]),
        (3, "left", ["岬 二"]),
    ]


# ── answers that fit nothing ─────────────────────────────────────────────────


def test_an_answer_that_names_nobody_who_was_asked_about_is_told(group, namesakes):
    report = check(group, HEADER, "株式会社岬,岬 一,,", answers={2: 99_999})

    assert report.counts["doubtful"] == 1
    assert (2, "企業名", UNUSED) in said(report)


@pytest.mark.parametrize("answer", [0, 99_999])
def test_an_answer_against_what_is_certain_is_told(group, answer):
    make_membership(group, company=make_company(name="株式会社灯台", phone="042-111-0003"))

    report = check(group, HEADER, "株式会社灯台,,042-111-0003,", answers={2: answer})

    assert kinds(report) == [(2, "same", "株式会社灯台")]
    assert (2, "企業名", UNUSED) in said(report)


def test_an_answer_about_a_row_that_is_none_is_told(group):
    report = check(group, HEADER, AT_SECOND, answers={9: 0})

    assert (9, "企業名", "前のお答えは、この行に会員がないので使いませんでした。") in said(report)


def test_an_answer_that_fits_is_no_news(group, namesakes):
    for answer in (namesakes[0].company_id, 0, -1):
        report = check(group, HEADER, "株式会社岬,岬 一,,", answers={2: answer})
        assert [notice for notice in said(report) if notice[2] == UNUSED] == []
