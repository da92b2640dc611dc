"""The one personal page of who is asked to the joint exchange or has entered: by the link, without a log-in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events import links
from events.exchange.after import times
from events.exchange.entering import entries, papers, shown, tickets
from events.exchange.entering.letters import contact_of
from events.exchange.entering.tickets import Door, Opened
from events.exchange.holding.facts import facts_of
from events.forms.exchange_entry import ChoicesForm
from events.models import Registration
from iri_exchange.lib import access, asked

Source, State = Registration.Source, Registration.State


@never_cache
@access.public
@asked.knows("from")
def exchange_ticket(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows how it stands and changes nothing; one POST takes part, confirms the address, or takes the place offered.
    `?from=qr`: the square of the 受付票 was read by somebody who is not logged in.
    """
    found = tickets.opened(token)
    if (row := found.registration) is None or found.door != Door.OPEN:
        return _shut(request, found)
    form = ChoicesForm(_typed(request), exchange=row.exchange, registration=row)
    if request.method == "POST" and _took_part(request, row, form):
        return redirect("exchange_ticket", token)
    context = shown.context_of(row) | {"form": form, "token": token, "facts": facts_of(row.exchange)}
    context["arrive_url"] = _scanned_at(request)
    return render(request, "events/exchange_ticket.html", context)


@never_cache
@access.public
def exchange_ticket_choices(request: HttpRequest, token: str) -> HttpResponse:
    """The wishes and agreements of who has entered."""
    found = tickets.opened(token)
    if (row := found.registration) is None or found.door != Door.OPEN:
        return _shut(request, found)
    if row.state not in entries.HAS_ENTERED:
        return redirect("exchange_ticket", token)
    form = ChoicesForm(_typed(request), exchange=row.exchange, registration=row)
    if request.method == "POST" and form.is_valid() and form.act(entries.change):
        messages.success(request, "参加の希望を変えました。")
        return redirect("exchange_ticket", token)
    context = {"registration": row, "exchange": row.exchange, "form": form, "token": token}
    return render(request, "events/exchange_ticket_choices.html", context)


@never_cache
@access.public
def exchange_ticket_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """GET says what cancelling means; POST does it."""
    found = tickets.opened(token)
    if (row := found.registration) is None or found.door != Door.OPEN:
        return _shut(request, found)
    if request.method == "POST":
        try:
            entries.cancel(registration=row)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("exchange_ticket", token)
    if State.CANCELLED not in Registration.MOVES[row.state] or row.arrived_at:
        return redirect("exchange_ticket", token)
    context = {"registration": row, "exchange": row.exchange, "token": token}
    return render(request, "events/exchange_ticket_cancel.html", context)


@never_cache
@require_POST
@access.public
def exchange_ticket_decline(request: HttpRequest, token: str) -> HttpResponse:
    """Who was asked does not come."""
    found = tickets.opened(token)
    if (row := found.registration) is None or found.door != Door.OPEN:
        return _shut(request, found)
    try:
        entries.decline(registration=row)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("exchange_ticket", token)


@never_cache
@require_safe
@access.public
def exchange_ticket_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The 受付票 on paper, of who has a place."""
    found = tickets.opened(token)
    row = found.registration
    if row is None or found.door not in (Door.OPEN, Door.OVER):
        return _shut(request, found)
    if row.state != State.CONFIRMED:
        return redirect("exchange_ticket", token)
    name = f"{row.exchange.title}_受付票_{row.number}.pdf"
    answer = HttpResponse(content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    if request.method == "GET":
        answer.content = papers.print_ticket(registration=row)
    return answer


def _scanned_at(request: HttpRequest) -> str:
    """Where staff receive this person once they are logged in; empty where nobody has read the square."""
    is_scan = asked.choice(request, "from", {"qr"}) and not request.user.is_authenticated
    here = request.resolver_match
    return reverse("exchange_arrive", kwargs=here.kwargs) if here and is_scan else ""


def _typed(request: HttpRequest) -> QueryDict | None:
    """A form that was sent with nothing ticked was sent all the same."""
    return request.POST if request.method == "POST" else None


def _took_part(request: HttpRequest, row: Registration, form: ChoicesForm) -> bool:
    """Wishes are asked of who answers an invitation; who was asked before said them then."""
    asks = row.state in shown.ASKED
    if asks and not form.is_valid():
        return False
    source = Source.WEB if row.state == State.PENDING else Source.LINK
    try:
        values = form.said if asks else {}
        written = entries.confirm(registration=row, source=source, **values)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return True
    messages.success(request, shown.said_after(written))
    return True


def _shut(request: HttpRequest, found: Opened) -> HttpResponse:
    """Why the link opens nothing now, and what to do."""
    row, door = found
    context: dict[str, object] = {"door": door.name, "registration": row, "arrive_url": _scanned_at(request)}
    if row is not None:
        context |= {"exchange": row.exchange, "contact": contact_of(row.exchange)}
        context["feedback"] = row.arrived_at is not None and times.is_open(row.exchange)
        context["token"] = links.token_of(row)
    status = 404 if door == Door.UNKNOWN else 200
    return render(request, "events/exchange_ticket_shut.html", context, status=status)
