"""An import that is killed while it writes has written nothing; the next one writes everything."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings

from tests import migrated

ROWS = 1_500
TABLES = ("members_company", "members_historicalcompany", "groups_membership", "groups_importbatch")
# What does not fit into memory any more while a transaction is open: then it is in the middle of writing.
SPILLED = 200_000

MAKE_A_GROUP = "from tests.factories import make_group; make_group(slug='keyaki', capacity=9999)"


@pytest.fixture
def portal(tmp_path):
    """Runs manage.py on a portal of its own, with a group in an SQLite file."""
    env = {**os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "iri_exchange.settings"}
    env.pop("DATABASE_URL", None)

    def start(*args, **kwargs):
        return subprocess.Popen(
            [sys.executable, "manage.py", *args],
            cwd=settings.BASE_DIR,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **kwargs,
        )

    migrated.copy_to(tmp_path)
    process = start("shell", "-v0", "-c", MAKE_A_GROUP)
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0, out.decode()
    return start


def counts(folder):
    with closing(sqlite3.connect(folder / "portal.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]


def test_an_import_killed_while_writing_has_written_nothing(portal, tmp_path):
    roster = tmp_path / "roster.csv"
    lines = [f"株式会社第{number}工業,ダイ,第 一郎{number},042-000-{number:04}" for number in range(ROWS)]
    roster.write_text("\n".join(["企業名,フリガナ,氏名,電話", *lines]))
    log = tmp_path / "portal.sqlite3-wal"

    process = portal("import_roster", "keyaki", str(roster), "--commit")
    while process.poll() is None and not (log.exists() and log.stat().st_size > SPILLED):
        time.sleep(0.002)
    assert process.poll() is None, process.communicate()[0].decode()
    process.send_signal(signal.SIGKILL)
    process.wait()

    assert counts(tmp_path) == [0, 0, 0, 0]
    again = portal("import_roster", "keyaki", str(roster), "--commit")
    out, _ = again.communicate(timeout=300)
    assert again.returncode == 0, out.decode()
    assert counts(tmp_path) == [ROWS, ROWS, ROWS, 1]
