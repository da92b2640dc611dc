"""名簿: one selection of a group's members on a day, for every list that shows or prints them.

Members and officers are as of the day; addresses and names are today's, for a roster is there to reach people.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db import models
from django.db.models import Prefetch

from groups.models import Group, Membership, OfficerTerm, Representative, RosterConsent
from groups.roster_columns import CONTACTS, Cell, Column, Listed, Row
from groups.standing import SELF_RUNNING
from members.models import Company, Person

INDIVIDUAL = "（個人会員）"
ON_LEAVE = "休会中"
CONSENT_FLAGS = {None: "掲載未確認", "company": "企業のみ掲載", "no": "掲載しない"}
ROLES: list[str] = OfficerTerm.Role.values

Roles = dict[Person, tuple[str, ...]]


class Variant(models.TextChoices):
    """Whom a roster is for."""

    MEMBER = "member", "会員用"
    OFFICE = "office", "事務局用"

    @property
    def terms(self) -> "Terms":
        return TERMS[self]


@dataclass(frozen=True)
class Terms:
    """What goes with a variant: the rule that lets it out, its columns, what its footer asks of the reader.

    `by_consent`: the members' answers decide what it shows; otherwise it shows all, and flags the answers.
    """

    rule: str
    columns: tuple[Column, ...]
    by_consent: bool
    handling: str


TERMS = {
    Variant.MEMBER: Terms(
        rule="groups.print_member_roster",
        columns=CONTACTS,
        by_consent=True,
        handling="会員どうしの連絡だけにお使いください。写しを取る、転送する、会の外へ持ち出すことはできません。"
        "いらなくなったら、発行元へお返しください。",
    ),
    Variant.OFFICE: Terms(
        rule="groups.print_office_roster",
        columns=CONTACTS,
        by_consent=False,
        handling="事務局の仕事だけに使い、鍵のかかる場所に置いてください。掲載を希望しない会員の連絡先も入っています。"
        "会員には配れません。",
    ),
}


@dataclass(frozen=True)
class Roster:
    """A list ready to be shown. `counts` are all members of the day by status, the left out among them;
    `left_out` counts those who asked not to be listed; `officer_rows` is how many rows come first as officers'.
    """

    group: Group
    variant: Variant
    day: datetime.date
    issuer: str
    rows: tuple[Row, ...]
    officer_rows: int
    counts: Counter[str]
    left_out: int
    other_officers: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.group.name} 会員名簿"

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.variant.terms.columns

    @property
    def table(self) -> list[list[Cell]]:
        """The rows as they stand on paper."""
        return [[column.cell(row) for column in self.columns] for row in self.rows]

    @property
    def counted(self) -> str:
        """21会員（在会20・休会1）, or 21会員 when nobody rests."""
        resting = self.counts[Membership.Status.ON_LEAVE]
        told = f"（在会{self.counts[Membership.Status.ACTIVE]}・休会{resting}）" if resting else ""
        return f"{self.counts.total()}会員{told}"


def roster(group: Group, variant: Variant, day: datetime.date) -> Roster:
    """The members of a group on a day, officers first, then by フリガナ. A fixed number of queries."""
    roles = _roles(group, day)
    members = sorted(_members(group, day), key=lambda member: _place(member, roles))
    listed = [member for member in members if not variant.terms.by_consent or _may_be_listed(member)]
    theirs = {person for member in members for person in _people(member, roles)}
    return Roster(
        group=group,
        variant=variant,
        day=day,
        issuer=f"{group.name} 事務局" if group.stage_on(day) in SELF_RUNNING else group.office.name,
        rows=tuple(_row(number, member, roles, variant) for number, member in enumerate(listed, 1)),
        officer_rows=sum(bool(_held(member, roles)) for member in listed),
        counts=Counter(member.status for member in members),  # type: ignore[attr-defined]
        left_out=len(members) - len(listed),
        other_officers=tuple(
            f"{OfficerTerm.Role(role).label} {person.name}"
            for person, held in roles.items()
            if person not in theirs
            for role in held
        ),
    )


def _members(group: Group, day: datetime.date) -> list[Membership]:
    attending = Representative.objects.on(day).select_related("person")
    return list(
        Membership.objects.belonging(day)
        .filter(group=group)
        .select_related("group", "company", "person")
        .prefetch_related(Prefetch("representatives", attending, to_attr="attending"))
    )


def _roles(group: Group, day: datetime.date) -> Roles:
    """{person: the codes of the offices they hold on the day, highest first}, the highest person first."""
    terms = OfficerTerm.objects.on(day).filter(group=group).select_related("person")
    held: Roles = {}
    for term in sorted(terms, key=lambda term: (ROLES.index(term.role), term.person.sort_key, term.pk)):
        held[term.person] = (*held.get(term.person, ()), term.role)
    return held


def _people(member: Membership, roles: Roles) -> list[Person]:
    """Who attends for the member on the day: who holds an office stands first, so that the office reads as theirs."""
    if member.person:
        return [member.person]
    attending = [term.person for term in member.attending]  # type: ignore[attr-defined]
    return sorted(attending, key=lambda person: _rank(roles.get(person, ())))


def _rank(held: tuple[str, ...]) -> int:
    return min(map(ROLES.index, held), default=len(ROLES))


def _held(member: Membership, roles: Roles) -> tuple[str, ...]:
    """The offices of a member's people, each once, in the order of the people."""
    return tuple(dict.fromkeys(role for person in _people(member, roles) for role in roles.get(person, ())))


def _place(member: Membership, roles: Roles) -> tuple[int, str, int]:
    return _rank(_held(member, roles)), member.member.sort_key, member.pk


def _may_be_listed(member: Membership) -> bool:
    """An individual who lets only "the company" be shown has none: nothing of theirs may stand there."""
    answer = member.consent  # type: ignore[attr-defined]
    hidden = [RosterConsent.Answer.NO, *([RosterConsent.Answer.COMPANY_ONLY] if member.person else [])]
    return answer not in hidden


def _row(number: int, member: Membership, roles: Roles, variant: Variant) -> Row:
    answer = member.consent  # type: ignore[attr-defined]
    source = member.member
    hidden = variant.terms.by_consent and answer == RosterConsent.Answer.COMPANY_ONLY
    return Row(
        number=number,
        roles=tuple(OfficerTerm.Role(role).label for role in _held(member, roles)),
        status=ON_LEAVE if member.status == Membership.Status.ON_LEAVE else "",  # type: ignore[attr-defined]
        consent="" if variant.terms.by_consent else CONSENT_FLAGS.get(answer, ""),
        company=member.company.name if member.company else INDIVIDUAL,
        company_kana=member.company.kana if member.company else "",
        people=tuple(
            _named_only(person) if hidden else _listed(person, source)
            for person in _people(member, roles)
            if not hidden or person in roles
        ),
        postal_code=source.postal_code,
        address=source.address,
        phone=source.phone,
        fax=source.fax,
        email=source.email,
        url=source.url,
        trade=source.trade,
        products=source.products,
        joined_on=member.joined_on,
        member_number=member.number,
    )


def _named_only(person: Person) -> Listed:
    """An officer whose member lets only the company be shown: the group knows who leads it, not how to reach them."""
    return Listed(name=person.name, kana=person.kana)


def _listed(person: Person, source: Company | Person) -> Listed:
    """A person beside the contact data of the row's source; what both share is said once."""
    return Listed(
        name=person.name,
        kana=person.kana,
        title=person.title,
        phone=person.phone if person.phone != source.phone else "",
        email=person.email if person.email != source.email else "",
    )
