"""What a row does to the records it speaks of: their fields, the membership, who attends for it."""

import datetime
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

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
from groups.importing.likeness import is_another, named
from groups.importing.matching import Matcher
from groups.importing.reading.columns import PERSONAL
from groups.importing.reading.entry import Entry
from groups.importing.report import Change
from groups.importing.snapshot import (
    COMPANY_FIELDS,
    PERSON_FIELDS,
    KnownCompany,
    KnownMember,
    KnownPerson,
    blank,
)
from groups.importing.telling import Telling
from groups.models import Group, Membership
from iri_exchange.lib import japan
from members.models import Company, Person

TWICE = "{}行目と同じ会員です。どちらかの行を消してください。"
TWICE_IN_ROW = "{}さんがこの行に2回あるので、1人として取り込みます。"


class Enrolling:
    """Puts rows over the records of a snapshot.

    `companies`, `people` and `members` are those that the file adds, changes or names: each once, by identity, in the
    file's order; `seen` are the entries by whom they mean.
    """

    def __init__(self, group: Group, matcher: Matcher, telling: Telling, today: datetime.date) -> None:
        self.group, self.matcher, self.telling, self.today = group, matcher, telling, today
        self.companies: dict[int, KnownCompany] = {}
        self.people: dict[int, KnownPerson] = {}
        self.members: dict[int, KnownMember] = {}
        self.seen: dict[Hashable, list[Entry]] = {}
        self.blank_company = blank(Company, COMPANY_FIELDS)
        self.blank_person = blank(Person, PERSON_FIELDS)

    def company(self, entry: Entry, known: KnownCompany | None) -> KnownCompany:
        """Take a row of a company, which is new if not `known`. Raises Refused."""
        day = entry.joined_on(known.member.joined_on if known and known.member else None)
        # First, since only these can still refuse the row.
        joining = joining_of(known.member if known else None, day, self.today)
        company = known or KnownCompany(None, self.blank_company | fields_of(entry, OF_COMPANY), entry.row)
        self._check_once(entry, id(company))
        changes = self.telling.noted(entry, correct(company, entry, OF_COMPANY))
        if changes or not known:
            self.matcher.learn_company(company)
            self.companies[id(company)] = company
        self.telling.hint_at_gaps(entry, company)
        is_new = company.member is None
        member = self._membership(company, day)
        changes += self._joined(entry, member, joining)
        attending = self._representative(member, company, entry)
        # Who does not attend is not named.
        told = entry if attending is not None else _of_company_alone(entry)
        self.telling.tell(told, member, is_new, changes + (attending or []), known)
        return company

    def individual(self, entry: Entry, known: KnownPerson | None) -> None:
        """Take a row of somebody without a company, who is new if not `known`. Raises Refused."""
        day = entry.joined_on(known.member.joined_on if known and known.member else None)
        joining = joining_of(known.member if known else None, day, self.today)
        other = self.matcher.claims.get(id(known), entry.row)
        if other != entry.row:
            raise Refused("person_name", TWICE.format(other))
        self._check_once(entry, self.matcher.fold(entry.name))
        person = known or self._new_person(entry, OF_INDIVIDUAL, day or self.today)
        changes = self._correct_person(person, entry, OF_INDIVIDUAL)
        self.matcher.learn_person(person)
        self.matcher.claims[id(person)] = entry.row
        is_new = person.member is None
        member = self._membership(person, day)
        changes += self._joined(entry, member, joining)
        self.telling.tell(entry, member, is_new, changes, known)

    def _check_once(self, entry: Entry, who: Hashable) -> None:
        """Two rows of one company are two people; two of the same person are a slip. Raises Refused."""
        earlier = self.seen.setdefault(who, [])
        for other in earlier:
            if entry.is_individual and not is_another(entry, other):
                raise Refused("person_name", TWICE.format(other.row))
            if not entry.is_individual and japan.fold(other.person) == japan.fold(entry.person):
                if other.row == entry.row:
                    raise Refused("person_name_2", TWICE_IN_ROW.format(entry.person))
                raise Refused("company_name", TWICE.format(other.row))
        earlier.append(entry)

    def _membership(self, who: KnownCompany | KnownPerson, day: datetime.date | None) -> KnownMember:
        if who.member is None:
            states = [(day or self.today, Membership.Status.ACTIVE.value)]
            who.member = KnownMember(None, who, day, states)
        self.members[id(who.member)] = who.member
        return who.member

    def _joined(self, entry: Entry, member: KnownMember, joining: Joining) -> list[Change]:
        day = entry.joined_on(member.joined_on)
        if day and member.joining_told and day != member.joined_on:
            self.telling.warn(entry, "joined_on", "前の行と違います。前の行の日付を残します。")
        member.joining_told = member.joining_told or day is not None
        return joining.apply(member)

    def _representative(
        self, member: KnownMember, company: KnownCompany, entry: Entry
    ) -> list[Change] | None:
        """The person of the row: a known representative, a known colleague, or someone new; None for who is not added."""
        if "person_name" not in entry.values:
            return []
        if person := named(member.people, entry.values["person_name"]):
            return self._correct_person(person, entry, OF_REPRESENTATIVE, company)
        if reason := self._full(member):
            self.telling.warn(entry, "person_name", f"{reason}、{entry.person}さんは加えません。")
            return None
        since = member.active_from(self.today)
        changes = [Change("登録者", "", entry.person)]
        if person := named(company.people, entry.values["person_name"]):
            changes += self._correct_person(person, entry, OF_REPRESENTATIVE, company)
        else:
            person = self._new_person(entry, OF_REPRESENTATIVE, since)
            # Nothing to correct, but told: a later row that means the same person does not override it.
            self._correct_person(person, entry, OF_REPRESENTATIVE, company)
            person.company = company
            company.people.append(person)
            self.matcher.learn_colleague(person, company)
        member.add(person, since)
        if company not in person.represents:
            person.represents += (company,)
        return changes

    def _full(self, member: KnownMember) -> str:
        """Why nobody more can attend for the member; "" if somebody can."""
        most = self.group.representatives_max
        if max(len(member.people), len(member.ranks)) >= most:
            return f"登録者は{most}名までのため"
        # Its term would have to end with the membership.
        leaves = member.leaves_after(self.today)
        return f"{japan.wareki(leaves)}に退会する会員なので" if leaves else ""

    def _new_person(self, entry: Entry, columns: dict[str, str], since: datetime.date) -> KnownPerson:
        values: dict[str, Any] = self.blank_person | fields_of(entry, columns) | names_of(entry)
        person = KnownPerson(None, values, entry.row, since=since)
        self.people[id(person)] = person
        return person

    def _correct_person(
        self, person: KnownPerson, entry: Entry, columns: dict[str, str], company: KnownCompany | None = None
    ) -> list[Change]:
        """What the row of this company, or of none, changes of the person."""
        changes = self.telling.noted(entry, correct_name(person, entry))
        new, old = entry.values.get("email"), person.values["email"]
        if new != old and new and old and any(one is not company for one in person.represents):
            # There the person is written to, and logs in.
            self.telling.warn(entry, "email", f"ほかの企業の登録者なので、名簿の「{old}」を残します。")
            entry = replace(entry, values={key: said for key, said in entry.values.items() if key != "email"})
        changes += self.telling.noted(entry, correct(person, entry, columns))
        if changes:
            self.people[id(person)] = person
        return changes


def _of_company_alone(entry: Entry) -> Entry:
    return replace(entry, values={key: said for key, said in entry.values.items() if key not in PERSONAL})
