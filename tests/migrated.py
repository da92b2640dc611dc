"""A database in which every migration has run: made once, and copied wherever a test would have them all run again.

The tests' own database is told to migrate all the same, and finds nothing to do; had the copy missed something, it would be done.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "test"
# What a migration may ask: itself, the fields and foldings it imports, the settings, and the packages.
ASKED = (
    "*/migrations/*.py",
    "iri_exchange/lib/*.py",
    "iri_exchange/settings.py",
    "requirements-dev.txt",
)


def copy_to(folder: Path) -> None:
    """Puts a migrated database where a portal with this DATA_DIR looks for it."""
    shutil.copyfile(_file(), folder / "portal.sqlite3")


def fill(connection: Any) -> None:
    """Makes an empty SQLite database, in memory too, a migrated one."""
    with closing(sqlite3.connect(_file())) as kept:
        kept.backup(connection.connection)


def template(connection: Any) -> str:
    """The name of a migrated database beside that of the settings, for CREATE DATABASE … TEMPLATE on PostgreSQL."""
    name = f"portal_migrated_{_key()}"
    with _alone(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f"DROP DATABASE IF EXISTS {name}_begun")
            cursor.execute(f"CREATE DATABASE {name}_begun")
            address, _, _ = os.environ["DATABASE_URL"].rpartition("/")
            _migrate(DATABASE_URL=f"{address}/{name}_begun")
            cursor.execute(f"ALTER DATABASE {name}_begun RENAME TO {name}")
    return name


def _file() -> Path:
    """What was kept for the migrations as they are; those for older ones go."""
    file = KEPT / f"migrated-{_key()}.sqlite3"
    with _alone():
        if not file.exists():
            for old in KEPT.glob("migrated-*.sqlite3"):
                old.unlink()
            with tempfile.TemporaryDirectory(dir=KEPT) as folder:
                _migrate(DATA_DIR=folder)
                made = Path(folder) / "portal.sqlite3"
                # All in one file, whatever the portal's log beside it may hold.
                with closing(sqlite3.connect(made)) as database:
                    database.execute("PRAGMA journal_mode=DELETE")
                made.replace(file)
    return file


def _key() -> str:
    read = sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for pattern in ASKED:
        for path in sorted(ROOT.glob(pattern)):
            read.update(path.name.encode() + path.read_bytes())
    return read.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """Whoever asks second waits until the first has made it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(**place: str) -> None:
    """In a process of its own, as in service."""
    settings = {"DJANGO_SETTINGS_MODULE": "iri_exchange.settings"}
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env=environment | settings | place,
        check=True,
    )
