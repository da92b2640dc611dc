"""What those who were there say of the day, and what exhibitors say came of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.after.times import require_open
from events.exchange.entering.places import lock
from events.models import Booth, Feedback, Registration
from iri_exchange.lib import history

NOT_THERE = "アンケートは、当日お越しになった方にお願いしています。"
NOT_EXHIBITING = "結果を書けるのは、出展した方だけです。"
FIELDS = ("satisfaction", "useful", "met", "talks_on", "comes_again", "words")


@transaction.atomic
def answer(*, registration: Registration, said: dict[str, Any]) -> Feedback:
    """Keep what somebody says, in the place of what they said before. `said`: a value for each of FIELDS.

    Raises ValidationError for who was not there, and when answers are not taken.
    """
    exchange = lock(registration.exchange)
    require_open(exchange)
    row = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    if row.arrived_at is None or row.erased_at is not None:
        raise ValidationError(NOT_THERE, code="not_there")
    found = Feedback.objects.filter(registration=row).first() or Feedback(registration=row)
    for name in FIELDS:
        setattr(found, name, said[name])
    found.answered_at = timezone.now()
    with history.in_step("合同交流会のアンケート"):
        found.save()
    return found


@transaction.atomic
def tell_result(*, booth: Booth, cards: int | None, talks: int | None, words: str, by: Any) -> Booth:
    """What came of exhibiting; told again it stands in the place of what was told before.

    Raises ValidationError for a booth that did not exhibit, and when results are not taken.
    """
    exchange = lock(booth.exchange)
    require_open(exchange)
    row = Booth.objects.select_for_update(no_key=True).defer("picture").get(pk=booth.pk)
    row.exchange = exchange
    if row.state != Booth.State.ACCEPTED:
        raise ValidationError(NOT_EXHIBITING, code="not_exhibiting")
    row.cards, row.talks, row.result_words, row.result_at = cards, talks, words, timezone.now()
    with history.step("出展の結果", by):
        row.save(update_fields=["cards", "talks", "result_words", "result_at"])
    return row
