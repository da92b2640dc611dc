"""What was built on an import is named, and then nothing of it is taken back."""

import datetime

import pytest
import time_machine

from groups import memberships
from groups.importing import undo_batch
from groups.importing.obstacles import MOST
from groups.models import ImportBatch, Membership
from iri_exchange.lib import history
from members import accounts, directory
from members.models import Company, Consent
from tests.factories import make_company, make_membership, make_officer, make_person
from tests.groups.importing.imports import AOBA, directory_as_it_stands, imported, state_of

TODAY = datetime.date(2026, 11, 25)
State = ImportBatch.State


@pytest.fixture
def clerk(staff):
    return staff.user


def test_a_later_change_is_named_with_who_when_and_what(group, staff):
    batch = imported(group, AOBA, "株式会社べつ,,,,,042-000-0007,,,")
    company = Company.objects.get(name="株式会社青葉精機")
    with history.step("事務局の訂正", by=staff.user):
        company.phone, company.trade = "042-999-9999", "塗装"
        directory.change_company(company=company)
    company.trade = "鍍金"
    with time_machine.travel(datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC)):
        directory.change_company(company=company)
    before = directory_as_it_stands()

    assert undo_batch(batch=batch, by=staff.user) == [
        "株式会社青葉精機：2026年12月1日に「業種」の変更があります。",
        "株式会社青葉精機：2026年11月25日に職田 員子さんの「電話」の変更があります（事務局の訂正）。",
    ]
    assert (directory_as_it_stands(), state_of(batch)) == (before, State.COMMITTED)


def test_saved_without_a_change_or_changed_and_put_back_is_no_obstacle(group, clerk):
    empty = directory_as_it_stands()
    batch = imported(group, AOBA)
    company = Company.objects.get()
    for phone in ("042-000-0001", "042-999-9999", "042-000-0001"):
        company.phone = phone
        directory.change_company(company=company)

    assert undo_batch(batch=batch, by=clerk) == []
    assert directory_as_it_stands() == empty


def build_office(group, membership, person, other_group):
    make_officer(group, person, since=TODAY)
    make_officer(group, person, role="chair", since=TODAY)
    return ["青木 恵：役員の任期が2件あります。"]


def build_login(group, membership, person, other_group):
    accounts.give_login(person=person, email="aoki@example.jp", password="koryu-test-2026")
    return ["青木 恵：ログインが1件あります。"]


def build_consent(group, membership, person, other_group):
    Consent.objects.create(person=person, kind="mail", given=True, since=TODAY)
    memberships.answer_roster_consent(membership=membership, answer="yes", since=TODAY)
    return [
        "青木 恵：同意が1件あります。",
        "KY-001 株式会社青葉精機：名簿への掲載の同意が1件あります。",
    ]


def build_membership(group, membership, person, other_group):
    make_membership(other_group, company=membership.company, representatives=[person])
    return ["株式会社青葉精機：会員が1件あります。", "青木 恵：登録者が1件あります。"]


def build_status(group, membership, person, other_group):
    memberships.rest(membership=membership, since=TODAY)
    return ["KY-001 株式会社青葉精機：会員の状態が1件あります。"]


def build_colleague(group, membership, person, other_group):
    make_person(company=membership.company)
    return ["株式会社青葉精機：所属が1件あります。"]


def build_departure(group, membership, person, other_group):
    membership.representatives.get().delete()
    return ["KY-001 株式会社青葉精機の登録者：2026年11月25日に削除があります。"]


@pytest.mark.parametrize(
    "build",
    [
        build_office,
        build_login,
        build_consent,
        build_membership,
        build_status,
        build_colleague,
        build_departure,
    ],
)
def test_what_rests_on_the_import_is_named_and_nothing_undone(group, other_group, clerk, build):
    batch = imported(group, AOBA)
    membership = Membership.objects.get()
    expected = build(group, membership, membership.representatives.get().person, other_group)
    before = directory_as_it_stands()

    assert sorted(undo_batch(batch=batch, by=clerk)) == sorted(expected)
    assert (directory_as_it_stands(), state_of(batch)) == (before, State.COMMITTED)


