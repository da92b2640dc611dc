"""Whom somebody would like to meet: up to five of those who come and agreed to be listed. The office sees numbers only."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count

from events.exchange.entering.places import lock
from events.exchange.tables.schedule import sits
from events.models import JointExchange, Registration, Wish
from iri_exchange.lib import history, japan

MOST_WISHES = 5
CLOSED = "席が決まったので、希望はもう変えられません。"
TOO_MANY = f"選べるのは、{MOST_WISHES}名までです。"


@transaction.atomic
def choose(*, registration: Registration, wanted: Sequence[int]) -> int:
    """The wishes are these (ids of registrations) and no others; how many there are. Somebody who is not to be chosen any
    more is left out. Raises ValidationError for more than five, and where nothing may be wished.
    """
    lock(registration.exchange)
    registration = Registration.objects.select_related("exchange").get(pk=registration.pk)
    if said := why_not(registration):
        raise ValidationError(said)
    if len(set(wanted)) > MOST_WISHES:
        raise ValidationError(TOO_MANY)
    known = set(to_choose(registration).filter(pk__in=list(wanted)).values_list("pk", flat=True))
    old = {wish.wanted_id: wish.pk for wish in registration.wishes.all()}
    with history.step("会いたい方を選ぶ"):
        history.delete(Wish, [pk for wanted_id, pk in old.items() if wanted_id not in known])
        history.create([Wish(wisher=registration, wanted_id=pk) for pk in sorted(known - old.keys())])
    return len(known)


def why_not(registration: Registration) -> str:
    """Why nothing may be wished now, in words; empty if it may."""
    exchange = registration.exchange
    if not exchange.table_rounds:
        return "この合同交流会には、分散会がありません。"
    if exchange.state != JointExchange.State.PUBLISHED:
        return "この合同交流会の受け付けは、終わりました。"
    if not sits(registration):
        return "分散会に参加する方だけが、会いたい方を選べます。"
    return CLOSED if exchange.tables_shown_at else ""


def to_choose(registration: Registration) -> Any:
    """Everybody else who comes to the tables and agreed to be listed; not those of the same group, who never share a table."""
    rows = Registration.objects.coming().filter(
        exchange=registration.exchange_id, wants_tables=True, is_listed=True
    )
    if registration.group_id:
        rows = rows.exclude(group=registration.group_id)
    if registration.partner_group_id:
        rows = rows.exclude(partner_group=registration.partner_group_id)
    return rows.exclude(pk=registration.pk).select_related("group", "partner_group")


def found(registration: Registration, query: str) -> list[Registration]:
    """Those of whom every word is in the name, its reading, the affiliation, the group or the trade; all without a word.

    Compared here and not by the search key, which knows addresses too.
    """
    words = list(filter(None, map(japan.fold, query.split())))
    return [row for row in to_choose(registration) if all(word in _told(row) for word in words)]


def _told(row: Registration) -> str:
    of = row.group.name if row.group else row.partner_group.name if row.partner_group else ""
    return " ".join(map(japan.fold, [row.name, row.kana, row.affiliation, of, row.get_trade_display()]))


def wish_counts(exchange: JointExchange) -> dict[str, int]:
    """How many have wished, and how many wishes there are."""
    wishes = Wish.objects.filter(wisher__exchange=exchange)
    found: dict[str, int] = wishes.aggregate(people=Count("wisher", distinct=True), wishes=Count("pk"))
    return found


def page_of(registration: Registration, query: str, ticked: Sequence[str] | None) -> dict[str, Any]:
    """What the page shows: those chosen (`ticked` as sent, or else as stored), always, and then those found."""
    stored = {str(pk) for pk in registration.wishes.values_list("wanted_id", flat=True)}
    chosen = stored if ticked is None else set(ticked)
    everybody = found(registration, "")
    hits = found(registration, query) if query else everybody
    return {
        "registration": registration,
        "exchange": registration.exchange,
        "query": query,
        "chosen": [row for row in everybody if str(row.pk) in chosen],
        "others": [row for row in hits if str(row.pk) not in chosen],
        "everybody": len(everybody),
        "most": MOST_WISHES,
    }
