"""All members of all groups, for the office: one selection with the filters that its signals link to."""

import datetime
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from groups.forms.filters import OfADay, RecordFilter, day_filter, search_field
from groups.models import Group, Membership, Office, Representative
from iri_exchange.lib import search
from members.models import Company, Person

GAPS = {
    "consent": "名簿掲載の同意が「未確認」の会員",
    "kana": "フリガナのない会員",
    "contact": "電話もメールも分からない会員",
    "joined": "入会日が分からない会員",
    "nobody": "登録者のいない会員企業",
}


class MemberFilter(OfADay):
    """Needs memberships annotated by `as_of` today; of another day they are asked again. Those who left are shown only when asked for."""

    ALL = "all"

    q = search_field("企業名・氏名・製品でさがす", "by_names")
    group = RecordFilter(
        label="グループ",
        queryset=Group.objects.order_by("founded_year", "sort_key"),
        to_field_name="slug",
        empty_label="すべて",
    )
    office = RecordFilter(
        label="拠点",
        queryset=Office.objects.all(),
        field_name="group__office",
        to_field_name="slug",
        empty_label="すべて",
    )
    status = django_filters.ChoiceFilter(
        label="状態",
        choices=[*Membership.Status.choices, (ALL, "すべて")],
        empty_label="在会と休会",
        method="by_status",
    )
    gap = django_filters.ChoiceFilter(
        label="気にかけたいこと", choices=list(GAPS.items()), empty_label="すべて", method="by_gap"
    )

    date = day_filter()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.another_day:
            queryset = Membership.objects.as_of(self.day).filter(pk__in=queryset.order_by().values("pk"))
        if not self.form.cleaned_data.get("status"):
            queryset = queryset.filter(status__in=Membership.BELONGING)
        return in_order(super().filter_queryset(queryset), self.day)

    def by_names(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        def found(key: str) -> Q:
            company, person = search.having(Company, key, "company"), search.having(Person, key, "person")
            return company | person | _represented_by(self.day, person)

        return queryset.filter(search.matching(value, found))

    def by_status(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset if value == self.ALL else queryset.filter(status=value)

    def by_gap(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return with_gap(queryset, value, self.day)


def with_gap(memberships: QuerySet[Any], gap: str, day: datetime.date) -> QuerySet[Any]:
    """Those in which something is 未確認."""
    conditions = {
        "consent": Q(consent__isnull=True),
        "kana": Q(company__kana="") | Q(person__family_kana=""),
        "contact": Q(company__phone="", company__email="") & ~_represented_by(day, _REACHABLE)
        | Q(person__phone="", person__email=""),
        "joined": Q(joined_on__isnull=True),
        "nobody": Q(company__isnull=False) & ~_represented_by(day, Q()),
    }
    return memberships.filter(conditions[gap])


def in_order(memberships: QuerySet[Any], day: datetime.date) -> QuerySet[Any]:
    """By フリガナ, with `attending` and all else that a row shows."""
    attending = Representative.objects.on(day).select_related("person")
    return (
        memberships.select_related("group", "company", "person")
        .prefetch_related(Prefetch("representatives", attending, to_attr="attending"))
        .order_by(Coalesce("company__sort_key", "person__sort_key"), "pk")
    )


_REACHABLE = ~Q(person__phone="", person__email="")


def _represented_by(day: datetime.date, condition: Q) -> Q:
    """Whether somebody of whom the condition holds represents the member on the day."""
    return Q(Exists(Representative.objects.on(day).filter(condition, membership=OuterRef("pk"))))
