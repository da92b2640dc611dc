"""An import taken back leaves the directory exactly as it was, or untouched."""

import datetime
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from groups import memberships
from groups.importing import import_roster, undo_batch, undo_now
from groups.models import Group, ImportBatch, Membership, Representative
from iri_exchange.lib import history
from members import directory, exports
from members.models import Company, Employment, FormerName, Person
from tests.factories import make_company, make_membership
from tests.groups.importing.imports import AOBA, directory_as_it_stands, imported, state_of

DATA = Path(__file__).parents[2] / "data"
TODAY = datetime.date(2026, 11, 25)
State = ImportBatch.State


@pytest.fixture
def clerk(staff):
    return staff.user


def number_after(group):
    return Group.objects.get(pk=group.pk).last_member_number


# ── back to what it was ──────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["tama24.csv", "plaza62.xlsx", "h23-tamageta.csv"])
def test_a_roster_into_an_empty_group_and_out_again(group, clerk, name):
    before = directory_as_it_stands()
    import_roster(group=group, content=(DATA / name).read_bytes(), filename=name, commit=True)
    batch = ImportBatch.objects.get()
    assert directory_as_it_stands() != before

    assert undo_batch(batch=batch, by=clerk) == []

    assert directory_as_it_stands() == before
    assert (state_of(batch), batch.report, batch.message) == (State.UNDONE, None, "")


def test_all_that_a_file_can_change_becomes_what_it_was(group, other_group, clerk):
    """New, corrected, renamed, come back, another day of joining, a second representative, an individual."""
    imported(
        group,
        AOBA,
        "株式会社こだま,コダマ,児玉 花子,,,042-000-0002,電子,1010001999006,2013-07-01",
        "株式会社みかさ,ミカサ,三上 和夫,,,042-000-0003,硝子,,2013-07-01",
        "株式会社ひなた,ヒナタ,日向 一,,,042-000-0004,樹脂,,2013-07-01",
        "個人会員,,一人 静,相談役,東京都青梅市西町1,0428-00-0005,相談,,2014-01-01",
    )
    make_membership(other_group, company=make_company(name="株式会社よその", phone="042-000-0009"))
    left = Membership.objects.get(company__name="株式会社みかさ")
    memberships.leave(membership=left, since=datetime.date(2020, 4, 1), reason="busy")
    before = directory_as_it_stands()

    batch = imported(
        group,
        "株式会社青葉精機,アオバセイキ,青木 恵,工場長,東京都青梅市東町9-9,042-000-0001,鍍金,,2012-04-01",
        "株式会社青葉精機,アオバセイキ,青木 次郎,,,042-000-0001,,,",
        "株式会社こだまホールディングス,コダマホールディングス,児玉 花子,,,042-000-0002,,1010001999006,",
        "株式会社みかさ,ミカサ,三上 和夫,,,042-000-0003,,,2026-10-01",
        "株式会社よその,,外野 手,,,042-000-0009,塗装,,",
        "株式会社あたらしい,アタラシイ,新井 新,,,042-000-0010,,,2026-11-01",
        "個人会員,,一人 静,顧問,,0428-00-0005,,,",
        "個人会員,,二人 連,,,0428-00-0006,,,",
        by=clerk,
    )
    assert batch.counts == {"new": 3, "changed": 4, "same": 0, "doubtful": 0}
    assert FormerName.objects.get().name == "株式会社こだま"
    assert left.status_on(TODAY) == "active"
    assert Membership.objects.get(company__name="株式会社青葉精機").joined_on == datetime.date(2012, 4, 1)
    assert (Representative.objects.filter(rank=2).count(), number_after(group)) == (1, 8)

    assert undo_batch(batch=batch, by=clerk) == []

    assert directory_as_it_stands() == before


def test_undoing_is_one_step_of_the_history_too(group, clerk):
    company = make_company(name="株式会社青葉精機", phone="042-000-0001", trade="鍍金")
    batch = imported(group, AOBA)

    undo_batch(batch=batch, by=clerk)

    step = f"名簿の取込 第{batch.pk}号の取り消し"
    [last, *_] = company.history.all()
    assert (last.history_type, last.history_change_reason, last.history_user, last.trade) == (
        "~",
        step,
        clerk,
        "鍍金",
    )
    told = {
        (row.history_type, row.history_change_reason, row.history_user)
        for model in (Membership, Person, Employment, Representative)
        for row in model.history.filter(history_type="-")
    }
    assert told == {("-", step, clerk)}


def test_imports_are_taken_back_one_after_the_other(group, clerk):
    empty = directory_as_it_stands()
    first = imported(group, AOBA)
    between = directory_as_it_stands()
    second = imported(group, AOBA.replace("042-000-0001", "042-000-0002").replace("2013-07-01", "2012-07-01"))
    number = f"名簿の取込 第{second.pk}号"
    assert undo_batch(batch=first, by=clerk) == [
        f"株式会社青葉精機：2026年11月25日に「電話」の変更があります（{number}）。",
        f"KY-001 株式会社青葉精機：2026年11月25日に「入会日」の変更があります（{number}）。",
        f"KY-001 株式会社青葉精機の登録者：2026年11月25日に「いつから」の変更があります（{number}）。",
        f"KY-001 株式会社青葉精機の会員の状態：2026年11月25日に「いつから」の変更があります（{number}）。",
    ]

    assert undo_batch(batch=second, by=clerk) == []
    assert directory_as_it_stands() == between
    assert undo_batch(batch=first, by=clerk) == []
    assert directory_as_it_stands() == empty


