"""Migrations say what the models say, begin with our own user, and lead back to nothing."""

import os
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests import migrated

THERE_AND_BACK = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
for app in ["events", "groups", "members"]:
    call_command("migrate", app, "zero", verbosity=0)
    left = [name for name in connection.introspection.table_names() if name.startswith(app + "_")]
    assert left == [], left
call_command("migrate", verbosity=0)
assert {"members_user", "groups_group"} <= set(connection.introspection.table_names())
"""


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_first_migration_has_our_user():
    first = MigrationLoader(None).get_migration("members", "0001_initial")
    assert "User" in [operation.name for operation in first.operations if hasattr(operation, "name")]


def test_to_nothing_and_back(tmp_path):
    """There, they have been already: the copy was made by them."""
    migrated.copy_to(tmp_path)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "iri_exchange.settings"}
    done = subprocess.run(
        [sys.executable, "-c", THERE_AND_BACK],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
