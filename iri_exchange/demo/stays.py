"""When members came, rested, left and came back: dates only, before anybody has a name."""

import datetime
from dataclasses import dataclass

from iri_exchange.demo.tables.groups import GroupRow
from iri_exchange.demo.world import World

YEAR = datetime.timedelta(days=365)
MONTH = datetime.timedelta(days=30)
REASONS = (
    "retired",
    "retired",
    "contact_left",
    "contact_left",
    "closed",
    "busy",
    "busy",
    "distance",
    "cost",
    "no_match",
    "deceased",
    "other",
    "unknown",
    "unknown",
)


@dataclass
class Stay:
    """One membership from its first day on. `left` with `back` is a member who returned."""

    joined: datetime.date
    individual: bool = False
    rested: datetime.date | None = None
    resumed: datetime.date | None = None
    left: datetime.date | None = None
    reason: str = ""
    back: datetime.date | None = None


def plan(world: World, row: GroupRow, launched: datetime.date) -> list[Stay]:
    """The stays of one group in the order of joining: as many of today as the row says, and former ones."""
    age = world.launched.year - launched.year
    founders = row.size if age == 0 else round(row.size * max(0.3, 1 - age * 0.035))
    late = [
        world.day_between(launched + 9 * MONTH, world.today - MONTH, 1.4) for _ in range(row.size - founders)
    ]
    present = [Stay(day) for day in [launched] * founders + sorted(map(_meeting_day, late))]
    for stay in world.dice.sample(present[1:], row.individuals):
        stay.individual = True
    settled = [stay for stay in present if world.today - stay.joined > 4 * YEAR]
    for stay in settled:
        _interrupt(world, row, stay)
    if not row.counted_on and world.chance(0.4):
        _send_on_leave(world, [stay for stay in settled if not stay.rested and not stay.left])
    return sorted(present + former(world, row, launched, present), key=lambda stay: stay.joined)


def former(world: World, row: GroupRow, launched: datetime.date, present: list[Stay]) -> list[Stay]:
    """Those who left for good: old groups lost more, as far as their papers still tell."""
    age = world.launched.year - launched.year
    last = world.today - 2 * MONTH
    if not row.counted_on:
        return [_former(world, launched, launched + YEAR, last) for _ in range(min((age + 3) // 5, 6))]
    # Whoever came after the count took the place of somebody who was counted.
    counted = sum(stay.joined > row.counted_on for stay in present)
    earlier = (row.counted_on.year - launched.year) // 8
    return [
        *(_former(world, launched, row.counted_on + 3 * MONTH, last) for _ in range(counted)),
        *(_former(world, launched, launched + YEAR, row.counted_on - MONTH) for _ in range(earlier)),
    ]


def _former(world: World, launched: datetime.date, first: datetime.date, last: datetime.date) -> Stay:
    """Somebody who was there before `first` and left until `last`."""
    joined = launched
    if world.chance(0.35):
        joined = _meeting_day(world.day_between(launched, first - 6 * MONTH, 1.5))
    left = world.day_between(first, last, 0.7)
    return Stay(
        joined, individual=world.chance(0.1), left=left.replace(day=1), reason=world.dice.choice(REASONS)
    )


def _interrupt(world: World, row: GroupRow, stay: Stay) -> None:
    """Some rested for a while, some left and came back."""
    start = world.day_between(stay.joined + YEAR, world.today - 3 * YEAR).replace(day=1)
    if world.chance(0.07):
        stay.rested = start
        stay.resumed = (start + world.dice.randint(6, 18) * MONTH).replace(day=1)
    elif not row.counted_on and world.chance(0.03):
        stay.left, stay.reason = start, world.dice.choice(["busy", "contact_left", "distance"])
        stay.back = (start + world.dice.randint(12, 24) * MONTH).replace(day=1)


def _send_on_leave(world: World, candidates: list[Stay]) -> None:
    """One member rests today."""
    if candidates:
        chosen = world.dice.choice(candidates)
        chosen.rested = world.day_between(world.today - YEAR, world.today - MONTH).replace(day=1)


def _meeting_day(day: datetime.date) -> datetime.date:
    """New members are welcomed at a meeting, in the middle of the month, on a weekday."""
    middle = day.replace(day=10)
    return middle + datetime.timedelta(days={5: 2, 6: 1}.get(middle.weekday(), 0))
