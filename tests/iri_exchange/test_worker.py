"""The worker: nothing that was put off is lost, whatever ends it."""

import datetime
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as in_force
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from groups.models import Application, ImportBatch, Offer
from iri_exchange.management.commands.worker import KEPT_FOR, TIDY_EVERY, Worker, take_up_again
from tests import migrated
from tests.factories import make_application, make_round

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PATIENCE = 60


@task()
def note(word: str) -> None:
    cache.set(word, cache.get(word, 0) + 1)


@task()
def stumble() -> None:
    raise RuntimeError("as planned")


@task(takes_context=True)
def mark(context: TaskContext, folder: str, seconds: int) -> None:
    """Leaves a file when it begins and one when it ends, which lasts long at the first try only."""
    Path(folder, f"begun{context.attempt}").touch()
    time.sleep(seconds if context.attempt == 1 else 0)
    Path(folder, "ended").touch()


@pytest.fixture
def queue(settings, transactional_db) -> None:
    """Tasks wait in the database, as they do in service. The worker lets old connections go between tasks."""
    settings.TASKS = QUEUE


def work() -> None:
    Worker().work(until_empty=True)


def states() -> list[str]:
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


@pytest.mark.usefixtures("queue")
def test_what_waits_is_done_in_its_order():
    note.enqueue(word="first")
    note.enqueue(word="second")
    assert (cache.get("first"), states()) == (None, ["READY", "READY"])

    work()

    assert (cache.get("first"), cache.get("second"), states()) == (1, 1, ["SUCCESSFUL", "SUCCESSFUL"])


@pytest.mark.usefixtures("queue")
def test_a_task_is_rolled_back_with_what_it_is_about():
    with suppress(ZeroDivisionError), transaction.atomic():
        note.enqueue(word="never")
        _ = 1 / 0
    work()
    assert (cache.get("never"), states()) == (None, [])


def test_in_tests_a_task_is_done_at_once(db):
    with transaction.atomic():
        note.enqueue(word="at-once")
        assert cache.get("at-once") == 1


@pytest.mark.logs_errors
@pytest.mark.usefixtures("queue")
def test_a_task_that_fails_keeps_no_other_from_being_done():
    stumble.enqueue()
    note.enqueue(word="after-it")
    work()
    assert (cache.get("after-it"), states()) == (1, ["FAILED", "SUCCESSFUL"])


@pytest.mark.usefixtures("queue")
def test_what_a_dead_worker_had_in_hand_is_taken_up_again():
    note.enqueue(word="again")
    DBTaskResult.objects.get().claim("a worker that died")

    work()

    [done] = DBTaskResult.objects.all()
    assert (cache.get("again"), done.status, len(done.worker_ids)) == (1, "SUCCESSFUL", 2)
    assert take_up_again() == 0


@pytest.mark.usefixtures("queue")
def test_a_database_that_is_busy_is_asked_again():
    class Patient(Worker):
        refusals = 2

        def run(self) -> None:
            if self.refusals:
                self.refusals -= 1
                raise OperationalError("database is locked")
            super().run()

    note.enqueue(word="in-the-end")
    Patient().work(until_empty=True)
    assert cache.get("in-the-end") == 1


@pytest.mark.usefixtures("queue")
def test_finished_tasks_are_forgotten():
    for age in (KEPT_FOR + datetime.timedelta(days=1), KEPT_FOR - datetime.timedelta(days=1)):
        done = DBTaskResult.objects.get(pk=note.enqueue(word="x").id)
        done.set_successful(None)
        DBTaskResult.objects.filter(pk=done.pk).update(finished_at=timezone.now() - age)
    note.enqueue(word="new")
    work()
    assert DBTaskResult.objects.count() == 2


@pytest.mark.usefixtures("queue")
def test_old_rosters_are_forgotten_once_an_hour_though_nothing_waits(group, staff):
    def an_old_file():
        batch = ImportBatch.objects.create(
            group=group, filename="r.csv", content=b"x", uploaded_by=staff.user
        )
        ImportBatch.objects.filter(pk=batch.pk).update(
            uploaded_at=timezone.now() - datetime.timedelta(days=15)
        )

    def kept():
        return ImportBatch.objects.exclude(content=b"").count()

    worker = Worker()
    an_old_file()
    worker.work(until_empty=True)
    assert kept() == 0

    an_old_file()
    worker.work(until_empty=True)
    assert kept() == 1
    with time_machine.travel(timezone.now() + TIDY_EVERY):
        worker.work(until_empty=True)
    assert kept() == 0


