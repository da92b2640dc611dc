"""名簿: one selection of a group's members on a day, for every list that shows or prints them.

Members and officers are as of the day; addresses and names are today's, for a roster is there to reach people.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import count
from typing import Any

from django.db.models import Prefetch

from groups.handing_on import NOTHING_WITHHELD, Withheld
from groups.models import Group, Membership, OfficerTerm
from groups.officers import Roles, officer_terms_of, offices_held, rank
from groups.rosters.cells import Cell, Column, Listed, Row, fitted
from groups.rosters.columns import MONTHS, month_columns
from groups.rosters.variants import Terms, Variant
from groups.standing import SELF_RUNNING
from groups.visibility import NOTHING, Listing, all_but, as_listed, attending, publicly_profiled
from iri_exchange.lib import japan
from members.models import Person

__all__ = ["Roster", "Terms", "Variant", "roster", "rosters"]

INDIVIDUAL = "（個人会員）"
ON_LEAVE = "休会中"
NOT_HANDED_ON = "引き継ぎ未同意"
CONSENT_FLAGS = {None: "掲載未確認", "company": "企業のみ掲載", "no": "掲載しない"}


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
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    officer_rows: int
    counts: Counter[str]
    left_out: int
    gone: int
    other_officers: tuple[str, ...]
    other_officer_ids: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        if self.variant == Variant.ATTENDANCE:
            year = japan.fiscal_year(self.day, self.group.fiscal_year_start)
            return f"{self.group.name} 出席簿　{japan.fiscal_year_label(year)}"
        return f"{self.group.name} 会員名簿"

    @property
    def full_title(self) -> str:
        """With whom it is for, where the title does not say so."""
        return self.title if self.variant == Variant.ATTENDANCE else f"{self.title}　{self.variant.label}"

    @property
    def table(self) -> list[list[Cell]]:
        """The rows as they stand on paper."""
        return [[column.cell(row) for column in self.columns] for row in self.rows]

    @property
    def counted(self) -> str:
        """21会員（在会20・休会1）, or 21会員 when nobody rests."""
        if self.variant.terms.public:
            return f"{len(self.rows)}社"
        resting = self.counts[Membership.Status.ON_LEAVE]
        told = f"（在会{self.counts[Membership.Status.ACTIVE]}・休会{resting}）" if resting else ""
        return f"{self.counts.total()}会員{told}"


def roster(
    group: Group,
    variant: Variant,
    day: datetime.date,
    columns: Iterable[str] | None = None,
    *,
    without: Withheld = NOTHING_WITHHELD,
) -> Roster:
    """The members of a group on a day, in the variant's order, with these columns (keys; None: the usual ones).

    Of those `without` which it is made (groups.handing_on) it tells what a member's roster does. A fixed number of queries.
    """
    (only,) = rosters([group], variant, day, columns, without=without)
    return only


def rosters(
    groups: Sequence[Group],
    variant: Variant,
    day: datetime.date,
    columns: Iterable[str] | None = None,
    *,
    without: Withheld = NOTHING_WITHHELD,
) -> Iterator[Roster]:
    """The rosters of several groups, in their order. As many queries as for one."""
    terms, chosen = variant.terms, list(columns or ())
    officers = _by_group([] if terms.public else officer_terms_of(groups, day))
    members = _by_group(_members({group.pk: group for group in groups}, day, terms, without))
    on_day = Group.objects.as_of(day).filter(pk__in=[group.pk for group in groups])
    stages = dict(on_day.values_list("pk", "stage"))
    for group in groups:
        of_it = officers[group.pk], members[group.pk]
        own = stages[group.pk] in SELF_RUNNING
        yield _roster(group, variant, day, chosen, *of_it, runs_itself=own, without=without)


def _roster(
    group: Group,
    variant: Variant,
    day: datetime.date,
    columns: Iterable[str],
    officers: list[Any],
    members: list[Any],
    *,
    runs_itself: bool,
    without: Withheld,
) -> Roster:
    terms = variant.terms
    roles = offices_held(officers)
    # Whom the group knows as its officer whatever they answered: an office long past is no reason any more.
    by_consent = terms.by_consent or bool(without.memberships)
    leading = {term.person for term in officers if term.still or not by_consent}
    shown = {member: _people(member, roles, leading) for member in members if member.listing > Listing.HIDDEN}
    first = roles if terms.officers_first else {}
    listed = sorted(shown, key=lambda member: _place(member, _held(shown[member], first)))
    listings = Counter(member.listing for member in members)
    theirs = {person for member in members for person in _attending(member)}
    others = [person for person in roles if person in leading and person not in theirs]
    return Roster(
        group=group,
        variant=variant,
        day=day,
        issuer=f"{group.name} 事務局" if runs_itself else group.office.name,
        columns=_columns(terms.chosen(columns), group),
        rows=tuple(_rows([(member, shown[member]) for member in listed], roles, terms, without)),
        officer_rows=sum(bool(_held(shown[member], first)) for member in listed),
        counts=Counter(member.status for member in members),
        left_out=listings[Listing.HIDDEN],
        gone=listings[Listing.GONE],
        other_officers=tuple(
            f"{OfficerTerm.Role(role).label} {person.name}" for person in others for role in roles[person]
        ),
        other_officer_ids=tuple(person.pk for person in others),
    )


def _columns(chosen: Iterable[Column], group: Group) -> tuple[Column, ...]:
    months = month_columns(group.fiscal_year_start)
    return fitted([each for column in chosen for each in (months if column == MONTHS else (column,))])


def _by_group(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """{group id: its rows}, in their order; no rows for any other."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.group_id].append(row)
    return found


