"""What the office writes about the day once it is over."""

from typing import Any

from django.db import transaction

from events.exchange.after.times import require_over
from events.exchange.entering.places import lock
from events.models import JointExchange
from iri_exchange.lib import history


@transaction.atomic
def write(*, exchange: JointExchange, words: str, by: Any) -> JointExchange:
    """Keep the words of the report. Raises ValidationError before the day is over."""
    row = lock(exchange)
    require_over(row)
    row.report_words = words
    with history.step("開催してのまとめ", by):
        row.save(update_fields=["report_words", "changed_at"])
    return row
