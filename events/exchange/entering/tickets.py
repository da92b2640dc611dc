"""The personal link of who is asked to the joint exchange or has entered: what opening it comes to now. Writes nothing."""

from enum import Enum
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from events import links
from events.models import JointExchange, Registration

State = JointExchange.State


class Door(Enum):
    """OVER: the day is past, the page may still be read; CANCELLED: there will be none; RENEWED: a newer link was made."""

    OPEN, OVER, CANCELLED, RENEWED, UNKNOWN = range(5)


class Opened(NamedTuple):
    """`registration` is there but for RENEWED and UNKNOWN; how much of it may be told, its door says."""

    registration: Registration | None
    door: Door


def opened(token: str) -> Opened:
    """In one query."""
    key = links.key_of(Registration, token)
    rows = Registration.objects.select_related("exchange__office", "group", "partner_group", "person")
    row = rows.filter(pk=key[0], erased_at=None).first() if key else None
    if key is None or row is None or row.exchange.state == State.DRAFT:
        return Opened(None, Door.UNKNOWN)
    if key[1] != row.generation:
        return Opened(None, Door.RENEWED)
    return Opened(row, door_of(row))


def door_of(registration: Registration) -> Door:
    """Of somebody whose link is good."""
    exchange = registration.exchange
    if exchange.state == State.CANCELLED:
        return Door.CANCELLED
    is_over = exchange.state == State.HELD or exchange.ends_at <= timezone.now()
    return Door.OVER if is_over else Door.OPEN


def ticket_url(registration: Registration) -> str:
    """The whole address of the one personal page, whatever the state."""
    return _absolute("exchange_ticket", registration)


def arrival_url(registration: Registration) -> str:
    """What the square on the 受付票 opens at the reception."""
    return _absolute("exchange_arrive", registration)


def _absolute(name: str, registration: Registration) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[links.token_of(registration)])}"
