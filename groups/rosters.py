"""名簿: one selection of a group's members on a day, for every list that shows or prints them.

Members and officers are as of the day; addresses and names are today's, for a roster is there to reach people.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db import models
from django.db.models import Prefetch

from groups.models import Group, Membership, OfficerTerm
from groups.officers import Roles, officer_terms, offices_held, rank
from groups.roster_columns import CONTACTS, Cell, Column, Listed, Row
from groups.standing import SELF_RUNNING
from groups.visibility import EVERYTHING, NOTHING, Listing, as_listed, attending
from members.models import Company, Person

INDIVIDUAL = "（個人会員）"
ON_LEAVE = "休会中"
CONSENT_FLAGS = {None: "掲載未確認", "company": "企業のみ掲載", "no": "掲載しない"}


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
    `left_out` counts those who asked not to be listed, `gone` those who are no members today and whom only the
    office's roster tells; `officer_rows` is how many rows come first as officers'.
    """

    group: Group
    variant: Variant
    day: datetime.date
    issuer: str
    rows: tuple[Row, ...]
    officer_rows: int
    counts: Counter[str]
    left_out: int
    gone: int
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
    by_consent = variant.terms.by_consent
    terms = officer_terms(group, day)
    roles = offices_held(terms)
    # Whom the group knows as its officer whatever they answered: an office long past is no reason any more.
    leading = {term.person for term in terms if term.still or not by_consent}  # type: ignore[attr-defined]
    members = _members(group, day, in_full=not by_consent)
    shown = {
        member: _people(member, roles, leading)
        for member in members
        if member.listing > Listing.HIDDEN  # type: ignore[attr-defined]
    }
    listed = sorted(shown, key=lambda member: _place(member, _held(shown[member], roles)))
    listings = Counter(member.listing for member in members)  # type: ignore[attr-defined]
    theirs = {person for member in members for person in _attending(member)}
    return Roster(
        group=group,
        variant=variant,
        day=day,
        issuer=f"{group.name} 事務局" if group.stage_on(day) in SELF_RUNNING else group.office.name,
        rows=tuple(_row(place, each, shown[each], roles, variant) for place, each in enumerate(listed, 1)),
        officer_rows=sum(bool(_held(shown[member], roles)) for member in listed),
        counts=Counter(member.status for member in members),  # type: ignore[attr-defined]
        left_out=listings[Listing.HIDDEN],
        gone=listings[Listing.GONE],
        other_officers=tuple(
            f"{OfficerTerm.Role(role).label} {person.name}"
            for person, held in roles.items()
            if person in leading and person not in theirs
            for role in held
        ),
    )


def _members(group: Group, day: datetime.date, *, in_full: bool) -> list[Membership]:
    members = as_listed(Membership.objects, day, in_full=EVERYTHING if in_full else NOTHING)
    terms = attending(day, in_full=in_full)
    return list(
        members.filter(group=group, status__in=Membership.BELONGING)
        .select_related("group", "company", "person")
        .prefetch_related(Prefetch("representatives", terms, to_attr="attending"))
    )


def _attending(member: Membership) -> list[Person]:
    if member.person:
        return [member.person]
    return [term.person for term in member.attending]  # type: ignore[attr-defined]


def _people(member: Membership, roles: Roles, leading: set[Person]) -> list[Person]:
    """Whom the row names: who holds an office stands first, so that the office reads as theirs."""
    people = _attending(member)
    if member.listing == Listing.COMPANY_ONLY:  # type: ignore[attr-defined]
        people = [person for person in people if person in leading]
    return sorted(people, key=lambda person: rank(roles.get(person, ())))


def _held(people: list[Person], roles: Roles) -> tuple[str, ...]:
    """The offices of a row's people, each once, in the order of the people."""
    return tuple(dict.fromkeys(role for person in people for role in roles.get(person, ())))


def _place(member: Membership, held: tuple[str, ...]) -> tuple[int, str, int]:
    return rank(held), member.member.sort_key, member.pk


def _row(number: int, member: Membership, people: list[Person], roles: Roles, variant: Variant) -> Row:
    answer = member.consent  # type: ignore[attr-defined]
    source = member.member
    in_full = member.listing == Listing.FULL  # type: ignore[attr-defined]
    return Row(
        number=number,
        roles=tuple(OfficerTerm.Role(role).label for role in _held(people, roles)),
        status=ON_LEAVE if member.status == Membership.Status.ON_LEAVE else "",  # type: ignore[attr-defined]
        consent="" if variant.terms.by_consent else CONSENT_FLAGS.get(answer, ""),
        company=member.company.name if member.company else INDIVIDUAL,
        company_kana=member.company.kana if member.company else "",
        people=tuple(_listed(person, source) if in_full else _named_only(person) for person in people),
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
