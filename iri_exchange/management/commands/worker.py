"""manage.py worker: does what the pages put off, one task after the other, until it is told to stop.

A task whose worker died is taken up by the next one. So a task takes ids only, looks first whether it is still
wanted, and keeps its work in one transaction: docs/decisions/0009. Beside the tasks, in a process of their own, go the
letters, so that a mail server that hangs holds up nothing else; `--letters` sends letters alone, any number at once.
"""

import argparse
import datetime
import fcntl
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from events.exchange.after import retention as exchanges
from events.exchange.entering import waiting
from events.telling import reminders
from groups import book
from groups.importing import forget_the_old
from groups.recruitment import offering, retention
from iri_exchange.office.handover import telling as handover
from members import letters
from members.delivery import Sender

POLL_SECONDS = 0.5
TIDY_EVERY = datetime.timedelta(hours=1)
# A finished task tells nothing but that it is finished.
KEPT_FOR = datetime.timedelta(days=14)

logger = logging.getLogger(__name__)


class Worker(db_worker.Worker):
    """The package's worker, driven so that it disturbs nobody and outlives what befalls it."""

    def __init__(self, letters_beside: "Letters | None" = None) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            backend_name="default",
            worker_id=get_random_string(32),
            batch=True,
            interval=0,
            startup_delay=False,
            max_tasks=None,
        )
        self.tidied_at: datetime.datetime | None = None
        self.letters_beside = letters_beside

    def work(self, *, until_empty: bool = False) -> None:
        """Do what waits and what will come; a database that is busy or away is asked again."""
        while self.running:
            try:
                close_old_connections()
                take_up_again()
                self._follow_the_queue(until_empty)
                break
            except OperationalError as error:
                logger.warning("The database does not answer, trying again: %s", error)
                time.sleep(POLL_SECONDS)
        if self.letters_beside:
            self.letters_beside.end()

    def _follow_the_queue(self, until_empty: bool) -> None:
        while self.running:
            close_old_connections()
            if self.letters_beside:
                self.letters_beside.look_after()
            self._tidy()
            # The package locks all of SQLite to fetch a task. A look beforehand locks nothing.
            if DBTaskResult.objects.ready().exists():
                self.run()
            if until_empty:
                return
            if self.running:
                time.sleep(POLL_SECONDS)

    def _tidy(self) -> None:
        """Once an hour, whether there is work or not: what is due to be forgotten, to lapse, or to be asked for again."""
        if self.tidied_at and timezone.now() - self.tidied_at < TIDY_EVERY:
            return
        DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
        forget_the_old()
        book.purge()
        letters.forget_the_old()
        retention.purge()
        exchanges.purge()
        offering.lapse_everywhere()
        waiting.settle_everywhere()
        reminders.send_by_day()
        handover.tell_on_the_day()
        self.tidied_at = timezone.now()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Told once: end after the task at hand. Told twice: at once, and the next worker takes the task up."""
        if not self.running:
            os._exit(1)
        super().shutdown(signum, frame)


def take_up_again() -> int:
    """Put the tasks back that a worker had in hand when it died: how many. No other worker may be running."""
    left = DBTaskResult.objects.running()
    return left.update(status=TaskResultStatus.READY) if left.exists() else 0


@contextmanager
def alone() -> Iterator[None]:
    """One worker per installation; a second one waits until the first is gone, however it went."""
    with (settings.DATA_DIR / "worker.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            logger.warning("Another worker is at work: waiting until it ends")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Letters:
    """The process that sends letters, for as long as the worker lives. No thread: a task may fork (lib.limited)."""

    process: subprocess.Popen[bytes] | None = None

    def look_after(self) -> None:
        """Start it, and again if it has ended."""
        if self.process is None or self.process.poll() is not None:
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--letters"]
            self.process = subprocess.Popen([*command, f"--of={os.getpid()}"])

    def end(self) -> None:
        """It ends after the letter in hand, if the mail server lets it."""
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(timeout=2 * settings.EMAIL_TIMEOUT)
            except subprocess.TimeoutExpired:
                self.process.kill()


class Told(threading.Event):
    """Set by a signal, or by the end of the worker that this process belongs to."""

    def __init__(self, parent: int | None) -> None:
        super().__init__()
        self.parent = parent
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: os._exit(1) if threading.Event.is_set(self) else self.set())

    def is_set(self) -> bool:
        return super().is_set() or self.parent not in (None, os.getppid())


class Command(BaseCommand):
    help = "後回しにした仕事（長い名簿の読み取りや取込）を順にします。Ctrl-Cで、今の仕事のあとに終わります。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="待っている仕事だけをして終わります")
        parser.add_argument(
            "--letters", action="store_true", help="手紙だけを送ります。いくつ動かしてもかまいません"
        )
        parser.add_argument("--of", type=int, help=argparse.SUPPRESS)
        parser.add_argument("--queue", action="store_true", help="終わっていない仕事を見せるだけです")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["queue"]:
            self.stdout.write("\n".join(unfinished()) or "待っている仕事はありません。")
        elif options["letters"] and not options["until_empty"]:
            Sender().run(Told(options["of"]))
        elif options["letters"]:
            Sender().run_until_empty()
        else:
            with alone():
                worker = Worker(None if options["until_empty"] else Letters())
                worker.configure_signals()
                worker.work(until_empty=options["until_empty"])
            if options["until_empty"]:
                Sender().run_until_empty()


def unfinished() -> Iterator[str]:
    """A line for each task that waits, is in hand or failed: since when, what, of which record, which try."""
    for task in DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).order_by("enqueued_at"):
        since, given = timezone.localtime(task.enqueued_at), task.args_kwargs
        of = ", ".join(map(str, [*given["args"], *given["kwargs"].values()]))
        yield f"{since:%Y-%m-%d %H:%M:%S}  {task.status:8} {task.task_path}({of}) {len(task.worker_ids)}回"
