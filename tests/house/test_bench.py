"""What `make bench` measures is what it says: clean rosters, each time the same, and bounds that can break."""

import csv
import io

import pytest

from groups.importing import import_roster
from iri_exchange.lib import sheets
from tests.bench import floors, rosters
from tests.bench.measuring import Figure, Runs, table, timed
from tests.factories import make_group, make_membership

COUNT = 150


def test_the_same_length_is_the_same_roster():
    assert rosters.rows(COUNT) == rosters.rows(COUNT)
    names = [row[0] for row in rosters.rows(2_000)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("kind", "written"), [("csv", rosters.as_csv), ("xlsx", rosters.as_xlsx)])
def test_every_row_is_clean(db, kind, written):
    content = written(rosters.rows(COUNT))
    report = import_roster(
        group=make_group(capacity=COUNT), content=content, filename=f"roster.{kind}", commit=False
    )
    assert (report.counts["new"], len(report.rows), report.problems, report.warnings) == (
        COUNT,
        COUNT,
        [],
        [],
    )


def test_both_files_hold_the_same_texts():
    members = rosters.rows(COUNT)
    [sheet] = sheets.read(rosters.as_xlsx(members), "roster.xlsx")
    lines = list(csv.reader(io.StringIO(rosters.as_csv(members).decode("utf-8-sig"))))
    texts = [[cell or "" for cell in row.cells if not hasattr(cell, "year")] for row in sheet.rows]
    assert [list(map(str, cells)) for cells in texts[1:]] == [cells[:-1] for cells in lines[1:]]


@pytest.mark.parametrize(
    ("bounds", "verdict"),
    [
        ({"most_ratio": 2.1}, "kept"),
        ({"most_ratio": 1.9}, "BROKEN"),
        ({"most_seconds": 6.1}, "kept"),
        ({"most_seconds": 5.9}, "BROKEN"),
        ({}, ""),
    ],
)
def test_a_bound_can_break(bounds, verdict):
    figure = Figure("a thing", Runs([1.0, 6.0, 99.0]), "its floor", Runs([3.0]), **bounds)
    assert (figure.cells()[-1], figure.is_kept) == (verdict, verdict != "BROKEN")
    assert figure.cells()[4] == "2.00 ×"
    assert table([figure]).splitlines()[2].startswith("| a thing | 6.00 s | its floor | 3.00 s | 2.00 × |")


def test_a_call_is_timed_where_it_is_made(db):
    runs = Runs()
    with timed(rosters, "as_csv", runs):
        rosters.as_csv(rosters.rows(COUNT))
    rosters.as_csv(rosters.rows(COUNT))
    assert len(runs.seconds) == 1
    assert runs.median > 0


def test_the_floor_writes_the_very_same_rows(transactional_db):
    make_membership(make_group())
    before = floors.row_counts()
    filled = [name for name, rows in before.items() if rows and not name.startswith("django_")]
    copies = floors.copied_out(filled)

    floors.empty(filled)
    assert sum(floors.row_counts()[name] for name in filled) == 0

    floors.write_again(copies)
    assert (floors.row_counts(), floors.copied_out(filled)) == (before, copies)
