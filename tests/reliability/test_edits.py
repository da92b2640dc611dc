"""The check of two editors in small, and that it finds its planted fault (`make reliability` does it in full)."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

from django.conf import settings


def test_few_saves():
    command = [sys.executable, "-m", "tests.reliability.edits", "--saves=25"]
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")
    }
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 × 25 saves: " in done.stdout
    assert "planted: 2 × 25 saves: 50 landed" in done.stdout


def test_a_database_that_holds_companies_is_refused(tmp_path):
    path = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "create table members_company (id integer); insert into members_company values (1);"
        )
        command = [sys.executable, "-m", "tests.reliability.edits", "--saves=1"]
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{path}"}
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, "holds companies" in done.stderr) == (1, True), done.stderr
