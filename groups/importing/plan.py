"""What a file means for the directory, row by row: computed, never written.

The preview shows a plan, the import writes one: the same code says both.
"""

import datetime
import gc
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from groups.importing.cells import (
    OF_COMPANY,
    OF_INDIVIDUAL,
    OF_REPRESENTATIVE,
    correct,
    correct_name,
    fields_of,
    names_of,
)
from groups.importing.joining import Joining, Refused, joining_of
from groups.importing.matching import LEAVE_OUT, Matcher, is_another, named
from groups.importing.reading.columns import Entry
from groups.importing.reading.table import RosterTable, RowRead
from groups.importing.report import Change, Report
from groups.importing.snapshot import (
    COMPANY_FIELDS,
    PERSON_FIELDS,
    Directory,
    Known,
    KnownCompany,
    KnownMember,
    KnownPerson,
    blank,
)
from groups.importing.telling import Telling
from groups.models import Group, Membership
from iri_exchange.lib import japan
from iri_exchange.lib.importing import Problem
from members.models import Company, Person

Progress = Callable[[int, int], None]
# Often enough to be seen moving.
TOLD_EVERY = 200
TWICE = "{}行目と同じ会員です。どちらかの行を消してください。"


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
    with _collector_paused():
        return _Planner(group, table, answers, today).plan(progress or (lambda done, total: None))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A plan is a hundred thousand small records and no garbage: looking for some takes as long as planning."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Planner:
    """One run over one file. `seen` are the entries by whom they mean, `taken` the members, by identity."""

    def __init__(
        self, group: Group, table: RosterTable, answers: dict[int, int], today: datetime.date
    ) -> None:
        self.group, self.table, self.answers, self.today = group, table, answers, today
        self.directory = Directory(group, today)
        self.matcher = Matcher(self.directory)
        self.telling = Telling(table)
        self.made = Plan(self.telling.report)
        self.seen: dict[Hashable, list[Entry]] = {}
        self.taken: set[int] = set()
        self.blank_company = blank(Company, COMPANY_FIELDS)
        self.blank_person = blank(Person, PERSON_FIELDS)

    def plan(self, progress: Progress) -> Plan:
        total = len(self.table.rows)
        for count, row in enumerate(self.table.read(self.directory.seeds()), start=1):
            self._row(row)
            if count % TOLD_EVERY == 0:
                progress(count, total)
        self.telling.look_at_the_whole(self.group, self.directory, self.made.members, self.today)
        progress(total, total)
        return self.made

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
        if self._member(first):
            for entry in more:
                try:
                    self._member(entry)
                except Refused as refused:
                    self.telling.warn(entry, refused.key, refused.sentence)

    def _check_once(self, entry: Entry, who: Hashable) -> None:
        """Two rows of one company are two people; two of the same person are a slip. Raises Refused."""
        earlier = self.seen.setdefault(who, [])
        for other in earlier:
            if entry.is_individual and not is_another(entry, other):
                raise Refused("person_name", TWICE.format(other.row))
            if not entry.is_individual and japan.fold(other.person) == japan.fold(entry.person):
                raise Refused("company_name", TWICE.format(other.row))
        earlier.append(entry)

    def _member(self, entry: Entry) -> bool:
        """Whether the entry is taken; a question or the user's wish keeps it out. Raises Refused."""
        answer = self.answers.get(entry.row)
        if answer == LEAVE_OUT:
            self.telling.leave_out(entry)
            return False
        if entry.is_individual:
            person = self.matcher.individual_of(entry, answer, self.taken)
            if not person.doubts:
                self._individual(entry, person.record)
            doubts: Sequence[Known] = person.doubts
        else:
            company = self.matcher.company_of(entry, answer)
            if not company.doubts:
                self._company(entry, company.record)
            doubts = company.doubts
        if doubts:
            self.telling.ask(entry, doubts)
        return not doubts

    def _company(self, entry: Entry, known: KnownCompany | None) -> None:
        day = entry.joined_on(known.member.joined_on if known and known.member else None)
        # First, since only these can still refuse the row.
        joining = joining_of(known.member if known else None, day, self.today)
        company = known or KnownCompany(None, self.blank_company | fields_of(entry, OF_COMPANY), entry.row)
        self._check_once(entry, id(company))
        changes = self.telling.noted(entry, correct(company, entry, OF_COMPANY))
        if changes or not known:
            self.matcher.learn_company(company)
            self.made.companies[id(company)] = company
        self.telling.hint_at_gaps(entry, company)
        is_new = company.member is None
        member = self._membership(company, day)
        changes += self._joined(entry, member, joining)
        changes += self._representative(member, company, entry)
        self.telling.tell(entry, member, is_new, changes, known)

    def _individual(self, entry: Entry, known: KnownPerson | None) -> None:
        day = entry.joined_on(known.member.joined_on if known and known.member else None)
        joining = joining_of(known.member if known else None, day, self.today)
        self._check_once(entry, japan.fold(entry.name))
        person = known or self._new_person(entry, OF_INDIVIDUAL, day or self.today)
        changes = self._correct_person(person, entry, OF_INDIVIDUAL)
        self.matcher.learn_person(person)
        is_new = person.member is None
        member = self._membership(person, day)
        changes += self._joined(entry, member, joining)
        self.telling.tell(entry, member, is_new, changes, known)

    def _membership(self, who: KnownCompany | KnownPerson, day: datetime.date | None) -> KnownMember:
        if who.member is None:
            states = [(day or self.today, Membership.Status.ACTIVE.value)]
            who.member = KnownMember(None, who, day, states)
        self.made.members[id(who.member)] = who.member
        self.taken.add(id(who))
        return who.member

    def _joined(self, entry: Entry, member: KnownMember, joining: Joining) -> list[Change]:
        day = entry.joined_on(member.joined_on)
        if day and member.joining_told and day != member.joined_on:
            self.telling.warn(entry, "joined_on", "前の行と違います。前の行の日付を残します。")
        member.joining_told = member.joining_told or day is not None
        return joining.apply(member)

    def _representative(self, member: KnownMember, company: KnownCompany, entry: Entry) -> list[Change]:
        """The person of the row: a known representative, a known colleague, or someone new."""
        if "person_name" not in entry.values:
            return []
        if person := named(member.people, entry.values["person_name"]):
            return self._correct_person(person, entry, OF_REPRESENTATIVE)
        most = self.group.representatives_max
        if max(len(member.people), len(member.ranks)) >= most:
            text = f"登録者は{most}名までのため、{entry.person}さんは加えません。"
            self.telling.warn(entry, "person_name", text)
            return []
        since = member.states[0][0] if member.pk is None else self.today
        changes = [Change("登録者", "", entry.person)]
        if person := named(company.people, entry.values["person_name"]):
            changes += self._correct_person(person, entry, OF_REPRESENTATIVE)
        else:
            person = self._new_person(entry, OF_REPRESENTATIVE, since)
            person.company = company
            company.people.append(person)
        member.add(person, since)
        return changes

    def _new_person(self, entry: Entry, columns: dict[str, str], since: datetime.date) -> KnownPerson:
        values = self.blank_person | fields_of(entry, columns) | names_of(entry)
        person = KnownPerson(None, values, entry.row, since=since)
        self.made.people[id(person)] = person
        return person

    def _correct_person(self, person: KnownPerson, entry: Entry, columns: dict[str, str]) -> list[Change]:
        changes = self.telling.noted(entry, correct_name(person, entry))
        changes += self.telling.noted(entry, correct(person, entry, columns))
        if changes:
            self.made.people[id(person)] = person
        return changes
