"""What may be done with one seat, and what each choice would do to the tables."""

from dataclasses import dataclass
from typing import Any

from events.exchange.tables.effects import Effect
from events.exchange.tables.reading import Arrangement
from events.exchange.tables.seating import MOST_ABOVE, sizes_of
from events.models import TableSeat

SHOWN = 12


@dataclass(frozen=True)
class Exchange:
    """`seat`: that of the other person."""

    seat: TableSeat
    effect: Effect


@dataclass(frozen=True)
class Move:
    table: int
    people: int
    effect: Effect


def page_of(arrangement: Arrangement, seat: TableSeat, *, every: bool) -> dict[str, Any]:
    """What the page of a seat tells; the best exchanges only, unless `every` one is asked for."""
    sits = (seat.round, seat.registration_id) in arrangement.seating
    swaps = exchanges(arrangement, seat) if sits and not seat.is_locked else []
    return {
        "exchange": arrangement.exchange,
        "plan": arrangement.plan,
        "seat": seat,
        "mates": [
            each
            for each in arrangement.seats
            if (each.round, each.table) == (seat.round, seat.table) and each.pk != seat.pk
        ],
        "swaps": swaps if every else swaps[:SHOWN],
        "more": 0 if every else max(0, len(swaps) - SHOWN),
        "moves": moves(arrangement, seat) if sits and not seat.is_locked else [],
        "sits": sits,
    }


def exchanges(arrangement: Arrangement, seat: TableSeat) -> list[Exchange]:
    """With everybody at another table of the round who may be moved; the best first."""
    standing, who = arrangement.standing, seat.registration_id
    found = [
        Exchange(each, standing.swap(seat.round, who, each.registration_id))
        for each in arrangement.seats
        if each.round == seat.round and each.table != seat.table and not each.is_locked
    ]
    return sorted(found, key=lambda each: (each.effect.merit, each.seat.table, each.seat.pk))


def moves(arrangement: Arrangement, seat: TableSeat) -> list[Move]:
    """To every other table with room, those with most of it first."""
    most = arrangement.exchange.table_seats + MOST_ABOVE
    found = [
        Move(table, people, arrangement.standing.move(seat.round, seat.registration_id, table))
        for table, people in sizes_of(arrangement, seat.round).items()
        if table != seat.table and people < most
    ]
    return sorted(found, key=lambda each: (each.people, each.effect.merit, each.table))[:SHOWN]
