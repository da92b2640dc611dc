"""One run over one file: finds for each row the records it speaks of and writes what the row says."""

import datetime
from collections import defaultdict

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from groups import memberships
from groups.importing.cells import (
    OF_COMPANY,
    OF_INDIVIDUAL,
    OF_REPRESENTATIVE,
    correct,
    correct_name,
    fields_of,
    names_of,
)
from groups.importing.columns import LABELS, Entry, RosterSheet
from groups.importing.matching import Directory, named
from groups.importing.report import Change, Doubt, Report, Row
from groups.models import Group, Membership, Representative
from iri_exchange.lib import japan
from iri_exchange.lib.importing import Problem
from members import directory
from members.models import Company, Person

Hints = list[tuple[str, str]]


class Run:
    """One run over one file. `touched` are the rows by membership, `written` the fields by company."""

    def __init__(self, group: Group, sheet: RosterSheet, answers: dict[int, int]) -> None:
        self.group = group
        self.sheet = sheet
        self.answers = answers
        self.today = timezone.localdate()
        self.directory = Directory(group)
        self.said = Report(problems=list(sheet.problems), warnings=list(sheet.warnings))
        self.touched: dict[int, Row] = {}
        self.written: dict[int, set[str]] = defaultdict(set)
        self.seen: dict[tuple[str, ...], int] = {}

    def report(self) -> Report:
        for entry in self.sheet.entries:
            if self._is_twice(entry):
                continue
            try:
                with transaction.atomic():
                    self._member(entry)
            except ValidationError as error:
                self._refuse(entry, error)
                # What the row had written is gone again: so is what was learned from it.
                self.directory = Directory(self.group)
        self.said.problems.sort(key=lambda problem: problem.row)
        self._look_at_the_whole()
        return self.said

    # ── one row ──────────────────────────────────────────────────────────────

    def _is_twice(self, entry: Entry) -> bool:
        who = japan.fold(_person_text(entry))
        key: tuple[str, ...]
        if entry.is_individual:
            key = ("", who, entry.values.get("phone", ""), entry.values.get("email", ""))
        else:
            key = (entry.values.get("corporate_number") or japan.fold(entry.name), who)
        first = self.seen.setdefault(key, entry.row)
        if first != entry.row:
            self._problem(entry, f"{first}行目と同じ会員です。どちらかの行を消してください。")
        return first != entry.row

    def _member(self, entry: Entry) -> None:
        answer = self.answers.get(entry.row)
        if entry.is_individual:
            taken = [row.person_id for row in self.directory.of_person.values() if row.pk in self.touched]
            person = self.directory.individual_of(entry, answer, taken)  # type: ignore[arg-type]
            if person.doubts:
                self._ask(entry, person.doubts)
            else:
                self._individual(entry, person.record)
        else:
            company = self.directory.company_of(entry, answer)
            if company.doubts:
                self._ask(entry, company.doubts)
            else:
                self._company(entry, company.record)

    def _company(self, entry: Entry, company: Company | None) -> None:
        known = company
        changes: list[Change] = []
        if company:
            was = company.name
            changes = self._noted(entry, correct(company, entry, OF_COMPANY, self.written[company.pk]))
            if changes:
                company.full_clean()
                renamed = japan.fold(was) != japan.fold(company.name)
                directory.change_company(company=company, keep_old_name_until=self.today if renamed else None)
        else:
            company = directory.register_company(**fields_of(entry, OF_COMPANY))
        self.directory.learn_company(company)
        self._hint_at_gaps(entry, company)
        self.written[company.pk] |= fields_of(entry, OF_COMPANY).keys()
        membership, is_new = self._membership(self.directory.of_company, company, entry)
        changes += self._joining(membership, entry, is_new)
        changes += self._representative(membership, company, entry, is_new)
        self._tell(entry, membership, is_new, changes, known)

    def _individual(self, entry: Entry, person: Person | None) -> None:
        known = person
        changes: list[Change] = []
        if person:
            changes = self._correct_person(person, entry, OF_INDIVIDUAL)
        else:
            fields = fields_of(entry, OF_INDIVIDUAL) | names_of(entry)
            since = entry.values.get("joined_on") or self.today
            person = directory.register_person(since=since, **fields)
        self.directory.learn_person(person)
        membership, is_new = self._membership(self.directory.of_person, person, entry)
        changes += self._joining(membership, entry, is_new)
        self._tell(entry, membership, is_new, changes, known)

    def _membership(
        self, members: dict[int, Membership], member: Company | Person, entry: Entry
    ) -> tuple[Membership, bool]:
        if member.pk in members:
            return members[member.pk], False
        who = {"company": member} if isinstance(member, Company) else {"person": member}
        members[member.pk] = memberships.join(group=self.group, on=entry.values.get("joined_on"), **who)
        return members[member.pk], True

    def _joining(self, membership: Membership, entry: Entry, is_new: bool) -> list[Change]:
        """A later file may know the day of joining; of who comes back, the day is the day of coming back."""
        day = entry.values.get("joined_on")
        now = membership.statuses.filter(since__lte=self.today).order_by("since").last()
        if now and now.state == Membership.Status.LEFT:
            since = day if day and now.since < day else self.today
            memberships.resume(membership=membership, since=since, note="名簿の取込")
            return [Change("状態", "退会", "在会")]
        if is_new or not day or membership.joined_on == day or self._came_back(membership, day):
            return []
        was = membership.joined_on
        memberships.correct_joining(membership=membership, on=day)
        return [Change(LABELS["joined_on"], japan.wareki(was) if was else "", japan.wareki(day))]

    def _came_back(self, membership: Membership, day: datetime.date) -> bool:
        """Whether the file tells the day of a return, where the directory knows when it all began."""
        returns = membership.statuses.filter(state=Membership.Status.ACTIVE, since=day)
        return membership.joined_on is not None and returns.exists()

    def _representative(
        self, membership: Membership, company: Company, entry: Entry, is_new: bool
    ) -> list[Change]:
        """The person of the row: a known representative, a known colleague, or someone new."""
        if "person_name" not in entry.values:
            return []
        terms = Representative.objects.on(self.today).filter(membership=membership).select_related("person")
        current = [term.person for term in terms]
        person = named(current, entry.values["person_name"])
        if person:
            return self._correct_person(person, entry, OF_REPRESENTATIVE)
        if len(current) >= self.group.representatives_max:
            text = f"登録者は{self.group.representatives_max}名までのため、{_person_text(entry)}さんは加えません。"
            self._warn(entry, "person_name", text)
            return []
        since = membership.joined_on if is_new and membership.joined_on else self.today
        changes = [Change("登録者", "", _person_text(entry))]
        person = named(self.directory.people_of(company), entry.values["person_name"])
        if person:
            changes += self._correct_person(person, entry, OF_REPRESENTATIVE)
        else:
            fields = fields_of(entry, OF_REPRESENTATIVE) | names_of(entry)
            person = directory.register_person(company=company, since=since, **fields)
        memberships.add_representative(membership=membership, person=person, since=since)
        return changes

    def _correct_person(self, person: Person, entry: Entry, keys: tuple[str, ...]) -> list[Change]:
        changes = self._noted(entry, correct_name(person, entry))
        changes += self._noted(entry, correct(person, entry, keys, set()))
        if changes:
            person.full_clean()
            directory.change_person(person=person)
        return changes

    # ── what is said ─────────────────────────────────────────────────────────

    def _tell(
        self,
        entry: Entry,
        membership: Membership,
        is_new: bool,
        changes: list[Change],
        known: Company | Person | None,
    ) -> None:
        """A second row of the same company adds to what the first one said; memberships are counted once."""
        people = ["個人会員"] if entry.is_individual else list(filter(None, [_person_text(entry)]))
        if first := self.touched.get(membership.pk):
            first.people += people
            first.changes += changes if first.kind != "new" else []
            first.kind = "changed" if first.kind == "same" and changes else first.kind
            return
        if is_new:
            # Of a new member only what overwrites something known is a change.
            changes = [change for change in changes if change.label != "登録者"] if known else []
        kind = "new" if is_new else "changed" if changes else "same"
        row = Row(entry.row, entry.name, kind, people, str(known or ""), changes)
        self.touched[membership.pk] = row
        self.said.rows.append(row)

    def _ask(self, entry: Entry, records: list[Company] | list[Person]) -> None:
        doubts = [
            Doubt(
                record.pk,
                reverse("company" if isinstance(record, Company) else "person", args=[record.pk]),
                "　".join(filter(None, [record.name, record.address, record.phone])),
            )
            for record in records
        ]
        people = list(filter(None, [_person_text(entry)]))
        self.said.rows.append(Row(entry.row, entry.name, "doubtful", people, doubts=doubts))

    def _refuse(self, entry: Entry, error: ValidationError) -> None:
        """What the directory itself would not take: said of the column it is about, if that is known."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, messages in by_field.items():
            key = f"company_{name}" if f"company_{name}" in LABELS else name
            self._problem(entry, " ".join(messages), key if key in LABELS else "")

    def _noted(self, entry: Entry, corrected: tuple[list[Change], Hints]) -> list[Change]:
        changes, hints = corrected
        for key, text in hints:
            self._warn(entry, key, text)
        return changes

    def _problem(self, entry: Entry, text: str, key: str = "") -> None:
        key = key or ("person_name" if entry.is_individual else "company_name")
        self.said.problems.append(Problem(entry.row, self._label(key), text))

    def _warn(self, entry: Entry, key: str, text: str) -> None:
        self.said.warnings.append(Problem(entry.row, self._label(key), text))

    def _hint_at_gaps(self, entry: Entry, company: Company) -> None:
        if not company.kana:
            self._warn(
                entry, "company_kana", "フリガナがありません。名簿の並び順に使うので、あとで入れてください。"
            )
        full = japan.in_full(entry.name)
        if company.name == entry.name != full:
            self._warn(entry, "company_name", f"登記の名前は「{full}」ではありませんか。あとで直せます。")

    def _look_at_the_whole(self) -> None:
        """Capacity, and members the file does not name: told, never acted on."""
        belonging = Membership.objects.belonging(self.today).filter(group=self.group)
        absent = belonging.exclude(pk__in=self.touched).select_related("group", "company", "person")
        self.said.missing = [str(membership.member) for membership in absent]
        count = belonging.count()
        if count > self.group.capacity:
            text = f"取り込むと会員は{count}になり、定員{self.group.capacity}をこえます。"
            row = self.sheet.header.row if self.sheet.header else 1
            self.said.warnings.append(Problem(row, "定員", text))

    def _label(self, key: str) -> str:
        """The heading as the file writes it."""
        header = self.sheet.header
        return header.labels.get(key, LABELS.get(key, key)) if header else LABELS.get(key, key)


def _person_text(entry: Entry) -> str:
    return " ".join(filter(None, entry.values.get("person_name", ())))
