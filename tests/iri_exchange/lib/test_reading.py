"""What only looks writes nothing."""

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from groups.models import Group
from iri_exchange.lib.reading import WriteRefused, refusing_writes, written
from tests.factories import make_company


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('INSERT INTO "groups_group" ("name") VALUES (%s)', "groups_group"),
        ('INSERT OR IGNORE INTO "a" VALUES (1)', "a"),
        ('UPDATE "members_person" SET "title" = %s', "members_person"),
        ("DELETE FROM cache WHERE expires < %s", "cache"),
        ('WITH x AS (SELECT 1) UPDATE "a" SET b = 1', "a"),
        ("WITH x AS (SELECT 1) SELECT * FROM x FOR UPDATE", None),
        ("DROP TABLE a", ""),
        ("TRUNCATE a", ""),
        ('SELECT * FROM "a" FOR UPDATE', None),
        ('SELECT * FROM "a" FOR NO KEY UPDATE OF "a"', None),
        ('(SELECT 1 FROM "a") UNION (SELECT 2)', None),
        ('SAVEPOINT "s1"', None),
        ("SELECT 'INSERT INTO a' FROM b", None),
    ],
)
def test_a_statement_says_what_it_changes(sql, table):
    assert written(sql) == table


def test_the_connection_refuses(group):
    with refusing_writes():
        assert Group.objects.get() == group
        Session.objects.create(session_key="x", session_data="", expire_date=timezone.now())
        with pytest.raises(WriteRefused, match="UPDATE"), transaction.atomic():
            Group.objects.update(theme="書いた")
        with pytest.raises(WriteRefused, match="INSERT"), transaction.atomic():
            make_company()
    Group.objects.update(theme="書いた")
    with refusing_writes(but={"groups_group"}):
        assert Group.objects.update(theme="") == 1
