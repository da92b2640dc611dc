"""The places of a joint exchange: how many there are, how many are kept, how many are free.

Members and those of the partner corporation share one number of places, the public has its own; guests, staff and the
press need none. Whoever counts takes the row lock of the exchange first, so that the last place is given once
(docs/decisions/0037).
"""

from collections.abc import Sequence
from typing import Any

from events.exchange.holding import making
from events.models import JointExchange, Registration

Kind = Registration.Kind
POOLS: tuple[Sequence[str], ...] = (Registration.OF_MEMBERS, Registration.OF_THE_PUBLIC)


# The exchange as it stands now, locked until the transaction ends; within one only.
lock = making.lock


def free(exchange: JointExchange, kind: str) -> int | None:
    """How many more of a kind may come, never below 0; None where there is no limit. To be relied on under `lock`."""
    capacity = capacity_of(exchange, kind)
    return None if capacity is None else max(capacity - taken(exchange, pool_of(kind)), 0)


def capacity_of(exchange: JointExchange, kind: str) -> int | None:
    """How many places the kind and those who share with it have; None without limit."""
    if kind in Registration.OF_MEMBERS:
        return exchange.member_capacity
    return exchange.public_capacity if kind in Registration.OF_THE_PUBLIC else None


def pool_of(kind: str) -> Sequence[str]:
    """The kinds that share their places with this one; itself alone where it needs none."""
    return next((pool for pool in POOLS if kind in pool), [kind])


def taken(exchange: JointExchange, kinds: Sequence[str]) -> int:
    """How many places are kept for these kinds now: who comes, and who has been offered one and may still take it."""
    rows = Registration.objects.filter(exchange=exchange, kind__in=kinds)
    return rows.holding_a_place().count()


def waiting(exchange: JointExchange, kinds: Sequence[str]) -> Any:
    """Those of these kinds who wait for a place, the first first."""
    rows = Registration.objects.filter(exchange=exchange, kind__in=kinds, state=Registration.State.WAITING)
    return rows.order_by("waiting_since", "pk")


def next_number(exchange: JointExchange) -> int:
    """The number of the next who takes part; `exchange`: as `lock` gave it."""
    exchange.last_number += 1
    JointExchange.objects.filter(pk=exchange.pk).update(last_number=exchange.last_number)
    return exchange.last_number
