"""分散会 on paper: a card for every table, the list of who sits where, a slip for everybody."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from events.exchange.holding import copies
from events.exchange.tables.reading import Arrangement, times_of
from events.exchange.tables.seating import NO_SEATS
from events.models import JointExchange, Registration
from groups.papers import fitting, printing
from groups.papers.badges import HEIGHT, SIDE, WIDTH, Layout, cut_marks
from groups.papers.fitting import Block, Text
from iri_exchange.lib import pdf

HANDLING = "受付と会場の係だけでお使いください。終わったら、事務局へ戻してください。"


def print_cards(*, exchange: JointExchange, tables: Sequence[int]) -> bytes:
    """A page of A4 for every table, its number large. They name nobody, so nothing is logged."""
    times = [f"第{number}回 {at}" for number, at in enumerate(times_of(exchange), 1) if at]
    # Two texts a page: each costs as much as a tenth of the page itself, and there are hundreds.
    context = {"tables": tables, "told": "　".join(["卓", *times, exchange.title])}
    return _made("table_cards", context, f"{exchange.title} 卓の札")


def print_cards_of(*, exchange: JointExchange) -> bytes:
    """The cards of the tables as they stand. Raises ValidationError if there are none."""
    last = max(seat.table for seat in seated(exchange).seats)
    return print_cards(exchange=exchange, tables=range(1, last + 1))


@transaction.atomic
def print_list(*, exchange: JointExchange, by: Any) -> bytes:
    """Who sits where, table by table, each round on pages of its own; for staff, logged first."""
    arrangement = seated(exchange)
    number = _logged(exchange, by, "table-list", arrangement)
    context = {
        "exchange": exchange,
        "rounds": arrangement.rounds,
        "day": exchange.day,
        "number": number,
        "handling": HANDLING,
    }
    return _made("table_list", context, f"{exchange.title} 卓ごとの名簿 部数番号{number}", tagged=True)


@transaction.atomic
def print_slips(*, exchange: JointExchange, by: Any) -> bytes:
    """Eight slips on a sheet, in the order of the names: each person's own tables. Logged first."""
    arrangement = seated(exchange)
    number = _logged(exchange, by, "table-slips", arrangement)
    rows = sorted(arrangement.party.people.values(), key=lambda row: (row.sort_key, row.pk))
    times = times_of(exchange)
    slips = [blocks for row in rows if (blocks := _slip(row, arrangement, times))]
    grid = Layout.EIGHT.grid
    context = {
        "sheets": [slips[at : at + grid.places] for at in range(0, len(slips), grid.places)],
        "marks": printing.path(cut_marks(grid)),
        "told": f"{exchange.title}　分散会の席　部数番号 {number}",
    }
    rules = printing.places(grid.corners, (WIDTH, HEIGHT)) + fitting.rules(
        block for slip in slips for block in slip
    )
    return _made("table_slips", context, f"{exchange.title} 席の紙 部数番号{number}", rules)


def seated(exchange: JointExchange) -> Arrangement:
    """The tables as they stand. Raises ValidationError if nobody has a seat."""
    arrangement = Arrangement(exchange)
    if not arrangement.seats:
        raise ValidationError(NO_SEATS)
    return arrangement


def _slip(row: Registration, arrangement: Arrangement, times: Sequence[str]) -> list[Block]:
    """Nothing for somebody without a seat: the reception tells them."""
    seats = [
        (number, table)
        for number in range(1, len(times) + 1)
        if (table := arrangement.seating.get((number, row.pk)))
    ]
    if not seats:
        return []
    texts = [
        Text(row.affiliation, (9, 8, 7), "firm"),
        Text(row.name, (16, 13, 11), "name", tail="　様", lead=f"No.{row.number}"),
        *(
            Text(
                f"第{number}回　{times[number - 1]}　{table}卓".replace("　　", "　"),
                (13, 11, 9),
                "seat",
                gap=2,
            )
            for number, table in seats
        ),
    ]
    tall = HEIGHT - 6
    return fitting.lowered(fitting.set_in(texts, WIDTH - 2 * SIDE, tall), tall, 0.5)


def _logged(exchange: JointExchange, by: Any, paper: str, arrangement: Arrangement) -> str:
    people = {seat.registration_id: seat.registration for seat in arrangement.seats}
    return copies.logged(
        exchange=exchange,
        paper=paper,
        rows=list(people.values()),
        by=by,
        columns=["round", "table", "name", "affiliation"],
        purpose="合同交流会の分散会",
    )


def _made(paper: str, context: dict[str, Any], title: str, rules: str = "", *, tagged: bool = False) -> bytes:
    css = [pdf.stylesheet("print_papers"), pdf.stylesheet("print_tables"), rules]
    return pdf.render(f"pdf/{paper}.html", context, title=title, tagged=tagged, css=css)
