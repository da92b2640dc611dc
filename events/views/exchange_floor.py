"""The floor plan: its cells and circuits, and who stands where."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from events.exchange.booths import floor, placing, power
from events.exchange.booths.drawing import draw
from events.forms.exchange_floor import FloorForm
from events.models import JointExchange
from events.visibility import exchanges_visible_to
from iri_exchange.lib import access, versions


@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@versions.in_turn
def exchange_floor(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    form = FloorForm(request.POST or None, instance=exchange, by=request.user)
    if request.method == "POST" and form.is_valid() and form.act():
        messages.success(request, "会場図を保存しました。")
        return redirect("exchange_places", exchange.fiscal_year)
    context = {"exchange": exchange, "form": form, "plan": form.plan, "key": floor.KEY}
    return render(request, "events/exchange_floor.html", context)


@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_places(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """The drawing with the booths, what each circuit carries, and who has no place yet; POST places or numbers all."""
    if request.method == "POST":
        try:
            _do(request, exchange)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("exchange_places", exchange.fiscal_year)
    plan, booths = floor.stored(exchange.floor), list(placing.accepted_of(exchange))
    loads = power.loads(plan, booths, placing.limits_of(exchange))
    context = {
        "exchange": exchange,
        "plan": draw(plan, booths),
        "loads": loads,
        "warnings": [each.warning for each in loads if each.warning],
        "waiting": [each for each in booths if each.place_row is None],
        "unnumbered": sum(each.number is None and each.place_row is not None for each in booths),
        "count": len(booths),
    }
    return render(request, "events/exchange_places.html", context)


def _do(request: HttpRequest, exchange: JointExchange) -> None:
    act, by = request.POST.get("act", ""), request.user
    done: list[Any]
    if act == "place":
        done = placing.place_all(exchange=exchange, by=by)
        messages.success(
            request, f"{len(done)}件の場所を決めました。前から場所のあった出展は、そのままです。"
        )
    elif act in ("number", "afresh"):
        done = placing.number_all(exchange=exchange, by=by, afresh=act == "afresh")
        messages.success(request, f"{len(done)}件の番号を付けました。")
