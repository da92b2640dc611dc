"""What a file means for the directory, row by row: computed, never written.

The preview shows a plan, the import writes one: the same code says both.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from groups.importing.enrolling import Enrolling
from groups.importing.joining import Refused, merely_named
from groups.importing.matching import LEAVE_OUT, NEW, Match, Matcher, answer_for
from groups.importing.reading.entry import Entry
from groups.importing.reading.table import RosterTable, RowRead
from groups.importing.report import Asks, Report, Row
from groups.importing.snapshot import Directory, Known, KnownCompany, KnownMember, KnownPerson
from groups.importing.telling import Telling
from groups.models import Group
from iri_exchange.lib.importing import Problem

Progress = Callable[[int, int], None]
# Often enough to be seen moving.
TOLD_EVERY = 200
LEFT_TODAY = "今日退会した会員なので、この行は取り込みません。会に戻るときは、明日から取り込んでください。"
NUMBER_TAKEN = "この法人番号は、{}行目の「{}」のものです。法人番号か企業名を直してください。"
ANSWER_UNUSED = "前のお答えは、この行に合わないので使いませんでした。"
ANSWER_WITHOUT_ROW = "前のお答えは、この行に会員がないので使いませんでした。"


@dataclass
class Plan:
    """The report, and the records of the snapshot that the file adds, changes or names: each once, in its order."""

    report: Report
    companies: dict[int, KnownCompany] = field(default_factory=dict)
    people: dict[int, KnownPerson] = field(default_factory=dict)
    members: dict[int, KnownMember] = field(default_factory=dict)


def make_plan(
    group: Group,
    table: RosterTable,
    answers: dict[int, int],
    today: datetime.date,
    progress: Progress | None = None,
) -> Plan:
    """The plan of a file for a group; `progress` is told how many rows of how many are read."""
    return _Planner(group, table, answers, today).plan(progress or (lambda done, total: None))


@dataclass(slots=True)
class _Spoken:
    """What became of a row of a company: the record, or the report's row that waits for an answer or is left out."""

    number: int = 0
    company: KnownCompany | None = None
    said: Row | None = None


