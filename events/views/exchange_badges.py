"""Badges of the joint exchange: asked for by a button, which counts them, and fetched as often as wanted."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.exchange.day import badge_jobs
from events.exchange.day.badge_jobs import Asked
from events.forms.exchange_day import BadgesForm
from events.models import JointExchange, Registration
from events.visibility import exchanges_visible_to, registrations_visible_to
from iri_exchange.lib import access, asked

GONE = "この名札の印刷は、期限（1日）が過ぎたか、別のものです。もう一度選んでください。"


@require_http_methods(["GET", "HEAD", "POST"])
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@never_cache
def exchange_badges(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    form = BadgesForm(request.POST or None, exchange=exchange)
    if form.is_valid():
        try:
            return _to_the_sheets(exchange, badge_jobs.ask(exchange=exchange, asked=form.asked))
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
    context = {"exchange": exchange, "form": form, "new": badge_jobs.new(exchange)}
    return render(request, "events/exchange_badges.html", context)


@require_POST
@access.allowed("events.run_exchange", registrations_visible_to)
def exchange_badge(request: HttpRequest, registration: Registration) -> HttpResponse:
    """One badge, at once: of who came unannounced, or lost theirs."""
    exchange = registration.exchange
    try:
        name = badge_jobs.ask(exchange=exchange, asked=Asked(only=registration.pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("exchange_badges", exchange.fiscal_year)
    return _to_the_sheets(exchange, name)


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_badges_pdf(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """GET hands it out and logs it, HEAD does not; neither counts a badge."""
    found = badge_jobs.asked_for(exchange, asked.text(request, "print"))
    if found is None:
        messages.warning(request, GONE)
        return redirect("exchange_badges", exchange.fiscal_year)
    answer = HttpResponse(content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
    name = f"joint_{exchange.fiscal_year}_badges.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    if request.method == "GET":
        answer.content = badge_jobs.fetch(exchange=exchange, print_=found, by=request.user)
    return answer


def _to_the_sheets(exchange: JointExchange, name: str) -> HttpResponse:
    return redirect(f"{reverse('exchange_badges_pdf', args=[exchange.fiscal_year])}?print={name}")
