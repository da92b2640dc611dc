"""1,000 letters, two senders, 50 kills, 30 % refusals: all arrive, and twice at most once for each kill (G6).

    python -m tests.reliability.letters [--letters N] [--kills N] [--lease SECONDS]

Runs on DATABASE_URL, which must be empty, or on SQLite in a folder of its own. The senders are processes that are ended
with SIGKILL at random moments and begun anew; the mail server is the tests' own and refuses three letters of ten with
451. What waits for its next attempt is made due at once: the check does not wait three days. Afterwards the same is run
with a planted fault, a claim that does not ask whether somebody else has the letter: it must be found.
"""

import argparse
import itertools
import logging
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import migrated
from tests.mail_server import MailServer, serving

SENDERS = 2
REFUSED = 0.3
PATIENCE = 300


def send(plant: bool) -> None:
    """What a sender's process does."""
    import threading

    from members import delivery

    if plant:
        delivery.take = _take_without_asking
    delivery.Sender().run(threading.Event())


def _take_without_asking(pk: int, now: Any, until: Any) -> bool:
    """Between the look and the claim there is always some time; here enough to be seen."""
    from members.models import Letter

    time.sleep(0.05)
    Letter.objects.filter(pk=pk).update(state=Letter.State.SENDING, claimed_until=until, sent_at=None)
    return True


class Senders:
    """Two processes, one of which may be killed; a new one takes its place."""

    def __init__(self, plant: bool) -> None:
        # Forks of a process that has loaded everything and has one thread only.
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["tests.reliability.prepared"])
        self.plant = plant
        self.running = [self._begin() for _ in range(SENDERS)]

    def _begin(self) -> Any:
        process = self.context.Process(target=send, args=[self.plant], daemon=True)
        process.start()
        return process

    def kill_one(self) -> None:
        victim = self.running.pop(random.randrange(len(self.running)))
        victim.kill()
        victim.join()
        self.running.append(self._begin())

    def end(self) -> None:
        for process in self.running:
            process.kill()
            process.join()


def write(count: int) -> None:
    from django.db import transaction

    from members import letters
    from members.models import Letter

    Letter.objects.all().delete()
    with transaction.atomic():
        for number in range(count):
            letters.put(
                kind="account/password_changed",
                to=f"r{number}@example.com",
                subject=f"手紙{number}",
                text="本文",
                html="<p>本文</p>",
            )


def hurry() -> bool:
    """What waits is due now. Whether anything waits at all."""
    from django.utils import timezone

    from members.models import Letter

    State = Letter.State
    Letter.objects.filter(state=State.QUEUED, due_at__gt=timezone.now()).update(due_at=timezone.now())
    return bool(Letter.objects.filter(state__in=[State.QUEUED, State.SENDING]).exists())


def deliver(server: MailServer, count: int, kills: int, plant: bool) -> int:
    """Let the senders work until nothing waits; says how often one was killed."""
    senders, killed, give_up = Senders(plant), 0, time.monotonic() + PATIENCE
    marks = iter([count * number / (kills + 1) for number in range(1, kills + 1)])
    mark = next(marks, None)
    try:
        for turn in itertools.count():
            if mark is not None and len(server.taken) >= mark:
                time.sleep(random.uniform(0, 0.03))
                senders.kill_one()
                killed, mark = killed + 1, next(marks, None)
            if turn % 20 == 0 and not hurry():
                return killed
            if time.monotonic() > give_up:
                print(f"gave up after {PATIENCE} s", file=sys.stderr)
                return killed
            time.sleep(0.01)
    finally:
        senders.end()
    return killed


def faults(server: MailServer, kills: int) -> list[str]:
    """What does not hold, in sentences."""
    from members.models import Letter, Suppression

    ids: dict[str, set[str]] = defaultdict(set)
    times = Counter(address for address, _ in server.taken)
    for address, message in server.taken:
        ids[address].add(message["Message-ID"])
    letters = list(Letter.objects.all())
    lost = [letter for letter in letters if not times[letter.to]]
    unsent = Counter(letter.state for letter in letters if letter.state != Letter.State.SENT)
    twice = sum(times.values()) - len(times)
    said = [
        f"{len(lost)} letters did not arrive" if lost else "",
        f"letters that are not 'sent': {dict(unsent)}" if unsent else "",
        f"{twice} duplicates with {kills} kills" if twice > kills else "",
        "a letter changed its Message-ID"
        if any(ids[letter.to] - {letter.message_id} for letter in letters)
        else "",
        "an address was stopped" if Suppression.objects.exists() else "",
    ]
    return [each for each in said if each]


def run(count: int, kills: int, server: MailServer, *, plant: bool = False) -> list[str]:
    """One run; prints what was measured."""
    server.taken.clear()
    server.tries.clear()
    write(count)
    began = time.monotonic()
    killed = deliver(server, count, kills, plant)
    found = faults(server, killed)
    refused, twice = len(server.tries) - len(server.taken), len(server.taken) - count
    print(
        f"{'planted: ' if plant else ''}{count} letters, {killed} kills, {refused} refusals,"
        f" {len(server.taken)} arrivals, {twice} twice, {time.monotonic() - began:.0f} s: {found or 'holds'}"
    )
    return found


def refuse_a_used_database() -> None:
    """All letters are deleted here: nobody's real ones."""
    from django.db import connection

    from members.models import Letter

    if Letter._meta.db_table in connection.introspection.table_names() and Letter.objects.exists():
        sys.exit("This database holds letters, which would be deleted. Name an empty one in DATABASE_URL.")


@contextmanager
def portal(lease: int) -> Iterator[MailServer]:
    """Django on an empty database, with the mail server of the tests."""
    dice = random.Random(6)
    refuse = lambda address: "451 4.3.0 come back later" if dice.random() < REFUSED else ""  # noqa: E731
    with tempfile.TemporaryDirectory() as folder, serving(at_recipient=refuse) as server:
        if "DATABASE_URL" not in os.environ:
            migrated.copy_to(Path(folder))
        os.environ |= {
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "iri_exchange.settings",
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "LETTER_LEASE": str(lease),
        }
        import django

        django.setup()
        logging.disable(logging.INFO)
        from django.core.management import call_command

        refuse_a_used_database()
        call_command("migrate", verbosity=0)
        yield server


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    # A sender that is merely slow must not lose its claim.
    parser.add_argument("--lease", type=int, default=10)
    asked = parser.parse_args()
    with portal(asked.lease) as server:
        holds = not run(asked.letters, asked.kills, server)
        # Two senders must meet by chance: once in a while they do not.
        caught = any(run(max(asked.letters // 5, 60), 0, server, plant=True) for _ in range(3))
    if not caught:
        print("The planted fault was not found", file=sys.stderr)
    return 0 if holds and caught else 1


if __name__ == "__main__":
    sys.exit(main())
