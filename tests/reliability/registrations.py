"""Many for few places of the joint exchange: exactly as many get one, in order, and nobody is turned away by an error.

    python -m tests.reliability.registrations [--attempts N] [--places N]

Runs on DATABASE_URL, which must be empty, or on SQLite in a folder of its own. Four processes confirm N addresses, in no
order, for a hundred places: each is a registration with a number of its own, the first hundred have a place, and who came
later waits in the order of the numbers. Then fifty at the same moment, through the real server, for the last place. Then
the same with a planted fault, a twin that counts without waiting for anybody: it must be found.
"""

import argparse
import datetime
import multiprocessing
import random
import sys
import time
from collections import Counter
from functools import partial
from typing import Any

from tests.reliability.edits import portal, serving
from tests.reliability.meetings import Phone, at_once

PROCESSES, AT_ONCE = 4, 50
# Who has an address gets a letter, too; the others are as quick as the places themselves.
EVERY = 10
TOKEN = "a" * 32


def exchange_of(year: int, attempts: int, places: int) -> Any:
    """One with so many places for the public, and so many who still have to confirm their address."""
    from django.utils import timezone

    from events.models import Registration
    from tests.exchange_factories import make_exchange

    now = timezone.now()
    exchange = make_exchange(
        fiscal_year=year,
        day=timezone.localdate() + datetime.timedelta(days=60),
        registration_from=now - datetime.timedelta(days=1),
        booths_from=now - datetime.timedelta(days=9),
        booths_until=now - datetime.timedelta(days=2),
        public_capacity=places,
    )
    until = now + datetime.timedelta(hours=24)
    Registration.objects.bulk_create(
        Registration(
            exchange=exchange,
            kind="public",
            state="pending",
            name=f"架空 {number}",
            email="" if number % EVERY else f"p{number}@example.jp",
            confirm_until=until,
        )
        for number in range(attempts)
    )
    return exchange


def attempt(ids: list[int], seed: int, plant: bool, said: Any) -> None:
    """One process: what came of each."""
    from django.db import connection

    from events.exchange.entering import entries
    from events.models import Registration

    if plant:
        from tests.reliability import unwaiting  # noqa: F401
    random.Random(seed).shuffle(ids)
    answers: Counter[str] = Counter()
    for pk in ids:
        try:
            row = Registration.objects.select_related("exchange").get(pk=pk)
            answers[entries.confirm(registration=row, source="web").state] += 1
        except Exception as error:
            answers[type(error).__name__] += 1
    connection.close()
    said.put(answers)


def race(exchange: Any, *, plant: bool = False) -> list[str]:
    """All of them, by several processes; what does not hold, in sentences."""
    from django.db import connections

    ids = list(exchange.registrations.order_by("pk").values_list("pk", flat=True))
    connections.close_all()
    forked = multiprocessing.get_context("fork")
    said: Any = forked.Queue()
    began = time.monotonic()
    running = [
        forked.Process(target=attempt, args=(ids[first::PROCESSES], first, plant, said))
        for first in range(PROCESSES)
    ]
    for each in running:
        each.start()
    answers: Counter[str] = sum((said.get() for _ in running), Counter())
    for each in running:
        each.join()
    took = time.monotonic() - began
    found = faults(exchange, answers)
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(answers.items()))
    print(
        f"{'planted: ' if plant else ''}{len(ids)} attempts for {exchange.public_capacity} places: "
        f"{told}, {took:.0f} s: {found or 'holds'}",
        flush=True,
    )
    return found


def faults(exchange: Any, answers: Counter[str]) -> list[str]:
    """Places given twice or kept back, numbers given twice or left out, an order that is not kept, errors."""
    rows = exchange.registrations
    coming = sorted(rows.filter(state="confirmed").values_list("number", flat=True))
    waiting = list(
        rows.filter(state="waiting").order_by("waiting_since", "pk").values_list("number", flat=True)
    )
    found = []
    if len(coming) != exchange.public_capacity:
        found.append(f"{len(coming)} places are given")
    if sorted([*coming, *waiting]) != list(range(1, rows.count() + 1)):
        found.append("the numbers are not one for each")
    elif coming and waiting and (coming[-1] > waiting[0] or waiting != sorted(waiting)):
        found.append("who came first does not go first")
    if wrong := {kind: count for kind, count in answers.items() if kind not in ("confirmed", "waiting")}:
        found.append(f"errors: {wrong}")
    return found


def last_place(exchange: Any) -> list[str]:
    """Fifty browsers at the same moment, each with the own link."""
    from events.links import token_of

    links = [f"/joint/ticket/{token_of(row)}/" for row in exchange.registrations.all()]
    with serving("iri_exchange.wsgi") as port:
        phones = [Phone(port, "", TOKEN) for _ in links]
        began = time.monotonic()
        at_once(
            [
                partial(phone.send, to, "", "x-www-form-urlencoded")
                for phone, to in zip(phones, links, strict=True)
            ]
        )
        took = time.monotonic() - began
    statuses = Counter(status for phone in phones for status in phone.answers)
    found = faults(exchange, Counter())
    if statuses != {302: len(links)}:
        found.append(f"answered {dict(statuses)}")
    print(f"{len(links)} at once for the last place, {took:.0f} s: {found or 'holds'}", flush=True)
    return found


def nothing() -> None:
    """No records but those of each run."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--attempts", type=int, default=10_000)
    parser.add_argument("--places", type=int, default=100)
    asked = parser.parse_args()
    with portal(nothing):
        holds = not race(exchange_of(2030, asked.attempts, asked.places))
        holds = not last_place(exchange_of(2031, AT_ONCE, 1)) and holds
        caught = any("places" in each for each in race(exchange_of(2032, 40, 5), plant=True))
    if not caught:
        print("The planted fault was not found", file=sys.stderr)
    return 0 if holds and caught else 1


if __name__ == "__main__":
    sys.exit(main())
