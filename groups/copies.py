"""The log of the copies, in words: what left, whom it tells of, and which copies tell of somebody."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from groups.models import Group, Office
from groups.rosters.cells import Column
from groups.rosters.columns import month_columns
from groups.rosters.variants import Variant
from groups.unnamed import companies_unnamed_to, people_unnamed_to
from groups.visibility import companies_visible_to, exports_visible_to, people_visible_to
from iri_exchange.lib import japan
from members import exports
from members.models import Company, Export, Person

FORMATS = {"pdf": "PDF", "xlsx": "Excel", "csv": "CSV", "zip": "ZIP"}
# For whom a paper other than the roster was made.
READERS = {"group": "グループ用", "members": "他グループの会員用"}


@dataclass(frozen=True)
class Copy:
    """One copy. `whose` is the group's name, or the office's that printed for several, which has no `group_slug`.

    `taken_by` is empty for a command, `purpose` and `receiver` when nobody said so; `known`: it is written down whom
    the copy tells of.
    """

    pk: int
    number: str
    taken_at: datetime.datetime
    taken_by: str
    whose: str
    group_slug: str
    list: str
    variant: str
    file_format: str
    as_of: datetime.date
    columns: tuple[str, ...]
    row_count: int
    purpose: str
    receiver: str
    known: bool

    @property
    def name(self) -> str:
        """けやき会の会員名簿"""
        return f"{self.whose}の{self.list}" if self.whose else self.list

    @property
    def when(self) -> str:
        """令和8年11月25日 10時05分"""
        moment = timezone.localtime(self.taken_at)
        return f"{japan.wareki(moment.date())} {moment:%-H時%M分}"


@dataclass(frozen=True)
class Found:
    """Which copies tell of somebody; `unknown` left before it was written down whom a copy tells of."""

    copies: list[Copy]
    unknown: list[Copy]


@dataclass(frozen=True)
class Held:
    """Whom one copy tells of; `open_companies` and `open_people` are the ids whose pages the reader may open.

    `unnamed`: how many people and companies are left out, because the office did not hand them on to this officer.
    """

    companies: list[Company]
    people: list[Person]
    open_companies: frozenset[int]
    open_people: frozenset[int]
    unnamed: int = 0


def copies_visible_to(user: Any) -> QuerySet[Export]:
    """The copies a reader may know of, the newest first, each with `whose` list it is."""
    return exports_visible_to(user).annotate(
        whose=Coalesce(_named(Group, "groups"), _named(Office, "offices"), Value(""))
    )


def of_group(copies: QuerySet[Export], group: Group) -> QuerySet[Export]:
    """Copies of the group's own lists."""
    return copies.filter(subject__startswith=f"groups/{group.slug}/")


def copies_that_hold(whom: Person | Company, user: Any) -> Found:
    """The answer when a copy is in wrong hands: which copies tell of a person or a company. One query.

    Only copies that the reader may know of; for those who are no staff, their groups' own.
    """
    told = [in_words(copy) for copy in exports.holding(copies_visible_to(user), whom)]
    return Found([copy for copy in told if copy.known], [copy for copy in told if not copy.known])


def held_by(copy: Export, user: Any) -> Held:
    """Whom a copy tells of, by フリガナ. Two queries, and one for each kind that a reader may open."""
    companies, people = list(copy.companies.all()), list(copy.people.all())
    seen_companies = companies_visible_to(user).filter(copies=copy).values_list("pk", flat=True)
    seen_people = people_visible_to(user).filter(copies=copy).values_list("pk", flat=True)
    open_companies, open_people = frozenset(seen_companies), frozenset(seen_people)
    kept_back = companies_unnamed_to(user) - open_companies
    known = [each for each in companies if each.pk not in kept_back]
    hidden = people_unnamed_to(user) - open_people
    named = [each for each in people if each.pk not in hidden]
    unnamed = len(companies) - len(known) + len(people) - len(named)
    return Held(known, named, open_companies, open_people, unnamed)


def in_words(copy: Export) -> Copy:
    """One of `copies_visible_to`."""
    return Copy(
        pk=copy.pk,
        number=f"{copy.copy_number:03}",
        taken_at=copy.taken_at,
        taken_by=str(copy.taken_by or ""),
        whose=copy.whose,  # type: ignore[attr-defined]
        group_slug=copy.subject.split("/")[1] if copy.subject.startswith("groups/") else "",
        list=exports.list_of(copy),
        variant=_variants().get(copy.variant, copy.variant),
        file_format=FORMATS.get(copy.file_format, copy.file_format),
        as_of=copy.as_of,
        columns=tuple(_columns().get(key, key) for key in copy.columns),
        row_count=copy.row_count,
        purpose="" if copy.purpose == exports.UNSTATED else copy.purpose,
        receiver=copy.receiver,
        known=getattr(copy, "known", True),
    )


def _named(kind: Any, place: str) -> Subquery:
    """The name of the group or office in a copy's subject, as an expression for a queryset of copies."""
    subject = ExpressionWrapper(OuterRef("subject"), output_field=CharField())
    places = kind.objects.order_by().annotate(
        asked=subject, beginning=Concat(Value(f"{place}/"), "slug", Value("/"))
    )
    return Subquery(places.filter(asked__startswith=F("beginning")).values("name")[:1])


@cache
def _variants() -> dict[str, str]:
    return {variant.value: str(variant.label) for variant in Variant} | READERS


@cache
def _columns() -> dict[str, str]:
    """The words for what a copy may be made of: columns, their facts, texts of a company."""
    words = {field.name: str(field.verbose_name) for field in Company._meta.fields}
    for column in _every_column():
        for fact in column.fields:
            words.setdefault(fact.key, fact.label)
        words[column.key] = column.label
    return words


def _every_column() -> Iterator[Column]:
    for variant in Variant:
        yield from variant.terms.offered.values()
    yield from month_columns(4)
