"""The way of an upload: read, looked at, corrected, imported or let go; what the preview showed is what happens."""

import pytest

from groups.importing import (
    LEAVE_OUT,
    NEW,
    Outcome,
    commit_batch,
    discard_batch,
    from_json,
    keep_upload,
    read_again,
    read_batch,
    write_batch,
)
from groups.importing.batches import LONG
from groups.models import ColumnReading, ImportBatch, Membership
from iri_exchange.lib.sheets import SheetError
from members.models import Company
from tests.factories import make_company, make_membership

HEADER = "企業名,参加者氏名,電話"
GOOD = "株式会社青葉,青木 恵,042-000-0001"
BAD = "株式会社若葉,若葉 花子,42"
State = ImportBatch.State


def keep(group, actor, *lines, header=HEADER):
    content = "\n".join([header, *lines]).encode()
    return keep_upload(group=group, filename="r.csv", content=content, by=actor.user)


def shown(batch):
    batch.refresh_from_db()
    return from_json(batch.report).fingerprint


def long_file():
    return [f"株式会社第{number}工業,,042-000-{number:04}" for number in range(LONG + 1)]


def test_a_short_file_is_read_at_once_and_nothing_is_written(staff, group):
    batch = keep(group, staff, GOOD)

    assert (batch.state, batch.rows_total, from_json(batch.report).counts["new"]) == (State.PREVIEWED, 1, 1)
    assert Company.objects.count() == 0


def test_a_file_that_cannot_be_read_is_not_kept(staff, group):
    with pytest.raises(SheetError):
        keep_upload(group=group, filename="r.pdf", content=b"%PDF-1.7", by=staff.user)
    assert ImportBatch.objects.count() == 0


def test_the_import_writes_what_was_shown_and_empties_the_file(staff, group):
    batch = keep(group, staff, GOOD)

    assert commit_batch(batch=batch, shown=shown(batch), by=staff.user) is Outcome.DONE

    batch.refresh_from_db()
    assert (batch.state, bytes(batch.content), batch.counts["new"]) == (State.COMMITTED, b"", 1)
    assert commit_batch(batch=batch, shown="") is Outcome.FINISHED
    assert discard_batch(batch=batch) is False
    assert Membership.objects.count() == 1


def test_the_history_tells_the_import_as_one_step(staff, group):
    batch = keep(group, staff, GOOD)
    commit_batch(batch=batch, shown=shown(batch), by=staff.user)

    membership = Membership.objects.get()
    person = membership.representatives.get().person
    written = [membership, membership.company, person, person.employments.get(), membership.statuses.get()]
    told = {
        (row.history_change_reason, row.history_user, row.history_date)
        for record in written
        for row in record.history.all()
    }
    assert len(told) == 1
    assert {(reason, user) for reason, user, _ in told} == {
        (f"名簿の取込 第{batch.pk}号（r.csv）", staff.user)
    }


def test_nothing_is_written_when_the_directory_changed_and_the_preview_is_new(staff, group):
    batch = keep(group, staff, GOOD)
    seen = shown(batch)
    make_company(name="株式会社青葉", phone="042-000-0001", kana="")

    assert commit_batch(batch=batch, shown=seen) is Outcome.CHANGED

    batch.refresh_from_db()
    assert (batch.state, bool(batch.message), Membership.objects.count()) == (State.PREVIEWED, True, 0)
    assert from_json(batch.report).new[0].known == "株式会社青葉"
    assert commit_batch(batch=batch, shown=shown(batch)) is Outcome.DONE
    assert Company.objects.count() == 1


def test_a_page_that_shows_an_older_reading_imports_nothing(staff, group):
    batch = keep(group, staff, GOOD)
    seen = shown(batch)
    read_again(batch=batch, by=staff.user, mapping={0: "company_name", 1: "", 2: ""})

    assert commit_batch(batch=batch, shown="") is Outcome.CHANGED
    assert commit_batch(batch=batch, shown=seen) is Outcome.CHANGED
    assert Membership.objects.count() == 0


def test_the_good_rows_are_taken_and_the_bad_are_left_only_if_the_user_says_so(staff, group):
    batch = keep(group, staff, GOOD, BAD)

    assert commit_batch(batch=batch, shown=shown(batch)) is Outcome.BLOCKED
    assert Membership.objects.count() == 0
    assert commit_batch(batch=batch, shown=shown(batch), leave_bad=True) is Outcome.DONE

    batch.refresh_from_db()
    assert batch.left_bad
    assert [membership.company.name for membership in Membership.objects.all()] == ["株式会社青葉"]
    [left] = from_json(batch.report).bad_rows
    assert (left.number, left.cells) == (3, BAD.split(","))
    assert [reason.startswith("電話：") for reason in left.reasons] == [True]


def test_a_question_is_answered_and_blocks_until_then(staff, group):
    known = make_company(name="株式会社青葉", phone="03-0000-0000")
    batch = keep(group, staff, GOOD)
    [doubt] = from_json(batch.report).doubtful[0].doubts
    assert doubt.pk == known.pk
    assert commit_batch(batch=batch, shown=shown(batch), leave_bad=True) is Outcome.BLOCKED

    for answer, counts in (
        (LEAVE_OUT, {"new": 0, "changed": 0, "same": 0, "doubtful": 0, "left": 1}),
        (NEW, {"new": 1, "changed": 0, "same": 0, "doubtful": 0}),
        (known.pk, {"new": 1, "changed": 0, "same": 0, "doubtful": 0}),
    ):
        read_again(batch=batch, by=staff.user, answers={2: answer})
        assert from_json(batch.report).counts == counts

    assert commit_batch(batch=batch, shown=shown(batch)) is Outcome.DONE
    known.refresh_from_db()
    assert known.phone == "042-000-0001"


