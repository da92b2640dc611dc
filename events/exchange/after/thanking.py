"""Who was there is thanked, and exhibitors are asked what came of it: each once, by one letter."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.after import letters
from events.exchange.after.times import require_open
from events.exchange.entering.letters import address_of
from events.exchange.entering.places import lock
from events.exchange.entering.renewing import UNREACHED, row_of
from events.models import Booth, JointExchange, Registration
from events.replying.reach import reach_of
from iri_exchange.lib import history
from members.models import Letter

NOBODY = "これから送る方はいません。ページを開き直して、確かめてください。"


@dataclass(frozen=True)
class Thanks:
    """Who was there and was not thanked: `ready`, each with an address, and `by_hand`, whom no letter reaches."""

    ready: list[tuple[Registration, str]]
    by_hand: list[Registration]
    thanked: int


@dataclass(frozen=True)
class Asking:
    """Booths that have told no result and were not asked: `ready` by letter, `by_hand` without an address."""

    ready: list[Booth]
    by_hand: list[Booth]
    asked: int
    told: int


def thanks_of(exchange: JointExchange) -> Thanks:
    """As it stands now, in three queries whatever the number of people."""
    there = Registration.objects.filter(exchange=exchange, arrived_at__isnull=False, erased_at=None)
    rows = list(there.filter(thanked_at=None).select_related("person").order_by("sort_key", "pk"))
    reached = reach_of([row.person for row in rows if row.person])
    found = Thanks([], [], there.exclude(thanked_at=None).count())
    for row in rows:
        row.exchange = exchange
        address = row.email
        if row.person:
            address = row.person.email if reached[row.person.pk].by_letter else ""
        if address:
            found.ready.append((row, address))
        else:
            found.by_hand.append(row)
    return found


def asking_of(exchange: JointExchange) -> Asking:
    """As it stands now."""
    booths = Booth.objects.filter(exchange=exchange, state=Booth.State.ACCEPTED).defer("picture")
    silent = list(booths.filter(result_at=None, asked_at=None))
    for booth in silent:
        booth.exchange = exchange
    return Asking(
        [booth for booth in silent if booth.email],
        [booth for booth in silent if not booth.email],
        booths.exclude(asked_at=None).count(),
        booths.exclude(result_at=None).count(),
    )


@transaction.atomic
def thank(*, exchange: JointExchange, by: Any) -> int:
    """Write to everybody who was there and was not thanked yet: how many letters.

    Raises ValidationError before the day is over, once answers are not taken any more, and where nobody is left.
    """
    exchange = lock(exchange)
    require_open(exchange)
    ready = thanks_of(exchange).ready
    if not ready:
        raise ValidationError(NOBODY, code="nobody")
    rows = [row for row, _ in ready]
    now = timezone.now()
    for row in rows:
        row.thanked_at = now
    with history.step("合同交流会のお礼とアンケート", by):
        history.update(rows, ["thanked_at"])
    for row, address in ready:
        letters.thanks(row, address)
    return len(rows)


@transaction.atomic
def ask_results(*, exchange: JointExchange, by: Any) -> int:
    """Ask every exhibitor who has told nothing and was not asked yet: how many letters. Raises as `thank`."""
    exchange = lock(exchange)
    require_open(exchange)
    ready = asking_of(exchange).ready
    if not ready:
        raise ValidationError(NOBODY, code="nobody")
    now = timezone.now()
    with history.step("出展の結果のお願い", by):
        for booth in ready:
            booth.asked_at = now
            booth.save(update_fields=["asked_at"])
    for booth in ready:
        letters.result(booth)
    return len(ready)


@transaction.atomic
def renew_letter(letter: Letter) -> Letter:
    """The thanks once more, with the link that is good now. Raises ValidationError once answers are not taken any more,
    and where nothing tells whose letter it was, or no letter reaches them.
    """
    row = row_of(letter, after=True)
    require_open(row.exchange)
    address, _ = address_of(row)
    if not address:
        raise ValidationError(UNREACHED, code="unreached")
    return letters.thanks(row, address)
