"""The tables as they stand now: without those who have cancelled, and with whom has no seat yet."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from django.utils import timezone

from events.exchange.tables.effects import Standing
from events.exchange.tables.people import Party, party_of, problem_of
from events.exchange.tables.problem import Counts, Problem, count
from events.models import JointExchange, ProgrammeItem, Registration, TablePlan, TableSeat


@dataclass(frozen=True)
class Table:
    """One table in one round. `at` is when the round begins, in words; empty if the programme does not say."""

    round: int
    number: int
    at: str
    seats: list[TableSeat]

    @property
    def is_locked(self) -> bool:
        return all(seat.is_locked for seat in self.seats)


@dataclass(frozen=True)
class Round:
    number: int
    at: str
    tables: list[Table]

    @property
    def people(self) -> int:
        return sum(len(table.seats) for table in self.tables)


class Arrangement:
    """A plan with its seats, read once. `gone` are those with a seat who do not come any more (ids)."""

    def __init__(self, exchange: JointExchange) -> None:
        self.exchange = exchange
        self.plan = TablePlan.objects.filter(exchange=exchange).first()
        self.party: Party = party_of(exchange)
        every = list(self.plan.seats.order_by("round", "table", "pk")) if self.plan else []
        self.seats: list[TableSeat] = []
        self.gone: set[int] = set()
        for seat in every:
            if seat.registration_id in self.party.people and seat.round <= exchange.table_rounds:
                seat.registration = self.party.people[seat.registration_id]
                self.seats.append(seat)
            elif seat.registration_id not in self.party.people:
                self.gone.add(seat.registration_id)
        self.seats.sort(key=lambda seat: (seat.round, seat.table, seat.registration.sort_key, seat.pk))

    @cached_property
    def seating(self) -> dict[tuple[int, int], int]:
        return {(seat.round, seat.registration_id): seat.table for seat in self.seats}

    @cached_property
    def problem(self) -> Problem:
        return problem_of(self.exchange, self.party)

    @cached_property
    def counts(self) -> Counts:
        return count(self.problem, self.seating)

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.problem, self.seating)

    @cached_property
    def rounds(self) -> list[Round]:
        times = times_of(self.exchange)
        found: dict[int, dict[int, list[TableSeat]]] = {}
        for seat in self.seats:
            found.setdefault(seat.round, {}).setdefault(seat.table, []).append(seat)
        return [
            Round(
                number,
                times[number - 1],
                [Table(number, table, times[number - 1], seats) for table, seats in sorted(tables.items())],
            )
            for number, tables in sorted(found.items())
        ]

    @cached_property
    def unseated(self) -> list[tuple[Registration, list[int]]]:
        """Who has no seat in which rounds, in the order of the names. Nobody before there is a seat at all."""
        if not self.seats:
            return []
        rounds = range(1, self.exchange.table_rounds + 1)
        missing = (
            (row, [number for number in rounds if (number, pk) not in self.seating])
            for pk, row in self.party.people.items()
        )
        return [(row, numbers) for row, numbers in missing if numbers]

    def warnings(self) -> Iterator[str]:
        """What is not as it should be, in words, with whom."""
        people = self.party.people
        met: dict[tuple[int, int], list[int]] = {}
        for table in (table for each in self.rounds for table in each.tables):
            ids = sorted(seat.registration_id for seat in table.seats)
            for one, other in combinations(ids, 2):
                met.setdefault((one, other), []).append(table.number)
                if house := self.party.shared(one, other):
                    names = f"{people[one].name}様と{people[other].name}様"
                    yield f"第{table.round}回 {table.number}卓：{names}は、どちらも「{house}」の方です。"
        for (one, other), tables in met.items():
            if len(tables) > 1:
                rounds = "・".join(
                    f"第{number}回"
                    for number in range(1, self.exchange.table_rounds + 1)
                    if self.seating.get((number, one), 0) == self.seating.get((number, other), -1)
                )
                yield f"{people[one].name}様と{people[other].name}様は、{rounds}に同じ卓です。"


def times_of(exchange: JointExchange) -> list[str]:
    """When each round begins, 14:20: from the programme, the rounds one after the other where it tells only the first."""
    items = exchange.programme.filter(kind=ProgrammeItem.Kind.TABLES, time__isnull=False)
    times = [item.time for item in items.order_by("position") if item.time]
    rounds = exchange.table_rounds
    if len(times) >= rounds:
        return [f"{time:%H:%M}" for time in times[:rounds]]
    if not times:
        return [""] * rounds
    first = datetime.datetime.combine(timezone.localdate(exchange.starts_at), times[0])
    after = datetime.timedelta(minutes=exchange.table_minutes)
    return [f"{first + number * after:%H:%M}" for number in range(rounds)]
