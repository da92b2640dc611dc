"""What a plan says to people: rows, questions, warnings and problems, with the file's own headings."""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from groups.importing.cells import Hints
from groups.importing.matching import answer_for
from groups.importing.reading.columns import LABELS, Entry
from groups.importing.reading.table import RosterTable, RowRead
from groups.importing.report import Asks, BadRow, Change, Doubt, Report, Row
from groups.importing.snapshot import LEFT, Directory, Known, KnownCompany, KnownMember, KnownPerson
from groups.models import Group, Membership
from iri_exchange.lib import japan
from iri_exchange.lib.importing import Problem
from iri_exchange.lib.sheets import text_of


class Telling:
    """Builds the report. `said_of` is the report's row of each membership, by identity; `named` are the records, by
    identity, that the file names, though nothing becomes of the row.
    """

    def __init__(self, table: RosterTable) -> None:
        self.header = table.header
        self.report = Report(layout=table.layout, warnings=list(table.warnings))
        self.said_of: dict[int, Row] = {}
        self.named: set[int] = set()
        self.bad_names: set[str] = set()
        self.said_of_gaps: set[int] = set()

    def label(self, key: str) -> str:
        """The heading as the file writes it."""
        return self.header.labels.get(key, LABELS.get(key, key))

    def tell(
        self, entry: Entry, member: KnownMember, is_new: bool, changes: list[Change], known: Known | None
    ) -> None:
        """A second row of the same company adds to what the first one said; memberships are counted once."""
        people = ["個人会員"] if entry.is_individual else list(filter(None, [entry.person]))
        if member.pk is None:
            # Of a new member only what overwrites something known is a change.
            was_known = member.who.pk is not None
            changes = [change for change in changes if change.label != "登録者"] if was_known else []
        if first := self.said_of.get(id(member)):
            first.people += people
            first.changes += changes
            first.kind = "changed" if first.kind == "same" and changes else first.kind
            return
        kind = "new" if is_new else "changed" if changes else "same"
        row = Row(entry.row, entry.name, kind, people, known.name if known else "", changes)
        self.said_of[id(member)] = row
        self.report.rows.append(row)

    def ask(self, entry: Entry, records: Sequence[Known], asks: Asks, today: datetime.date) -> Row:
        doubts = [
            Doubt(answer_for(record), _page_of(record), _about(record, today), asks) for record in records
        ]
        return self._wait(Row(entry.row, entry.name, "doubtful", doubts=doubts), entry, records)

    def leave_out(self, entry: Entry, records: Sequence[Known]) -> Row:
        return self._wait(Row(entry.row, entry.name, "left"), entry, records)

    def _wait(self, row: Row, entry: Entry, records: Sequence[Known]) -> Row:
        row.people += filter(None, [entry.person])
        self.named |= {id(record) for record in records}
        self.bad_names |= {japan.fold(entry.name)}
        self.report.rows.append(row)
        return row

    def refuse(self, row: RowRead, problems: list[Problem]) -> None:
        self.report.problems += problems
        reasons = [f"{problem.column}：{problem.message}" for problem in problems]
        self.report.bad_rows.append(BadRow(row.number, [text_of(cell) for cell in row.cells], reasons))
        names = (self.header.text(row.cells, key) for key in ("company_name", "person_name"))
        self.bad_names |= {japan.fold(name) for name in names if name}

    def noted(self, entry: Entry, corrected: tuple[list[Change], Hints]) -> list[Change]:
        changes, hints = corrected
        for key, text in hints:
            self.warn(entry, key, text)
        return changes

    def warn(self, entry: Entry, key: str, text: str) -> None:
        self.report.warnings.append(Problem(entry.row, self.label(key), text))

    def hint_at_gaps(self, entry: Entry, company: KnownCompany) -> None:
        """What a person should add, once for each company."""
        if id(company) in self.said_of_gaps:
            return
        self.said_of_gaps.add(id(company))
        if not company.values["kana"]:
            text = "フリガナがありません。名簿の並び順に使うので、あとで入れてください。"
            self.warn(entry, "company_kana", text)
        if company.name == entry.name != (full := japan.in_full(entry.name)):
            self.warn(entry, "company_name", f"登記の名前は「{full}」ではありませんか。あとで直せます。")

    def look_at_the_whole(
        self, group: Group, directory: Directory, touched: dict[int, KnownMember], today: datetime.date
    ) -> None:
        """Capacity, and members the file does not name: told, never acted on."""
        known = [member for member in directory.members if _belongs(member, today)]
        new = sum(member.pk is None and _belongs(member, today) for member in touched.values())
        self.report.missing = [
            member.who.name
            for member in known
            if id(member) not in touched
            and id(member.who) not in self.named
            and japan.fold(member.who.name) not in self.bad_names
        ]
        if (count := len(known) + new) > group.capacity:
            text = f"取り込むと会員は{count}になり、定員{group.capacity}をこえます。"
            self.report.warnings.append(Problem(self.header.row, "定員", text))
        self.report.problems.sort(key=lambda problem: problem.row)
        self.report.warnings.sort(key=lambda problem: problem.row)


def _belongs(member: KnownMember, today: datetime.date) -> bool:
    state = member.state_on(today)
    return state is not None and state[1] in Membership.BELONGING


def _page_of(record: Known) -> str:
    if record.pk is None:
        return ""
    return reverse("person" if isinstance(record, KnownPerson) else "company", args=[record.pk])


def _about(record: Known, today: datetime.date) -> str:
    """What tells a record from its namesakes."""
    where = f"（このファイルの{record.row}行目）" if record.pk is None else ""
    works = [f"{company.name}の登録者" for company in getattr(record, "represents", ())]
    state = record.member.state_on(today) if record.member else None
    left = "退会した会員" if state and state[1] == LEFT else ""
    reach = record.values["phone"] or record.values["email"]
    return "　".join(filter(None, [record.name + where, record.address, reach, *works, left]))
