"""Which company a row means: what decides, what is only asked, what is two companies."""

import pytest

from groups.models import Membership
from members.models import Company
from tests.factories import make_company, make_membership, make_person
from tests.groups.importing.asking import asked, check, kinds, said, wrong

HEADER = "企業名,氏名,TEL,住所,法人番号"
NUMBER, OTHER_NUMBER = "7990001000001", "7018561689034"


def company(group, **fields):
    """A company that is a member of the group, where nobody attends yet."""
    made = make_company(**{"name": "株式会社灯台", "phone": "042-111-2222", "street": "東町1-1"} | fields)
    make_membership(group, company=made, representatives=[])
    return made


# ── the name and the telephone ───────────────────────────────────────────────


def test_another_legal_form_at_the_same_telephone_is_asked(group, other_group):
    known = company(other_group)

    assert asked(check(group, HEADER, "有限会社灯台,,042-111-2222,,")) == [known.pk]


def test_another_legal_form_is_asked_even_of_a_member_with_the_same_representative(group):
    known = company(group)
    make_membership_of(known, make_person(company=known, family_name="灯", given_name="一"))

    assert asked(check(group, HEADER, "有限会社灯台,灯 一,042-111-2222,,")) == [known.pk]


def make_membership_of(known, person):
    membership = known.memberships.get()
    membership.representatives.create(person=person, since=membership.joined_on)


def test_a_form_that_the_company_once_had_is_its_own(group, other_group):
    known = company(other_group)
    known.former_names.create(name="有限会社灯台", until="2020-04-01")

    report = check(group, HEADER, "有限会社灯台,,042-111-2222,,")

    assert kinds(report) == [(2, "new", "株式会社灯台")]


def test_of_namesakes_at_one_telephone_the_very_same_name_is_meant(group, other_group):
    company(other_group)
    company(other_group, name="㈱灯台")

    assert kinds(check(group, HEADER, "㈱灯台,,042-111-2222,,")) == [(2, "new", "㈱灯台")]


def test_of_namesakes_at_one_telephone_the_one_with_the_representative_is_meant(group, other_group):
    company(other_group)
    second = company(other_group, trade="灯台守")
    make_membership_of(second, make_person(company=second, family_name="灯", given_name="一"))

    report = check(group, HEADER + ",業種", "株式会社灯台,灯 一,042-111-2222,,,造船")

    assert [(change.old, change.new) for change in report.new[0].changes] == [("灯台守", "造船")]


def test_namesakes_at_one_telephone_that_nothing_tells_apart_are_asked(group, other_group):
    both = [company(other_group), company(other_group)]

    assert asked(check(group, HEADER, "株式会社灯台,,042-111-2222,,")) == [one.pk for one in both]


@pytest.mark.parametrize("written", ["0421112222", "+81-42-111-2222", "(042)111-2222"])
def test_a_telephone_is_the_same_however_it_is_written(group, other_group, written):
    company(other_group)

    assert kinds(check(group, HEADER, f"株式会社灯台,,{written},,")) == [(2, "new", "株式会社灯台")]


# ── the name and the address ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    "written", ["東京都昭島市東町1-1", "昭島市東町1-1", "東京都昭島市東町1丁目1番　灯台ビル3階"]
)
def test_an_address_is_the_same_without_prefecture_or_with_a_building(group, other_group, written):
    company(other_group)

    assert kinds(check(group, HEADER, f"株式会社灯台,,,{written},")) == [(2, "new", "株式会社灯台")]


@pytest.mark.parametrize(
    "written", ["東京都昭島市", "東京都昭島市東町", "東京都昭島市東町1-11", "東京都昭島市東町1-1-5"]
)
def test_a_town_or_another_house_is_not_the_same_address(group, other_group, written):
    known = company(other_group)

    assert asked(check(group, HEADER, f"株式会社灯台,,,{written},")) == [known.pk]


# ── a member of the group ────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line",
    [
        "株式会社灯台,,03-9999-9999,,",
        "株式会社灯台,,,東京都港区港南9-9,",
        "株式会社灯台,港 一,03-9999-9999,,",
    ],
)
def test_a_member_has_another_telephone_or_has_moved(group, line):
    company(group)

    assert [row.known for row in check(group, HEADER, line).changed] == ["株式会社灯台"]


def test_a_member_with_another_telephone_at_another_address_and_nobody_known_is_asked(group):
    known = company(group)

    assert asked(check(group, HEADER, "株式会社灯台,港 一,03-9999-9999,東京都港区港南9-9,")) == [known.pk]


def test_a_member_with_another_telephone_and_address_is_known_by_its_representative(group):
    known = company(group)
    make_membership_of(known, make_person(company=known, family_name="港", given_name="一"))

    report = check(group, HEADER, "株式会社灯台,港 一,03-9999-9999,東京都港区港南9-9,")

    assert kinds(report) == [(2, "changed", "株式会社灯台")]


