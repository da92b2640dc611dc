"""An application beside what the directory knows: companies and other applications that may be the same one.

Nothing here decides: a corporate number may be typed wrong, two companies may share a telephone or a name. What agrees
is told in words, and staff choose.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Expression, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Replace
from django.utils import timezone

from groups.importing.likeness import digits
from groups.models import Application, Membership
from iri_exchange.lib import japan, search
from members.models import Company

NUMBER, NAME, FORMER, PHONE = (
    "法人番号が同じ",
    "企業名が同じ",
    "前の社名・別の書き方が同じ",
    "電話番号が同じ",
)
State = Application.State
GONE = [State.DRAFT, State.WITHDRAWN]


@dataclass(frozen=True)
class Likely:
    """A company of the directory, `why` it may be the applicant, and its memberships, each with its `status` today."""

    company: Company
    why: Sequence[str]
    stays: Sequence[Any] = ()


@dataclass(frozen=True)
class Twin:
    """Another application, and why it may be of the same company."""

    application: Application
    why: Sequence[str]


def companies_like(applications: Sequence[Application]) -> dict[int, list[Likely]]:
    """For each application (by id) the companies that may be it, the likeliest first. Three queries, however many."""
    if not applications:
        return {}
    found = list(_candidates(applications))
    stays = _stays_of(found)
    beside: dict[int, list[Likely]] = {}
    for application in applications:
        facts = _Facts.of(application)
        likely = [Likely(each, why, stays[each.pk]) for each in found if (why := facts.agree_with(each))]
        beside[application.pk] = sorted(likely, key=lambda each: -len(each.why))
    return beside


def applications_like(application: Application) -> list[Twin]:
    """Applications of the same company, as it seems, of this year and of years before, the newest first."""
    facts = _Facts.of(application)
    same = Q(search_key__startswith=search.NAME + facts.name + search.OTHER)
    if application.corporate_number:
        same |= Q(corporate_number=application.corporate_number)
    if application.phone:
        same |= Q(phone=application.phone)
    rows = Application.objects.filter(same).exclude(pk=application.pk).exclude(state=State.DRAFT)
    rows = rows.select_related("round__office").order_by("-fiscal_year", "serial", "pk")
    return [Twin(each, facts.agree_with(each)) for each in rows]


def with_twins(applications: QuerySet[Application], fiscal_year: int) -> QuerySet[Any]:
    """Annotate `is_twin`: `applying.twins_of` knows another one of the year, of any office."""
    living = Application.objects.filter(fiscal_year=fiscal_year).exclude(state__in=GONE)
    twin = Q(corporate_number__in=_repeated(living, F("corporate_number"))) | Q(
        known_by__in=_repeated(living, _known_by())
    )
    return applications.alias(known_by=_known_by()).annotate(
        is_twin=Case(When(twin & ~Q(state__in=GONE), then=Value(True)), default=Value(False))
    )


@dataclass(frozen=True)
class _Facts:
    """By what an applicant is known again, as it is compared."""

    name: str
    number: str
    phone: str

    @classmethod
    def of(cls, application: Application) -> "_Facts":
        return cls(
            japan.fold(application.name), application.corporate_number or "", digits(application.phone)
        )

    def agree_with(self, record: Company | Application) -> list[str]:
        """What agrees, in words."""
        agreed = [NUMBER] if self.number and self.number == record.corporate_number else []
        if self.name == japan.fold(record.name):
            agreed.append(NAME)
        elif self.name in map(japan.fold, _other_names(record)):
            agreed.append(FORMER)
        if self.phone and self.phone == digits(record.phone):
            agreed.append(PHONE)
        return agreed


def _candidates(applications: Sequence[Application]) -> QuerySet[Company]:
    numbers = {each.corporate_number for each in applications if each.corporate_number}
    phones = {spelled for each in applications if each.phone for spelled in (each.phone, digits(each.phone))}
    names = {japan.fold(each.name) for each in applications}
    named = search.whole(Company, names).values("record")
    rows = Company.objects.filter(
        Q(corporate_number__in=numbers) | Q(phone__in=phones) | Q(pk__in=named)
    ).order_by("sort_key", "pk")
    return rows.prefetch_related("former_names")


def _other_names(record: Company | Application) -> Iterable[str]:
    if record.other_names:
        yield record.other_names
    if isinstance(record, Company):
        yield from (former.name for former in record.former_names.all())


def _stays_of(companies: Iterable[Company]) -> dict[int, list[Any]]:
    stays: dict[int, list[Any]] = defaultdict(list)
    rows = Membership.objects.as_of(timezone.localdate()).filter(
        company__in=[company.pk for company in companies]
    )
    for membership in rows.select_related("group").order_by("pk"):
        stays[membership.company_id].append(membership)
    return stays


def _known_by() -> Expression:
    """An expression: the name as it is searched, with the digits of the telephone."""
    text = CharField()
    here = Replace("phone", Value("+81-"), Value("0"), output_field=text)
    dialled = Replace(here, Value("-"), Value(""), output_field=text)
    return Concat(search.named(), dialled, output_field=text)


def _repeated(applications: QuerySet[Application], expression: Expression | F) -> QuerySet[Any]:
    """What stands in more than one of them."""
    rows = applications.order_by().annotate(repeated=expression).exclude(repeated=None)
    return rows.values("repeated").annotate(times=Count("pk")).filter(times__gt=1).values("repeated")
