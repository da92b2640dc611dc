"""Last year's joint exchange as the beginning of the next: the same weekday of the same week, a year later."""

import datetime
from typing import Any

from django.db.models import QuerySet

from events.models import Circuit, JointExchange

A_YEAR = datetime.timedelta(weeks=52)
MOMENTS = (
    "starts_at",
    "ends_at",
    "registration_from",
    "registration_until",
    "booths_from",
    "booths_until",
)
SAME = (
    "title",
    "introduction",
    "organisers",
    "place",
    "address",
    "way",
    "office",
    "member_capacity",
    "public_capacity",
    "has_party",
    "party_time",
    "party_place",
    "party_fee",
    "table_rounds",
    "table_seats",
    "table_minutes",
    "floor",
)


def like(source: JointExchange) -> JointExchange:
    """A new one that is not stored. The theme of the year is left open."""
    made = JointExchange(**{name: getattr(source, name) for name in SAME})
    for name in MOMENTS:
        setattr(made, name, getattr(source, name) + A_YEAR)
    return made


def sources() -> QuerySet[JointExchange]:
    """From which one can be copied, the latest first."""
    return JointExchange.objects.order_by("-fiscal_year")


def copy_circuits(source: JointExchange, to: JointExchange) -> None:
    """In the caller's transaction."""
    for each in source.circuits.all():
        Circuit.objects.create(exchange=to, letter=each.letter, watts=each.watts)


def described(source: JointExchange) -> dict[str, Any]:
    """How much is copied besides the fields of the form."""
    return {
        "programme": source.programme.count(),
        "circuits": source.circuits.count(),
        "floor": bool(source.floor),
    }
