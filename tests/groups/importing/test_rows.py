"""Rows that a real office brings: two of one name, people who come back, names written differently."""

import datetime

import pytest

from groups import memberships
from groups.importing import import_roster
from members.models import Company, Person
from tests.factories import make_company, make_membership

HEADER = "企業名,参加者氏名,氏名フリガナ,所在地,TEL,法人番号,入会日"


def run(group, *lines, commit=True, header=HEADER, **kwargs):
    content = "\n".join([header, *lines]).encode()
    return import_roster(group=group, content=content, filename="roster.csv", commit=commit, **kwargs)


def said(findings):
    return [(finding.row, finding.column, finding.message) for finding in findings]


def told(row):
    return [(change.label, change.old, change.new) for change in row.changes]


def test_what_a_new_membership_overwrites_in_a_known_company_is_shown(group, other_group):
    company = make_company(name="株式会社青葉精機", phone="042-000-0001", products="ばね")
    make_membership(other_group, company=company)
    header = "企業名,TEL,事業内容"

    [row] = run(group, "㈱青葉精機,042-000-0001,医療用のばね", header=header, commit=False).new

    assert (row.known, told(row)) == ("株式会社青葉精機", [("主要製品・サービス", "ばね", "医療用のばね")])


def test_the_fingerprint_tells_registering_from_overwriting(group):
    shown = run(group, "株式会社青葉精機,,,,042-000-0001,,", commit=False).fingerprint
    make_company(name="株式会社青葉精機", phone="042-000-0001")

    assert not run(group, "株式会社青葉精機,,,,042-000-0001,,", shown=shown).committed


def test_two_companies_of_one_folded_name_in_one_file_are_asked_about(group):
    report = run(
        group,
        "株式会社青葉,青葉 一郎,,東京都昭島市東町1-1,042-000-0001,,",
        "有限会社青葉,青葉 花子,,東京都青梅市東町2-2,0428-00-0002,,",
        commit=False,
    )

    assert report.counts == {"new": 1, "changed": 0, "same": 0, "doubtful": 1}
    assert [doubt.about for doubt in report.doubtful[0].doubts] == [
        "株式会社青葉（このファイルの2行目）　東京都昭島市東町1-1　042-000-0001"
    ]
    answered = run(
        group,
        "株式会社青葉,青葉 一郎,,東京都昭島市東町1-1,042-000-0001,,",
        "有限会社青葉,青葉 花子,,東京都青梅市東町2-2,0428-00-0002,,",
        answers={3: 0},
    )
    assert (answered.committed, answered.counts["new"]) == (True, 2)


def test_the_first_of_two_rows_of_one_company_wins_and_the_second_is_told(group):
    lines = ["株式会社青葉,青葉 一郎,,,042-000-0001,,", "株式会社青葉,青葉 花子,,,042-000-0002,,"]

    report = run(group, *lines)

    assert report.new[0].people == ["青葉 一郎", "青葉 花子"]
    assert Company.objects.get().phone == "042-000-0001"
    assert (3, "TEL", "前の行と違います。前の行の「042-000-0001」を残します。") in said(report.warnings)
    assert run(group, *lines).counts["same"] == 1


def test_a_name_is_never_degraded(group):
    run(group, "個人会員,𠮷田 太郎,ヨシダ タロウ,,042-000-0001,,")

    report = run(group, "個人会員,吉田太郎,ヨシダタロウ,,042-000-0001,,")

    person = Person.objects.get()
    assert (person.family_name, person.given_name, person.given_kana) == ("𠮷田", "太郎", "タロウ")
    assert report.counts["same"] == 1
    assert (2, "参加者氏名", "名簿の「𠮷田 太郎」を残します。ファイルは「吉田太郎」です。") in said(
        report.warnings
    )


def test_a_name_that_could_not_be_split_is_split_by_a_better_file(group):
    run(group, "個人会員,吉田太郎,,,042-000-0001,,")

    report = run(group, "個人会員,吉田 太郎,,,042-000-0001,,")

    assert told(report.changed[0]) == [("参加者氏名", "吉田太郎", "吉田 太郎")]
    assert Person.objects.get().given_name == "太郎"


def test_a_renamed_company_keeps_its_old_name_and_an_old_roster_does_not_bring_it_back(group):
    run(group, "株式会社旧名,,,,042-000-0001,7018561689034,")

    report = run(group, "株式会社新名,,,,042-000-0001,7018561689034,")
    assert told(report.changed[0]) == [("企業名", "株式会社旧名", "株式会社新名")]
    company = Company.objects.get()
    assert [former.name for former in company.former_names.all()] == ["株式会社旧名"]

    old = run(group, "株式会社旧名,,,,042-000-0001,7018561689034,")
    assert old.counts["same"] == 1
    assert Company.objects.get().name == "株式会社新名"


