"""What every verb about booths does first: the exchange, then its booth, as they stand now, locked."""

from django.core.exceptions import ValidationError

from events.exchange.holding import making
from events.models import Booth, JointExchange

OVER = "この合同交流会は、終わったか中止になったので、出展を変えられません。"


# The exchange, locked until the transaction ends: whoever decides or places waits here.
lock = making.lock


def lock_booth(booth: Booth) -> Booth:
    """The booth without its picture, its exchange locked first; `booth.exchange` is the locked one."""
    exchange = lock(booth.exchange)
    locked = Booth.objects.select_for_update(no_key=True).defer("picture").get(pk=booth.pk)
    locked.exchange = exchange
    return locked


def require_ahead(exchange: JointExchange) -> None:
    """Raise ValidationError once the exchange was held or cancelled."""
    if exchange.state in (JointExchange.State.HELD, JointExchange.State.CANCELLED):
        raise ValidationError(OVER)
