"""How it stands with somebody's taking part, for their own page and the box on a member's page."""

from typing import Any

from django.utils import timezone

from events import links
from events.exchange.entering import entries, own, places, waiting
from events.exchange.entering.letters import contact_of
from events.exchange.entering.tickets import arrival_url
from events.models import JointExchange, Registration
from events.replying.facts import until
from groups.standing import standing
from iri_exchange.lib import japan, qr

State = Registration.State
# Who answers an invitation says their wishes with it.
ASKED = frozenset({State.INVITED, State.DECLINED})
# Those whose button starts anew, within the period.
AGAIN = frozenset({State.LAPSED, State.CANCELLED})


def context_of(registration: Registration) -> dict[str, Any]:
    """For the ticket page; the square only where there is a place."""
    row, exchange = registration, registration.exchange
    is_open = exchange.takes_registrations
    return {
        "registration": row,
        "exchange": exchange,
        "square": qr.square(arrival_url(row)) if row.state == State.CONFIRMED else None,
        "ahead": _ahead_of(row),
        "may_take": _may_take_it(row),
        "may_answer": is_open and row.state in ASKED,
        "may_enter_again": is_open and row.state in AGAIN and row.number is not None,
        "may_cancel": State.CANCELLED in Registration.MOVES[row.state] and row.arrived_at is None,
        "may_choose": row.state in entries.HAS_ENTERED,
        "contact": contact_of(exchange),
        "period": f"{opens_at(exchange)}から{until(exchange.registration_until)}",
    }


def opens_at(exchange: JointExchange) -> str:
    """令和8年11月1日（日）9:00"""
    local = timezone.localtime(exchange.registration_from)
    return f"{japan.full_date(local.date())}{local:%-H:%M}"


def own_exchange(user: Any) -> dict[str, Any] | None:
    """The next joint exchange and the reader's own registration for it; None for who is no member, or where there is none."""
    if not standing(user).memberships or (exchange := own.next_exchange()) is None:
        return None
    row = own.registration_of(user, exchange)
    may_enter = exchange.takes_registrations and (row is None or row.state in ASKED | AGAIN)
    if row is None and not may_enter:
        return None
    return {
        "exchange": exchange,
        "registration": row,
        "token": links.token_of(row) if row else "",
        "may_enter": may_enter,
    }


def said_after(registration: Registration) -> str:
    """In a sentence: whether there was a place."""
    number = registration.number
    if registration.state == State.CONFIRMED:
        return f"合同交流会への参加を受け付けました。参加番号は{number}です。"
    return f"いま満席のため、補欠として受け付けました（番号{number}）。席が空きましたら、メールなどでお知らせします。"


def _ahead_of(row: Registration) -> int:
    """How many wait before this one; 0 for who does not wait."""
    if row.state != State.WAITING or row.waiting_since is None:
        return 0
    queue = places.waiting(row.exchange, places.pool_of(row.kind))
    earlier = queue.filter(waiting_since__lt=row.waiting_since)
    same = queue.filter(waiting_since=row.waiting_since, pk__lt=row.pk)
    return int(earlier.count() + same.count())


def _may_take_it(row: Registration) -> bool:
    """Shortly before the day no more offers are made: who waits takes what is free by opening the own page."""
    too_late_for_letters = row.state == State.WAITING and waiting.deadline(row.exchange) is None
    return too_late_for_letters and places.free(row.exchange, row.kind) != 0
