"""Who sits with whom at the demo's joint exchanges: everybody moves on by as many tables as their row says."""

from collections import Counter
from itertools import combinations

from events.models import Registration, TablePlan, TableSeat, Wish
from iri_exchange.demo.exchange_plans import Exchange
from iri_exchange.demo.meeting_plans import DAY, at
from iri_exchange.lib import history

SEATS, ROUNDS = 6, 3
WISHES, KEPT = 20, 15
BATCH = 300

Pair = tuple[Registration, Registration]
Tables = dict[tuple[int, int], list[Registration]]


def add(story: Exchange, rows: list[Registration]) -> None:
    """The tables three days before the day, and some wishes."""
    worked_out = at(story.day - 3 * DAY, 15)
    coming = [row for row in rows if row.state == Registration.State.CONFIRMED and row.made_at < worked_out]
    listed = [row for row in coming if row.is_listed]
    if not story.is_past(worked_out):
        _wish(story, listed, [])
        return
    people = [row for row in coming if row.wants_tables]
    people.sort(
        key=lambda row: (row.kind, row.group_id or row.partner_group_id or 0, row.affiliation, row.pk)
    )
    tables = _sit(people)
    pairs = Counter(pair for seated in tables.values() for pair in combinations(seated, 2))
    met = {frozenset((one.pk, other.pk)) for one, other in pairs}
    wishes = _wish(story, listed, [pair for pair in pairs if all(row.is_listed for row in pair)])
    plan = TablePlan.objects.create(
        exchange=story.made,
        state=TablePlan.State.DONE,
        steps_total=ROUNDS,
        steps_done=ROUNDS,
        asked_by=story.office,
        asked_at=worked_out,
        moved_at=worked_out,
        finished_at=worked_out,
        people=len(people),
        repeats=sum(times > 1 for times in pairs.values()),
        same_house=sum(times for (one, other), times in pairs.items() if _share_a_house(one, other)),
        wishes_met=sum(frozenset((wish.wisher_id, wish.wanted_id)) in met for wish in wishes),
        wishes_total=len(wishes),
    )
    seats = [
        TableSeat(plan=plan, registration=row, round=turn, table=table)
        for (turn, table), seated in tables.items()
        for row in seated
    ]
    history.create(seats, batch_size=BATCH)


def _wish(story: Exchange, listed: list[Registration], met: list[Pair]) -> list[Wish]:
    """Some people would each like to meet one other; most of them do, where the tables are there."""
    chosen = story.dice.sample(met, min(KEPT, len(met)))
    others = story.dice.sample(listed, min(2 * (WISHES - len(chosen)), len(listed) // 2 * 2))
    pairs = {*chosen, *zip(others[::2], others[1::2], strict=True)}
    ordered = sorted(pairs, key=lambda pair: (pair[0].pk, pair[1].pk))
    return history.create([Wish(wisher=one, wanted=other) for one, other in ordered])


def _sit(people: list[Registration]) -> Tables:
    """{(round, table): who sits there}. In rows as long as there are tables: a row keeps together who may not meet."""
    count = max(-(-len(people) // SEATS), 1)
    found: Tables = {}
    for turn in range(ROUNDS):
        for place, row in enumerate(people):
            table = (place + turn * (place // count)) % count
            found.setdefault((turn + 1, table + 1), []).append(row)
    return found


def _share_a_house(one: Registration, other: Registration) -> bool:
    """Of one group or one company."""
    keys = ("group_id", "partner_group_id", "affiliation")
    return any(getattr(one, key) and getattr(one, key) == getattr(other, key) for key in keys)
