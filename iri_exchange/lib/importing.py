"""Reading people's tables: find the header under the title lines, read each cell, say what is wrong where.

Knows nothing of groups or members: an importer brings its columns.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iri_exchange.lib.japan import half_width, tidy
from iri_exchange.lib.sheets import Cell, Row, text_of

_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_READING = re.compile("カナ|かな|ガナ|がな|よみ|読み")
_SIGNS = re.compile(r"[\s.・:*※/_()-]")
_CLOSING_LINE = re.compile(r"以上|([合小総]?計)[0-9]*[社名件人]?")


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell (or, with no column, in one row), for the person who can mend the file.

    `row` is the row's number in the sheet, `column` the label as it stands there.
    """

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Column:
    """A column an importer understands; `read` turns a cell's text into a value or raises ValueError."""

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    read: Callable[[str], Any] = tidy


@dataclass(frozen=True)
class Header:
    """Where the columns are: the header's row number, key → index and key → label as written, the rest."""

    row: int
    indexes: Mapping[str, int]
    labels: Mapping[str, str]
    unknown: tuple[str, ...]

    def text(self, cells: Sequence[Cell], key: str) -> str:
        """The trimmed text of the cell; '' if the column or the cell is missing or holds only a dash."""
        index = self.indexes.get(key)
        if index is None or index >= len(cells):
            return ""
        text = tidy(text_of(cells[index]))
        return "" if set(half_width(text)) == {"-"} else text

    def note(self, key: str) -> str:
        """What the label says in brackets, such as 万円 in 資本金（万円）; '' if nothing."""
        found = _IN_BRACKETS.search(unicodedata.normalize("NFKC", self.labels.get(key, "")))
        return tidy(found[1]) if found else ""


def find_header(rows: Iterable[Row], columns: Sequence[Column], least: int = 2) -> Header | None:
    """The row with the most known labels, the first of equals; None if none has at least `least`.

    A label matches after NFKC, without spaces, signs and case, first with what it says in brackets,
    then without (資本金（万円）), unless that is about the reading: 氏名（カナ） is not 氏名.
    """
    keys = {_bare(name): column.key for column in columns for name in (column.label, *column.synonyms)}
    headers = (_header_of(row, keys) for row in rows)
    best = max(headers, key=lambda header: len(header.indexes), default=None)
    return best if best and len(best.indexes) >= least else None


def _header_of(row: Row, keys: Mapping[str, str]) -> Header:
    indexes: dict[str, int] = {}
    labels: dict[str, str] = {}
    unknown: list[str] = []
    for index, cell in enumerate(row.cells):
        label = tidy(text_of(cell))
        key = _key_of(label, keys)
        if key and key not in indexes:
            indexes[key], labels[key] = index, label
        elif label:
            unknown.append(label)
    return Header(row.number, indexes, labels, tuple(unknown))


def _key_of(label: str, keys: Mapping[str, str]) -> str | None:
    found = keys.get(_bare(label))
    if found or _READING.search(label):
        return found
    return keys.get(_bare(_IN_BRACKETS.sub("", unicodedata.normalize("NFKC", label))))


def _bare(label: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", label)).casefold()


def is_noise(cells: Sequence[Cell]) -> bool:
    """Whether the row carries no record: blank, 以上, or a line of totals (合計, 計21社)."""
    first = next((text for cell in cells if (text := tidy(text_of(cell)))), "")
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", first))
    return not bare or _CLOSING_LINE.fullmatch(bare) is not None


def read_row(header: Header, columns: Sequence[Column], row: Row) -> tuple[dict[str, Any], list[Problem]]:
    """The row's values by key, of the columns that are there and filled, and what could not be read."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for column in columns:
        text = header.text(row.cells, column.key)
        if not text:
            continue
        try:
            values[column.key] = column.read(text)
        except ValueError as error:
            problems.append(Problem(row.number, header.labels[column.key], str(error)))
    return values, problems