def test_an_address_on_one_line_is_the_same_address(group):
    company = make_company(
        name="株式会社青葉",
        prefecture="東京都",
        city="八王子市",
        street="明神町4-10-2",
        building="テクノビル3F",
        phone="",
    )
    make_membership(group, company=company)

    report = run(group, "株式会社青葉,,,東京都八王子市明神町4-10-2　テクノビル3F,,,")

    assert report.counts["same"] == 1
    company.refresh_from_db()
    assert company.building == "テクノビル3F"


def test_two_individuals_of_one_name_are_two_members(group):
    lines = ["個人会員,佐藤 一,,,042-000-0001,,", "個人会員,佐藤 一,,,042-000-0002,,"]

    assert run(group, *lines).counts["new"] == 2
    assert run(group, *lines).counts["same"] == 2


def test_an_individual_whose_reach_has_changed_is_asked_about(group):
    run(group, "個人会員,佐藤 一,,,042-000-0001,,")
    moved = "個人会員,佐藤 一,,,042-000-0009,,"

    assert run(group, moved).counts["doubtful"] == 1
    report = run(group, moved, answers={2: Person.objects.get().pk})
    assert told(report.changed[0]) == [("電話", "042-000-0001", "042-000-0009")]


@pytest.mark.parametrize(
    ("joined", "since"),
    [
        ("2025-04-01", datetime.date(2025, 4, 1)),
        ("2013-04-01", datetime.date(2026, 11, 25)),
        ("", datetime.date(2026, 11, 25)),
    ],
)
def test_who_comes_back_does_so_on_the_day_the_file_tells(group, joined, since):
    membership = make_membership(group, company=make_company(name="株式会社青葉", phone=""))
    memberships.leave(membership=membership, since=datetime.date(2020, 4, 1), reason="busy")

    # Without a later day the file may be an old one: whether it comes back is asked.
    answers = {2: membership.company_id}

    report = run(group, f"株式会社青葉,,,,,,{joined}", answers=answers)

    assert told(report.changed[0]) == [("状態", "退会", "在会")]
    assert membership.statuses.order_by("since").last().since == since
    assert run(group, f"株式会社青葉,,,,,,{joined}").counts["same"] == 1


def test_a_day_of_joining_after_a_rest_is_a_problem_and_not_a_failure(group):
    membership = make_membership(group, company=make_company(name="株式会社青葉", phone=""))
    memberships.rest(membership=membership, since=datetime.date(2014, 4, 1))

    report = run(group, "株式会社青葉,,,,,,2015-04-01")

    assert [(row, message) for row, _, message in said(report.problems)] == [
        (2, "入会日を、休会や退会の日より前にしてください。")
    ]


def test_nothing_is_learned_from_a_row_that_was_refused(group):
    membership = make_membership(group, company=make_company(name="株式会社青葉", phone=""))
    memberships.rest(membership=membership, since=datetime.date(2014, 4, 1))

    report = run(
        group,
        "株式会社青葉,,,,,7018561689034,2015-04-01",
        "株式会社若葉,若葉 花子,,,042-000-0002,7018561689034,",
    )

    assert [row for row, _, _ in said(report.problems)] == [2]
    assert [(row.number, row.kind, row.known) for row in report.rows] == [(3, "new", "")]


def test_a_number_that_two_rows_claim_is_a_problem(group):
    report = run(
        group, "株式会社青葉,,,,042-000-0001,7018561689034,", "株式会社若葉,,,,042-000-0002,7018561689034,"
    )

    sentence = "この法人番号は、2行目の「株式会社青葉」のものです。法人番号か企業名を直してください。"
    assert said(report.problems) == [(3, "法人番号", sentence)]
    assert Company.objects.count() == 0


def test_a_returning_members_representative_is_not_backdated(group):
    membership = make_membership(group, company=make_company(name="株式会社青葉", phone=""))
    person = membership.representatives.get().person
    memberships.leave(membership=membership, since=datetime.date(2020, 4, 1), reason="busy")

    run(group, f"株式会社青葉,{person.name},,,,,", answers={2: membership.company_id})

    assert [term.since for term in membership.representatives.filter(until__isnull=True)] == [
        datetime.date(2026, 11, 25)
    ]


def test_the_full_legal_form_is_offered(group):
    report = run(group, "㈱青葉,,,,042-000-0001,,")

    assert (2, "企業名", "登記の名前は「株式会社青葉」ではありませんか。あとで直せます。") in said(
        report.warnings
    )
