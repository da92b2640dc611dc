"""All members of all groups, for the office: one selection with the filters that its signals link to."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from groups.models import Group, Membership, Office, Representative
from iri_exchange.lib import japan

# A search is a few words; a longer text costs a condition a word and finds nothing.
MOST_LETTERS, MOST_WORDS = 100, 8
GAPS = {
    "consent": "名簿掲載の同意が「未確認」の会員",
    "kana": "フリガナのない会員",
    "contact": "電話もメールも分からない会員",
    "joined": "入会日が分からない会員",
    "nobody": "登録者のいない会員企業",
}


def asked(parameters: Mapping[str, str]) -> dict[str, str]:
    """What the address bar asks for; a question that is not asked is empty."""
    return {name: text_asked(parameters, name) for name in ("q", "group", "office", "status", "gap")}


def text_asked(parameters: Mapping[str, str], name: str) -> str:
    """One text from the address bar. With a NUL, which PostgreSQL does not take, it asks for nothing."""
    text = parameters.get(name, "")
    return "" if "\0" in text else text[:MOST_LETTERS]


def with_gap(memberships: QuerySet[Any], gap: str, day: datetime.date) -> QuerySet[Any]:
    """Those in which something is 未確認. An unknown gap is no filter."""
    conditions = {
        "consent": Q(consent__isnull=True),
        "kana": Q(company__kana="") | Q(person__family_kana=""),
        "contact": Q(company__phone="", company__email="") & ~_represented_by(day, _REACHABLE)
        | Q(person__phone="", person__email=""),
        "joined": Q(joined_on__isnull=True),
        "nobody": Q(company__isnull=False) & ~_represented_by(day, Q()),
    }
    return memberships.filter(conditions[gap]) if gap in conditions else memberships


def selection(memberships: QuerySet[Any], asked: dict[str, str], day: datetime.date) -> QuerySet[Any]:
    """The members that are asked for on a day, in フリガナ order, with `attending` and all else that a row shows."""
    if asked["status"] in Membership.Status.values:
        memberships = memberships.filter(status=asked["status"])
    elif asked["status"] != "all":
        memberships = memberships.filter(status__in=Membership.BELONGING)
    if asked["group"]:
        memberships = memberships.filter(group__slug=asked["group"])
    if asked["office"]:
        memberships = memberships.filter(group__office__slug=asked["office"])
    for word in asked["q"].split()[:MOST_WORDS]:
        key = japan.fold(word)
        memberships = memberships.filter(
            Q(company__search_key__contains=key)
            | Q(person__search_key__contains=key)
            | _represented_by(day, Q(person__search_key__contains=key))
        )
    attending = Representative.objects.on(day).select_related("person")
    return (
        with_gap(memberships, asked["gap"], day)
        .select_related("group", "company", "person")
        .prefetch_related(Prefetch("representatives", attending, to_attr="attending"))
        .order_by(Coalesce("company__sort_key", "person__sort_key"), "pk")
    )


def choices() -> dict[str, Any]:
    """What the filters offer."""
    return {
        "groups": Group.objects.order_by("founded_year", "sort_key"),
        "offices": Office.objects.all(),
        "statuses": [("", "在会と休会"), *Membership.Status.choices, ("all", "すべて")],
        "gaps": GAPS.items(),
    }


_REACHABLE = ~Q(person__phone="", person__email="")


def _represented_by(day: datetime.date, condition: Q) -> Q:
    """Whether somebody of whom the condition holds represents the member on the day."""
    return Q(Exists(Representative.objects.on(day).filter(condition, membership=OuterRef("pk"))))
