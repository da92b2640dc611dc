"""The importer on real files, and on small sheets that each show one rule."""

import datetime
from pathlib import Path

import pytest

from groups import memberships
from groups.importing import import_roster
from groups.models import Membership
from members.models import Company, Person
from tests.factories import make_company, make_membership, make_person

DATA = Path(__file__).parents[2] / "data"
HEADER = (
    "企業名,フリガナ,参加者氏名,氏名フリガナ,役職,所在地,TEL,E-mail,資本金（万円）,従業員数,法人番号,入会日"
)
ROW = (
    "株式会社青葉精機,アオバセイキ,青葉　一郎,アオバ　イチロウ,代表取締役,東京都昭島市東町3-6-1,"
    "042-000-0001,info@aoba.example.jp,1000,20,,2013-07-01"
)


def run(group, *lines, commit=True, header=HEADER, **kwargs):
    content = "\n".join([header, *lines]).encode()
    return import_roster(group=group, content=content, filename="roster.csv", commit=commit, **kwargs)


def run_file(group, name, *, commit=True):
    return import_roster(group=group, content=(DATA / name).read_bytes(), filename=name, commit=commit)


@pytest.mark.parametrize(
    ("name", "count"), [("tama24.csv", 21), ("plaza62.xlsx", 13), ("h23-tamageta.csv", 12)]
)
def test_a_real_roster_comes_in_whole_and_a_second_time_changes_nothing(group, name, count):
    first = run_file(group, name)

    assert first.problems == []
    assert first.counts == {"new": count, "changed": 0, "same": 0, "doubtful": 0}
    assert Membership.objects.belonging(datetime.date(2026, 11, 25)).filter(group=group).count() == count
    again = run_file(group, name)
    assert again.counts == {"new": 0, "changed": 0, "same": count, "doubtful": 0}


@pytest.mark.parametrize("name", ["tama24.csv", "plaza62.xlsx", "broken.xlsx"])
def test_a_check_writes_nothing(group, name):
    run_file(group, name, commit=False)

    assert (Company.objects.count(), Person.objects.count(), Membership.objects.count()) == (0, 0, 0)


def test_names_are_kept_to_the_code_point(group):
    run_file(group, "plaza62.xlsx")

    names = set(Person.objects.values_list("family_name", flat=True))
    assert {"髙橋", "𠮷田", "葛\U000e0100西", "濵田", "山﨑"} <= names
    assert Company.objects.get(name="青梅化学有限会社").city == "葛\U000e0100飾区"
    assert Membership.objects.filter(person__isnull=False).count() == 2


def test_a_company_in_two_groups_is_one_company_with_two_memberships(group, other_group):
    run_file(group, "tama24.csv")
    report = run_file(other_group, "h23-tamageta.csv")

    assert report.counts["new"] == 12
    shared = Company.objects.get(corporate_number="4119722573927")
    assert shared.name == "株式会社立川印刷", "㈱ never overwrites 株式会社"
    assert shared.memberships.count() == 2
    assert Company.objects.count() == 21 + 12 - 1


def test_every_bad_row_of_a_broken_file_is_named_with_its_column(group):
    report = run_file(group, "broken.xlsx")

    assert not report.committed
    assert Membership.objects.count() == 0
    assert [(problem.row, problem.column) for problem in report.problems] == [
        (8, "企業名"),
        (9, "郵便番号"),
        (10, "法人番号"),
        (11, "入会日"),
        (12, "入会日"),
        (13, "E-mail"),
        (14, "従業員数"),
        (15, "企業名"),
        (16, "企業名"),
        (17, "企業名"),
        (18, "参加者氏名"),
    ]
    assert report.counts["new"] == 6


def test_a_change_is_told_cell_by_cell_and_a_gap_erases_nothing(group):
    run(group, ROW)
    moved = "株式会社青葉精機,,青葉　一郎,,取締役会長,東京都立川市曙町1-1,042-000-0001,,,25,,"

    report = run(group, moved)

    [row] = report.changed
    assert [(change.label, change.old, change.new) for change in row.changes] == [
        ("従業員数", "20", "25"),
        ("市区町村", "昭島市", "立川市"),
        ("番地", "東町3-6-1", "曙町1-1"),
        ("役職", "代表取締役", "取締役会長"),
    ]
    company = Company.objects.get()
    assert (company.kana, company.capital) == ("アオバセイキ", 1000)
    assert Person.objects.get().email == "info@aoba.example.jp"


