"""The rows of a roster, one by one: what each says of which members, with the row above in mind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from groups.importing.reading.cells import NOTHING, Memo, Odd
from groups.importing.reading.columns import LABELS, PERSONAL
from groups.importing.reading.entry import Entry
from iri_exchange.lib.importing import Header, Problem
from iri_exchange.lib.sheets import Cell, Row, text_of

Place = int | tuple[int, ...]
_LOST = ("title", "department", "email", "mobile", "person_kana")


@dataclass(frozen=True, slots=True)
class Above:
    """What a row may speak of: the cells of the one above, and the last that named a company, by number and values."""

    cells: Sequence[Cell] = ()
    number: int = 0
    company: dict[str, Any] | None = None


@dataclass(slots=True)
class RowRead:
    """What one row says: its members (none if it cannot be taken, two if it names two people), what is wrong, what
    was understood in a way that people should know. In its `cells` stands what the row leaves to the one above, too.
    """

    number: int
    entries: list[Entry]
    problems: list[Problem]
    warnings: list[Problem]
    cells: list[Cell]


@dataclass
class RowReader:
    """Reads the rows of one table, in their order: a row may speak of the one above.

    `singles` and `joins` are its columns by place; `counters` hold running numbers.
    """

    header: Header
    singles: list[tuple[int, str, Memo]]
    joins: list[tuple[tuple[int, ...], str, Memo]]
    counters: frozenset[int]
    above: Above = Above()

    def read(self, rows: Sequence[Row]) -> Iterator[RowRead]:
        closely = any(key.endswith("_2") for _, key, _ in (*self.singles, *self.joins))
        width = max((index for index, _, _ in self.singles), default=0) + 1
        singles, joins, odd_one, nothing = self.singles, self.joins, Odd, NOTHING
        for number, cells in rows:
            filled = cells if len(cells) >= width else cells + [None] * (width - len(cells))
            values: dict[str, Any] = {}
            odd: list[tuple[Place, str, Any]] = []
            for index, key, memo in singles:
                said = memo[filled[index]]
                if said.__class__ is not odd_one:
                    values[key] = said
                elif said is not nothing:
                    odd.append((index, key, said))
            if joins:
                self._join(cells, values, odd)
            if odd or closely or "company_name" not in values or "person_name" not in values:
                read = self._read_closely(RowRead(number, [], [], [], cells), values, odd)
            else:
                read = RowRead(number, [Entry(number, values)], [], [], cells)
            self.above = self._seen(read, values)
            yield read

    def _seen(self, read: RowRead, values: dict[str, Any]) -> Above:
        """What the next row may speak of."""
        if read.problems or "company_name" not in values:
            return Above(read.cells)
        if read.entries[0].beside:
            return Above(read.cells, self.above.number, self.above.company)
        return Above(read.cells, read.number, values)

    def _join(self, cells: list[Cell], values: dict[str, Any], odd: list[tuple[Place, str, Any]]) -> None:
        for indexes, key, memo in self.joins:
            said = memo[_picked(cells, indexes)]
            if said.__class__ is not Odd:
                values[key] = said
            elif said is not NOTHING:
                odd.append((indexes, key, said))

    def _read_closely(
        self, read: RowRead, values: dict[str, Any], odd: list[tuple[Place, str, Any]]
    ) -> RowRead:
        """The row where something is not simply a value, or is not there."""
        vague: set[str] = set()
        alone = False
        others: dict[str, Any] = {}
        for place, key, found in odd:
            said = found
            if found.ditto:
                said = self._as_above(read, place, key)
            if said.__class__ is not Odd:
                values[key] = said
            elif said.alone:
                alone = True
                others |= said.also
            elif said.problem:
                read.problems.append(self._problem(read.number, key, said.problem))
            else:
                values |= {key: said.value} if said.value or said.value == 0 else {}
                others |= _of_the_same_person(key, said.also)
                vague |= {key} if said.vague else set()
                if said.remark:
                    self._warn(read, key, said.remark)
        failed = {problem.column for problem in read.problems}
        for key, value in others.items():
            if key not in self.header.labels or self.header.labels[key] not in failed:
                values.setdefault(key, value)
        beside = self._complete(read, values, alone) if values or odd else 0
        if any(found.ditto and key == "company_name" for _, key, found in odd):
            beside = self.above.number if "company_name" in values else 0
        if not read.problems and values:
            read.entries = self._entries(read, values, frozenset(vague), beside)
        return read

    def _as_above(self, read: RowRead, place: Place, key: str) -> Any:
        """What 同上 stands for; it is written out in the row's cells."""
        indexes = (place,) if isinstance(place, int) else place
        cells = _picked(self.above.cells, indexes)
        memo = next(
            memo for where, name, memo in (*self.singles, *self.joins) if (where, name) == (place, key)
        )
        said = memo[cells[0] if isinstance(place, int) else cells]
        if said is NOTHING:
            return Odd("「同上」とありますが、上の行が空いています。値そのものを入れてください。")
        if said.__class__ is Odd and (said.ditto or said.problem):
            return Odd("「同上」とありますが、上の行が読めません。値そのものを入れてください。")
        for index, cell in zip(indexes, cells, strict=True):
            _write_out(read, index, cell)
        if said.__class__ is not Odd or not said.alone:
            text = " ".join(text for cell in cells if (text := text_of(cell)))
            self._warn(read, key, f"上の行と同じ「{text[:40]}」と読みました。")
        return said

    def _complete(self, read: RowRead, values: dict[str, Any], alone: bool) -> int:
        """Whoever is meant must have a name; one that a merged cell gives to several rows is the one above: then
        the number of the row that names it, else 0.
        """
        needed = "person_name" if alone else "company_name"
        failed = {problem.column for problem in read.problems}
        if needed in values or self._label(needed) in failed:
            return 0
        above = self.above.company
        if not alone and above and self._goes_on(read.cells, values, above):
            self._take_the_company_above(read, values, above)
            return self.above.number
        label = LABELS[needed] if needed not in self.header.labels else self._label(needed)
        hint = "" if alone else "会社のない人なら「個人会員」と入れてください。"
        sentence = f"{label}がありません。入れてから、もう一度取り込んでください。{hint}"
        read.problems.insert(0, self._problem(read.number, needed, sentence))
        return 0

    def _take_the_company_above(self, read: RowRead, values: dict[str, Any], above: dict[str, Any]) -> None:
        for index, key, _ in self.singles:
            if key in ("company_name", "corporate_number") and key in above:
                values[key] = above[key]
                _write_out(read, index, above[key])
        sentence = f"企業名が空いているので、上の行の「{values['company_name']}」の人として読みました。"
        self._warn(read, "company_name", sentence)

    def _goes_on(self, cells: Sequence[Cell], values: dict[str, Any], above: dict[str, Any]) -> bool:
        """Whether the row is one more person of the company above: of the company it says nothing itself, where the
        row above says a good deal, and it has no running number of its own.
        """
        told = above.keys() - PERSONAL - {"company_name", "joined_on"}
        numbered = any(index < len(cells) and cells[index] not in (None, "") for index in self.counters)
        return (
            "person_name" in values
            and not values.keys() - PERSONAL - {"joined_on"}
            and len(told) >= 2
            and not numbered
        )

    def _entries(
        self, read: RowRead, values: dict[str, Any], vague: frozenset[str], beside: int
    ) -> list[Entry]:
        second = {key[:-2]: values.pop(key) for key in list(values) if key.endswith("_2")}
        company = {key: values[key] for key in ("company_name", "corporate_number") if key in values}
        if "person_name" in second and "person_name" not in values:
            values, second = {**values, **second}, {}
        if company and "person_name" not in values and (lost := [key for key in values if key in _LOST]):
            self._warn(read, lost[0], "氏名がないので、役職・メールなどは取り込みません。")
        if not company and "mobile" in values:
            self._reach_at_one_number(read, values)
        entries = [Entry(read.number, values, vague, beside)]
        if second and company and "person_name" in second:
            entries.append(Entry(read.number, company | second, beside=beside or read.number))
        elif second:
            self._warn(
                read, f"{next(iter(second))}_2", "2人目は取り込みません。企業名と氏名がそろった行だけです。"
            )
        return entries

    def _reach_at_one_number(self, read: RowRead, values: dict[str, Any]) -> None:
        """Of somebody without a company the directory knows one telephone."""
        own = values.pop("mobile")
        if values.setdefault("phone", own) != own:
            sentence = f"個人会員の電話は1つだけです。「{values['phone']}」を読み、この番号は取り込みません。"
            self._warn(read, "mobile", sentence)

    def _label(self, key: str) -> str:
        return self.header.labels.get(key, LABELS[key])

    def _problem(self, number: int, key: str, text: str) -> Problem:
        return Problem(number, self._label(key), text)

    def _warn(self, read: RowRead, key: str, text: str) -> None:
        read.warnings.append(self._problem(read.number, key, text))


def _picked(cells: Sequence[Cell], indexes: tuple[int, ...]) -> tuple[Cell, ...]:
    """The cells at these places; -1 is a column that the table does not have."""
    return tuple(cells[index] if 0 <= index < len(cells) else None for index in indexes)


def _write_out(read: RowRead, index: int, cell: Cell) -> None:
    """Put a cell into the row: the file's own row stays as it is."""
    if index >= 0:
        cells = [*read.cells, *[None] * (index + 1 - len(read.cells))]
        cells[index] = cell
        read.cells = cells


def _of_the_same_person(key: str, also: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the cell of a second person's name says beside it is the second person's."""
    return {f"{name}_2": value for name, value in also.items()} if key.endswith("_2") else also
