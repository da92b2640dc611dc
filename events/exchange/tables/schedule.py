"""Where one person sits in each round, and with whom: as the person is told."""

from dataclasses import dataclass

from events.exchange.tables.reading import times_of
from events.models import JointExchange, Registration, TablePlan, TableSeat


@dataclass(frozen=True)
class Sitting:
    """`mates` are those who agreed to be listed; `others` counts the rest of the table."""

    round: int
    at: str
    table: int
    mates: list[Registration]
    others: int


def schedule_of(registration: Registration) -> list[Sitting]:
    """Nothing until the office shows the tables, nor for somebody who does not come. Three queries."""
    exchange = registration.exchange
    if not (is_shown(exchange) and sits(registration)):
        return []
    own = list(TableSeat.objects.filter(registration=registration, round__lte=exchange.table_rounds))
    if not own:
        return []
    seats = TableSeat.objects.filter(
        plan=own[0].plan_id, registration__state=Registration.State.CONFIRMED, registration__wants_tables=True
    )
    mates: dict[tuple[int, int], list[Registration]] = {}
    for seat in seats.exclude(registration=registration).select_related("registration__group"):
        mates.setdefault((seat.round, seat.table), []).append(seat.registration)
    times = times_of(exchange)
    return [_sitting(seat, times[seat.round - 1], mates.get((seat.round, seat.table), [])) for seat in own]


def is_shown(exchange: JointExchange) -> bool:
    """Shown, and not just being made anew."""
    if exchange.tables_shown_at is None or exchange.state == JointExchange.State.CANCELLED:
        return False
    return not TablePlan.objects.filter(exchange=exchange, state__in=TablePlan.OPEN).exists()


def sits(registration: Registration) -> bool:
    """Whether somebody has a place and wants to sit at the tables."""
    return registration.state == Registration.State.CONFIRMED and registration.wants_tables


def _sitting(seat: TableSeat, at: str, mates: list[Registration]) -> Sitting:
    listed = [mate for mate in mates if mate.is_listed]
    return Sitting(seat.round, at, seat.table, listed, len(mates) - len(listed))
