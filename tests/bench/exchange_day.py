"""The day of the joint exchange: 300 badges, against the naive way: the same badges as a plain table."""

from html import escape

from events.exchange.day import badge_jobs
from events.exchange.day.badge_jobs import Asked, What
from events.exchange.day.badges import badge_of
from events.models import JointExchange, Registration
from iri_exchange.lib import pdf
from tests.bench.measuring import Figure, Runs
from tests.exchange_factories import make_exchange

BADGES = 300


def figures(times: int) -> list[Figure]:
    """The figure of the badges, from `times` runs: asked for, set, drawn and logged."""
    exchange = make_exchange()
    _people(exchange)
    runs, naive = Runs(), Runs()
    _printed(exchange)
    for _ in range(times):
        with runs.one():
            _printed(exchange)
        with naive.one():
            _naive(exchange)
    what = f"{BADGES} badges of the joint exchange"
    return [Figure(what, runs, "the same badges, naive", naive, most_seconds=2)]


def _people(exchange: JointExchange) -> None:
    kinds = Registration.Kind.values
    Registration.objects.bulk_create(
        Registration(
            exchange=exchange,
            kind=kinds[number % len(kinds)],
            state=Registration.State.CONFIRMED,
            number=number,
            name=f"架空 {number}郎",
            kana="カクウ ハチロウ",
            affiliation=f"株式会社青葉製作所{number}",
            photo_agreed=number % 3 == 0,
        )
        for number in range(1, BADGES + 1)
    )


def _printed(exchange: JointExchange) -> bytes:
    found = badge_jobs.asked_for(exchange, badge_jobs.ask(exchange=exchange, asked=Asked(What.ALL)))
    assert found is not None
    return badge_jobs.fetch(exchange=exchange, print_=found, by=None)


def _naive(exchange: JointExchange) -> bytes:
    """A table of two columns, a block for every text."""
    badges = [badge_of(row) for row in Registration.objects.filter(exchange=exchange)]
    cells = [
        f"<td><p>{escape(badge.kind.label)}<p>{escape(badge.kana)}<h2>{escape(badge.name)}</h2>"
        f"<p>{escape(badge.affiliation)}<p>{escape(badge.foot)}</td>"
        for badge in badges
    ]
    rows = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
    css = "@page { size: A4; margin: 11mm 14mm } table { width: 182mm } tr { height: 55mm }"
    html = f'<!doctype html><html lang="ja"><title>x</title><table>{rows}</table></html>'
    return pdf.write(html, title="x", tagged=False, css=[css])
