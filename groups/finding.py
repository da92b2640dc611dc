"""One search over groups, companies and people: of each kind those the reader may see, the best hits first."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Q, QuerySet, When

from groups.models import Adviser, Group, Membership, Office, OfficerTerm, Representative
from groups.standing import standing
from groups.visibility import (
    companies_visible_to,
    groups_visible_to,
    memberships_known_to,
    memberships_visible_to,
    named_members,
    people_visible_to,
)
from iri_exchange.lib import japan, search
from iri_exchange.lib.prepared import Prepared
from members.models import Company, Person

FILTERS = {
    "office": "拠点",
    "year": "グループの発足年度",
    "stage": "グループの段階",
    "industry": "業種（大分類）",
    "prefecture": "都道府県",
    "status": "会員の状態",
}
KINDS = {"groups": "グループ", "companies": "企業", "people": "人"}
MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Asked:
    """What was asked for; an empty field asks for nothing. `status`, `industry` and `prefecture` are no group's."""

    q: str = ""
    office: Office | None = None
    year: str = ""
    stage: str = ""
    industry: str = ""
    prefecture: str = ""
    status: str = ""

    @property
    def given(self) -> list[str]:
        """The names of the fields that ask for something."""
        return [field.name for field in fields(self) if getattr(self, field.name)]

    @property
    def query(self) -> str:
        """As it stands in the address bar."""
        values = {name: getattr(self, name) for name in self.given}
        return urlencode({name: getattr(value, "slug", value) for name, value in values.items()})

    def without(self, name: str) -> "Asked":
        nothing: dict[str, Any] = {name: None if name == "office" else ""}
        return replace(self, **nothing)

    @property
    def pieces(self) -> list[str]:
        """Each word as the search keys are spelled."""
        return [japan.fold(word) for word in self.q.split()]

    @property
    def says_nothing(self) -> bool:
        """Whether the words would add nothing to a name: 株式会社 alone, or signs."""
        return bool(self.q) and japan.fold(f"あ{self.q}") == japan.fold("あ")

    @property
    def of_groups(self) -> Q:
        conditions = {"office": self.office, "founded_year": self.year, "stage": self.stage}
        return Q(**{name: value for name, value in conditions.items() if value})


class Hits:
    """Selections one after the other, as one list; counted up to `MOST_COUNTED`, since nobody reads further."""

    def __init__(self, *parts: QuerySet[Any]) -> None:
        self.parts = parts

    @cached_property
    def _counts(self) -> list[int]:
        return [part.order_by()[: MOST_COUNTED + 1].count() for part in self.parts]

    def count(self) -> int:
        return min(sum(self._counts), MOST_COUNTED)

    @property
    def more(self) -> bool:
        """Whether there are more than are counted."""
        return sum(self._counts) > MOST_COUNTED

    def __getitem__(self, piece: slice) -> list[Any]:
        start, stop = piece.start or 0, piece.stop
        rows: list[Any] = []
        for part, count in zip(self.parts, self._counts, strict=True):
            if start < min(count, stop):
                rows += part[start : min(count, stop)]
            start, stop = max(0, start - count), max(0, stop - count)
        return rows


def hits(kind: str, asked: Asked, user: Any) -> Hits:
    """The hits of one kind. Exact names come first, then beginnings, names, フリガナ and other spellings, the rest."""
    return {"groups": _groups, "companies": _companies, "people": _people}[kind](asked, user)


def companies_listed_for(user: Any) -> QuerySet[Company]:
    """Members of a group today; staff also find those that have left."""
    companies, who = companies_visible_to(user), standing(user)
    if who.is_staff:
        return companies
    return companies.filter(pk__in=_in_a_group.inside(who.day))


@Prepared
def _in_a_group(day: datetime.date) -> QuerySet[Any, Any]:
    members = Membership.objects.belonging(day).of_launched(day)
    return members.filter(company__isnull=False).order_by().values("company")


def groups_beside(
    companies: Iterable[Company], user: Any, day: datetime.date | None = None
) -> dict[int, list[tuple[str, str]]]:
    """{company id: slug and name of its groups, of today or of another day}, as far as the reader may know them."""
    known = memberships_known_to(user, day).filter(company__in=[company.pk for company in companies])
    found: dict[int, list[tuple[str, str]]] = {}
    for company, slug, name in known.values_list("company_id", "group__slug", "group__name"):
        found.setdefault(company, []).append((slug, name))
    return found


def _groups(asked: Asked, user: Any) -> Hits:
    if asked.industry or asked.prefecture or asked.status:
        return Hits()
    rows = groups_visible_to(user).filter(asked.of_groups)
    return Hits(*_ranked(rows, asked, lambda piece: search.having(Group, piece)))