@pytest.mark.usefixtures("queue")
def test_what_is_over_in_recruitment_is_forgotten_and_offers_lapse(office, staff):
    call, now = make_round(office=office), timezone.now()
    for days in (29, 31):
        make_application(call, state=Application.State.DRAFT, sent_at=now - datetime.timedelta(days=days))
    offered = make_application(call, state=Application.State.OFFERED)
    offer = Offer.objects.create(
        application=offered, due=timezone.localdate(), offered_by=staff.user, offered_at=now
    )
    work()
    states_of = Application.objects.order_by("sent_at").values_list("state", flat=True)
    assert list(states_of) == ["draft", "offered"]
    with time_machine.travel(now + datetime.timedelta(days=1)):
        work()
    offer.refresh_from_db()
    assert (list(states_of.all()), offer.taken, bool(offer.answered_at)) == (["waitlisted"], None, True)


@pytest.mark.usefixtures("queue")
def test_the_queue_is_shown(capsys):
    call_command("worker", queue=True)
    note.enqueue(word="x")
    call_command("worker", queue=True)
    assert capsys.readouterr().out == (
        f"待っている仕事はありません。\n2026-11-25 10:00:00  READY    {__name__}.note(x) 0回\n"
    )


# ── a worker of its own, on an SQLite of its own ─────────────────────────────

PREPARE = """
import django
django.setup()
from {module} import mark
mark.enqueue(folder={folder!r}, seconds={seconds})
"""


class Portal:
    """A folder with a database in which one task waits, and the workers that were started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "iri_exchange.settings",
        }
        self.started: list[subprocess.Popen[str]] = []

    def put_off(self, *, seconds: int) -> None:
        migrated.copy_to(self.folder)
        script = PREPARE.format(module=__name__, folder=str(self.folder), seconds=seconds)
        subprocess.run(
            [sys.executable, "-c", script], cwd=in_force.BASE_DIR, env=self.environment, check=True
        )

    def worker(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", "worker", *arguments]
        process = subprocess.Popen(
            command, cwd=in_force.BASE_DIR, env=self.environment, text=True, stderr=subprocess.PIPE
        )
        self.started.append(process)
        return process

    def has(self, name: str) -> Callable[[], bool]:
        return (self.folder / name).exists

    def states(self) -> list[str]:
        with closing(sqlite3.connect(self.folder / "portal.sqlite3")) as database:
            return [
                row[0] for row in database.execute("SELECT status FROM django_tasks_database_dbtaskresult")
            ]


def until(happened: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < give_up
        time.sleep(0.05)


@pytest.fixture
def portal(tmp_path) -> Iterator[Portal]:
    portal = Portal(tmp_path)
    yield portal
    for process in portal.started:
        process.kill()
        process.communicate()


def test_killed_in_the_middle_the_next_worker_begins_anew(portal):
    portal.put_off(seconds=600)
    first = portal.worker()
    until(portal.has("begun1"))
    second = portal.worker()
    assert second.stderr
    assert "Another worker is at work" in second.stderr.readline()

    first.kill()
    until(portal.has("ended"))
    second.send_signal(signal.SIGTERM)

    assert (portal.has("begun2")(), second.wait(timeout=PATIENCE)) == (True, 0)
    assert portal.states() == ["SUCCESSFUL"]


def test_told_once_to_stop_a_worker_ends_its_task(portal):
    portal.put_off(seconds=1)
    worker = portal.worker()
    until(portal.has("begun1"))
    worker.send_signal(signal.SIGINT)
    assert (worker.wait(timeout=PATIENCE), portal.has("ended")()) == (0, True)
    assert portal.states() == ["SUCCESSFUL"]


def test_told_twice_to_stop_it_ends_at_once_and_the_task_still_waits(portal):
    portal.put_off(seconds=600)
    worker = portal.worker()
    until(portal.has("begun1"))
    worker.send_signal(signal.SIGINT)
    time.sleep(0.2)
    worker.send_signal(signal.SIGTERM)
    assert (worker.wait(timeout=PATIENCE), portal.states()) == (1, ["RUNNING"])

    assert portal.worker("--until-empty").wait(timeout=PATIENCE) == 0
    assert (portal.has("ended")(), portal.states()) == (True, ["SUCCESSFUL"])