def _members(
    groups: Mapping[int, Group], day: datetime.date, terms: Terms, without: Withheld
) -> list[Membership]:
    """The members of groups by id."""
    in_full = not terms.by_consent
    members = as_listed(Membership.objects, day, in_full=all_but(without) if in_full else NOTHING)
    members = members.filter(group__in=groups, status__in=Membership.BELONGING).select_related("company")
    if terms.public:
        # How many others there are, why, and who attends for a company is nobody's business outside.
        found = list(members.filter(company__in=publicly_profiled(), listing__gt=Listing.HIDDEN))
    else:
        people = Prefetch(
            "representatives", attending(day, in_full=in_full, without=without), to_attr="attending"
        )
        found = list(members.select_related("person").prefetch_related(people))
    for member in found:
        member.group = groups[member.group_id]
    return found


def _attending(member: Membership) -> list[Person]:
    if member.person:
        return [member.person]
    return [term.person for term in getattr(member, "attending", ())]


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


def _rows(
    listed: Iterable[tuple[Membership, list[Person]]], roles: Roles, terms: Terms, without: Withheld
) -> Iterator[Row]:
    number = count(1)
    for member, people in listed:
        together = [[person] for person in people] or [people] if terms.row_per_person else [people]
        for named in together:
            row = _row(next(number), member, named, roles, terms)
            if member.pk in without.memberships and not terms.by_consent:
                row = replace(row, consent=NOT_HANDED_ON)
            yield row if terms.tells is None else _freed(row, terms.tells)


def _row(number: int, member: Membership, people: list[Person], roles: Roles, terms: Terms) -> Row:
    answer = member.consent  # type: ignore[attr-defined]
    source = member.member
    in_full = member.listing == Listing.FULL and not terms.names_only  # type: ignore[attr-defined]
    return Row(
        number=number,
        roles=tuple(OfficerTerm.Role(role).label for role in _held(people, roles)),
        status=ON_LEAVE if member.status == Membership.Status.ON_LEAVE else "",  # type: ignore[attr-defined]
        consent="" if terms.by_consent else CONSENT_FLAGS.get(answer, ""),
        company=member.company.name if member.company else INDIVIDUAL,
        company_kana=member.company.kana if member.company else "",
        people=tuple(_listed(person, member) if in_full else _named_only(person) for person in people),
        postal_code=source.postal_code,
        address=source.address,
        phone=source.phone,
        fax=source.fax,
        email=member.company.email if member.company else "",
        url=source.url,
        trade=source.trade,
        products=source.products,
        joined_on=member.joined_on,
        member_number=member.number,
        person_ids=tuple(person.pk for person in people),
        company_id=member.company_id,
    )


def _freed(row: Row, tells: frozenset[str]) -> Row:
    """The row with its number and what it may tell, and nothing else."""
    told = {each.name: getattr(row, each.name) for each in fields(Row) if each.name in tells}
    return Row(number=row.number, **told)


def _named_only(person: Person) -> Listed:
    """Who it is, and no way to reach them: an officer whose member lets only the company be shown, a list of names."""
    return Listed(name=person.name, kana=person.kana)


def _listed(person: Person, member: Membership) -> Listed:
    """A person beside the contact data of the member; what both share is said once. An individual's mail is theirs."""
    source = member.member
    return Listed(
        name=person.name,
        kana=person.kana,
        title=person.title,
        phone=person.phone if person.phone != source.phone else "",
        email=person.email if not member.company or person.email != source.email else "",
    )
