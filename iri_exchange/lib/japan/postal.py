"""Postal codes → addresses: a help for whoever types, which never decides, for a code may lie in two prefectures.

The table is made of the post office's data by `manage.py build_postal_codes`, which is run where the portal is developed.
"""

import lzma
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("postal_codes.xz")


class Place(NamedTuple):
    """Where a code belongs; `town` is empty where the code stands for a whole municipality."""

    prefecture: str
    city: str
    town: str


def places_of(code: str) -> list[Place]:
    """The places of a code as it is stored (190-0023): one nearly always, none for a code that is not known."""
    digits = code.replace("-", "")
    if len(digits) != 7 or not (digits.isascii() and digits.isdecimal()):
        return []
    table, mark = _table(), f"\n{digits}\t".encode()
    found, at = [], table.find(mark)
    while at >= 0:
        line = table[at + 1 : table.index(b"\n", at + 1)].decode()
        found.append(Place(*line.split("\t")[1:]))
        at = table.find(mark, at + 1)
    return found


@cache
def _table() -> bytes:
    """Lines of code, prefecture, city and town, each behind a line break: some megabytes, searched in a millisecond."""
    return lzma.decompress(TABLE.read_bytes())
