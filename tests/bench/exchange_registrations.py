"""The office's list of who takes part in a joint exchange, of 400 and of 20,000, as the list of companies; and the page
on which the public registers, against the least that Django does with one row.
"""

import datetime
from collections.abc import Iterator

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from events.models import JointExchange, Registration
from tests.bench import rosters
from tests.bench.book import maker_of_all
from tests.bench.measuring import Figure, settle
from tests.bench.pages import FEW, MANY, ROWS, fill, minimal, opened
from tests.exchange_factories import make_exchange
from tests.factories import make_group

KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲ"
STATES = [Registration.State.CONFIRMED, Registration.State.CANCELLED]


def figures(times: int, many: int = MANY) -> list[Figure]:
    """Works on a directory that nothing else may fill."""
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(make_group(name="速さの会", capacity=ROWS), rosters.rows(ROWS))
    maker, client, exchange = maker_of_all(), Client(HTTP_HOST="127.0.0.1"), make_exchange()
    client.force_login(maker)
    url = f"/office/joint/{exchange.fiscal_year}/registrations/"
    found, lists = [*_register(exchange, times)], {}
    for count in (FEW, many):
        _people(exchange, count)
        lists[count] = opened(client, url, times)
        companies = opened(client, "/companies/", times)
        what = f"registrations, {ROWS} of {count:,}"
        found.append(Figure(what, lists[count], f"{ROWS} companies", companies, most_ratio=1.3))
    what = f"registrations, {ROWS} of {many:,}"
    found.append(Figure(what, lists[many], f"{ROWS} of {FEW}", lists[FEW], most_ratio=1.3))
    return found


def _register(exchange: JointExchange, times: int) -> Iterator[Figure]:
    """Open today, whichever day that is. The floor is bound without the frame; behind it is a visitor, too."""
    now = timezone.now()
    exchange.registration_from = now - datetime.timedelta(days=1)
    exchange.registration_until = now + datetime.timedelta(days=1)
    exchange.save()
    url = f"/joint/{exchange.fiscal_year}/register/"
    if b"<form" not in Client(HTTP_HOST="127.0.0.1").get(url).content:
        raise RuntimeError(f"{url}: no form")
    runs, what = opened(Client(HTTP_HOST="127.0.0.1"), url, times), "registration page (joint exchange)"
    yield Figure(what, runs, "one × 11, minimal", minimal(times)[1], most_ratio=2)
    yield Figure(what, runs, "one × 11, through the frame", minimal(times, maker_of_all())[1])


def _people(exchange: JointExchange, count: int) -> None:
    """Up to so many."""
    there = Registration.objects.count()
    Registration.objects.bulk_create(
        Registration(
            exchange=exchange,
            kind=Registration.Kind.PUBLIC if number % 3 else Registration.Kind.GUEST,
            state=STATES[number % 3 == 0],
            number=number,
            name=f"架空 {number}郎",
            kana=f"{KANA[number % 45]}カクウ {KANA[number // 45 % 45]}ロウ",
            affiliation=f"株式会社青葉製作所{number}",
        )
        for number in range(there + 1, count + 1)
    )
    settle()
