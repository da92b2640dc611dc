"""The reception on paper: who comes, in the order of フリガナ, boxes to tick and room to sign; then empty lines."""

from typing import Any

from django.utils.http import content_disposition_header

from events.exchange.holding import copies
from events.models import JointExchange, Registration
from iri_exchange.lib import japan, pdf

BLANKS = 12
PURPOSE = "合同交流会の受付"
COLUMNS = ("number", "kana", "name", "affiliation", "group", "kind", "party", "photo", "signature")
HANDLING = "受付だけに使い、机に置いたままにしないでください。写しを配ることはできません。"


def coming(exchange: JointExchange) -> list[Registration]:
    """Everybody with a place, in the order of フリガナ."""
    rows = Registration.objects.filter(exchange=exchange, erased_at=None).coming()
    return list(rows.select_related("group", "partner_group").order_by("sort_key", "pk"))


def print_sheet(*, exchange: JointExchange, by: Any) -> bytes:
    """The PDF; logged first, for it holds names."""
    rows = coming(exchange)
    number = copies.logged(
        exchange=exchange,
        paper="reception-list",
        rows=rows,
        by=by,
        columns=COLUMNS,
        purpose=PURPOSE,
        variant="reception",
    )
    title = f"{exchange.title} 受付名簿"
    context = {
        "exchange": exchange,
        "title": title,
        "rows": rows,
        "blanks": range(BLANKS),
        "to_party": sum(row.wants_party for row in rows),
        "number": number,
        "handling": f"{HANDLING}目的：{PURPOSE}",
    }
    return pdf.render(
        "pdf/exchange_reception.html",
        context,
        title=f"{title} {japan.wareki(exchange.day)} 部数番号{number}",
        css=[pdf.stylesheet("print_roster"), pdf.stylesheet("print_reception")],
    )


def disposition(exchange: JointExchange) -> str:
    """How the file is called."""
    return content_disposition_header(False, f"joint_{exchange.fiscal_year}_reception.pdf") or ""