class _Planner:
    """One run over one file: of whom each row speaks. `last` is the last row that named a company, if it was taken."""

    def __init__(
        self, group: Group, table: RosterTable, answers: dict[int, int], today: datetime.date
    ) -> None:
        self.group, self.table, self.answers, self.today = group, table, answers, today
        self.directory = Directory(group, today)
        self.matcher = Matcher(self.directory)
        self.telling = Telling(table)
        self.enrolling = Enrolling(group, self.matcher, self.telling, today)
        self.last = _Spoken()

    def plan(self, progress: Progress) -> Plan:
        total = len(self.table.rows)

        def told(steps: int) -> None:
            """A row is read, later it is planned: two steps."""
            if steps % (2 * TOLD_EVERY) == 0:
                progress(steps // 2, total)

        rows = self._read(told)
        for count, row in enumerate(rows, start=1):
            self._row(row)
            told(total + count)
        self._look_at_the_answers({row.number for row in rows})
        self.telling.look_at_the_whole(self.group, self.directory, self.enrolling.members, self.today)
        progress(total, total)
        done = self.enrolling
        return Plan(self.telling.report, done.companies, done.people, done.members)

    def _read(self, told: Callable[[int], None]) -> list[RowRead]:
        """All rows come first: what is certain of a later one is no guess for an earlier one."""
        rows: list[RowRead] = []
        for count, row in enumerate(self.table.read(self.directory.seeds()), start=1):
            rows.append(row)
            for entry in row.entries:
                if entry.is_individual:
                    self.matcher.claim(entry, self.answers.get(entry.row))
            told(count)
        return rows

    def _row(self, row: RowRead) -> None:
        self.telling.report.warnings += row.warnings
        problems = row.problems
        if not problems:
            try:
                self._members(row.entries)
            except Refused as refused:
                problems = [Problem(row.number, self.telling.label(refused.key), refused.sentence)]
        if problems:
            self.telling.refuse(row, problems)

    def _members(self, entries: list[Entry]) -> None:
        """A row's second person comes with the first: what stands against the second alone is only told."""
        first, *more = entries
        said = self._individual(first) if first.is_individual else self._company(first)
        for entry in more:
            if said:
                said.people.append(entry.person)
            elif self.last.company:
                try:
                    self.enrolling.company(entry, self.last.company)
                except Refused as refused:
                    self.telling.warn(entry, refused.key, refused.sentence)

    def _individual(self, entry: Entry) -> Row | None:
        """The report's row, if nothing becomes of this one; else it is taken. Raises Refused, as all of these."""
        match = self.matcher.individual_of(entry, self.answers.get(entry.row))
        if said := self._stays_out(entry, match):
            return said
        self.enrolling.individual(entry, match.record)
        return None

    def _company(self, entry: Entry) -> Row | None:
        """Like `_individual`. A row that leaves the name to one above speaks of the very same company."""
        above, self.last = self.last, _Spoken()
        if entry.beside and entry.beside == above.number:
            self.last = above
            if above.said:
                above.said.people.append(entry.person)
                return above.said
            match = Match(above.company)
        else:
            match = self.matcher.company_of(entry, self.answers.get(entry.row))
            self._check_number(entry)
        if said := self._stays_out(entry, match):
            self.last = self.last if self.last.number else _Spoken(entry.row, said=said)
            return said
        company = self.enrolling.company(entry, match.record)
        self.last = self.last if self.last.number else _Spoken(entry.row, company)
        return None

    def _stays_out(self, entry: Entry, match: Match[KnownCompany] | Match[KnownPerson]) -> Row | None:
        """The report's row of an entry that the user leaves out, or about which there is a question."""
        answer, record = self.answers.get(entry.row), match.record
        doubts: Sequence[Known] = match.doubts
        asks = match.asks
        if answer == LEAVE_OUT:
            return self.telling.leave_out(entry, [record] if record else doubts)
        if record and (left := self._left(entry, record)):
            if left == self.today:
                self.telling.warn(entry, _who(entry), LEFT_TODAY)
                return self.telling.leave_out(entry, [record])
            if answer != answer_for(record):
                doubts, asks = [record], Asks.RETURNS
        if answer is not None and (doubts or not _fits(answer, record)):
            self.telling.warn(entry, _who(entry), ANSWER_UNUSED)
        return self.telling.ask(entry, doubts, asks, self.today) if doubts else None

    def _left(self, entry: Entry, record: Known) -> datetime.date | None:
        """Since when the member has left, if it is not clear from the file that it is back."""
        day = entry.joined_on(record.member.joined_on) if record.member else None
        return merely_named(record.member, day, self.today)

    def _check_number(self, entry: Entry) -> None:
        """One number of two names within the file is a slip, whatever the directory says. Raises Refused."""
        if self.answers.get(entry.row) == LEAVE_OUT:
            return
        company = self.matcher.by_number.get(entry.values.get("corporate_number", ""))
        earlier = self.enrolling.seen.get(id(company))
        if company and earlier and not self.matcher.is_name_of(company, entry.name):
            raise Refused("corporate_number", NUMBER_TAKEN.format(earlier[0].row, earlier[0].name))

    def _look_at_the_answers(self, rows: set[int]) -> None:
        for row in self.answers.keys() - rows:
            self.telling.report.warnings.append(
                Problem(row, self.telling.label("company_name"), ANSWER_WITHOUT_ROW)
            )


def _who(entry: Entry) -> str:
    return "person_name" if entry.is_individual else "company_name"


def _fits(answer: int, record: Known | None) -> bool:
    """Whether the answer says of whom the row speaks: of a record, or of one that only the file brings."""
    if record is None or record.pk is None:
        return answer == NEW or (record is not None and answer == answer_for(record))
    return answer == answer_for(record)
