"""Who gets a badge, counted once for each print: loading the page of a print again counts nobody anew.

A print is asked for (POST: who is on it is written down, and each badge counted), then fetched as often as wanted (GET)
for a day: who is on it and whose badge is a reprint stays as it was.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet

from events.exchange.day import badges
from events.exchange.holding import copies
from events.models import JointExchange, Registration
from groups.papers.badges import Layout

MOST_BLANKS = 50
KEPT = 24 * 3600
COLUMNS = ("number", "kind", "name", "kana", "affiliation", "group")
PURPOSE = "合同交流会の名札"


class What(Enum):
    """Which badges are asked for."""

    NEW = "new"
    CHOSEN = "chosen"
    ALL = "all"
    BLANK = "blank"


@dataclass(frozen=True)
class Asked:
    """`kinds` and `groups` (ids) say who is CHOSEN; where both are given, who is of both. `only`: the one registration."""

    what: What = What.NEW
    kinds: Collection[str] = ()
    groups: Collection[int] = ()
    only: int | None = None
    layout: Layout = Layout.TEN
    blanks: int = 0


@dataclass(frozen=True)
class Print:
    """What was asked for: ids in the order of the badges, and those of them that are reprints."""

    exchange: int
    layout: str
    blanks: int
    people: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)


def of(exchange: JointExchange, asked: Asked) -> QuerySet[Registration]:
    """Those who come and get a badge, in the order of フリガナ."""
    rows = Registration.objects.filter(exchange=exchange, erased_at=None).coming()
    if asked.only is not None:
        return rows.filter(pk=asked.only)
    if asked.what is What.BLANK:
        return rows.none()
    if asked.what is What.NEW:
        rows = rows.filter(badge_prints=0)
    if asked.what is What.CHOSEN:
        rows = rows.filter(kind__in=asked.kinds) if asked.kinds else rows
        rows = rows.filter(group__in=asked.groups) if asked.groups else rows
    return rows.order_by("sort_key", "pk")


def new(exchange: JointExchange) -> int:
    """How many have no badge yet."""
    return of(exchange, Asked()).count()


@transaction.atomic
def ask(*, exchange: JointExchange, asked: Asked) -> str:
    """Count the badges of a print; returns the name under which it is fetched.

    Raises ValidationError where nobody would be on it, and for more than `MOST_BLANKS` blank ones.
    """
    if not 0 <= asked.blanks <= MOST_BLANKS:
        raise ValidationError(f"白い名札は、{MOST_BLANKS}枚までです。", code="blanks")
    rows = list(of(exchange, asked).select_for_update(no_key=True).values_list("pk", "badge_prints"))
    if not rows and not asked.blanks:
        raise ValidationError(_nobody(asked), code="nobody")
    people = [pk for pk, _ in rows]
    Registration.objects.filter(pk__in=people).update(badge_prints=F("badge_prints") + 1)
    name = uuid.uuid4().hex
    again = [pk for pk, prints in rows if prints]
    cache.set(_kept(name), Print(exchange.pk, asked.layout.value, asked.blanks, people, again), KEPT)
    return name


def asked_for(exchange: JointExchange, name: str) -> Print | None:
    """The print of that name; None when its day is over, and for one of another exchange."""
    found = cache.get(_kept(name)) if name.isalnum() and name.isascii() and len(name) == 32 else None
    return found if isinstance(found, Print) and found.exchange == exchange.pk else None


def fetch(*, exchange: JointExchange, print_: Print, by: Any) -> bytes:
    """The PDF; logged first, unless there are blank ones only. Who has cancelled since is not on it."""
    rows = {row.pk: row for row in _rows(exchange, print_.people)}
    named = [rows[pk] for pk in print_.people if pk in rows]
    again = set(print_.again)
    every = [badges.badge_of(row, again=row.pk in again) for row in named]
    blank = [badges.Badge(Registration.Kind.PUBLIC)] * print_.blanks
    number = ""
    if named:
        number = copies.logged(
            exchange=exchange, paper="badges", rows=named, by=by, columns=COLUMNS, purpose=PURPOSE
        )
    return badges.draw(exchange, [*every, *blank], Layout(print_.layout), number)


def _rows(exchange: JointExchange, people: Collection[int]) -> Iterable[Registration]:
    rows = Registration.objects.filter(exchange=exchange, pk__in=people, erased_at=None).coming()
    return rows.select_related("group", "partner_group")


def _nobody(asked: Asked) -> str:
    if asked.only is not None:
        return "参加の決まっていない方の名札は、刷れません。"
    if asked.what is What.NEW:
        return "まだ刷っていない名札は、ありません。"
    if asked.what is What.BLANK:
        return "白い名札の枚数を入れてください。"
    return "名札にする方が、いません。"


def kinds_of(exchange: JointExchange) -> list[str]:
    """The kinds of those who come."""
    come = Registration.objects.filter(exchange=exchange).coming().order_by().values_list("kind", flat=True)
    present = set(come.distinct())
    return [kind for kind in Registration.Kind.values if kind in present]


def with_people(exchange: JointExchange) -> Q:
    """The groups of which somebody comes."""
    come = Registration.objects.filter(exchange=exchange, group__isnull=False).coming()
    return Q(pk__in=come.order_by().values("group"))


def _kept(name: str) -> str:
    return f"exchange-badges:{name}"
