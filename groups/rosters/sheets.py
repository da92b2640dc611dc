"""The roster as a sheet: one row for each of its rows, one column for each fact, to be worked with.

A second person of a row stands in further columns. Headings are words that the importer reads as the same fact, or
not at all: the office's roster, brought in again, changes nothing (docs/decisions/0011-printing.md).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from groups.rosters.building import Roster
from groups.rosters.cells import Column, Field, Row
from groups.rosters.copies import log_copy
from iri_exchange.lib import japan, sheets
from members.models import Export

XLSX, CSV = "xlsx", "csv"
UTF_8, CP932 = "utf-8-sig", "cp932"


class SheetColumn(NamedTuple):
    """A column of the sheet: a fact, and of a fact of people whose, counted from 0."""

    fact: Field
    person: int = 0

    @property
    def heading(self) -> str:
        return f"{self.person + 1}人目の{self.fact.label}" if self.person else self.fact.label

    def text(self, row: Row) -> str:
        values = self.fact.values(row)
        if self.fact.of_people:
            return values[self.person] if self.person < len(values) else ""
        return "、".join(values)

    def cell(self, row: Row) -> sheets.Cell:
        return self.fact.cell(self.text(row))


class Loss(NamedTuple):
    """Characters of a row that cp932 cannot hold: in which row, about whom, in which column."""

    row: int
    who: str
    heading: str
    characters: list[str]


def sheet_columns(roster: Roster) -> list[SheetColumn]:
    """As many columns of people as the fullest row has."""
    people = max([1, *(len(row.people) for row in roster.rows)])
    return [each for column in roster.columns for each in _of(column, people)]


def sheet_copy(
    *,
    roster: Roster,
    by: Any,
    file_format: str,
    encoding: str = UTF_8,
    purpose: str = "",
    receiver: str = "",
) -> bytes:
    """One more copy of a roster as XLSX or CSV, logged first. `encoding` is a CSV's.

    Raises UnicodeEncodeError where cp932 cannot hold it: ask `losses` before.
    """
    columns = sheet_columns(roster)
    header = [column.heading for column in columns]
    rows = [[column.cell(row) for column in columns] for row in roster.rows]
    content = sheets.write_csv(header, rows, encoding) if file_format == CSV else b""
    copy = log_copy(roster=roster, by=by, file_format=file_format, purpose=purpose, receiver=receiver)
    about = ("この名簿について", ["項目", "内容"], _about(roster, copy))
    return content or sheets.write_xlsx(roster.title, header, rows, about)


def losses(roster: Roster) -> list[Loss]:
    """What a CSV in cp932 would lose; nobody gets it then."""
    columns = sheet_columns(roster)
    found = (
        Loss(row.number, _who(row), column.heading, japan.cp932_losses(column.text(row)))
        for row in roster.rows
        for column in columns
    )
    return [loss for loss in found if loss.characters]


def _of(column: Column, people: int) -> Iterator[SheetColumn]:
    """The columns of a paper column's facts. `by_person`: all about the first person, then about the next."""
    if column.by_person:
        for person in range(people):
            yield from (SheetColumn(fact, person) for fact in column.fields)
        return
    for fact in column.fields:
        yield from (SheetColumn(fact, person) for person in range(people if fact.of_people else 1))


def _who(row: Row) -> str:
    """What names a row, also where the sheet does not show it."""
    names = [person.name for person in row.people]
    return "　".join([row.company, *names])


def _about(roster: Roster, copy: Export) -> list[list[str]]:
    """What the head and the foot of the paper say."""
    return [
        ["名簿", roster.title],
        ["種類", roster.variant.label],
        ["いつ現在", japan.wareki(roster.day)],
        ["会員", roster.counted],
        *([["ご希望により掲載していない会員", str(roster.left_out)]] if roster.left_out else []),
        *([["いまは会員でないため掲載していない会員", str(roster.gone)]] if roster.gone else []),
        ["発行", roster.issuer],
        ["部数番号", f"{copy.copy_number:03}"],
        ["お渡し先", copy.receiver],
        ["目的", copy.purpose],
        [roster.variant.terms.care, roster.variant.terms.handling],
    ]
