"""All members of all groups, for the office: one selection with the filters that its signals link to."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from groups.models import Group, Membership, Office
from iri_exchange.lib import japan

GAPS = {
    "consent": "名簿掲載の同意が「未確認」の会員",
    "kana": "フリガナのない会員",
    "contact": "電話もメールも分からない会員",
    "joined": "入会日が分からない会員",
    "nobody": "登録者のいない会員企業",
}


def with_gap(memberships: QuerySet[Membership], gap: str) -> QuerySet[Membership]:
    """Those in which something is 未確認. An unknown gap is no filter."""
    reachable = ~Q(representatives__person__phone="") | ~Q(representatives__person__email="")
    conditions = {
        "consent": Q(consent__isnull=True),
        "kana": Q(company__kana="") | Q(person__family_kana=""),
        "contact": Q(company__phone="", company__email="")
        & ~Q(pk__in=memberships.filter(reachable).values("pk"))
        | Q(person__phone="", person__email=""),
        "joined": Q(joined_on__isnull=True),
        "nobody": Q(company__isnull=False, representatives__isnull=True),
    }
    return memberships.filter(conditions[gap]) if gap in conditions else memberships


def asked(parameters: Mapping[str, str]) -> dict[str, str]:
    """What the address bar asks for; a question that is not asked is empty."""
    return {name: parameters.get(name, "") for name in ("q", "group", "office", "status", "gap")}


def selection(memberships: QuerySet[Membership], asked: dict[str, str]) -> QuerySet[Membership]:
    """The members that are asked for, in フリガナ order, with all that a row shows."""
    if asked["status"] in Membership.Status.values:
        memberships = memberships.filter(status=asked["status"])
    elif asked["status"] != "all":
        memberships = memberships.filter(status__in=Membership.BELONGING)
    if asked["group"]:
        memberships = memberships.filter(group__slug=asked["group"])
    if asked["office"]:
        memberships = memberships.filter(group__office__slug=asked["office"])
    for word in asked["q"].split():
        key = japan.fold(word)
        memberships = memberships.filter(
            Q(company__search_key__contains=key)
            | Q(person__search_key__contains=key)
            | Q(representatives__person__search_key__contains=key)
        )
    rows = with_gap(memberships, asked["gap"]).distinct().select_related("group", "company", "person")
    by_name = Coalesce("company__sort_key", "person__sort_key")
    return rows.prefetch_related("representatives__person").order_by(by_name, "pk")


def choices() -> dict[str, Any]:
    """What the filters offer."""
    return {
        "groups": Group.objects.order_by("founded_year", "sort_key"),
        "offices": Office.objects.all(),
        "statuses": [("", "在会と休会"), *Membership.Status.choices, ("all", "すべて")],
        "gaps": GAPS.items(),
    }