def test_a_status_that_was_taken_back_itself_does_not_stand_against_an_earlier_import(group, clerk):
    company = make_company(name="株式会社青葉精機", phone="042-000-0001")
    membership = make_membership(group, company=company)
    memberships.leave(membership=membership, since=datetime.date(2020, 4, 1), reason="busy")
    before = directory_as_it_stands()
    returned = imported(group, AOBA.replace("2013-07-01", "2026-11-01"))
    corrected = imported(group, AOBA.replace("2013-07-01", "2012-07-01"))
    assert undo_batch(batch=returned, by=clerk) == [
        "KY-001 株式会社青葉精機：取込のあとの会員の状態が1件あります。"
    ]

    assert undo_batch(batch=corrected, by=clerk) == []
    assert undo_batch(batch=returned, by=clerk) == []
    assert directory_as_it_stands() == before


def test_a_record_made_and_changed_within_the_step_goes_and_one_saved_as_it_was_is_let_alone(group, clerk):
    """Whatever verbs an import comes to use."""
    same = make_company(name="株式会社おなじ")
    make_company(name="株式会社かわる", phone="042-000-0007", trade="鍍金")
    empty = directory_as_it_stands()
    batch = imported(group, AOBA, "株式会社かわる,,,,,042-000-0007,塗装,,")
    company = Company.objects.get(name="株式会社青葉精機")
    company.trade = "鍍金"
    with history.step(batch.step):
        directory.change_company(company=company)
        directory.change_company(company=same)

    assert undo_batch(batch=batch, by=clerk) == []
    assert directory_as_it_stands() == empty
    assert [row.history_type for row in same.history.all()] == ["~", "+"]


# ── when ─────────────────────────────────────────────────────────────────────


def test_thirty_days_and_no_longer(group, clerk):
    batch = imported(group, AOBA)
    with time_machine.travel(batch.finished_at + datetime.timedelta(days=30, seconds=1)):
        assert undo_batch(batch=batch, by=clerk) == ["取り込んでから30日がたったので、もう取り消せません。"]
    with time_machine.travel(batch.finished_at + datetime.timedelta(days=30, seconds=-60)):
        assert undo_batch(batch=batch, by=clerk) == []


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.READING, "まだ取り込んでいないので、取り消すものがありません。"),
        (State.PREVIEWED, "まだ取り込んでいないので、取り消すものがありません。"),
        (State.WRITING, "まだ取り込んでいないので、取り消すものがありません。"),
        (State.UNDOING, "いま取り消しているところです。"),
        (State.UNDONE, "この取込は、すでに取り消してあります。"),
        (State.DISCARDED, "この取込は取りやめたので、取り消すものがありません。"),
    ],
)
def test_only_what_was_imported_is_taken_back(group, clerk, state, sentence):
    finished = None if state in ImportBatch.OPEN else timezone.now()
    batch = ImportBatch.objects.create(
        group=group, filename="r.csv", content=b"", state=state, finished_at=finished
    )

    assert undo_batch(batch=batch, by=clerk) == [sentence]
    assert state_of(batch) == state


def test_a_second_click_finds_it_undone(group, clerk):
    batch = imported(group, AOBA)

    assert undo_batch(batch=batch, by=clerk) == []
    assert undo_batch(batch=batch, by=clerk) == ["この取込は、すでに取り消してあります。"]


# ── numbers ──────────────────────────────────────────────────────────────────


def test_numbers_that_are_on_paper_are_not_given_again(group, clerk):
    make_membership(group)
    batch = imported(group, AOBA)
    exports.log(
        about=group, subject=f"groups/{group.slug}/roster", by=clerk, variant="member", file_format="pdf",
        as_of=TODAY, columns=["number"], row_count=2,
    )  # fmt: skip

    assert undo_batch(batch=batch, by=clerk) == []
    assert number_after(group) == 2


def test_numbers_before_a_later_members_stay_unused(group, clerk):
    batch = imported(group, AOBA)
    make_membership(group)

    assert undo_batch(batch=batch, by=clerk) == []
    assert (number_after(group), Membership.objects.get().sequence) == (2, 2)


# ── long ones ────────────────────────────────────────────────────────────────


def test_a_long_one_is_left_to_the_worker(group, clerk, monkeypatch):
    empty = directory_as_it_stands()
    batch = imported(group, AOBA)
    monkeypatch.setattr("groups.importing.undoing.LONG", 0)

    assert undo_batch(batch=batch, by=clerk) == []

    assert (state_of(batch), directory_as_it_stands()) == (State.UNDONE, empty)
    assert Company.history.filter(history_type="-").get().history_user == clerk


def test_the_worker_does_not_undo_what_was_built_on_meanwhile(group, clerk):
    batch = imported(group, AOBA)
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.UNDOING)
    company = Company.objects.get()
    company.trade = "鍍金"
    company.save()

    undo_now(batch_pk=batch.pk, by_pk=clerk.pk)

    assert state_of(batch) == State.COMMITTED
    assert batch.message == (
        "取り消しませんでした。取込のあとの変更があります。"
        "株式会社青葉精機：2026年11月25日に「業種」の変更があります。"
    )


def test_the_worker_comes_too_late(group, clerk):
    batch = imported(group, AOBA)

    undo_now(batch_pk=batch.pk, by_pk=clerk.pk)

    assert (state_of(batch), Company.objects.count()) == (State.COMMITTED, 1)
