"""Sheets written down as text, and what is read from them."""

from pathlib import Path

from groups.importing.reading.table import Choice, open_table
from iri_exchange.lib.sheets import Row, Sheet

DATA = Path(__file__).parents[3] / "data"
NUMBER = "1182774714925"


def sheet(text, name="名簿"):
    """A sheet from lines of cells between |; a line of numbers and dates is not needed here."""
    rows = [
        Row(number, [cell.strip(" ").replace("⏎", "\n") or None for cell in line.strip().split("|")])
        for number, line in enumerate(text.strip().splitlines(), start=1)
    ]
    return Sheet(name, [row for row in rows if any(row.cells)])


def nothing(shapes):
    """No shape of a header is remembered."""
    return {}


def opened(text, **choice):
    return open_table([sheet(text)], Choice(**choice), nothing)


def keys(table):
    return [column.key for column in table.layout.columns]


def members(table):
    """(company or "", person, …) of each entry."""
    return [
        (entry.values.get("company_name", ""), " ".join(entry.values.get("person_name", ())).strip())
        for row in table.read({})
        for entry in row.entries
    ]


def values(table):
    return [entry.values for row in table.read({}) for entry in row.entries]


def problems(table):
    return [
        (problem.row, problem.column, problem.message) for row in table.read({}) for problem in row.problems
    ]


def warnings(table):
    told = [*table.warnings, *(warning for row in table.read({}) for warning in row.warnings)]
    return [(warning.row, warning.column, warning.message) for warning in told]
