"""All copies of all lists, for the office: filtered, and a search for somebody whose copies are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import django_filters
from django.db.models import Prefetch, Q, QuerySet

from groups.copies import FORMATS, of_group
from groups.forms.filters import MOST_WORDS, DayFilter, ListFilter, RecordFilter, search_field
from groups.models import Group
from iri_exchange.lib import search
from members.models import Company, Employment, Export, Person

MOST_FOUND = 20


class ExportFilter(ListFilter):
    """By group, days, who took it and format."""

    group = RecordFilter(
        label="グループ",
        queryset=Group.objects.order_by("founded_year", "sort_key"),
        to_field_name="slug",
        empty_label="すべて",
        method="by_group",
    )
    since = DayFilter(label="いつから", field_name="taken_at", lookup_expr="date__gte")
    until = DayFilter(label="いつまで", field_name="taken_at", lookup_expr="date__lte")
    by = search_field("出した人", "by_name")
    file_format = django_filters.ChoiceFilter(
        label="形式", choices=list(FORMATS.items()), empty_label="すべて"
    )

    class Meta:
        model = Export
        fields: ClassVar[list[str]] = []

    def by_group(self, queryset: QuerySet[Export], name: str, value: Group) -> QuerySet[Export]:
        return of_group(queryset, value)

    def by_name(self, queryset: QuerySet[Export], name: str, value: str) -> QuerySet[Export]:
        named = search.matching(value, lambda key: search.having(Person, key, "taken_by__person"))
        return queryset.filter(named | Q(taken_by__email__iexact=value.strip()))


@dataclass(frozen=True)
class Candidates:
    """Whom a name may mean; `more`: there are others, and the name should be longer."""

    people: Sequence[Person]
    companies: Sequence[Company]
    more: bool


def candidates(name: str) -> Candidates:
    """People and companies that are called so, by フリガナ; the people with `belonging`, the newest company first."""
    words = " ".join(name.split()[:MOST_WORDS])
    person, company = (search.matching(words, partial(search.having, model)) for model in (Person, Company))
    employments = (
        Employment.objects.filter(company__isnull=False).select_related("company").order_by("-since")
    )
    belonging = Prefetch("employments", employments, to_attr="belonging")
    people = list(Person.objects.filter(person).prefetch_related(belonging)[: MOST_FOUND + 1])
    companies = list(Company.objects.filter(company)[: MOST_FOUND + 1])
    more = len(people) > MOST_FOUND or len(companies) > MOST_FOUND
    return Candidates(people[:MOST_FOUND], companies[:MOST_FOUND], more)
