"""Who is put where, by rule."""

import random

from events.exchange.booths import floor
from events.exchange.booths.arranging import arrange
from events.models import Booth

PLAN = floor.stored("AAA\nBBB")


def booth(pk, watts=0, **fields):
    return Booth(pk=pk, exhibitor=f"架空{pk}", watts=watts, **fields)


def loads(found, booths):
    watts = {each.pk: each.watts for each in booths}
    used = dict.fromkeys(PLAN.letters, 0)
    for pk, at in found.items():
        used[PLAN.places[at].letter] += watts[pk]
    return used


def test_groups_stand_together_then_trades():
    booths = [booth(1, trade="G"), booth(2, trade="E"), booth(3, trade="E"), booth(4, trade="E")]
    beside = {1: "keyaki", 2: "minato", 3: "keyaki", 4: ""}
    assert arrange(PLAN, booths, {}, beside) == {3: (0, 0), 1: (0, 1), 2: (0, 2), 4: (1, 0)}


def test_the_order_in_which_they_come_makes_no_difference():
    booths = [booth(pk, watts=pk * 100, trade="EG"[pk % 2]) for pk in range(1, 7)]
    limits = {"A": 1100, "B": 1100}
    first = arrange(PLAN, booths, limits, {})
    for seed in range(20):
        mixed = random.Random(seed).sample(booths, len(booths))
        assert arrange(PLAN, mixed, limits, {}) == first


def test_no_circuit_is_overloaded_where_that_can_be_had():
    booths = [booth(pk, watts) for pk, watts in enumerate((300, 300, 400, 500, 700, 800), start=1)]
    found = arrange(PLAN, booths, {"A": 1500, "B": 1500}, {})
    assert loads(found, booths) == {"A": 1500, "B": 1500}


def test_where_it_cannot_the_excess_is_told_by_the_load():
    booths = [booth(pk, 1500) for pk in range(1, 4)]
    found = arrange(PLAN, booths, {"A": 1500, "B": 1500}, {})
    assert sorted(loads(found, booths).values()) == [1500, 3000]


def test_what_stands_already_is_counted():
    there = booth(1, 1000, place_row=0, place_column=0)
    assert arrange(PLAN, [there, booth(2, 600)], {"A": 1500, "B": 1500}, {}) == {2: (1, 0)}


def test_more_than_there_are_places_wait():
    assert len(arrange(PLAN, [booth(pk) for pk in range(1, 9)], {}, {})) == 6
