"""The triggers that keep the index of searches (`search.Suffix`), on SQLite and on PostgreSQL.

SQLite gets an index of the keys in the order of the lists beside them, so that rows which are read in that order for a
common word are read from it alone. PostgreSQL has none: a key may be longer than what it takes into an index.

SQLite forgets the triggers of a table whose columns a migration changes, since it makes the table anew. So they are
looked for after every `migrate`, and where they are missing they are made, and the index is filled from the records.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections, transaction

from iri_exchange.lib.search import KEPT, Suffix

# All ends of the keys of a source, but those that begin with a mark other than the name's: nobody asks for them.
_ENDS = {
    "sqlite": """SELECT DISTINCT CAST(substr(key, n, {kept}) AS BLOB), id FROM ({source}) JOIN
        (WITH RECURSIVE place(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < {longest}) SELECT n FROM place)
        ON n <= length(key) WHERE substr(key, n, 1) NOT IN (char(2), char(3))""",
    "postgresql": """SELECT DISTINCT convert_to(substr(key, n, {kept}), 'UTF8'), id FROM ({source}) AS source
        CROSS JOIN LATERAL generate_series(1, length(key)) AS n WHERE substr(key, n, 1) NOT IN (chr(2), chr(3))""",
}
_SQLITE = (
    "CREATE TRIGGER {name}_insert AFTER INSERT ON {table} BEGIN {put}; END",
    "CREATE TRIGGER {name}_update AFTER UPDATE OF search_key ON {table} "
    "WHEN OLD.search_key <> NEW.search_key BEGIN {take}; {put}; END",
    "CREATE TRIGGER {name}_delete AFTER DELETE ON {table} BEGIN {take}; END",
)
_IN_ORDER = "CREATE INDEX IF NOT EXISTS {table}_in_order ON {table} (sort_key, id, search_key)"
_POSTGRESQL = (
    """CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'UPDATE' AND OLD.search_key = NEW.search_key THEN RETURN NULL; END IF;
        IF TG_OP <> 'INSERT' THEN {take}; END IF;
        IF TG_OP <> 'DELETE' THEN {put}; END IF;
        RETURN NULL;
    END $$""",
    "CREATE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE OF search_key ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {name}()",
)


def keep_right(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After a migration of an app: each of its indexes has its triggers, and holds what it should."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    for index in Suffix.__subclasses__():
        ours = index._meta.app_label == sender.label and index._meta.db_table in tables
        if ours and not are_there(index, using):
            fill(index, using)
        if ours and connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(_IN_ORDER.format(table=index.of._meta.db_table))


def are_there(index: type[Suffix], using: str = "default") -> bool:
    """Whether the database keeps the index."""
    known = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname LIKE %s",
    }
    made = {"sqlite": len(_SQLITE), "postgresql": 1}
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(known[connection.vendor], [f"{_name(index)}%"])
        return bool(cursor.fetchone()[0] == made[connection.vendor])


@transaction.atomic
def fill(index: type[Suffix], using: str = "default") -> None:
    """Empty the index, fill it from the records as they stand, and let triggers keep it from here on."""
    forget(index, using)
    connection = connections[using]
    table = index.of._meta.db_table
    everything = f"SELECT search_key AS key, id FROM {table}"
    longest = f"(SELECT max(length(search_key)) FROM {table})"
    statements = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    words = {
        "name": _name(index),
        "table": table,
        "put": _put(
            index, connection.vendor, "SELECT NEW.search_key AS key, NEW.id AS id", "length(NEW.search_key)"
        ),
        "take": _take(index, connection.vendor),
    }
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {index._meta.db_table}")
        cursor.execute(_put(index, connection.vendor, everything, longest))
        for statement in statements:
            cursor.execute(statement.format(**words))


def forget(index: type[Suffix], using: str = "default") -> None:
    """Take the triggers away, also those that kept less or more of each end."""
    known, dropping = {
        "sqlite": (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
            "DROP TRIGGER {}",
        ),
        "postgresql": ("SELECT proname FROM pg_proc WHERE proname LIKE %s", "DROP FUNCTION {} CASCADE"),
    }[connections[using].vendor]
    with connections[using].cursor() as cursor:
        cursor.execute(known, [f"{index._meta.db_table}_keeps_%"])
        for (name,) in cursor.fetchall():
            cursor.execute(dropping.format(name))


def _name(index: type[Suffix]) -> str:
    """It says how much is kept: when that changes, the triggers are others, and the index is filled anew."""
    return f"{index._meta.db_table}_keeps_{KEPT}"


def _put(index: type[Suffix], vendor: str, source: str, longest: str) -> str:
    ends = _ENDS[vendor].format(kept=KEPT, source=source, longest=longest)
    return f"INSERT INTO {index._meta.db_table} (text, record) {ends}"


def _take(index: type[Suffix], vendor: str) -> str:
    """By text and record together, as the key of the index goes."""
    ends = _ENDS[vendor].format(
        kept=KEPT, source="SELECT OLD.search_key AS key, OLD.id AS id", longest="length(OLD.search_key)"
    )
    return f"DELETE FROM {index._meta.db_table} WHERE (text, record) IN ({ends})"
