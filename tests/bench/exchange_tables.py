"""The tables of a joint exchange: worked out for 200 people and three rounds, and the cards that stand on 300 tables."""

import datetime
from random import Random

from events.exchange.tables.papers import print_cards
from events.exchange.tables.problem import Problem, Sitter
from events.exchange.tables.solving import solve
from iri_exchange.lib import pdf
from tests.bench.measuring import Figure, Runs
from tests.exchange_factories import make_exchange

DAY = datetime.date(2032, 2, 10)  # far from the exchanges of other figures
PEOPLE, GROUPS, ROUNDS, WISHES, CARDS = 200, 27, 3, 3, 300


def figures(times: int) -> list[Figure]:
    """Each from `times` runs; against seats given out at random, and against pages with nothing but a number."""
    exchange, problem = make_exchange(fiscal_year=2031, day=DAY), _problem()
    solved, random, cards, plain = Runs(), Runs(), Runs(), Runs()
    print_cards(exchange=exchange, tables=range(1, 3))
    for _ in range(times):
        with solved.one():
            solve(problem)
        with random.one():
            _at_random(problem)
        with cards.one():
            print_cards(exchange=exchange, tables=range(1, CARDS + 1))
        with plain.one():
            _plain()
    return [
        Figure(f"tables of {PEOPLE} × {ROUNDS}", solved, "at random", random, most_seconds=10),
        Figure(f"{CARDS} table cards", cards, "the same pages, naive", plain, most_seconds=2),
    ]


def _problem() -> Problem:
    random = Random(1)
    ids = range(PEOPLE)
    wishes = {(who, random.choice(ids)) for who in ids for _ in range(WISHES)}
    return Problem(
        tuple(Sitter(number, frozenset({f"g{random.randrange(GROUPS)}"})) for number in ids),
        ROUNDS,
        wishes=frozenset(each for each in wishes if each[0] != each[1]),
    )


def _at_random(problem: Problem) -> dict[tuple[int, int], int]:
    random, seating = Random(1), {}
    for round_ in range(1, problem.rounds + 1):
        ids = [each.id for each in problem.people]
        random.shuffle(ids)
        seating |= {(round_, who): at // problem.seats + 1 for at, who in enumerate(ids)}
    return seating


def _plain() -> bytes:
    pages = "".join(f'<p style="break-after: page; font-size: 300pt">{number}' for number in range(CARDS))
    return pdf.write(
        f'<!doctype html><html lang="ja"><title>x</title>{pages}</html>', title="x", tagged=False
    )
