"""What a roster is made of: rows of plain data, fields that tell facts of them, columns of fields."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from iri_exchange.lib.sheets import Cell as SheetCell

PAPER_WIDTH = 273.0  # millimetres between the margins of A4 landscape


class Listed(NamedTuple):
    """A person in a row, as far as the row may tell. Empty: unknown, or said elsewhere in the row."""

    name: str
    kana: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Row:
    """One membership on one day: plain data, already freed of what the variant must not tell.

    `roles` are the offices its people hold in the group, highest first; `status` and `consent` are words only where
    they matter (休会中, 掲載しない …); an individual member's `company` says so. `person_ids` and `company_id` are
    whom it tells of, for the log of the copies. What a variant does not tell is empty. `attended` is what is known of
    each month's attendance; of a month without a record nothing is known, and its place is filled in by hand.
    """

    number: int
    roles: tuple[str, ...] = ()
    status: str = ""
    consent: str = ""
    company: str = ""
    company_kana: str = ""
    people: tuple[Listed, ...] = ()
    postal_code: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    url: str = ""
    trade: str = ""
    products: str = ""
    joined_on: datetime.date | None = None
    member_number: str = ""
    person_ids: tuple[int, ...] = ()
    company_id: int | None = None
    attended: Mapping[int, str] = field(default_factory=dict)


Values = Callable[[Row], tuple[str, ...]]


@dataclass(frozen=True)
class Field:
    """One fact. `values` has one entry for a fact of the member, one per person for a fact `of_people`.

    In a sheet `label` is its heading, in words that the importer reads as the same fact, or not at all; `cell` makes
    the cell of a value.
    On paper, `look` names how it is set (static/css/print.css), `paper` is how a value is written, and a text of more
    than `fits` characters is set small, so that no row outgrows its page.
    """

    key: str
    label: str
    values: Values
    look: str = ""
    paper: Callable[[str], str] = str
    fits: int = 1000
    of_people: bool = False
    cell: Callable[[str], SheetCell] = str

    def lines(self, row: Row) -> list["Line"]:
        return [
            Line(self.paper(value) if value else "", "small" if len(value) > self.fits else self.look)
            for value in self.values(row)
        ]


class Line(NamedTuple):
    """One line of a cell on paper, or what stands `beside` the one before, on the same line."""

    text: str
    look: str
    beside: bool = False


class Cell(NamedTuple):
    """A cell on paper: the key of its column, whether it heads the row, its lines."""

    key: str
    heads_row: bool
    lines: list[Line]


@dataclass(frozen=True)
class Column:
    """`width` in millimetres on A4 landscape, among the usual columns; one that `grows` takes the room that others
    leave. `empty` stands where nothing is known. Fields whose keys are in `beside` share the line of the one before.
    """

    key: str
    label: str
    width: float
    fields: tuple[Field, ...] = field(repr=False)
    empty: str = "―"
    heads_row: bool = False
    by_person: bool = False
    grows: bool = True
    beside: frozenset[str] = frozenset()

    def cell(self, row: Row) -> Cell:
        """What stands in a row. `by_person`: everything about the first person, then about the second."""
        told = [[(item, line) for line in item.lines(row)] for item in self.fields]
        ordered = chain.from_iterable(zip(*told, strict=True) if self.by_person else told)
        lines = list(self._filled(ordered))
        nothing = [Line(self.empty, "none")] if self.empty else []
        return Cell(self.key, self.heads_row, lines or nothing)

    def _filled(self, ordered: Iterable[tuple[Field, Line]]) -> Iterator[Line]:
        begun = False
        for item, line in ordered:
            begun = begun and item.key in self.beside
            if line.text:
                yield line._replace(beside=begun)
                begun = True


def fitted(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns as wide as the paper, whichever were chosen."""
    growing = [column for column in columns if column.grows] or columns
    room = PAPER_WIDTH - sum(column.width for column in columns if column not in growing)
    scale = room / sum(column.width for column in growing)
    return tuple(
        replace(column, width=round(column.width * scale, 2)) if column in growing else column
        for column in columns
    )