def test_what_the_preview_said_is_what_the_import_does(group):
    shown = run(group, ROW, commit=False).fingerprint
    report = run(group, ROW, shown=shown)

    assert report.committed
    assert report.fingerprint == shown


def test_nothing_is_written_when_the_directory_changed_after_the_preview(group):
    shown = run(group, ROW, commit=False).fingerprint
    company = make_company(name="株式会社青葉精機", phone="042-000-0001")
    make_membership(group, company=company)

    report = run(group, ROW, shown=shown)

    assert not report.committed
    assert report.counts["changed"] == 1
    company.refresh_from_db()
    assert company.kana == "アオバセイキ" or company.capital is None


def test_two_different_corporate_numbers_are_never_one_company(group):
    make_company(name="株式会社青葉精機", phone="042-000-0001", corporate_number="7018561689034")

    report = run(group, ROW.replace(",,2013", ",8130926644122,2013"))

    assert report.counts["new"] == 1
    assert Company.objects.filter(name="株式会社青葉精機").count() == 2


def test_the_same_name_alone_is_asked_and_not_guessed(group):
    known = make_company(name="青葉精機株式会社", phone="03-0000-9999")

    report = run(group, ROW)
    assert report.counts == {"new": 0, "changed": 0, "same": 0, "doubtful": 1}
    assert not report.committed

    same = run(group, ROW, answers={2: known.pk}, commit=False)
    assert same.counts["new"] == 1
    assert Company.objects.count() == 1
    other = run(group, ROW, answers={2: 0})
    assert other.committed
    assert Company.objects.count() == 2


def test_a_row_that_comes_twice_is_a_problem(group):
    report = run(group, ROW, ROW)

    assert [(problem.row, problem.column, problem.message) for problem in report.problems] == [
        (3, "企業名", "2行目と同じ会員です。どちらかの行を消してください。")
    ]


def test_two_rows_of_one_company_are_two_representatives_of_one_member(group):
    second = ROW.replace("青葉　一郎,アオバ　イチロウ,代表取締役", "青葉　花子,アオバ　ハナコ,専務取締役")

    report = run(group, ROW, second)

    assert report.counts["new"] == 1
    membership = Membership.objects.get()
    assert [(term.rank, term.person.name) for term in membership.representatives.all()] == [
        (1, "青葉 一郎"),
        (2, "青葉 花子"),
    ]


def test_a_member_who_left_comes_back_under_the_old_number(group):
    run(group, ROW)
    membership = Membership.objects.get()
    memberships.leave(membership=membership, since=datetime.date(2020, 4, 1), reason="busy")

    assert run(group, ROW).counts["doubtful"] == 1
    report = run(group, ROW, answers={2: membership.company_id})

    assert report.counts["changed"] == 1
    assert membership.status_on(datetime.date(2026, 11, 25)) == Membership.Status.ACTIVE
    assert Membership.objects.count() == 1


def test_members_that_the_file_does_not_name_are_listed_and_left_alone(group):
    stays = make_membership(group, company=make_company(name="株式会社のこる"))

    report = run(group, ROW)

    assert report.missing == ["株式会社のこる"]
    assert stays.status_on(datetime.date(2026, 11, 25)) == Membership.Status.ACTIVE


def test_an_individual_without_a_company_is_found_again_by_name(group):
    line = "個人会員,,石川　浩二,イシカワ　コウジ,,東京都港区東新橋1-1,042-000-1407,k@ishikawa.example.jp,,,,R1.7.16"

    assert run(group, line).counts["new"] == 1
    assert run(group, line).counts["same"] == 1
    membership = Membership.objects.get()
    assert (membership.kind, membership.person.name, membership.person.city) == (
        "individual",
        "石川 浩二",
        "港区",
    )
    assert membership.joined_on == datetime.date(2019, 7, 16)


def test_more_members_than_the_by_laws_allow_is_a_warning(group):
    group.capacity = 1
    group.save()
    make_membership(group, person=make_person(family_name="一", given_name="人"))

    report = run(group, ROW)

    assert report.committed
    assert [warning.message for warning in report.warnings] == ["取り込むと会員は2になり、定員1をこえます。"]
