"""What the front door shows: some groups, and how many there are."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from events.calendars import exchanges
from events.models import JointExchange
from groups.counting import with_member_count
from groups.models import Group
from groups.recruitment import rounds
from iri_exchange.lib import japan

PROGRAMME_BEGAN = 1984  # 昭和59年, 本部
SHOWN = 6
TAKING = "新しい会員の応募を受け付けています"
ENTERING = "合同交流会の参加を受け付けています"


def door(today: datetime.date) -> dict[str, Any]:
    """Context of the home page. The groups shown change day by day, so that each has its turn."""
    groups = list(active_groups(today))
    calls = [call for calls in rounds.in_view(today).values() for call in calls]
    exchange = exchanges.ahead().first()
    start = today.toordinal() * SHOWN % len(groups) if groups else 0
    return {
        "today": today,
        "groups": (groups[start:] + groups[:start])[:SHOWN],
        "group_count": len(groups),
        "member_count": sum(group.member_count for group in groups),
        "programme_years": japan.fiscal_year(today) - PROGRAMME_BEGAN,
        "calls": calls,
        "takes_members": any(call.takes for call in calls),
        "exchange": exchange,
        "year_links": _year_links(any(call.takes for call in calls), exchange),
    }


def _year_links(takes_members: bool, exchange: JointExchange | None) -> list[tuple[str, str]]:
    """What a visitor can do now, in the order of the year."""
    links = [(TAKING, reverse("recruitment"))] if takes_members else []
    if exchange and exchange.takes_registrations:
        links.append((ENTERING, reverse("exchange", args=[exchange.fiscal_year])))
    return links


def active_groups(today: datetime.date) -> QuerySet[Any]:
    """Groups that meet (launch year or self-managed) with `stage` and `member_count`, in one query."""
    active = Group.objects.as_of(today).filter(stage__in=[Group.Stage.LAUNCHED, Group.Stage.SELF_MANAGED])
    return (
        with_member_count(active, today).select_related("office").order_by("founded_year", "sort_key", "pk")
    )
