"""The same person, written down by the office a second time within a minute: two presses, or two at one desk.

The very same form sent again is caught before it comes here (docs/decisions/0017-once.md).
"""

import datetime

from django.utils import timezone

from events.exchange.entering.entries import HAS_ENTERED
from events.models import JointExchange, Registration
from iri_exchange.lib import japan

WITHIN = datetime.timedelta(minutes=1)


def just_entered(
    exchange: JointExchange, source: str, *, name: str, kana: str = "", affiliation: str = "", email: str = ""
) -> Registration | None:
    """Who was entered in this way within the last minute with the same name, フリガナ, affiliation and address, however
    they are spelt. To be relied on under `places.lock`.
    """
    since = timezone.now() - WITHIN
    rows = Registration.objects.filter(
        exchange=exchange, source=source, made_at__gte=since, state__in=HAS_ENTERED, erased_at=None
    )
    wanted = _key(name, kana, affiliation, email)
    for row in rows.select_related("exchange", "received_by").order_by("pk"):
        if _key(row.name, row.kana, row.affiliation, row.email) == wanted:
            return row
    return None


def _key(*texts: str) -> tuple[str, ...]:
    return tuple(japan.fold(text) for text in texts)