def test_a_later_roster_that_only_adds_to_it_is_named(group, other_group, clerk):
    batch = imported(group, AOBA)
    imported(other_group, AOBA)

    assert undo_batch(batch=batch, by=clerk) == [
        "青木 恵：登録者が1件あります。",
        "株式会社青葉精機：会員が1件あります。",
    ]


def test_what_hangs_on_a_record_that_was_there_before_is_no_obstacle(group, clerk):
    membership = make_membership(group, company=make_company(name="株式会社青葉精機", phone="042-000-0001"))
    batch = imported(group, AOBA.replace("青木 恵", "").replace("2013-07-01", ""))
    make_officer(group, membership.representatives.get().person, since=TODAY)
    memberships.rest(membership=membership, since=TODAY)
    before = directory_as_it_stands()

    assert undo_batch(batch=batch, by=clerk) == []
    changed = [name for name, rows in directory_as_it_stands().items() if rows != before[name]]
    assert changed == ["Company"]


def test_an_office_of_somebody_known_whom_the_import_brought_into_the_group_is_named(
    group, other_group, clerk
):
    company = make_company(name="株式会社青葉精機", phone="042-000-0001")
    person = make_person(company=company, family_name="青木", given_name="恵", email="")
    make_membership(other_group, company=company, representatives=[person])
    batch = imported(group, AOBA)
    make_officer(other_group, person, since=TODAY)
    assert undo_batch(batch=imported(group, AOBA.replace("板金", "鍍金")), by=clerk) == []
    make_officer(group, person, since=TODAY)

    assert undo_batch(batch=batch, by=clerk) == ["青木 恵：役員の任期が1件あります。"]


def consent(membership):
    memberships.answer_roster_consent(membership=membership, answer="yes", since=TODAY)
    return "名簿への掲載の同意が1件あります。"


def one_more(membership):
    memberships.add_representative(membership=membership, person=make_person(), since=TODAY)
    return "登録者が1件あります。"


@pytest.mark.parametrize("rest_on", [consent, one_more])
def test_what_rests_on_the_return_of_a_known_member_is_named(group, clerk, rest_on):
    company = make_company(name="株式会社青葉精機", phone="042-000-0001")
    membership = make_membership(group, company=company, consent="no")
    memberships.leave(membership=membership, since=datetime.date(2020, 4, 1), reason="busy")
    batch = imported(group, AOBA.replace("2013-07-01", "2026-11-01"))
    assert membership.status_on(TODAY) == Membership.Status.ACTIVE
    expected = rest_on(membership)
    before = directory_as_it_stands()

    assert undo_batch(batch=batch, by=clerk) == [f"KY-001 株式会社青葉精機：{expected}"]
    assert (directory_as_it_stands(), state_of(batch)) == (before, State.COMMITTED)


def test_what_a_returned_member_had_before_is_no_obstacle(group, clerk):
    company = make_company(name="株式会社青葉精機", phone="042-000-0001")
    membership = make_membership(group, company=company, consent="yes")
    memberships.leave(membership=membership, since=datetime.date(2020, 4, 1), reason="busy")
    before = directory_as_it_stands()
    batch = imported(group, AOBA.replace("2013-07-01", "2026-11-01"))

    assert undo_batch(batch=batch, by=clerk) == []
    assert directory_as_it_stands() == before


def test_a_record_without_a_past_cannot_become_what_it_was(group, clerk):
    company = make_company(name="株式会社青葉精機", phone="042-000-0001")
    company.history.all().delete()
    batch = imported(group, AOBA)

    assert undo_batch(batch=batch, by=clerk) == [
        "株式会社青葉精機：取込の前の内容が残っていないので、元に戻せません。"
    ]


def test_too_many_to_tell_are_counted(group, clerk):
    batch = imported(group, *(f"株式会社{number},,,,,042-000-{number:04},,," for number in range(60)))
    for company in Company.objects.all():
        company.trade = "鍍金"
        company.save()

    said = undo_batch(batch=batch, by=clerk)

    assert (len(said), said[0], said[-1]) == (
        MOST + 1,
        "株式会社0：2026年11月25日に「業種」の変更があります。",
        "ほか10件",
    )
