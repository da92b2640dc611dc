"""What the office's page of the tables tells."""

import datetime
from typing import Any

from django.utils import timezone

from events.exchange.tables.making import FEWEST
from events.exchange.tables.reading import Arrangement
from events.exchange.tables.wishing import wish_counts
from events.models import JointExchange, TablePlan

# The worker tells how far it is every few seconds.
STUCK_AFTER = datetime.timedelta(minutes=2)
MOST_WARNINGS = 20


def progress_of(plan: TablePlan) -> dict[str, Any]:
    """What the page tells while the worker is at it."""
    share = plan.steps_done / plan.steps_total if plan.steps_total else 0
    return {
        "plan": plan,
        "tens": int(share * 10) * 10,
        "stuck": timezone.now() - (plan.moved_at or plan.asked_at) > STUCK_AFTER,
    }


def page_of(arrangement: Arrangement, chosen: int) -> dict[str, Any]:
    """The tables of the `chosen` round, what is wrong in any, and who has no seat."""
    exchange, party = arrangement.exchange, arrangement.party
    warnings = list(arrangement.warnings())
    shown = next((each for each in arrangement.rounds if each.number == chosen), None)
    return {
        "exchange": exchange,
        "plan": arrangement.plan,
        "counts": arrangement.counts,
        "rounds": arrangement.rounds,
        "shown": shown,
        "people": len(party.people),
        "seated": len({seat.registration_id for seat in arrangement.seats}),
        "too_few": len(party.people) < FEWEST,
        "wishes": wish_counts(exchange),
        "warnings": warnings[:MOST_WARNINGS],
        "more_warnings": len(warnings) - MOST_WARNINGS,
        "unseated": arrangement.unseated,
        "gone": len(arrangement.gone),
        "locked": sum(seat.is_locked for seat in arrangement.seats),
        "may_make": exchange.state in (JointExchange.State.DRAFT, JointExchange.State.PUBLISHED),
        "not_there": _not_there(arrangement),
    }


def _not_there(arrangement: Arrangement) -> set[int]:
    """On the day, once somebody has come: those who have not, by the id of their registration."""
    exchange = arrangement.exchange
    people = arrangement.party.people.values()
    if exchange.day != timezone.localdate() or not any(row.arrived_at for row in people):
        return set()
    return {row.pk for row in people if row.arrived_at is None}
