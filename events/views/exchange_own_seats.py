"""分散会 by the personal link: whom one would like to meet, and where one sits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.exchange.entering import tickets
from events.exchange.entering.tickets import Door
from events.exchange.tables import schedule, wishing
from events.forms.exchange_tables import WishForm
from iri_exchange.lib import access, asked


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.public
@asked.knows("q")
def exchange_wishes(request: HttpRequest, token: str) -> HttpResponse:
    """Up to five people, searched by a word; GET changes nothing."""
    found = tickets.opened(token)
    # Why a link opens nothing, the one personal page says.
    if (row := found.registration) is None or found.door != Door.OPEN:
        return redirect("exchange_ticket", token)
    if said := wishing.why_not(row):
        messages.error(request, said)
        return redirect("exchange_ticket", token)
    form = WishForm(request.POST if request.method == "POST" else None, registration=row)
    if form.is_valid() and (count := form.act()) is not None:
        messages.success(
            request, f"会いたい方を{count}名、うかがいました。" if count else "会いたい方は、なしにしました。"
        )
        return redirect("exchange_ticket", token)
    context = wishing.page_of(
        row, asked.text(request, "q"), request.POST.getlist("wanted") if form.is_bound else None
    )
    return render(request, "events/exchange_wishes.html", context | {"form": form, "token": token})


@never_cache
@require_safe
@access.public
def exchange_seats(request: HttpRequest, token: str) -> HttpResponse:
    """One's own tables, on the day too, as soon as the office shows them."""
    found = tickets.opened(token)
    if (row := found.registration) is None or found.door not in (Door.OPEN, Door.OVER):
        return redirect("exchange_ticket", token)
    context = {
        "registration": row,
        "exchange": row.exchange,
        "token": token,
        "sittings": schedule.schedule_of(row),
        "is_shown": schedule.is_shown(row.exchange),
        "sits": schedule.sits(row),
    }
    return render(request, "events/exchange_seats.html", context)