def _companies(asked: Asked, user: Any) -> Hits:
    rows = companies_listed_for(user)
    if asked.status or asked.of_groups:
        rows = rows.filter(pk__in=_members(asked, user).values("company"))
    own = {name: getattr(asked, name) for name in ("industry", "prefecture") if getattr(asked, name)}
    rows = rows.filter(**own)
    parts = _ranked(rows, asked, lambda piece: search.having(Company, piece))
    who = standing(user)
    if not asked.q or not (who.is_staff or who.insider_of):
        return Hits(*parts)
    represented = _attending(named_to(user), user).filter(
        search.matching(asked.q, lambda piece: search.having(Person, piece, "person"))
    )
    by_people = rows.filter(pk__in=represented.values("membership__company"))
    for part in parts:
        by_people = by_people.exclude(pk__in=part.order_by().values("pk"))
    return Hits(*parts, by_people)


def _people(asked: Asked, user: Any) -> Hits:
    """By what their work is, only those whose work the reader may know."""
    who = standing(user)
    rows = people_visible_to(user).alias(spelled=search.spelled())
    if set(asked.given) - {"q"}:
        rows = rows.filter(_in_members(asked, user))
    known = Q() if who.is_staff else Q(pk__in=contacts_known_to(user).values("pk"))

    def found(piece: str) -> Q:
        return search.having(Person, piece) & (Q(spelled__contains=piece) | known if known else Q())

    return Hits(*_ranked(rows, asked, found))


def named_to(user: Any) -> QuerySet[Any]:
    """The members of today whose people the reader may know by name and contact."""
    who = standing(user)
    return Membership.objects.belonging(who.day) if who.is_staff else named_members(who)


def contacts_known_to(user: Any) -> QuerySet[Person]:
    """The people of whom the reader knows the work and the contact too, as `profiles` tells it."""
    who = standing(user)
    if who.is_staff:
        return Person.objects.all()
    members = named_to(user)
    theirs = Q(pk__in=members.values("person")) | Q(pk__in=_attending(members, user).values("person"))
    return Person.objects.filter(Q(pk=who.person_id) | theirs)


def _attending(members: QuerySet[Any], user: Any) -> Any:
    return Representative.objects.on(standing(user).day).filter(membership__in=members.values("pk"))


def _members(asked: Asked, user: Any) -> QuerySet[Membership]:
    """Of a member's status only those may ask who are told it."""
    rows = memberships_known_to(user)
    if asked.status:
        rows = memberships_visible_to(user).filter(status=asked.status)
    if asked.of_groups:
        rows = rows.filter(group__in=groups_visible_to(user).filter(asked.of_groups).values("pk"))
    return rows


def _in_members(asked: Asked, user: Any) -> Q:
    """People by the members they are or attend for; by their groups alone, also as officers and advisers."""
    who = standing(user)
    members = _members(asked, user)
    if not who.is_staff:
        members = members.filter(pk__in=named_to(user).values("pk"))
    if asked.industry:
        members = members.filter(company__industry=asked.industry)
    if asked.prefecture:
        members = members.filter(
            Q(company__prefecture=asked.prefecture) | Q(person__prefecture=asked.prefecture)
        )
    found = Q(pk__in=members.values("person")) | Q(pk__in=_attending(members, user).values("person"))
    if asked.industry or asked.prefecture or asked.status:
        return found
    groups = groups_visible_to(user).filter(asked.of_groups)
    if not who.is_staff:
        groups = groups.filter(pk__in=who.insider_of)
    for terms in (OfficerTerm, Adviser):
        inside = terms.objects.on(who.day).filter(group__in=groups.values("pk"))
        found |= Q(pk__in=inside.values("person"))
    return found


def _ranked(rows: QuerySet[Any], asked: Asked, found: Callable[[str], Q]) -> list[QuerySet[Any]]:
    """A common word has too many hits to be sorted: those whose name begins with it, then the rest as it stands."""
    if not asked.q:
        return [rows]
    whole = japan.fold(asked.q)
    hits = rows.filter(search.matching(asked.q, found))
    if search.index_of(rows.model) is None or not search.is_common(rows.model, whole):
        return [_by_rank(hits, whole)]
    heads = search.headed(rows.model, whole)
    return [_by_rank(hits.filter(pk__in=heads), whole), hits.exclude(pk__in=heads)]


def _by_rank(rows: QuerySet[Any], whole: str) -> QuerySet[Any]:
    rank = Case(
        When(search_key__startswith=f"{search.NAME}{whole}{search.OTHER}", then=0),
        When(search_key__startswith=f"{search.NAME}{whole}", then=1),
        When(named__contains=whole, then=2),
        When(spelled__contains=whole, then=3),
        default=4,
    )
    ranked: QuerySet[Any] = rows.alias(named=search.named(), spelled=search.spelled())
    return ranked.order_by(rank, "sort_key", "pk")
