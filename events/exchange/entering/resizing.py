"""The office puts an exchange right, and who waits moves up where that makes places: both or neither."""

from typing import Any, NamedTuple

from django.db import transaction

from events.exchange.entering import places, waiting
from events.exchange.holding import making
from events.models import JointExchange, Registration

OVER = "{label}の席は、定員{capacity}名に対して{taken}名に、もうお約束しています。どなたの席も取り消していません。"
LABELS = {Registration.Kind.MEMBER: "会員・公社のグループ", Registration.Kind.PUBLIC: "一般の方"}


class Changed(NamedTuple):
    """`told`: as `making.change`; `offers`: to how many a place was offered; `over`: sentences on too few places."""

    told: list[str]
    offers: int
    over: list[str]


@transaction.atomic
def change(*, exchange: JointExchange, by: Any, **facts: Any) -> Changed:
    """As `making.change`; more places are offered to who waits, in order. Fewer take nobody's away, and `over` says so."""
    told = making.change(exchange=exchange, by=by, **facts)
    locked = places.lock(exchange)
    offers = waiting.settle(locked)
    return Changed(told, offers, _over(locked))


def _over(exchange: JointExchange) -> list[str]:
    found = []
    for kind, label in LABELS.items():
        capacity, taken = places.capacity_of(exchange, kind), places.taken(exchange, places.pool_of(kind))
        if capacity is not None and taken > capacity:
            found.append(OVER.format(label=label, capacity=capacity, taken=taken))
    return found
