"""A check of a few lines, and what it asks."""

from typing import Any

from groups.importing import import_roster
from groups.importing.report import Report, Row
from groups.models import Group


def check(group: Group, header: str, *lines: str, commit: bool = False, **also: Any) -> Report:
    content = "\n".join([header, *lines]).encode()
    return import_roster(group=group, content=content, filename="roster.csv", commit=commit, **also)


def kinds(report: Report) -> list[tuple[int, str, str]]:
    """Of each row: its number, what becomes of it, and whom the directory knows by it."""
    return [(row.number, row.kind, row.known) for row in report.rows]


def asked(report: Report) -> list[int]:
    """The answers that the only question offers, but for those that are always there."""
    [row] = report.doubtful
    return [doubt.pk for doubt in row.doubts]


def told(row: Row) -> list[tuple[str, str, str]]:
    return [(change.label, change.old, change.new) for change in row.changes]


def said(report: Report) -> list[tuple[int, str, str]]:
    return [(notice.row, notice.column, notice.message) for notice in report.warnings]


def wrong(report: Report) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.message) for problem in report.problems]
