"""Who attends for a company: whom the company knows, whom it no longer has, how many there may be."""

import datetime

import pytest

from members.models import Employment, Person
from tests.factories import make_company, make_membership, make_person
from tests.groups.importing.asking import check, said, told, wrong

HEADER = "企業名,氏名,役職,メール,TEL"


@pytest.fixture
def kou(other_group):
    return make_company(name="株式会社甲", kana="コウ", phone="042-111-0001")


def tanaka(company, **fields):
    name = {"family_name": "田中", "given_name": "太郎", "title": "社長", "email": "now@example.jp"}
    return make_person(company=company, **name | fields)


# ── colleagues ───────────────────────────────────────────────────────────────


def test_somebody_who_worked_there_once_is_not_changed(group, kou):
    person = tanaka(kou)
    Employment.objects.create(person=person, company=None, since=datetime.date(2020, 1, 1))

    check(group, HEADER, "株式会社甲,田中 太郎,係長,old@example.jp,042-111-0001", commit=True)

    person.refresh_from_db()
    assert (person.title, person.email) == ("社長", "now@example.jp")
    assert Person.objects.filter(family_name="田中").count() == 2


def test_somebody_who_will_work_there_is_not_yet_a_colleague(group, kou):
    person = tanaka(None)
    Employment.objects.create(person=person, company=kou, since=datetime.date(2027, 4, 1))

    report = check(group, HEADER, "株式会社甲,田中 太郎,係長,,042-111-0001")

    assert told(report.new[0]) == []


def test_a_colleague_of_today_is_known(group, kou):
    tanaka(kou, title="部長")

    report = check(group, HEADER, "株式会社甲,田中 太郎,社長,,042-111-0001")

    assert told(report.new[0]) == [("役職", "部長", "社長")]


@pytest.mark.parametrize(("mail", "kept"), [("now@example.jp", "now@example.jp"), ("", "old@example.jp")])
def test_the_mail_of_who_represents_another_company_is_never_overwritten(group, other_group, kou, mail, kept):
    person = tanaka(kou, email=mail)
    make_membership(other_group, company=make_company(name="株式会社乙"), representatives=[person])

    report = check(group, HEADER, "株式会社甲,田中 太郎,,old@example.jp,042-111-0001", commit=True)

    person.refresh_from_db()
    assert (report.committed, person.email) == (True, kept)
    hint = (2, "メール", "ほかの企業の登録者なので、名簿の「now@example.jp」を残します。")
    assert (hint in said(report)) == bool(mail)


def test_the_mail_of_who_represents_this_company_elsewhere_is_put_right(group, other_group, kou):
    person = tanaka(kou)
    make_membership(other_group, company=kou, representatives=[person])

    check(group, HEADER, "株式会社甲,田中 太郎,,new@example.jp,042-111-0001", commit=True)

    person.refresh_from_db()
    assert person.email == "new@example.jp"


# ── how many ─────────────────────────────────────────────────────────────────


def test_who_is_one_too_many_is_not_named_among_those_who_attend(group):
    group.representatives_max = 1
    group.save()

    report = check(group, HEADER, "株式会社甲,甲 一,,,042-111-0001", "株式会社甲,甲 二,,,042-111-0001")

    assert report.new[0].people == ["甲 一"]
    assert (3, "氏名", "登録者は1名までのため、甲 二さんは加えません。") in said(report)


def test_one_person_twice_in_one_row_comes_in_once(group):
    report = check(group, "企業名,参加者1,参加者2,TEL", "株式会社甲,甲 一,甲 一,042-111-0001")

    assert (report.new[0].people, wrong(report)) == (["甲 一"], [])
    assert (2, "参加者2", "甲 一さんがこの行に2回あるので、1人として取り込みます。") in said(report)
