"""When the day is over, and until when it may be told of."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from events.models import JointExchange

State = JointExchange.State
# The questionnaire and the results of the booths are taken for so long after the day.
OPEN_FOR = datetime.timedelta(days=60)
NOT_YET = "合同交流会が終わってから、行えます。"
CANCELLED = "中止した合同交流会では、行えません。"
CLOSED = "お答えの期限が過ぎました。事務局にお知らせください。"


def is_over(exchange: JointExchange) -> bool:
    """It took place, and its last minute is past."""
    took_place = exchange.state in (State.PUBLISHED, State.HELD)
    return took_place and timezone.now() >= exchange.ends_at


def last_day(exchange: JointExchange) -> datetime.date:
    """The last day, in Japan, on which answers and results are taken."""
    return exchange.day + OPEN_FOR


def is_open(exchange: JointExchange) -> bool:
    """Whether answers and results are taken today."""
    return is_over(exchange) and timezone.localdate() <= last_day(exchange)


def require_over(exchange: JointExchange) -> None:
    """Raise ValidationError unless it took place and is over."""
    if exchange.state == State.CANCELLED:
        raise ValidationError(CANCELLED, code="cancelled")
    if not is_over(exchange):
        raise ValidationError(NOT_YET, code="not_yet")


def require_open(exchange: JointExchange) -> None:
    """Raise ValidationError unless answers are taken today."""
    require_over(exchange)
    if not is_open(exchange):
        raise ValidationError(CLOSED, code="closed")
