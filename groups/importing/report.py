"""What an import does, or did, row by row: plain data for the page, the terminal and the fingerprint."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from iri_exchange.lib.importing import Problem


@dataclass(frozen=True)
class Change:
    """One cell: what it is called, what the directory says, what the file says."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Doubt:
    """A record that a row may mean: its id, its page, and what the directory says of it."""

    pk: int
    url: str
    about: str


@dataclass
class Row:
    """What one row of the file means. `kind` is new, changed, same or doubtful.

    `known` names the company or person that the directory had already; `people` are those who attend.
    """

    number: int
    name: str
    kind: str
    people: list[str] = field(default_factory=list)
    known: str = ""
    changes: list[Change] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass
class Report:
    """What the import does, or did: counted in memberships of the group."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    committed: bool = False

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
        return len(self.new) + len(self.changed)

    @property
    def counts(self) -> dict[str, int]:
        return {kind: len(self.of(kind)) for kind in ("new", "changed", "same", "doubtful")}

    @property
    def can_commit(self) -> bool:
        return not self.problems and not self.doubtful

    @property
    def fingerprint(self) -> str:
        """The same for two reports that say the same: the import does exactly what the preview showed."""
        said = [asdict(row) for row in self.rows], [asdict(problem) for problem in self.problems]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
