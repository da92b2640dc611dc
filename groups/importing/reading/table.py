"""A roster file as rows of members: which sheet, which header, what each column is, and what each row says.

What the user chose, or somebody once corrected, goes before any guess; what nobody can tell is asked.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from groups.importing.reading.heading import LOOKED_AT, Heading, find_heading, heading_of
from groups.importing.reading.layout import column_reads, map_columns, row_reader
from groups.importing.reading.rows import RowRead
from groups.importing.reading.skipping import Sieve, told_gone
from groups.importing.report import Layout, SheetChoice
from iri_exchange.lib.importing import Header, Problem, bare
from iri_exchange.lib.sheets import Cell, Row, Sheet, SheetError

__all__ = ["Choice", "RosterTable", "RowRead", "open_table", "shape_of"]

Remembered = Callable[[Collection[str]], Mapping[str, Mapping[int, str]]]
_NAMES = {"company_name", "person_name", "family_name"}
_DATA = re.compile("[0-9][0-9-]{6,}|@")
# Where the header is looked for of which nothing is known.
_TOP = 20
# Asked for at once: a workbook of a thousand sheets would ask for more than a database takes.
_MOST_SHAPES = 2_000


@dataclass(frozen=True)
class Choice:
    """What the user chose: "" the best sheet; None the header and the columns as found; header row 0 for none.

    `mapping` is column index → key, "" for a column that is not imported; it need not name all.
    """

    sheet: str = ""
    header_row: int | None = None
    mapping: Mapping[int, str] | None = None


@dataclass
class RosterTable:
    """A table of members. `rows` are those below the header that could be members, `warnings` what is to say of
    the table as a whole: columns that are not imported, rows that are no members.
    """

    layout: Layout
    header: Header
    rows: list[Row]
    warnings: list[Problem] = field(default_factory=list)

    def read(self, seeds: Mapping[str, Mapping[Cell, Any]]) -> Iterator[RowRead]:
        """The rows, read. `seeds` are cells by column whose value is known already: the directory's own."""
        return row_reader(self.layout.columns, self.header, seeds).read(self.rows)


@dataclass(frozen=True)
class _Found:
    """A sheet, its header and how many of its rows stand above what the header heads."""

    sheet: Sheet
    heading: Heading
    position: int
    remembered: Mapping[int, str] | None
    is_certain: bool

    @property
    def worth(self) -> tuple[bool, bool, bool, int]:
        names = bool(_NAMES & set(self.heading.keys))
        has_members = names and len(self.sheet.rows) > self.position
        return self.remembered is not None, has_members, names, self.heading.known


def open_table(book: Sequence[Sheet], choice: Choice, remembered: Remembered) -> RosterTable:
    """The table of members in a file, as the user chose, as somebody corrected it before, or as it looks.

    `remembered` is asked once, for the corrected mappings of tables of these shapes. Raises SheetError when there
    is nothing to read.
    """
    sheets = [sheet for sheet in book if sheet.rows]
    if not sheets:
        raise SheetError("ファイルに何も書かれていません。中身のあるファイルを選んでください。")
    chosen = [sheet for sheet in sheets if sheet.name == choice.sheet] or sheets
    shapes = [] if choice.mapping is not None else _shapes(chosen, choice.header_row)
    known = remembered(shapes) if shapes else {}
    found = [_find(sheet, choice.header_row, known) for sheet in chosen]
    return _table(max(found, key=lambda each: each.worth), book, choice.mapping)


def shape_of(labels: Sequence[str]) -> str:
    """What tables of the same columns in the same order have in common, however their labels are spaced."""
    words = [bare(label) for label in labels]
    while words and not words[-1]:
        words.pop()
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def _headings(rows: Sequence[Row], header_row: int | None) -> Iterator[tuple[int, Heading]]:
    """The rows that may be the header: with the row above them, and alone."""
    for position, row in enumerate(rows[:LOOKED_AT] if header_row is None else rows):
        if header_row in (None, row.number):
            both = heading_of(rows, position)
            yield position + 1, both
            if both.lines > 1:
                yield position + 1, heading_of(rows[position:], 0)


def _shapes(sheets: Sequence[Sheet], header_row: int | None) -> list[str]:
    shapes = (
        shape_of(heading.labels)
        for sheet in sheets
        for _, heading in _headings(sheet.rows, header_row)
        if any(heading.labels)
    )
    return list(dict.fromkeys(islice(shapes, _MOST_SHAPES)))


def _find(sheet: Sheet, header_row: int | None, known: Mapping[str, Mapping[int, str]]) -> _Found:
    rows = sheet.rows
    if known:
        for position, heading in _headings(rows, header_row):
            if (mapping := known.get(shape_of(heading.labels))) is not None:
                return _Found(sheet, heading, position, mapping, True)
    if header_row is None:
        if best := find_heading(rows):
            position = next(place for place, row in enumerate(rows, 1) if row.number == best.row)
            return _Found(sheet, best, position, None, True)
        texts = [sum(isinstance(cell, str) for cell in row.cells) for row in rows[:_TOP]]
        fullest = texts.index(max(texts))
        if any(map(_is_data, rows[fullest].cells)):
            return _Found(sheet, Heading(0, [], []), 0, None, False)
        return _Found(sheet, heading_of(rows, fullest), 0, None, False)
    position = sum(row.number <= header_row for row in rows)
    if header_row and position and rows[position - 1].number == header_row:
        return _Found(sheet, heading_of(rows, position - 1), position, None, True)
    return _Found(sheet, Heading(header_row, [], []), position, None, True)


def _is_data(cell: Cell) -> bool:
    """Whether no header has such a cell: a number, a day, a telephone, a mail."""
    if not isinstance(cell, str):
        return cell is not None
    return _DATA.search(unicodedata.normalize("NFKC", cell)) is not None


def _table(found: _Found, book: Sequence[Sheet], chosen: Mapping[int, str] | None) -> RosterTable:
    heading = found.heading
    above = sum(row.number <= heading.row for row in found.sheet.rows)
    below = found.sheet.rows[above:]
    mapping = chosen if chosen is not None else found.remembered
    mapped = map_columns(heading, mapping, below)
    needs_mapping = not _NAMES & set(mapped.keys) or not (found.is_certain or chosen)
    sieve = Sieve(heading, mapped.keys, found.sheet.rows[:above])
    rows = [] if needs_mapping else sieve.members(below)
    if not found.is_certain and not below:
        raise SheetError("見出しの行が見つかりません。「企業名」「氏名」などの見出しがある表にしてください。")
    if not rows and not needs_mapping:
        raise SheetError("見出しの下に会員の行がありません。")
    layout = Layout(
        sheet=found.sheet.name,
        sheets=[SheetChoice(sheet.name, len(sheet.rows)) for sheet in book],
        header_row=heading.row,
        columns=column_reads(heading, mapped.keys, below),
        remembered=chosen is None and found.remembered is not None,
        needs_mapping=needs_mapping,
    )
    gone = told_gone(rows, mapped.keys, mapped.names)
    return RosterTable(layout, mapped.header, rows, [*mapped.warnings, *sieve.warnings, *gone])
