"""分散会, for staff: who sits where in each round, worked out by the worker and set right by hand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.exchange.tables import choices, making, overview, seating
from events.exchange.tables.reading import Arrangement
from events.forms.exchange_tables import STRANGE, SeatForm, TableForm
from events.models import JointExchange, TablePlan, TableSeat
from events.visibility import exchanges_visible_to
from iri_exchange.lib import access, asked


@never_cache
@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@asked.knows("round", "still")
def exchange_tables(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """How far the tables are, and then one round of them."""
    plan = TablePlan.objects.filter(exchange=exchange).first()
    if plan and plan.state in TablePlan.OPEN:
        context = overview.progress_of(plan) | {"exchange": exchange, "still": "still" in request.GET}
        return render(request, "events/exchange_tables_working.html", context)
    numbers = [str(number + 1) for number in range(exchange.table_rounds)]
    chosen = int(asked.choice(request, "round", numbers) or 1)
    context = overview.page_of(Arrangement(exchange), chosen)
    return render(request, "events/exchange_tables.html", context)


@require_POST
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_tables_make(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """The same seed keeps what is the same; `another` asks for other tables."""
    plan = TablePlan.objects.filter(exchange=exchange).first()
    seed = plan.seed + 1 if plan and "another" in request.POST else None
    try:
        making.ask(exchange=exchange, by=request.user, seed=seed)  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("exchange_tables", exchange.fiscal_year)


@require_POST
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_tables_stop(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    if making.stop(exchange=exchange, by=request.user):  # type: ignore[arg-type]
        messages.success(request, "席を作るのを取りやめました。")
    return redirect("exchange_tables", exchange.fiscal_year)


@require_POST
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_tables_show(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _done(
        request, exchange, seating.show, "席を、参加する方に見せました。お一人ずつのリンクから見られます。"
    )


@require_POST
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_tables_hide(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _done(request, exchange, seating.hide, "席を見せるのをやめました。席はそのまま残っています。")


@require_POST
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_tables_place(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _done(request, exchange, seating.place, "席のない方に、席を決めました。")


@require_POST
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_tables_lock(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """A whole table, so that it stays when the others are worked out anew."""
    form = TableForm(request.POST)
    if not form.is_valid():
        messages.error(request, STRANGE)
        return redirect("exchange_tables", exchange.fiscal_year)
    sent = form.cleaned_data
    said = "動かさない卓にしました。" if sent["locked"] else "動かせる卓にしました。"
    about = {"round_": sent["round"], "table": sent["table"], "locked": sent["locked"]}
    return _done(
        request,
        exchange,
        seating.lock_table,
        f"第{sent['round']}回 {sent['table']}卓を、{said}",
        sent["round"],
        **about,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@asked.knows("all")
def exchange_table_seat(request: HttpRequest, exchange: JointExchange, pk: int) -> HttpResponse:
    """One seat: with whom it may be exchanged and what that would do; a POST does it."""
    seat = get_object_or_404(TableSeat.objects.select_related("registration"), pk=pk, plan__exchange=exchange)
    if request.method != "POST":
        context = choices.page_of(
            Arrangement(exchange), seat, every=bool(asked.choice(request, "all", ["1"]))
        )
        return render(request, "events/exchange_table_seat.html", context)
    form = SeatForm(request.POST, seat=seat)
    try:
        if form.is_valid():
            said = form.act(exchange=exchange, by=request.user)  # type: ignore[arg-type]
            messages.success(request, said)
            return _to_round(exchange, seat.round)
        messages.error(request, STRANGE)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("exchange_table_seat", exchange.fiscal_year, seat.pk)


def _done(
    request: HttpRequest, exchange: JointExchange, verb: Any, said: str, to: int = 1, **about: Any
) -> HttpResponse:
    """One verb, and what it says of itself."""
    try:
        verb(exchange=exchange, by=request.user, **about)
        messages.success(request, said)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _to_round(exchange, to)


def _to_round(exchange: JointExchange, round_: int) -> HttpResponse:
    answer = redirect("exchange_tables", exchange.fiscal_year)
    if round_ > 1:
        answer["Location"] += f"?round={round_}"
    return answer
