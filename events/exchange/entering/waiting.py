"""The waiting list: free places are offered in order, each until a deadline; what is not taken up lapses.

Called whenever a place may have become free: by the verbs of taking part, after the office has changed the capacity, and
once an hour by the worker. An offer keeps its place until its deadline, and not a second longer.
"""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.exchange.entering import letters, places
from events.models import JointExchange, Registration
from iri_exchange.lib import history

State = Registration.State
TIME_TO_ANSWER = datetime.timedelta(days=2)
LAST_HOUR = datetime.time(17)  # of the day before
# Who gets less time than this would learn of the offer too late.
LEAST_TIME = datetime.timedelta(hours=2)


def deadline(exchange: JointExchange) -> datetime.datetime | None:
    """Until when an offer of now is open: two days, but not beyond 17:00 of the day before. None: too late for offers."""
    now = timezone.now()
    last = timezone.make_aware(
        datetime.datetime.combine(exchange.day - datetime.timedelta(days=1), LAST_HOUR)
    )
    if exchange.state != JointExchange.State.PUBLISHED or last - now < LEAST_TIME:
        return None
    return min((now + TIME_TO_ANSWER).replace(second=0, microsecond=0), last)


@transaction.atomic
def fill(*, exchange: JointExchange) -> int:
    """Let lapse what is due, and offer what is free to who waits: how many offers. For whoever made places."""
    return settle(places.lock(exchange))


def settle(exchange: JointExchange, *, asking: int | None = None) -> int:
    """As `fill`, for an exchange that `places.lock` gave, and in its transaction. Once it is held or off, all stays.

    `asking`: whoever takes a place just now (their id) hears of that by the caller's letter, and gets none here.
    """
    if exchange.state != JointExchange.State.PUBLISHED:
        return 0
    _lapse(exchange, asking)
    until = deadline(exchange)
    return 0 if until is None else sum(_offer(exchange, pool[0], until, asking) for pool in places.POOLS)


def settle_everywhere() -> int:
    """For the worker, once an hour: each exchange that lies ahead, in a transaction of its own. How many offers."""
    ahead = JointExchange.objects.filter(state=JointExchange.State.PUBLISHED, ends_at__gt=timezone.now())
    return sum(fill(exchange=exchange) for exchange in ahead)


def _offer(exchange: JointExchange, kind: str, until: datetime.datetime, asking: int | None) -> int:
    if not (left := places.free(exchange, kind)):
        return 0
    rows = places.waiting(exchange, places.pool_of(kind)).select_for_update(no_key=True)[:left]
    for row in (offered := list(rows)):
        row.exchange = exchange
        row.state, row.offered_until = State.OFFERED, until
        with history.step("空いた席をご案内する"):
            row.save(update_fields=["state", "offered_until"])
        if row.pk != asking:
            letters.write("offer", row)
    return len(offered)


def _lapse(exchange: JointExchange, asking: int | None) -> None:
    """Who did not take up the offer is told; of an address that was never confirmed nobody is."""
    now = timezone.now()
    due = Q(state=State.OFFERED, offered_until__lt=now) | Q(state=State.PENDING, confirm_until__lt=now)
    rows = Registration.objects.filter(due, exchange=exchange).order_by("pk")
    for row in rows.select_for_update(no_key=True):
        row.exchange = exchange
        was_offered = row.state == State.OFFERED
        row.state, row.ended_at = State.LAPSED, now
        with history.step("期限が過ぎた"):
            row.save(update_fields=["state", "ended_at"])
        if was_offered and row.pk != asking:
            letters.write("lapsed", row)
