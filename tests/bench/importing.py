"""The importer on a long roster: read it, look at it, bring it in, bring it in again."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook

from groups.importing import committing, import_roster
from groups.models import Group
from iri_exchange.lib import sheets
from tests.bench import floors, rosters
from tests.bench.measuring import Figure, Runs, timed


@dataclass
class Files:
    """The same members as CSV and as XLSX."""

    count: int
    csv: bytes
    xlsx: bytes


@dataclass
class Measured:
    """The runs by name; a name that is asked for the first time has none yet."""

    runs: dict[str, Runs] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Runs:
        return self.runs.setdefault(name, Runs())


def figures(group: Group, count: int, times: int) -> list[Figure]:
    """The figures of the importer, each from `times` runs with `count` members that the group does not have yet."""
    files = _files(count)
    runs = Measured()
    for _ in range(times):
        _read(files, runs)
        _bring_in(group, files, runs)
    return list(_figures(count, runs))


def _files(count: int) -> Files:
    members = rosters.rows(count)
    return Files(count, rosters.as_csv(members), rosters.as_xlsx(members))


def _figures(count: int, runs: Measured) -> Iterator[Figure]:
    n = f"{count:,} × {len(rosters.HEADER)}"
    yield Figure(f"read {n}, xlsx", runs["read"], "openpyxl, values only", runs["openpyxl"], most_ratio=0.2)
    for kind in ("csv", "xlsx"):
        yield Figure(
            f"preview {n} new, {kind}", runs[f"preview {kind}"], "csv.reader", runs["csv"], most_seconds=10
        )
    yield Figure(
        f"write {count:,} new members", runs["write"], "the same rows, raw", runs["raw"], most_ratio=10
    )
    yield Figure(f"import {n} new, all of it", runs["import"], "the same rows, raw", runs["raw"])
    for kind in ("csv", "xlsx"):
        yield Figure(
            f"import {n} again, {kind}", runs[f"again {kind}"], "csv.reader", runs["csv"], most_seconds=2
        )


def _read(files: Files, runs: Measured) -> None:
    with runs["read"].one():
        read = sheets.read(files.xlsx, "roster.xlsx")
    with runs["openpyxl"].one():
        book = load_workbook(io.BytesIO(files.xlsx), read_only=True)
        known = list(book.worksheets[0].iter_rows(values_only=True))
    with runs["csv"].one():
        rows = list(csv.reader(io.StringIO(files.csv.decode("utf-8-sig"))))
    _expect([len(read[0].rows), len(known), len(rows)], [files.count + 1] * 3)


def _bring_in(group: Group, files: Files, runs: Measured) -> None:
    for kind, content in (("csv", files.csv), ("xlsx", files.xlsx)):
        with runs[f"preview {kind}"].one():
            report = _import(group, kind, content, commit=False)
        _expect([report.counts, report.problems, report.warnings], [_all_of("new", files.count), [], []])
    before = floors.row_counts()
    with timed(committing, "write_plan", runs["write"]), runs["import"].one():
        report = _import(group, "csv", files.csv, commit=True)
    _expect([report.counts, report.committed], [_all_of("new", files.count), True])
    after = floors.row_counts()
    grown = [name for name, rows in after.items() if rows > before[name]]
    _expect(min(after["groups_membership"], after["members_historicalperson"]) >= files.count, True)
    for kind, content in (("csv", files.csv), ("xlsx", files.xlsx)):
        with runs[f"again {kind}"].one():
            report = _import(group, kind, content, commit=True)
        _expect([report.counts, report.committed], [_all_of("same", files.count), True])
    _write_raw(grown, runs)
    floors.empty(grown)
    _expect(floors.row_counts(), before)


def _import(group: Group, kind: str, content: bytes, *, commit: bool) -> Any:
    return import_roster(group=group, content=content, filename=f"roster.{kind}", commit=commit)


def _all_of(kind: str, count: int) -> dict[str, int]:
    return {"new": 0, "changed": 0, "same": 0, "doubtful": 0} | {kind: count}


def _write_raw(tables: list[str], runs: Measured) -> None:
    before = floors.row_counts()
    copies = floors.copied_out(tables)
    floors.empty(tables)
    with runs["raw"].one():
        floors.write_again(copies)
    _expect(floors.row_counts(), before)


def _expect(found: Any, expected: Any) -> None:
    """A figure of something else than it says is worse than none."""
    if found != expected:
        raise RuntimeError(f"{found!r:.2000} instead of {expected!r:.2000}")
