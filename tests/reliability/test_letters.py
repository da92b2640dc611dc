"""The check of the letters in small, and that it finds its planted fault (`make reliability` does it in full)."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

from django.conf import settings


def test_few_letters_few_kills():
    command = [sys.executable, "-m", "tests.reliability.letters", "--letters=60", "--kills=4", "--lease=4"]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 letters, 4 kills" in done.stdout
    assert "planted: 60 letters" in done.stdout


def test_a_database_that_holds_letters_is_refused(tmp_path):
    path = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "create table members_letter (id integer); insert into members_letter values (1);"
        )
        command = [sys.executable, "-m", "tests.reliability.letters", "--letters=1", "--kills=0"]
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{path}"}
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, "holds letters" in done.stderr) == (1, True), done.stderr
        assert database.execute("select count(*) from members_letter").fetchall() == [(1,)]