def test_two_rows_at_two_places_are_asked_about(group):
    """Perhaps two branches, perhaps two companies."""
    report = check(
        group,
        HEADER,
        "株式会社灯台,灯 一,042-111-2222,東京都昭島市東町1,",
        "株式会社灯台,灯 二,03-9999-9999,東京都港区港南9,",
    )

    assert (kinds(report), asked(report)) == ([(2, "new", ""), (3, "doubtful", "")], [-3])


def test_of_two_members_of_one_name_the_one_that_nothing_speaks_against_is_meant(group):
    company(group)
    company(group, phone="042-111-3333", trade="灯台守")

    report = check(group, HEADER + ",業種", "株式会社灯台,,042-111-3333,東京都昭島市東町9,,造船")

    assert ("業種", "灯台守", "造船") in [
        (change.label, change.old, change.new) for change in report.changed[0].changes
    ]


def test_members_that_a_question_names_are_not_missing(group):
    company(group, name="有限会社灯台")
    company(group, name="有限会社岬", corporate_number=NUMBER, phone="042-111-3333", street="東町3")

    report = check(
        group,
        HEADER,
        "株式会社灯台,灯 一,042-111-9999,,",
        f"株式会社港,,042-111-8888,,{NUMBER}",
        answers={3: -1},
    )

    assert [row.kind for row in report.rows] == ["doubtful", "left"]
    assert report.missing == []


# ── the corporate number ─────────────────────────────────────────────────────


def test_a_number_under_another_name_is_asked(group, other_group):
    known = company(other_group, corporate_number=NUMBER)

    report = check(group, HEADER, f"有限会社岬,岬 二,03-1111-2222,,{NUMBER}")

    assert (asked(report), report.doubtful[0].asks) == ([known.pk], "renamed")


def test_the_answer_renames_the_company_and_the_question_is_not_put_again(group):
    known = company(group, corporate_number=NUMBER)
    line = f"有限会社岬,,03-1111-2222,,{NUMBER}"

    report = check(group, HEADER, line, answers={2: known.pk}, commit=True)

    assert (report.committed, Company.objects.get().name) == (True, "有限会社岬")
    assert kinds(check(group, HEADER, line)) == [(2, "same", "有限会社岬")]


def test_of_a_number_the_answer_cannot_be_another_company(group, other_group):
    """The number is the first one's: a second one with it cannot be written."""
    known = company(other_group, corporate_number=NUMBER)

    report = check(group, HEADER, f"有限会社岬,,03-1111-2222,,{NUMBER}", answers={2: 0})

    assert asked(report) == [known.pk]
    assert (2, "企業名", "前のお答えは、この行に合わないので使いませんでした。") in said(report)


@pytest.mark.parametrize(
    "line",
    [
        "有限会社岬,,042-111-2222,,",
        "有限会社岬,,,東京都昭島市東町1-1,",
        "有限会社岬,灯 一,,,",
        "有限会社岬,頭 領,,,",
    ],
)
def test_a_number_and_anything_else_that_agrees_is_a_rename(group, line):
    known = company(group, corporate_number=NUMBER, representative_name="頭領")
    make_membership_of(known, make_person(company=known, family_name="灯", given_name="一"))

    [row] = check(group, HEADER, line + NUMBER).changed

    assert (row.known, row.changes[0].new) == ("有限会社岬", "有限会社岬")


def test_a_number_and_a_former_name_are_the_company(group):
    known = company(group, corporate_number=NUMBER)
    known.former_names.create(name="有限会社岬", until="2020-04-01")

    assert kinds(check(group, HEADER, f"有限会社岬,,03-1111-2222,,{NUMBER}"))[0][1] == "changed"
    assert Membership.objects.count() == 1


def test_one_number_of_two_names_in_one_file_is_a_problem(group):
    report = check(
        group,
        HEADER,
        f"株式会社灯台,灯 一,042-111-2222,,{NUMBER}",
        f"有限会社岬,岬 二,042-111-2222,,{NUMBER}",
        f"㈱灯台,灯 三,,,{NUMBER}",
    )

    assert kinds(report) == [(2, "new", "")]
    assert wrong(report) == [
        (
            3,
            "法人番号",
            "この法人番号は、2行目の「株式会社灯台」のものです。法人番号か企業名を直してください。",
        )
    ]


def test_two_numbers_are_two_companies(group):
    company(group, corporate_number=NUMBER)

    report = check(group, HEADER, f"株式会社灯台,,042-111-2222,,{OTHER_NUMBER}")

    assert kinds(report) == [(2, "new", "")]
