"""A task that cannot be done gives its batch back to the people, whatever it was about to do."""

from functools import partial

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from groups.importing.tasks import STOPPED, TRIES, give_back, read_upload, undo_upload, write_upload
from groups.models import ImportBatch
from iri_exchange.management.commands.worker import Worker

State = ImportBatch.State
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
NOT_A_SHEET = b"\x00 no table"


@pytest.fixture
def batch(group, staff) -> ImportBatch:
    return ImportBatch.objects.create(
        group=group, filename="long.csv", content=NOT_A_SHEET, uploaded_by=staff.user
    )


def now(batch: ImportBatch) -> tuple[str, str, bytes, bool]:
    batch.refresh_from_db()
    return batch.state, batch.message, bytes(batch.content), batch.finished_at is not None


def put(batch: ImportBatch, state: str) -> None:
    batch.state = state
    batch.finished_at = timezone.now() if state not in ImportBatch.OPEN else None
    batch.save()


@pytest.mark.logs_errors
def test_a_reading_that_fails_loses_nothing_but_what_an_earlier_one_found(batch):
    ImportBatch.objects.update(report={"rows": []}, sheet="旧会員")
    read_upload.enqueue(batch_pk=batch.pk, reading=1)
    assert now(batch) == (State.PREVIEWED, STOPPED, NOT_A_SHEET, False)
    assert (batch.report, batch.sheet) == (None, "旧会員")


@pytest.mark.logs_errors
def test_a_writing_that_fails_is_looked_at_again(batch):
    put(batch, State.WRITING)
    write_upload.enqueue(batch_pk=batch.pk, reading=1)
    assert now(batch) == (State.PREVIEWED, STOPPED, NOT_A_SHEET, False)


@pytest.mark.parametrize("state", [State.COMMITTED, State.DISCARDED, State.UNDONE])
def test_a_task_that_comes_twice_finds_nothing_to_do(batch, staff, state):
    put(batch, state)
    before = now(batch)
    read_upload.enqueue(batch_pk=batch.pk, reading=1)
    write_upload.enqueue(batch_pk=batch.pk, reading=1)
    undo_upload.enqueue(batch_pk=batch.pk, reading=1, user_pk=staff.user.pk)
    assert now(batch) == before


@pytest.mark.parametrize("state", [State.READING, State.WRITING])
def test_a_task_about_a_reading_that_was_overtaken_leaves_the_later_one_alone(batch, state):
    """The file cannot be read: whoever tried would give it back."""
    put(batch, state)
    ImportBatch.objects.update(reading=2)
    read_upload.enqueue(batch_pk=batch.pk, reading=1)
    write_upload.enqueue(batch_pk=batch.pk, reading=1)
    give_back(batch.pk, 1)
    assert now(batch) == (state, "", NOT_A_SHEET, False)


@pytest.mark.logs_errors
@pytest.mark.parametrize(
    ("put_off", "state", "then"),
    [
        (read_upload.enqueue, State.READING, State.PREVIEWED),
        (write_upload.enqueue, State.WRITING, State.PREVIEWED),
        (partial(undo_upload.enqueue, user_pk=1), State.UNDOING, State.COMMITTED),
    ],
)
def test_what_kills_its_worker_is_not_tried_for_ever(transactional_db, batch, settings, put_off, state, then):
    settings.TASKS = QUEUE
    put(batch, state)
    put_off(batch_pk=batch.pk, reading=1)
    for worker in range(TRIES):
        DBTaskResult.objects.get().claim(f"worker {worker}, killed by the file")

    Worker().work(until_empty=True)

    assert now(batch)[:2] == (then, STOPPED)
    [told] = DBTaskResult.objects.all()
    assert (told.status, "has ended its worker 2 times" in told.traceback) == ("FAILED", True)


def test_a_task_carries_numbers_only(batch, settings):
    settings.TASKS = QUEUE
    undo_upload.enqueue(batch_pk=batch.pk, reading=1, user_pk=7)
    assert DBTaskResult.objects.get().args_kwargs == {
        "args": [],
        "kwargs": {"batch_pk": batch.pk, "reading": 1, "user_pk": 7},
    }
