"""One run over one file: finds for each row the records it speaks of and writes what the row says."""

from typing import Any

from django.utils import timezone

from groups import memberships
from groups.importing.columns import LABELS, Entry, RosterSheet
from groups.importing.matching import Directory, named
from groups.importing.report import Change, Report, Row
from groups.models import Group, Membership
from iri_exchange.lib import japan
from iri_exchange.lib.importing import Problem
from members import directory
from members.models import Company, Person

OF_COMPANY = (
    "company_name",
    "company_kana",
    "postal_code",
    "phone",
    "fax",
    "url",
    "trade",
    "products",
    "capital",
    "employees",
    "corporate_number",
)
OF_INDIVIDUAL = ("postal_code", "phone", "fax", "url", "trade", "products", "title", "department", "email")
OF_REPRESENTATIVE = ("title", "department", "email")


class Run:
    """One run over one file: finds for each row the records it speaks of and writes what it says."""

    def __init__(self, group: Group, sheet: RosterSheet, answers: dict[int, int]) -> None:
        self.group = group
        self.sheet = sheet
        self.answers = answers
        self.directory = Directory(group)
        self.said = Report(problems=list(sheet.problems), warnings=list(sheet.warnings))
        self.touched: dict[int, Row] = {}
        self.seen: dict[tuple[str, str], int] = {}

    def report(self) -> Report:
        for entry in self.sheet.entries:
            if self._is_twice(entry):
                continue
            self._hint(entry)
            if entry.is_individual:
                self._individual(entry)
            else:
                self._company(entry)
        self.said.problems.sort(key=lambda problem: problem.row)
        self._look_at_the_whole()
        return self.said

    # ── one row ──────────────────────────────────────────────────────────────

    def _is_twice(self, entry: Entry) -> bool:
        key = (japan.fold(entry.name if not entry.is_individual else ""), japan.fold(_person_text(entry)))
        number = entry.values.get("corporate_number", "")
        first = self.seen.setdefault((number or key[0], key[1]), entry.row)
        if first == entry.row:
            return False
        label = self._label("person_name" if entry.is_individual else "company_name")
        self.said.problems.append(
            Problem(entry.row, label, f"{first}行目と同じ会員です。どちらかの行を消してください。")
        )
        return True

    def _company(self, entry: Entry) -> None:
        match = self.directory.company_of(entry, self.answers.get(entry.row))
        if match.doubt:
            doubt = match.doubt
            about = "　".join(filter(None, [doubt.name, doubt.address, doubt.phone]))
            self._say(
                Row(entry.row, entry.name, "doubtful", _person_text(entry), doubt=doubt.pk, doubt_about=about)
            )
            return
        company = match.company
        changes: list[Change] = []
        if company:
            changes += self._correct(company, entry, OF_COMPANY)
            if changes:
                directory.change_company(company=company)
        else:
            company = directory.register_company(**_fields(entry, OF_COMPANY))
            self.directory.add_company(company)
        membership = self.directory.of_company.get(company.pk)
        is_new = membership is None
        if membership is None:
            membership = memberships.join(group=self.group, on=entry.values.get("joined_on"), company=company)
            self.directory.of_company[company.pk] = membership
        changes += self._membership(membership, entry, is_new)
        changes += self._representative(membership, company, entry)
        self._tell(entry, membership, is_new, changes)

    def _individual(self, entry: Entry) -> None:
        person = self.directory.individual_of(entry)
        changes: list[Change] = []
        if person:
            changes += self._correct_person(person, entry, OF_INDIVIDUAL)
        else:
            fields = _fields(entry, OF_INDIVIDUAL) | _names(entry)
            person = directory.register_person(
                since=entry.values.get("joined_on") or timezone.localdate(), **fields
            )
        membership = self.directory.of_person.get(person.pk)
        is_new = membership is None
        if membership is None:
            membership = memberships.join(group=self.group, on=entry.values.get("joined_on"), person=person)
            self.directory.of_person[person.pk] = membership
        self._tell(entry, membership, is_new, changes + self._membership(membership, entry, is_new))

    def _membership(self, membership: Membership, entry: Entry, is_new: bool) -> list[Change]:
        today = timezone.localdate()
        changes = []
        if not is_new and membership.status_on(today) == Membership.Status.LEFT:
            memberships.resume(membership=membership, since=today, note="名簿の取込")
            changes.append(Change("状態", "退会", "在会"))
        day = entry.values.get("joined_on")
        if day and membership.joined_on != day:
            was = membership.joined_on
            changes.append(Change(LABELS["joined_on"], japan.wareki(was) if was else "", japan.wareki(day)))
            memberships.correct_joining(membership=membership, on=day)
        return changes

    def _representative(self, membership: Membership, company: Company, entry: Entry) -> list[Change]:
        """The person of the row: a known representative, a known colleague, or someone new."""
        if "person_name" not in entry.values:
            return []
        since = membership.joined_on or timezone.localdate()
        current = [term.person for term in membership.representatives.filter(until__isnull=True)]
        person = named(current, entry.values["person_name"])
        if person is None and len(current) >= self.group.representatives_max:
            text = f"登録者は{self.group.representatives_max}名までのため、{_person_text(entry)}さんは加えません。"
            self.said.warnings.append(Problem(entry.row, self._label("person_name"), text))
            return []
        if person:
            return self._correct_person(person, entry)
        changes = [Change("登録者", "", _person_text(entry))]
        person = named(self.directory.people_of(company), entry.values["person_name"])
        if person:
            changes += self._correct_person(person, entry)
        else:
            fields = _fields(entry, OF_REPRESENTATIVE) | _names(entry)
            person = directory.register_person(company=company, since=since, **fields)
        start = since if not current else timezone.localdate()
        memberships.add_representative(membership=membership, person=person, since=start)
        return changes

    def _correct_person(
        self, person: Person, entry: Entry, keys: tuple[str, ...] = OF_REPRESENTATIVE
    ) -> list[Change]:
        changes = self._correct_name(person, entry) + self._correct(person, entry, keys)
        if changes:
            directory.change_person(person=person)
        return changes

    # ── one cell ─────────────────────────────────────────────────────────────

    def _correct(self, record: Company | Person, entry: Entry, keys: tuple[str, ...]) -> list[Change]:
        """Write the file's cells over the record's, except gaps and mere abbreviations of the name."""
        changes = []
        for name, value in _fields(entry, keys).items():
            old = getattr(record, name)
            if value == old or (name == "name" and _only_abbreviates(value, old)):
                continue
            setattr(record, name, value)
            label = LABELS.get(name, LABELS.get(f"company_{name}", record._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
            changes.append(Change(str(label), "" if old is None else str(old), str(value)))
        return changes

    def _correct_name(self, person: Person, entry: Entry) -> list[Change]:
        """The name is the same when folded; the file may write it with other characters, and know its フリガナ."""
        changes = []
        for key, fields in (
            ("person_name", ("family_name", "given_name")),
            ("person_kana", ("family_kana", "given_kana")),
        ):
            new = entry.values.get(key)
            old = tuple(getattr(person, name) for name in fields)
            if new and new != old:
                changes.append(Change(LABELS[key], " ".join(old).strip(), " ".join(new).strip()))
                for name, value in zip(fields, new, strict=True):
                    setattr(person, name, value)
        return changes

    # ── what is said ─────────────────────────────────────────────────────────

    def _tell(self, entry: Entry, membership: Membership, is_new: bool, changes: list[Change]) -> None:
        """A second row of the same company adds to what the first one said; memberships are counted once."""
        if first := self.touched.get(membership.pk):
            first.changes += changes
            first.kind = "changed" if first.kind == "same" and changes else first.kind
            return
        kind = "new" if is_new else "changed" if changes else "same"
        person = "個人会員" if entry.is_individual else _person_text(entry)
        row = Row(entry.row, entry.name, kind, person, [] if is_new else changes)
        self.touched[membership.pk] = row
        self._say(row)

    def _say(self, row: Row) -> None:
        self.said.rows.append(row)

    def _hint(self, entry: Entry) -> None:
        if not entry.is_individual and "company_kana" not in entry.values:
            text = "フリガナがありません。名簿の並び順に使うので、あとで入れてください。"
            self.said.warnings.append(Problem(entry.row, LABELS["company_kana"], text))
        if any(short in entry.name for short in ABBREVIATIONS):
            text = "「㈱」などの略し方があります。登記の名前（株式会社など）をお確かめください。"
            self.said.warnings.append(Problem(entry.row, self._label("company_name"), text))

    def _look_at_the_whole(self) -> None:
        """Capacity, and members the file does not name: told, never acted on."""
        belonging = Membership.objects.belonging(timezone.localdate()).filter(group=self.group)
        absent = belonging.exclude(pk__in=self.touched).select_related("group", "company", "person")
        self.said.missing = [str(membership.member) for membership in absent]
        count = belonging.count()
        if count > self.group.capacity:
            text = f"取り込むと会員は{count}になり、定員{self.group.capacity}をこえます。"
            self.said.warnings.append(
                Problem(self.sheet.header.row if self.sheet.header else 1, "定員", text)
            )

    def _label(self, key: str) -> str:
        """The heading as the file writes it."""
        header = self.sheet.header
        return header.labels.get(key, LABELS[key]) if header else LABELS[key]


ABBREVIATIONS = ("㈱", "㈲", "(株)", "（株）", "(有)", "（有）", "㈾", "(同)", "（同）")


def _only_abbreviates(new: str, old: str) -> bool:
    return any(short in new for short in ABBREVIATIONS) and japan.fold(new) == japan.fold(old)


def _person_text(entry: Entry) -> str:
    return " ".join(filter(None, entry.values.get("person_name", ())))


def _names(entry: Entry) -> dict[str, str]:
    family, given = entry.values["person_name"]
    family_kana, given_kana = entry.values.get("person_kana", ("", ""))
    return {"family_name": family, "given_name": given, "family_kana": family_kana, "given_kana": given_kana}


def _fields(entry: Entry, keys: tuple[str, ...]) -> dict[str, Any]:
    """The model's fields from the row's values; the address cell fills four of them."""
    values = {key.removeprefix("company_"): entry.values[key] for key in keys if key in entry.values}
    if "postal_code" in keys and "address" in entry.values:
        blank = dict.fromkeys(("prefecture", "city", "street", "building"), "")
        values |= blank | entry.values["address"]
    return values
