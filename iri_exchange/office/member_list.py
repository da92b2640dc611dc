"""All members of all groups, for the office: one selection with the filters that its signals link to."""

from typing import Any

from django.db.models import Q, QuerySet

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
        "contact": Q(company__phone="", company__email="") & ~Q(pk__in=memberships.filter(reachable).values("pk"))
        | Q(person__phone="", person__email=""),
        "joined": Q(joined_on__isnull=True),
        "nobody": Q(company__isnull=False, representatives__isnull=True),
    }
    return memberships.filter(conditions[gap]) if gap in conditions else memberships


def selection(memberships: QuerySet[Membership], asked: Any) -> QuerySet[Membership]:
    """The members the address bar asks for (q, group, office, status, gap), in フリガナ order."""
    if asked.get("status") == Membership.Status.LEFT:
        memberships = memberships.filter(status=Membership.Status.LEFT)
    elif asked.get("status") in Membership.BELONGING:
        memberships = memberships.filter(status=asked["status"])
    elif asked.get("status") != "all":
        memberships = memberships.filter(status__in=Membership.BELONGING)
    if asked.get("group"):
        memberships = memberships.filter(group__slug=asked["group"])
    if asked.get("office"):
        memberships = memberships.filter(group__office__slug=asked["office"])
    for word in asked.get("q", "").split():
        key = japan.fold(word)
        memberships = memberships.filter(
            Q(company__search_key__contains=key)
            | Q(person__search_key__contains=key)
            | Q(representatives__person__search_key__contains=key)
        )
    return with_gap(memberships, asked.get("gap", "")).distinct()


def choices() -> dict[str, Any]:
    """What the filters offer."""
    return {
        "groups": Group.objects.order_by("founded_year", "sort_key"),
        "offices": Office.objects.all(),
        "statuses": [("", "在会と休会"), *Membership.Status.choices, ("all", "すべて")],
        "gaps": GAPS.items(),
    }
