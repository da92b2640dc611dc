"""The invitation on paper: a sheet for each who is off e-mail, with a square code of the personal page and a reply sheet."""

from typing import Any

from django.utils import timezone

from events.exchange.entering.tickets import ticket_url
from events.exchange.holding import copies
from events.exchange.holding.facts import facts_of
from events.exchange.inviting import sending
from events.exchange.inviting.forms_on_paper import Sheet, draw
from events.models import JointExchange, Registration
from iri_exchange.lib import japan, qr


def print_invitations(*, exchange: JointExchange, by: Any, only: str = "") -> bytes:
    """One sheet for each who has not answered and is not reached by letter; or for the registration whose id is `only`.

    Logged, since it names them.
    """
    rows = _chosen(exchange, only)
    copies.logged(
        exchange=exchange,
        paper="invitations",
        rows=rows,
        by=by,
        columns=["affiliation", "name"],
        as_of=timezone.localdate(),
    )
    context = {
        "exchange": exchange,
        "facts": facts_of(exchange),
        "until": japan.full_date(timezone.localdate(exchange.registration_until)),
        "answers": _answers(exchange),
    }
    title = f"{exchange.title}のご案内 {japan.wareki(exchange.day)}"
    sheets = [Sheet(row, qr.picture(ticket_url(row))) for row in rows]
    return draw(sheets, context, title)


def _chosen(exchange: JointExchange, only: str) -> list[Registration]:
    if only:
        pk = int(only) if only.isascii() and only.isdecimal() and len(only) < 10 else 0
        rows = Registration.objects.filter(exchange=exchange, pk=pk, state=Registration.State.INVITED)
        return list(rows.select_related("group"))
    found = sending.silent(exchange, also_just_asked=True)
    return [row for row, each in found if not each.reach.by_letter]


def _answers(exchange: JointExchange) -> list[tuple[str, list[str]]]:
    """The lines of the reply sheet: what is asked, and the boxes to tick."""
    lines = [("合同交流会", ["参加", "不参加"])]
    if exchange.table_rounds:
        lines.append(("分散会", ["参加", "不参加"]))
    if exchange.has_party:
        lines.append(("懇親会", ["参加", "不参加"]))
    return lines
