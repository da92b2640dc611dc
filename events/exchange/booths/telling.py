"""Exhibitors are told where they stand: all who were not told yet, in one go."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.booths import letters
from events.exchange.booths.locking import lock, require_ahead
from events.exchange.booths.placing import accepted_of
from events.models import Booth, JointExchange
from iri_exchange.lib import history

NOBODY = "案内する出展がありません。ページを開き直して、確かめてください。"


@dataclass(frozen=True)
class Untold:
    """Who exhibits and was not told: `ready` by letter, `by_phone` without an address, `unplaced` still without a place
    or number.
    """

    ready: list[Booth]
    by_phone: list[Booth]
    unplaced: list[Booth]


def untold(exchange: JointExchange) -> Untold:
    found = Untold([], [], [])
    for booth in accepted_of(exchange).filter(told_at=None):
        booth.exchange = exchange
        is_placed = booth.number is not None and booth.place_row is not None
        (found.unplaced if not is_placed else found.ready if booth.email else found.by_phone).append(booth)
    return found


@transaction.atomic
def tell(*, exchange: JointExchange, booths: Collection[int], by: Any) -> list[Booth]:
    """Write to those of these booths (their ids) that were not told yet, and have a place, a number and an address.

    Raises ValidationError where none of them is left: somebody else was quicker.
    """
    exchange = lock(exchange)
    require_ahead(exchange)
    told = [each for each in untold(exchange).ready if each.pk in booths]
    if not told:
        raise ValidationError(NOBODY, code="nobody")
    _mark(told, by, "出展のご案内")
    for booth in told:
        letters.placed(booth)
    return told


@transaction.atomic
def told_by_phone(*, exchange: JointExchange, booths: Collection[int], by: Any) -> list[Booth]:
    """Note that these were told by telephone or on paper. Raises ValidationError where none of them is left."""
    exchange = lock(exchange)
    require_ahead(exchange)
    told = [each for each in untold(exchange).by_phone if each.pk in booths]
    if not told:
        raise ValidationError(NOBODY, code="nobody")
    _mark(told, by, "出展のご案内（電話など）")
    return told


def _mark(booths: list[Booth], by: Any, reason: str) -> None:
    now = timezone.now()
    with history.step(reason, by):
        for booth in booths:
            booth.told_at = now
            booth.save(update_fields=["told_at"])
