"""The admin's lists of records whose state is dated: shown and filtered as of today."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from groups.models import Group, Membership, RosterConsent
from iri_exchange.lib.admin import HouseAdmin


class StateToday(admin.SimpleListFilter):
    """A filter over an annotation of `as_of` today."""

    parameter_name: str
    choices_of: Any

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return self.choices_of

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class StageToday(StateToday):
    title, parameter_name, choices_of = "今日の段階", "stage", Group.Stage.choices


class StatusToday(StateToday):
    title, parameter_name, choices_of = "今日の状態", "status", Membership.Status.choices


class ConsentToday(StateToday):
    title, parameter_name, choices_of = (
        "名簿への掲載",
        "consent",
        [("unknown", "未確認"), *RosterConsent.Answer.choices],
    )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "unknown":
            return queryset.filter(consent__isnull=True)
        return super().queryset(request, queryset)


class AsOfToday(HouseAdmin):
    """Lists records with what they are today."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).as_of(timezone.localdate())
