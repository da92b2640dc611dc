"""The lists' filters: their state lives in the address bar, and what is typed is folded as the names are."""

import datetime
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from groups.counting import with_member_count
from groups.handing_on import NOTHING_WITHHELD, Withheld
from groups.models import Group, GroupStage, Membership, Office
from groups.visibility import (
    NOTHING,
    Listing,
    all_but,
    as_listed,
    attending,
    groups_visible_to,
    memberships_known_to,
)
from iri_exchange.lib import asked, japan, search
from iri_exchange.lib.fields import DayFormField, KnownChoice, LineField
from iri_exchange.lib.widgets import drawn_quickly
from members.models import Company, Person

LONGEST_SEARCH, MOST_WORDS = 100, 8  # each word costs a condition per column searched


class ListFilter(django_filters.FilterSet):
    """A filter whose fields look like ours. A value that cannot be read filters nothing and is told beside its field."""

    def get_form_class(self) -> type[forms.Form]:
        form: type[forms.Form] = super().get_form_class()
        for field in form.base_fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            if select:
                field.error_messages["invalid_choice"] = asked.UNKNOWN
            drawn_quickly(field)
        return form

    @property
    def in_use(self) -> bool:
        """Whether the reader narrowed the list."""
        return bool(self.form.errors) or any(self.form.cleaned_data.values())

    def folded(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(search.matching(value, lambda key: search.having(queryset.model, key)))


class SearchFormField(LineField):
    """What is typed to search by; what is longer than anybody types is refused, in words."""

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if len(typed) > LONGEST_SEARCH or len(typed.split()) > MOST_WORDS:
            raise ValidationError(
                f"さがす言葉は、{LONGEST_SEARCH}字・{MOST_WORDS}語までにしてください。", code="too_long"
            )
        return typed


class SearchFilter(django_filters.Filter):
    field_class = SearchFormField


def search_field(label: str, method: str = "folded") -> SearchFilter:
    return SearchFilter(label=label, method=method, widget=forms.TextInput(attrs={"type": "search"}))


class RecordField(KnownChoice, django_filters.fields.ModelChoiceField):
    pass


class RecordFilter(django_filters.ModelChoiceFilter):
    """One of several records, by its slug."""

    field_class = RecordField


class DayFilter(django_filters.Filter):
    field_class = DayFormField


def day_filter() -> DayFilter:
    """`date` in the address bar: the day of which the list tells, today unless given."""
    widget = forms.TextInput(attrs={"placeholder": "今日"})
    return DayFilter(label="いつの時点", method="as_they_are", widget=widget)


class OfADay(ListFilter):
    """A list that tells of a day; it declares `date = day_filter()` after its other filters."""

    today: datetime.date

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.today = timezone.localdate()
        super().__init__(*args, **kwargs)

    @property
    def day(self) -> datetime.date:
        return (not self.form.errors.get("date") and self.form.cleaned_data["date"]) or self.today

    @property
    def another_day(self) -> datetime.date | None:
        """The day, if it is not today."""
        return self.day if self.day != self.today else None

    def as_they_are(self, queryset: QuerySet[Any], name: str, value: datetime.date) -> QuerySet[Any]:
        """The day is already in the annotations (`filter_queryset`)."""
        return queryset


class GroupFilter(OfADay):
    """Needs groups annotated by `stage` and `member_count` as of today; of another day they are asked again.

    Dissolved groups are listed only when asked for, and those that had not begun on another day not at all.
    """

    ACTIVE = "active"

    q = search_field("グループの名前・紹介でさがす")
    office = RecordFilter(
        label="拠点", queryset=Office.objects.all(), to_field_name="slug", empty_label="すべて"
    )
    stage = django_filters.ChoiceFilter(
        label="段階",
        choices=[(ACTIVE, "活動中（発足年度・自主運営）"), *Group.Stage.choices],
        empty_label="解散を除くすべて",
        method="by_stage",
    )
    date = day_filter()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.another_day:
            known = Group.objects.filter(pk__in=queryset.order_by().values("pk")).select_related("office")
            begun = GroupStage.objects.filter(since__lte=self.day).values("group")
            queryset = with_member_count(known.filter(pk__in=begun), self.day).as_of(self.day)  # type: ignore[attr-defined]
        if not self.form.cleaned_data.get("stage"):
            # A group whose life begins later has no stage yet, which is not to be "dissolved".
            queryset = queryset.filter(~Q(stage=Group.Stage.DISSOLVED) | Q(stage=None))
        return super().filter_queryset(queryset)

    def by_stage(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        active = [Group.Stage.LAUNCHED, Group.Stage.SELF_MANAGED]
        return queryset.filter(stage__in=active if value == self.ACTIVE else [value])


def _groups(request: HttpRequest) -> QuerySet[Group]:
    return groups_visible_to(request.user).select_related(None).only("slug", "name")


# Functions, since the choices of a filter are copied for every page, one by one.
def _industries() -> list[tuple[str, str]]:
    return list(japan.INDUSTRIES.items())


def _prefectures() -> list[tuple[str, str]]:
    return [(name, name) for name in japan.PREFECTURES]


class CompanyFilter(OfADay):
    """Needs the request: the groups offered are those the reader sees, their members those the reader may know.

    Of another day the list holds those companies that were members then, and may be known to have been.
    """

    q = search_field("企業名・業種・製品でさがす")
    industry = django_filters.ChoiceFilter(label="業種（大分類）", choices=_industries, empty_label="すべて")
    prefecture = django_filters.ChoiceFilter(label="都道府県", choices=_prefectures, empty_label="すべて")

    group = RecordFilter(
        label="グループ", queryset=_groups, to_field_name="slug", empty_label="すべて", method="in_group"
    )
    date = day_filter()

    class Meta:
        model = Company
        fields = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.another_day:
            members = memberships_known_to(self.request.user, self.day)
            queryset = queryset.filter(pk__in=members.order_by().values("company"))
        return super().filter_queryset(queryset)

    def in_group(self, queryset: QuerySet[Any], name: str, value: Group) -> QuerySet[Any]:
        members = memberships_known_to(self.request.user, self.another_day).filter(group=value)
        return queryset.filter(pk__in=members.values("company"))


class MembershipFilter(OfADay):
    """The members of a group on a day (`date`, today unless given), annotated as of that day.

    `everyone` says that the reader knows all members of the group, but for those `without`. For others the list, the search and the
    trades offered hold only what their listing lets be known, and who has left is not asked for.
    """

    BELONGING = "belonging"
    ALL = "all"
    OF_MEMBERS: ClassVar = [
        (BELONGING, "在会と休会"),
        *((status.value, status.label) for status in Membership.BELONGING),
    ]

    q = search_field("企業名・氏名・製品でさがす", "by_names")
    status = django_filters.ChoiceFilter(
        label="状態",
        choices=[*OF_MEMBERS, (Membership.Status.LEFT.value, Membership.Status.LEFT.label), (ALL, "すべて")],
        empty_label=None,
        method="by_status",
    )
    trade = django_filters.ChoiceFilter(label="業種", empty_label="すべて", method="by_trade")
    date = day_filter()

    def __init__(
        self, data: Any, *, group: Group, everyone: bool, without: Withheld = NOTHING_WITHHELD
    ) -> None:
        self.group, self.everyone, self.without = group, everyone, without
        asked = data.copy()
        asked.setdefault("status", self.BELONGING)
        super().__init__(asked, group.memberships.all())
        # Who is no member today is hidden on any day: today's trades are all that another day can show.
        self.filters["trade"].extra["choices"] = _trades_of(self._seen_on(self.today))
        if not everyone:
            self.filters["status"].extra["choices"] = self.OF_MEMBERS

    @property
    def in_use(self) -> bool:
        values = self.form.cleaned_data
        return bool(values.get("q") or values.get("trade") or values.get("status") != self.BELONGING)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        self.form.cleaned_data.setdefault("status", self.BELONGING)
        return super().filter_queryset(self._seen_on(self.day))

    def by_names(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        named = self._seen_on(self.day).filter(listing=Listing.FULL).values("pk")
        people = attending(self.day, in_full=self.everyone, without=self.without).filter(membership__in=named)

        def found(key: str) -> Q:
            theirs = people.filter(search.having(Person, key, "person")).values("membership")
            company, person = search.having(Company, key, "company"), search.having(Person, key, "person")
            return company | person | Q(pk__in=theirs)

        return queryset.filter(search.matching(value, found))

    def by_status(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == self.ALL:
            return queryset
        return queryset.filter(status__in=Membership.BELONGING if value == self.BELONGING else [value])

    def by_trade(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(Q(company__trade=value) | Q(person__trade=value))

    def _seen_on(self, day: datetime.date) -> QuerySet[Any]:
        in_full = all_but(self.without) if self.everyone else NOTHING
        members = as_listed(self.group.memberships, day, in_full=in_full)
        return members.filter(status__isnull=False, listing__gt=Listing.HIDDEN)


def _trades_of(members: QuerySet[Any]) -> list[tuple[str, str]]:
    """As choices."""
    pairs = members.values_list("company__trade", "person__trade")
    return [(trade, trade) for trade in sorted({trade for pair in pairs for trade in pair if trade})]
