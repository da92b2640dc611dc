"""What the inbox of a round may be narrowed to."""

import re
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from groups.forms.filters import ListFilter, search_field
from groups.models import Application
from groups.recruitment import inbox
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField

# As the figures of the call name what was left open.
UNANSWERED = ("none", "（未回答）")


# Functions, since the choices of a filter are copied for every page, one by one.
def _industries() -> list[tuple[str, str]]:
    return [*japan.INDUSTRIES.items(), UNANSWERED]


def _prefectures() -> list[tuple[str, str]]:
    return [(name, name) for name in japan.PREFECTURES]


class DayFilter(django_filters.Filter):
    field_class = DayFormField


class InboxFilter(ListFilter):
    """Needs rows of `inbox.received`."""

    q = search_field("企業名・製品・ご連絡先・受付番号でさがす", method="by_number_or_words")
    state = django_filters.ChoiceFilter(
        label="状態",
        choices=[each for each in Application.State.choices if each[0] != Application.State.DRAFT],
        empty_label="すべて",
    )
    decision = django_filters.ChoiceFilter(
        label="採否", choices=[*inbox.DECISIONS.items()], empty_label="すべて", method="by_decision"
    )
    flag = django_filters.ChoiceFilter(
        label="気をつけること", choices=[*inbox.FLAGS.items()], empty_label="すべて", method="by_flag"
    )
    industry = django_filters.ChoiceFilter(
        label="業種（大分類）", choices=_industries, empty_label="すべて", method="by_answer"
    )
    prefecture = django_filters.ChoiceFilter(label="都道府県", choices=_prefectures, empty_label="すべて")
    route = django_filters.ChoiceFilter(
        label="届き方", choices=Application.Route.choices, empty_label="すべて"
    )
    source = django_filters.ChoiceFilter(
        label="知ったきっかけ",
        choices=[*Application.Source.choices, UNANSWERED],
        empty_label="すべて",
        method="by_answer",
    )
    received = DayFilter(label="受付の日", field_name="confirmed_at__date")

    def by_number_or_words(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """2027-014, or 14, is a number, too."""
        found = self.folded(queryset, name, value)
        number = re.fullmatch(r"(?:\d{4}-)?(\d{1,4})", japan.half_width(value).strip())
        return queryset.filter(Q(serial=int(number[1])) | Q(pk__in=found.values("pk"))) if number else found

    def by_answer(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(**{name: "" if value == UNANSWERED[0] else value})

    def by_decision(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return inbox.decided(queryset, value)

    def by_flag(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return inbox.flagged(queryset, value)
