"""A place was offered to somebody whom no letter reaches: the office tells them by telephone, and learns when it lapsed.

Nobody has to write it down: who is on the list leaves it with their answer, or a week after the offer lapsed.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from events.exchange.holding.telling import phone_to
from events.models import JointExchange, Registration
from events.replying.reach import reach_of

State = Registration.State
# Only who is in one of these may have to be telephoned.
STATES = frozenset({State.OFFERED, State.LAPSED})
# So long the office is told of an offer that lapsed without a letter.
SAID_FOR = datetime.timedelta(days=7)


@dataclass(frozen=True)
class ToPhone:
    """`until`: the end of the offer. `is_over`: the place went to the next, and the person does not know of it."""

    registration: Registration
    phone: str
    until: datetime.datetime
    is_over: bool


def to_phone(exchange: JointExchange) -> list[ToPhone]:
    """Who is to be telephoned about an offer, the most urgent first; nobody once the exchange is held, off or past."""
    now = timezone.now()
    if exchange.state != JointExchange.State.PUBLISHED or exchange.ends_at <= now:
        return []
    rows = Registration.objects.filter(exchange=exchange, state__in=STATES, erased_at=None)
    lately = rows.filter(Q(state=State.OFFERED) | Q(offered_until__gte=now - SAID_FOR))
    unaddressed = lately.filter(Q(person__isnull=False) | Q(email=""))
    found = list(unaddressed.select_related("person", "membership__company").order_by("offered_until", "pk"))
    reached = reach_of([row.person for row in found if row.person])
    return [
        ToPhone(row, phone_to(row), row.offered_until, row.offered_until < now)
        for row in found
        if row.offered_until and not (row.person_id and reached[row.person_id].by_letter)
    ]
