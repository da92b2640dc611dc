"""How a batch ends, and what is forgotten."""

import datetime

import pytest
import time_machine

from groups.importing import (
    Outcome,
    commit_batch,
    discard_batch,
    forget_the_old,
    keep_upload,
    read_again,
    read_batch,
)
from groups.importing.ending import LET_GO
from groups.models import ImportBatch, Membership
from tests.conftest import NOW

ROSTER = "企業名,参加者氏名,電話\n株式会社青葉,青木 恵,042-000-0001\n".encode()
DAY = datetime.timedelta(days=1)
State = ImportBatch.State
LET_GO_NOW = (State.DISCARDED, b"", None, LET_GO)


@pytest.fixture
def batch(group, staff) -> ImportBatch:
    return keep_upload(group=group, filename="r.csv", content=ROSTER, by=staff.user)


def now(batch):
    batch.refresh_from_db()
    return batch.state, bytes(batch.content), batch.report, batch.message


def later(days):
    return time_machine.travel(NOW + days * DAY)


def test_what_is_let_go_leaves_nothing(batch):
    assert discard_batch(batch=batch) is True
    assert now(batch) == (State.DISCARDED, b"", None, "")
    assert discard_batch(batch=batch) is False


def test_a_preview_waits_for_two_weeks(batch):
    with later(13):
        forget_the_old()
    assert batch.state == State.PREVIEWED

    with later(15):
        forget_the_old()
    assert now(batch) == LET_GO_NOW


def test_an_upload_forgets_the_old_too(batch, group, staff):
    with later(15):
        keep_upload(group=group, filename="r.csv", content=ROSTER, by=staff.user)

    assert now(batch) == LET_GO_NOW


def test_a_preview_that_is_too_old_is_not_imported(batch):
    with later(15):
        assert commit_batch(batch=batch, shown=batch.report["fingerprint"]) is Outcome.FINISHED

    assert now(batch) == LET_GO_NOW
    assert Membership.objects.count() == 0


def test_a_file_that_is_too_old_is_not_read_again(batch, staff):
    with later(15):
        read_again(batch=batch, by=staff.user)

    assert now(batch) == LET_GO_NOW


def test_a_file_that_waited_too_long_for_the_worker_is_not_read(batch):
    ImportBatch.objects.update(state=State.READING)
    with later(15):
        read_batch(batch_pk=batch.pk)

    assert now(batch) == LET_GO_NOW


def test_what_an_import_said_is_forgotten_with_the_right_to_take_it_back(batch):
    commit_batch(batch=batch, shown=batch.report["fingerprint"])
    ImportBatch.objects.update(message="取り消しませんでした。青木 恵：ログインが1件あります。")

    with later(29):
        forget_the_old()
    batch.refresh_from_db()
    assert (batch.report is None, batch.message == "") == (False, False)

    with later(31):
        forget_the_old()
    batch.refresh_from_db()
    assert (batch.state, batch.report, batch.message, batch.counts["new"]) == (State.COMMITTED, None, "", 1)


def test_the_old_is_forgotten_once(batch, django_assert_num_queries):
    discard_batch(batch=batch)
    with later(31):
        forget_the_old()
        # Nothing is left to write: one look at the waiting, one at the ended.
        with django_assert_num_queries(2):
            forget_the_old()
