"""Entering the joint exchange: the public by the form, a member in one tap from the own page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from events.exchange.entering import applying, own, places
from events.exchange.entering.shown import opens_at, said_after
from events.exchange.holding.facts import facts_of
from events.forms.exchange_entry import RegisterForm
from events.models import JointExchange, Registration
from events.visibility import exchanges_visible_to
from groups.views.recruitment_limits import TOO_MANY, is_too_often
from iri_exchange.lib import access

LIMITED = "joint_exchange"
SENT = "joint_entry"  # in the session: where the letter went
# With no-store the browser's "back" would show an empty form, or refuse to show anything.
back_button_works = cache_control(private=True, no_cache=True)


@back_button_works
@access.visible(exchanges_visible_to, by="fiscal_year")
def exchange_register(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """GET shows the empty form; POST keeps what was typed until its address is confirmed."""
    is_open = exchange.takes_registrations and exchange.public_capacity
    if not is_open and request.method != "POST":
        return _closed(request, exchange)
    form = RegisterForm(request.POST or None, exchange=exchange, text=applying.text_now())
    status = 200
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, form.cleaned_data["email"], LIMITED):
            form.refuse(TOO_MANY)
            status = 429
        elif row := form.send():
            request.session[SENT] = row.email
            return redirect("exchange_register_sent", exchange.fiscal_year)
    left = places.free(exchange, Registration.Kind.PUBLIC)
    context = {"exchange": exchange, "form": form, "facts": facts_of(exchange), "is_full": left == 0}
    return render(request, "events/exchange_register.html", context, status=status)


@never_cache
@require_safe
@access.visible(exchanges_visible_to, by="fiscal_year")
def exchange_register_sent(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """Where the letter went, and what to do with it; whether somebody had entered before is told to the address alone."""
    context = {"exchange": exchange, "email": request.session.get(SENT, "")}
    return render(request, "events/exchange_register_sent.html", context)


@require_POST
@access.allowed("events.enter_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_tap(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """A member takes part: one button, one answer. Leads back to the own page."""
    try:
        row = own.enter(exchange=exchange, by=request.user)
        messages.success(request, said_after(row))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("my_page")


def _closed(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """Not open yet, over, or never to be."""
    is_early = timezone.now() < exchange.registration_from and exchange.state == exchange.State.PUBLISHED
    context = {
        "exchange": exchange,
        "facts": facts_of(exchange),
        "is_early": is_early,
        "opens": opens_at(exchange),
    }
    return render(request, "events/exchange_register_closed.html", context)
