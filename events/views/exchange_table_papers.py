"""分散会 on paper: a card for every table, a list per table, a slip for everybody. GET hands them out and logs them."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from events.exchange.tables import papers
from events.models import JointExchange
from events.visibility import exchanges_visible_to
from iri_exchange.lib import access


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_table_cards(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _served(request, exchange, "卓の札", lambda: papers.print_cards_of(exchange=exchange))


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_table_list(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _served(
        request, exchange, "卓ごとの名簿", lambda: papers.print_list(exchange=exchange, by=request.user)
    )


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_table_slips(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _served(
        request, exchange, "席の紙", lambda: papers.print_slips(exchange=exchange, by=request.user)
    )


def _served(
    request: HttpRequest, exchange: JointExchange, paper: str, printed: Callable[[], bytes]
) -> HttpResponse:
    """HEAD prints and logs nothing."""
    answer = HttpResponse(content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
    name = f"合同交流会_{paper}_{exchange.day:%Y-%m-%d}.pdf"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name) or ""
    if request.method == "GET":
        try:
            answer.content = printed()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("exchange_tables", exchange.fiscal_year)
    return answer
