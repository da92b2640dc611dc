"""Which person without a company a row means."""

import pytest

from groups.models import Membership
from members.models import Person
from tests.factories import make_company, make_membership, make_person
from tests.groups.importing.asking import asked, check, kinds, said, wrong

HEADER = "企業名,氏名,電話,メール,住所"
EAST, WEST = "東京都昭島市東町1", "東京都立川市西町2"


def individual(group, **fields):
    """A member of the group without a company, reached nowhere but where the fields tell."""
    name = {"family_name": "鈴木", "given_name": "一郎", "email": ""}
    return make_membership(group, person=make_person(**name | fields)).person


def east(group, **fields):
    return individual(group, prefecture="東京都", city="昭島市", street="東町1", **fields)


def west(group, **fields):
    return individual(group, prefecture="東京都", city="立川市", street="西町2", **fields)


def test_of_two_of_one_name_the_one_at_the_address_is_meant(group):
    east(group, phone="090-0000-0001")
    second = west(group, phone="090-0000-0002")

    report = check(group, HEADER, f"個人会員,鈴木 一郎,,b@example.jp,{WEST}", commit=True)

    second.refresh_from_db()
    assert (report.counts["changed"], second.email) == (1, "b@example.jp")


def test_two_rows_of_one_name_in_another_order_are_not_mixed_up(group):
    first, second = east(group), west(group)

    check(
        group,
        HEADER,
        f"個人会員,鈴木 一郎,,b@example.jp,{WEST}",
        f"個人会員,鈴木 一郎,,a@example.jp,{EAST}",
        commit=True,
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.email, second.email) == ("a@example.jp", "b@example.jp")


def test_of_two_of_one_name_that_nothing_tells_apart_one_is_asked_for(group):
    both = [individual(group, phone="090-0000-0001"), individual(group, phone="090-0000-0002")]

    assert asked(check(group, HEADER, "個人会員,鈴木 一郎,,b@example.jp,")) == [one.pk for one in both]


def test_two_who_share_a_telephone_are_told_apart_by_the_mail(group):
    individual(group, phone="042-000-0001", email="a@example.jp")
    second = individual(group, phone="042-000-0001", email="b@example.jp")

    report = check(group, HEADER, f"個人会員,鈴木 一郎,042-000-0001,b@example.jp,{WEST}", commit=True)

    second.refresh_from_db()
    assert (report.counts["changed"], second.city) == (1, "立川市")


def test_what_is_certain_of_a_later_row_is_no_guess_for_an_earlier_one(group):
    known = individual(group, phone="090-0000-0001")

    report = check(
        group,
        HEADER,
        "個人会員,鈴木 一郎,,x@example.jp,",
        "個人会員,鈴木 一郎,090-0000-0001,y@example.jp,",
        commit=True,
    )

    known.refresh_from_db()
    assert kinds(report) == [(2, "new", ""), (3, "changed", "鈴木 一郎")]
    assert known.email == "y@example.jp"


def test_two_rows_that_are_both_certain_of_one_person_are_a_slip(group):
    individual(group, phone="090-0000-0001", email="m@example.jp")

    report = check(
        group,
        HEADER,
        "個人会員,鈴木 一郎,090-0000-0001,x@example.jp,",
        "個人会員,鈴木 一郎,090-0000-0009,m@example.jp,",
    )

    assert wrong(report) == [(3, "氏名", "2行目と同じ会員です。どちらかの行を消してください。")]


def test_somebody_whose_only_address_is_another_one_is_asked(group):
    known = east(group)

    assert asked(check(group, HEADER, f"個人会員,鈴木 一郎,,,{WEST}")) == [known.pk]
    assert kinds(check(group, HEADER, "個人会員,鈴木 一郎,,,東京都昭島市")) == [(2, "same", "鈴木 一郎")]


def test_two_rows_of_one_name_at_two_addresses_are_two_members(group):
    lines = [f"個人会員,鈴木 一郎,,,{EAST}", f"個人会員,鈴木 一郎,,,{WEST}"]

    assert check(group, HEADER, *lines, commit=True).counts["new"] == 2
    assert check(group, HEADER, *lines).counts["same"] == 2


# ── somebody who is known in a company ───────────────────────────────────────


@pytest.fixture
def mori(other_group):
    """Represents a company of another group."""
    company = make_company(name="株式会社森", phone="042-000-0009")
    person = make_person(
        company=company, family_name="森", given_name="林太郎", phone="", email="mori@example.jp"
    )
    make_membership(other_group, company=company, representatives=[person])
    return person


@pytest.mark.parametrize("reach", [",mori@example.jp", "042-000-0009,", "0420000009,other@example.jp"])
def test_somebody_who_is_reached_in_a_company_is_asked_about(group, mori, reach):
    report = check(group, HEADER, f"個人会員,森 林太郎,{reach},")

    assert asked(report) == [mori.pk]
    assert "株式会社森の登録者" in report.doubtful[0].doubts[0].about


def test_a_namesake_who_is_reached_elsewhere_is_somebody_else(group, mori):
    assert kinds(check(group, HEADER, "個人会員,森 林太郎,042-000-0001,x@example.jp,")) == [(2, "new", "")]


def test_the_answer_makes_them_a_member_themselves(group, mori):
    line = "個人会員,森 林太郎,090-0000-0001,mori@example.jp,"

    report = check(group, HEADER, line, answers={2: mori.pk}, commit=True)

    assert (report.committed, Membership.objects.get(group=group).person) == (True, mori)
    assert kinds(check(group, HEADER, line)) == [(2, "same", "森 林太郎")]


def test_or_somebody_new(group, mori):
    report = check(group, HEADER, "個人会員,森 林太郎,,mori@example.jp,", answers={2: 0}, commit=True)

    assert (report.committed, Person.objects.filter(family_name="森").count()) == (True, 2)
    assert said(report) == []


def test_whom_an_earlier_row_brings_in_a_company_is_asked_about_too(group):
    report = check(
        group, HEADER, "株式会社森,森 林太郎,,mori@example.jp,", "個人会員,森 林太郎,,mori@example.jp,"
    )

    assert asked(report) == [-3]


def test_the_number_of_a_company_says_nothing_about_somebody_without_one(group):
    header = HEADER + ",法人番号"
    lines = [
        "株式会社森,森 林太郎,042-000-0009,,,7990001000001",
        "個人会員,鈴木 一郎,042-000-0001,,,7990001000001",
    ]

    assert [row.kind for row in check(group, header, *lines).rows] == ["new", "new"]
