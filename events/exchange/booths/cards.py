"""The cards that stand on the desks: one sheet A4 landscape for each booth, with number, exhibitor and title."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from events.models import Booth, JointExchange
from groups.papers import fitting, printing
from groups.papers.fitting import Block, Text
from iri_exchange.lib import japan
from members import exports

WIDTH, HEIGHT, SIDE = 297.0, 209.9, 20.0
HEAD, FOOT = 62.0, 24.0  # room for the number above, and for the words below


@transaction.atomic
def print_cards(*, exchange: JointExchange, booths: Sequence[Booth], by: Any) -> bytes:
    """The PDF of the cards, logged first: a page for each booth, in their order."""
    number = exports.log(
        about=exchange,
        subject=f"joint/{exchange.fiscal_year}/booth-cards",
        by=by,
        variant="office",
        file_format="pdf",
        as_of=exchange.day,
        columns=["number", "exhibitor", "title"],
        row_count=len(booths),
        purpose="合同交流会のブースに立てる札",
        companies={each.company_id for each in booths if each.company_id},
    ).copy_number
    cards = [(booth, _names(booth)) for booth in booths]
    return printing.make(
        "booth_cards",
        {"exchange": exchange, "cards": cards, "day": japan.full_date(exchange.day), "copy": number},
        title=f"{exchange.title} ブースの札 部数番号{number}",
        rules=f".names {{ left: {SIDE}mm; top: {HEAD}mm; width: {WIDTH - 2 * SIDE}mm }}"
        + fitting.rules(block for _, blocks in cards for block in blocks),
    )


def _names(booth: Booth) -> list[Block]:
    tall = HEIGHT - HEAD - FOOT
    texts = [
        Text(booth.exhibitor, (64, 54, 46, 38), "name"),
        Text(booth.title, (40, 34, 28), "headline", gap=24),
    ]
    return fitting.lowered(fitting.set_in(texts, WIDTH - 2 * SIDE, tall), tall, 0.45)
