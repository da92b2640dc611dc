"""わたしの情報の見え方: what others see of a person, found out by asking the very rules that show it to them.

For each circle of readers a stand-in is made, who has its rights and nothing else, and is asked about like anybody who
logs in. There is no second copy of the rules here, so that this page cannot say something else than the pages do.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from groups.handing_on import NOTHING_WITHHELD, Withheld, withheld_in
from groups.known import Known, known_of, stand_in
from groups.models import Application, Group, Handover, Membership, Representative
from groups.rosters.building import Roster, Variant, rosters
from groups.standing import SELF_RUNNING, standing
from members.models import Company, Person, User

LISTS = (Variant.PUBLIC, Variant.MEMBER, Variant.OFFICE)
# Columns that hold nothing of the person.
BARE = frozenset(["number", "consent"])
NO_GROUP = 0
WORK = ("company", "company_page", "company_contact")


class Reader(NamedTuple):
    """One circle of readers: how it is called, and somebody who stands for it."""

    label: str
    user: Any


@dataclass(frozen=True)
class Fact:
    """One line of the table: what it is, how it is registered, and who sees it, in the order of the readers."""

    label: str
    value: str
    seen: tuple[bool, ...]


@dataclass(frozen=True)
class OnList:
    """How a person stands on a list today. `told` is what the list may tell of them, `company_only`: nothing but
    the company; `readers` are those who may print it.
    """

    label: str
    told: tuple[str, ...]
    company_only: bool
    readers: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """The person as seen from one group; without a group, from outside and from the office."""

    group: Any
    readers: tuple[str, ...]
    facts: list[Fact]
    lists: list[OnList]

    @property
    def table(self) -> list[tuple[Fact, list[tuple[str, bool]]]]:
        return [(fact, list(zip(self.readers, fact.seen, strict=True))) for fact in self.facts]


def views_of(person: Person) -> list[View]:
    """From each group the person is in today, in the order of their founding; from outside only without one.

    A fixed number of queries, whatever the number of groups.
    """
    day = timezone.localdate()
    own = standing(User(person=person))
    handed = Handover.objects.filter(decided_at__isnull=False)
    groups: list[Any] = list(
        Group.objects.as_of(day)
        .filter(pk__in=own.insider_of)
        .annotate(was_handed_over=Exists(handed.filter(group=OuterRef("pk"))))
        .select_related("office")
        .order_by("founded_year", "sort_key")
    )
    places: list[Any] = [*groups] or [None]
    withheld = _withheld(groups, day)
    readers = [_readers(group, day, withheld) for group in places]
    company = person.company_on(day)
    known = iter(known_of(person, company, [reader.user for each in readers for reader in each]))
    lists = _lists(person, groups, readers)
    if own.memberships.keys() & withheld.memberships:
        _told_to_officers(lists, person, groups, readers, withheld)
    return [
        View(
            group=group,
            readers=tuple(reader.label for reader in each),
            facts=_facts(person, company, [next(known) for _ in each]),
            lists=lists.get(group.pk, []) if group else [],
        )
        for group, each in zip(places, readers, strict=True)
    ]


def applied_for(person: Person) -> QuerySet[Application]:
    """The applications by which companies became members for which the person attends, or attended: the office keeps
    what stands in them, and nobody else reads it.
    """
    attended = Representative.objects.filter(person=person).values("membership")
    return Application.objects.filter(membership__in=attended)


def _withheld(groups: Sequence[Any], day: datetime.date) -> Withheld:
    """What the officers of those of the groups that were handed over do not know."""
    ids = [group.pk for group in groups if group.stage in SELF_RUNNING and group.was_handed_over]
    return withheld_in(ids, day) if ids else NOTHING_WITHHELD


def _readers(group: Any, day: datetime.date, withheld: Withheld) -> list[Reader]:
    """The five, of a group; three without one. A member of another group is in one that nobody else is in."""
    outside = [
        Reader("どなたでも", AnonymousUser()),
        Reader("ほかのグループの会員", stand_in(day, member_of=[NO_GROUP])),
    ]
    staff = [Reader("事務局の職員", stand_in(day, is_staff=True))]
    if group is None:
        return [*outside, *staff]
    runs = [group.pk] if group.stage in SELF_RUNNING else []
    inside = [
        Reader("このグループの会員", stand_in(day, member_of=[group.pk])),
        Reader("このグループの役員", stand_in(day, member_of=[group.pk], runs=runs, withheld=withheld)),
    ]
    return [*outside, *inside, *staff]


def _facts(person: Person, company: Company | None, known: Sequence[Known]) -> list[Fact]:
    return [
        *(
            Fact(label, value, tuple(key in each.told for each in known))
            for key, label, value in _of_person(person)
        ),
        *(
            Fact(
                label, value, tuple(getattr(each, key) and (key != "company" or each.page) for each in known)
            )
            for key, label, value in (_of_company(company) if company else ())
        ),
    ]


def _of_person(person: Person) -> Iterator[tuple[str, str, str]]:
    """What is written down of a person. Of what nobody has written down there is nothing to be seen."""
    words: dict[str, tuple[str, str]] = {
        "name": ("氏名", person.name),
        "kana": ("フリガナ", person.kana),
        "title": ("役職", person.title),
        "department": ("部署", person.department),
        "phone": ("本人の電話", person.phone),
        "email": ("本人のメール", person.email),
        "fax": ("本人のFAX", person.fax),
        "address": ("本人の所在地", person.address),
        "url": ("ホームページ", person.url),
        "trade": ("業種", person.trade),
        "products": ("仕事", person.products),
        "contact_method": ("連絡手段の希望", person.get_contact_method_display()),
        "age_band": ("年代", person.get_age_band_display()),
    }
    yield from ((key, label, value) for key, (label, value) in words.items() if value)


def _of_company(company: Company) -> Iterator[tuple[str, str, str]]:
    reached = "、".join(filter(None, [company.address, company.phone, company.fax, company.email]))
    words = dict(
        zip(
            WORK,
            [
                ("この企業の方であること", company.name),
                ("企業のページ", f"{company.name}の業種、製品、市区町村"),
                ("企業の連絡先", reached),
            ],
            strict=True,
        )
    )
    yield from ((key, label, value) for key, (label, value) in words.items() if value)


def _lists(
    person: Person, groups: Sequence[Group], readers: Sequence[Sequence[Reader]]
) -> dict[int, list[OnList]]:
    """{group id: its lists}, each with every column that may be chosen."""
    if not groups:
        return {}
    day = timezone.localdate()
    companies = _companies(person, groups, day)
    found: dict[int, list[OnList]] = {}
    for variant in LISTS:
        for roster, each in zip(rosters(groups, variant, day, variant.terms.offered), readers, strict=True):
            found.setdefault(roster.group.pk, []).append(
                _on_list(roster, person, companies.get(roster.group.pk), each)
            )
    return found


def _told_to_officers(
    lists: dict[int, list[OnList]],
    person: Person,
    groups: Sequence[Group],
    readers: Sequence[Sequence[Reader]],
    withheld: Withheld,
) -> None:
    """The list that keeps the register has one form for the office, and another for officers who were not handed this."""
    day, variant = timezone.localdate(), Variant.OFFICE
    companies = _companies(person, groups, day)
    told = rosters(groups, variant, day, variant.terms.offered, without=withheld)
    for roster, each in zip(told, readers, strict=True):
        full = lists[roster.group.pk].pop()
        office = [reader for reader in each if standing(reader.user).is_staff]
        others = [reader for reader in each if reader not in office]
        theirs = _on_list(roster, person, companies.get(roster.group.pk), others)
        lists[roster.group.pk] += [replace(full, readers=tuple(reader.label for reader in office)), theirs]


def _companies(person: Person, groups: Sequence[Group], day: datetime.date) -> dict[int, int]:
    """{group id: the company for which the person attends there}."""
    attended = Representative.objects.on(day).filter(person=person).values("membership")
    rows = Membership.objects.belonging(day).filter(group__in=groups, pk__in=attended)
    return dict(rows.filter(company__isnull=False).values_list("group_id", "company_id"))


def _on_list(roster: Roster, person: Person, company_id: int | None, readers: Sequence[Reader]) -> OnList:
    told, company_only = _told(roster, person, company_id)
    may = tuple(
        reader.label for reader in readers if _may_print(reader.user, roster.variant.terms.rule, roster.group)
    )
    return OnList(f"{roster.variant.label}の名簿", told, company_only, may)


def _may_print(user: Any, rule: str, group: Group) -> bool:
    return user.is_authenticated and user.has_perm(rule, group)


def _told(roster: Roster, person: Person, company_id: int | None) -> tuple[tuple[str, ...], bool]:
    """What a list tells of the person and their company, and whether it names the company alone."""
    if person.pk in roster.other_officer_ids:
        return ("会の役職", "氏名"), False
    for row in roster.rows:
        named = person.pk in row.person_ids
        if not named and (company_id is None or row.company_id != company_id):
            continue
        place = row.person_ids.index(person.pk) if named else None
        told = [
            field.label
            for column in roster.columns
            for field in column.fields
            if field.key not in BARE and _says(field, row, place)
        ]
        return tuple(dict.fromkeys(told)), not named
    return (), False


def _says(field: Any, row: Any, place: int | None) -> bool:
    """Whether the field has something of the row; of several people only the one at `place` counts."""
    values = field.values(row)
    if not field.of_people:
        return any(values)
    return place is not None and bool(values[place])