def test_a_corrected_reading_of_the_columns_is_remembered_for_tables_of_that_shape(staff, group, other_group):
    header = "なまえ,ひと,連絡"
    batch = keep(group, staff, GOOD, header=header)
    assert from_json(batch.report).needs_mapping
    assert commit_batch(batch=batch, shown=shown(batch), leave_bad=True) is Outcome.BLOCKED

    read_again(
        batch=batch,
        by=staff.user,
        header_row=1,
        mapping={0: "company_name", 1: "person_name", 2: "phone"},
    )
    assert from_json(batch.report).counts["new"] == 1

    later = keep(other_group, staff, "株式会社若葉,若葉 花子,042-000-0002", header=header)
    report = from_json(later.report)
    assert (report.layout.remembered, report.counts["new"]) == (True, 1)
    assert ColumnReading.objects.get().changed_by == staff.user


def test_a_long_file_is_read_and_written_by_the_worker(staff, group):
    batch = keep(group, staff, *long_file())

    assert (batch.state, batch.rows_done) == (State.PREVIEWED, LONG + 1)
    assert commit_batch(batch=batch, shown=shown(batch), by=staff.user) is Outcome.QUEUED
    batch.refresh_from_db()
    assert (batch.state, Membership.objects.count()) == (State.COMMITTED, LONG + 1)
    write_batch(batch_pk=batch.pk)
    read_batch(batch_pk=batch.pk)
    assert Membership.objects.count() == LONG + 1


def test_a_reading_stops_where_it_is_cancelled(staff, group):
    batch = keep(group, staff, *long_file())
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.READING, report=None, rows_done=0)
    told = []

    def cancel(done, total):
        told.append((done, total))
        discard_batch(batch=batch)

    read_batch(batch_pk=batch.pk, progress=cancel)

    batch.refresh_from_db()
    assert told == [(200, LONG + 1)]
    assert (batch.state, batch.report, bytes(batch.content)) == (State.DISCARDED, None, b"")


def in_a_queue(settings):
    """Tasks wait, as they do in service."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def test_a_reading_that_was_overtaken_ends_nothing(staff, group, settings):
    batch = keep(group, staff, *long_file(), header="企業名,連絡先A,連絡先B")
    in_a_queue(settings)
    read_again(batch=batch, by=staff.user, header_row=1, mapping={0: "company_name", 2: "phone"})

    def choose_again(done, total):
        later = ImportBatch.objects.get(pk=batch.pk)
        if later.reading == 2:
            read_again(batch=later, by=staff.user, header_row=1, mapping={0: "company_name", 2: "fax"})

    read_batch(batch_pk=batch.pk, progress=choose_again)
    batch.refresh_from_db()
    assert (batch.state, batch.reading, batch.rows_done) == (State.READING, 3, 0)

    read_batch(batch_pk=batch.pk)
    batch.refresh_from_db()
    keys = [column.key for column in from_json(batch.report).layout.columns]
    assert (batch.state, keys) == (State.PREVIEWED, ["company_name", "", "fax"])


def test_of_two_who_choose_at_the_same_time_both_are_heard(staff, group):
    make_company(name="株式会社青葉", phone="03-0000-0000")
    one = keep(group, staff, GOOD, header="企業名,参加者氏名,連絡先")
    other = ImportBatch.objects.get(pk=one.pk)

    read_again(
        batch=one, by=staff.user, header_row=1, mapping={0: "company_name", 1: "person_name", 2: "phone"}
    )
    read_again(batch=other, by=staff.user, answers={2: NEW})

    report = from_json(other.report)
    assert [column.key for column in report.layout.columns] == ["company_name", "person_name", "phone"]
    assert (report.counts["new"], report.counts["doubtful"], other.reading) == (1, 0, 3)


def test_a_file_that_is_just_being_read_is_not_imported(staff, group, settings):
    batch = keep(group, staff, *long_file())
    seen = shown(batch)
    in_a_queue(settings)
    read_again(batch=batch, by=staff.user)

    assert commit_batch(batch=batch, shown=seen) is Outcome.READING
    assert Membership.objects.count() == 0


def test_all_choices_can_be_forgotten_at_once(staff, group):
    batch = keep(group, staff, GOOD, header="企業名,参加者氏名,連絡先")
    mapping = {0: "company_name", 1: "", 2: "fax"}
    read_again(batch=batch, by=staff.user, header_row=1, mapping=mapping, answers={2: NEW})
    ColumnReading.objects.all().delete()

    read_again(batch=batch, by=staff.user, afresh=True)

    assert (batch.header_row, batch.mapping, batch.answers) == (None, None, {})
    keys = [column.key for column in from_json(batch.report).layout.columns]
    assert keys[:2] == ["company_name", "person_name"]


def test_the_plan_takes_as_many_queries_for_many_rows_as_for_one(
    staff, group, django_assert_num_queries, other_group
):
    make_membership(other_group, company=make_company(name="株式会社青葉", phone="042-000-0001"))
    batch = keep(group, staff, *long_file()[:300])
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.READING)
    few = keep(group, staff, GOOD)
    ImportBatch.objects.filter(pk=few.pk).update(state=State.READING)

    with django_assert_num_queries(19):
        read_batch(batch_pk=few.pk)
    # One more: 200 rows later the progress is told.
    with django_assert_num_queries(20):
        read_batch(batch_pk=batch.pk)
