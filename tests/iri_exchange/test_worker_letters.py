"""The worker sends letters too: from a process beside it, which it looks after and which does not outlive it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as in_force

from tests import migrated
from tests.iri_exchange.test_worker import Portal, until
from tests.mail_server import MailServer, serving

WRITE = """
import django
django.setup()
from members import letters
letters.put(kind="account/password_changed", to="{to}", subject="x", text="x", html="")
"""


@pytest.fixture
def server() -> Iterator[MailServer]:
    with serving() as server:
        yield server


@pytest.fixture
def portal(tmp_path, server) -> Iterator[Portal]:
    portal = Portal(tmp_path)
    portal.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
    migrated.copy_to(tmp_path)
    yield portal
    for process in portal.started:
        process.kill()
        process.communicate()


def run(portal: Portal, script: str) -> None:
    subprocess.run([sys.executable, "-c", script], cwd=in_force.BASE_DIR, env=portal.environment, check=True)


def child_of(process: subprocess.Popen[str]) -> int:
    (pid,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(pid)


def test_the_sender_is_begun_anew_and_ends_with_its_worker(portal, server):
    run(portal, WRITE.format(to="one@example.com"))
    worker = portal.worker()
    until(lambda: len(server.taken) == 1)
    first = child_of(worker)
    os.kill(first, signal.SIGKILL)
    run(portal, WRITE.format(to="two@example.com"))
    until(lambda: len(server.taken) == 2)
    second = child_of(worker)
    worker.kill()
    until(lambda: not Path(f"/proc/{second}").exists())
    assert [address for address, _ in server.taken] == ["one@example.com", "two@example.com"]
    assert first != second
