"""What an import does, or did, row by row: plain data for the page, the terminal and the batch."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from iri_exchange.lib.importing import Problem

KINDS = ("new", "changed", "same", "doubtful", "left")


class Asks(StrEnum):
    """What a doubt is about: whether it is this one, whether it is this one under a new name, whether it comes back."""

    SAME = "same"
    RENAMED = "renamed"
    RETURNS = "returns"


@dataclass(frozen=True)
class Change:
    """One cell: what it is called, what the directory says, what the file says."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Doubt:
    """A record that a row may mean: its id, its page, what the directory says of it, and what is asked about it."""

    pk: int
    url: str
    about: str
    asks: str = Asks.SAME


@dataclass(slots=True)
class Row:
    """What one row of the file means. `kind` is new, changed, same, doubtful or left (out, as the user answered).

    `known` names the company or person that the directory had already; `people` are those who attend.
    """

    number: int
    name: str
    kind: str
    people: list[str] = field(default_factory=list)
    known: str = ""
    changes: list[Change] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def asks(self) -> str:
        """What is asked about a doubtful row; only of SAME the answer may be: another one."""
        return self.doubts[0].asks


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be taken, as it stands in the file, and why: to be mended and brought again."""

    number: int
    cells: list[str]
    reasons: list[str]


@dataclass(frozen=True)
class ColumnRead:
    """How one column of the file is read. `key` is "" for one that is not imported; up to three `samples`."""

    index: int
    letter: str
    label: str
    key: str
    samples: list[str]


@dataclass(frozen=True)
class SheetChoice:
    """A sheet of the workbook and how many rows hold something."""

    name: str
    rows: int


@dataclass(frozen=True)
class Layout:
    """Where the table stands in the file and how its columns are read; `header_row` 0 if it has no header.

    `remembered`: as somebody corrected it before. `needs_mapping`: no column is known to hold a name, so that
    nothing can be read yet.
    """

    sheet: str
    sheets: list[SheetChoice]
    header_row: int
    columns: list[ColumnRead]
    remembered: bool = False
    needs_mapping: bool = False


@dataclass
class Report:
    """What the import does, or did: counted in memberships of the group.

    `fingerprint` is the one of the plan that it tells (`groups.importing.fingerprint`), "" as long as nobody asked.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)
    layout: Layout | None = None
    committed: bool = False
    fingerprint: str = ""

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def new(self) -> list[Row]:
        return self.of("new")

    @property
    def changed(self) -> list[Row]:
        return self.of("changed")

    @property
    def same(self) -> list[Row]:
        return self.of("same")

    @property
    def doubtful(self) -> list[Row]:
        return self.of("doubtful")

    @property
    def to_write(self) -> int:
        """How many memberships the import adds or changes."""
        return self.counts["new"] + self.counts["changed"]

    @property
    def counts(self) -> dict[str, int]:
        """Memberships by kind; `left` only if the user left some out."""
        counted = Counter(row.kind for row in self.rows)
        return {kind: counted[kind] for kind in KINDS if counted[kind] or kind != "left"}

    @property
    def needs_mapping(self) -> bool:
        return self.layout is not None and self.layout.needs_mapping

    @property
    def can_commit(self) -> bool:
        return not self.problems and self.can_commit_the_good

    @property
    def can_commit_the_good(self) -> bool:
        """Whether the rows without a problem can be taken while the bad are left."""
        return not self.needs_mapping and not any(row.kind == "doubtful" for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": [_row_as_list(row) for row in self.rows],
            "problems": [(item.row, item.column, item.message) for item in self.problems],
            "warnings": [(item.row, item.column, item.message) for item in self.warnings],
            "missing": self.missing,
            "bad_rows": [(row.number, row.cells, row.reasons) for row in self.bad_rows],
            "layout": asdict(self.layout) if self.layout else None,
            "fingerprint": self.fingerprint,
        }


def from_json(stored: dict[str, Any]) -> Report:
    """The report that `as_json` wrote."""
    return Report(
        rows=[_row_of(*row) for row in stored["rows"]],
        problems=[Problem(*item) for item in stored["problems"]],
        warnings=[Problem(*item) for item in stored["warnings"]],
        missing=stored["missing"],
        bad_rows=[BadRow(*row) for row in stored["bad_rows"]],
        layout=_layout_of(stored["layout"]) if stored["layout"] else None,
        fingerprint=stored["fingerprint"],
    )


def _row_as_list(row: Row) -> list[Any]:
    return [
        row.number,
        row.name,
        row.kind,
        row.people,
        row.known,
        [(change.label, change.old, change.new) for change in row.changes],
        [(doubt.pk, doubt.url, doubt.about, doubt.asks) for doubt in row.doubts],
    ]


def _row_of(number: int, name: str, kind: str, people: Any, known: str, changes: Any, doubts: Any) -> Row:
    return Row(
        number,
        name,
        kind,
        people,
        known,
        [Change(*change) for change in changes],
        [Doubt(*doubt) for doubt in doubts],
    )


def _layout_of(stored: dict[str, Any]) -> Layout:
    sheets = [SheetChoice(**sheet) for sheet in stored["sheets"]]
    columns = [ColumnRead(**column) for column in stored["columns"]]
    return Layout(**{**stored, "sheets": sheets, "columns": columns})
