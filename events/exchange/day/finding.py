"""Who stands at the door: found by the square on their paper, by their number, or by a piece of their name."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from events import links
from events.exchange.day import receiving
from events.models import JointExchange, Registration
from iri_exchange.lib import japan, search

MOST = 20
LONGEST_NUMBER = 9
# Who is expected first; who was only asked, or is out of it, after them.
_FIRST = [Registration.State.CONFIRMED, Registration.State.OFFERED, Registration.State.WAITING]


@dataclass(frozen=True)
class Found:
    """`hits`: up to `MOST` of them. `more`: there are others. `by_number`: a number was typed."""

    typed: str
    hits: list[Registration]
    more: bool = False
    by_number: bool = False


@dataclass(frozen=True)
class Scanned:
    """What a square says. `is_old`: a newer link was made since, so that somebody else may hold this paper."""

    registration: Registration | None = None
    is_old: bool = False


def find(exchange: JointExchange, typed: str) -> Found:
    """The people of one exchange: digits of any width are a number, anything else is a piece of a name. At most one query."""
    number = japan.half_width(typed).lower().removeprefix("no").lstrip(".:# ")
    if number.isascii() and number.isdecimal():
        if len(number) > LONGEST_NUMBER:
            return Found(typed, [], by_number=True)
        return Found(typed, list(people_of(exchange).filter(number=int(number))), by_number=True)
    if not japan.fold(typed):
        return Found(typed, [])
    named = search.matching(typed, lambda piece: search.having(Registration, piece))
    rows = list(in_order(people_of(exchange).filter(named))[: MOST + 1])
    return Found(typed, rows[:MOST], more=len(rows) > MOST)


def scanned(token: str) -> Scanned:
    """Whose paper it is. Looking it up writes nothing; one query, none for a square that is not ours."""
    key = links.key_of(Registration, token)
    row = everybody().filter(pk=key[0]).first() if key else None
    if key is None or row is None:
        return Scanned()
    return Scanned(row, is_old=row.generation != key[1])


def received_now() -> JointExchange | None:
    """The exchange whose reception is open now, if any."""
    near = JointExchange.objects.filter(
        starts_at__date__lte=timezone.localdate(), starts_at__date__gte=timezone.localdate() - receiving.LATE
    )
    return next((each for each in near if receiving.is_open(each)), None)


def people_of(exchange: JointExchange) -> QuerySet[Registration]:
    """Whose name has been erased is nobody any more."""
    return everybody().filter(exchange=exchange, erased_at=None)


def everybody() -> QuerySet[Registration]:
    """With what is shown of them at the door."""
    return Registration.objects.select_related("exchange", "group", "partner_group", "received_by__person")


def in_order(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    whens: list[Any] = [When(state=state, then=Value(place)) for place, state in enumerate(_FIRST)]
    expected = Case(*whens, default=Value(len(_FIRST)), output_field=IntegerField())
    return rows.order_by(expected, "sort_key", "pk")
