"""The day of the joint exchange: the desk with its one box, the square that a phone's camera opens, who came unannounced."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.exchange.day import counting, finding, receiving, sheet
from events.forms.exchange_day import WalkInForm
from events.models import JointExchange, Registration
from events.visibility import exchanges_visible_to, registrations_visible_to
from iri_exchange.lib import access, asked

READ = ["GET", "HEAD", "POST"]


@require_http_methods(READ)
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@asked.knows("q")
@never_cache
def exchange_reception(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """Before the day it is for practising: people are found and shown, and nobody is counted."""
    if request.method == "POST":
        return _typed(request, exchange)
    typed = asked.text(request, "q").strip()
    context = {
        "exchange": exchange,
        "typed": typed,
        "shut": receiving.why_shut(exchange),
        "is_ahead": receiving.is_ahead(exchange),
        "counts": counting.counts_of(exchange),
        "latest": counting.latest(exchange),
        "found": finding.find(exchange, typed) if typed else None,
    }
    return render(request, "events/exchange_reception.html", context)


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@never_cache
def exchange_reception_state(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """What the other reception counted meanwhile."""
    return JsonResponse(counting.counts_of(exchange).state)


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_reception_pdf(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """The list on paper. GET hands it out and logs it, HEAD does not."""
    answer = HttpResponse(content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
    answer["Content-Disposition"] = sheet.disposition(exchange)
    if request.method == "GET":
        answer.content = sheet.print_sheet(exchange=exchange, by=request.user)
    return answer


@require_POST
@access.allowed("events.run_exchange", registrations_visible_to)
def exchange_receive(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The one button beside a person. `anyway`: also without a place."""
    return _received(request, registration)


@require_POST
@access.allowed("events.run_exchange", registrations_visible_to)
def exchange_receive_undo(request: HttpRequest, registration: Registration) -> HttpResponse:
    try:
        receiving.undo(registration=registration, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{receiving.called(registration)}の受付を取り消しました。")
    return redirect("exchange_reception", registration.exchange.fiscal_year)


@require_http_methods(READ)
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@never_cache
def exchange_walk_in(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """Somebody unannounced; people of the same name are shown first, for they may be one of them."""
    form = WalkInForm(request.POST or None, exchange=exchange)
    alike: list[Registration] = []
    if form.is_valid():
        is_said = "sure" in request.POST or receiving.let_in_just_now(exchange, **form.cleaned_data)
        alike = [] if is_said else finding.find(exchange, form.cleaned_data["name"]).hits
        if not alike and _let_in(request, exchange, form):
            return redirect("exchange_reception", exchange.fiscal_year)
    context = {"exchange": exchange, "form": form, "alike": alike, "shut": receiving.why_shut(exchange)}
    return render(request, "events/exchange_walk_in.html", context)


@require_http_methods(READ)
@access.public
@never_cache
def exchange_arrive(request: HttpRequest, token: str) -> HttpResponse:
    """What the square on the 受付票 opens: for staff the person and one button, for everybody else their own page, which
    tells staff who are not logged in what to do.
    """
    if not request.user.has_perm("events.run_exchange"):
        own_page = reverse("exchange_ticket", args=[token])
        return redirect(own_page if request.user.is_authenticated else f"{own_page}?from=qr")
    scanned = finding.scanned(token)
    row = scanned.registration
    if row is None or row.erased_at:
        context: dict[str, Any] = {"registration": None, "now": finding.received_now()}
        return render(request, "events/exchange_arrive.html", context, status=404)
    if request.method == "POST":
        return _received(request, row)
    context = {
        "registration": row,
        "is_old": scanned.is_old,
        "shut": receiving.why_shut(row.exchange),
        "now": finding.received_now(),
    }
    return render(request, "events/exchange_arrive.html", context)


def _typed(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """A number receives its person at once, whose name then stands where it can be taken back; a name has to be chosen."""
    typed = request.POST.get("q", "").strip()
    found = finding.find(exchange, typed)
    if found.by_number and len(found.hits) == 1:
        return _received(request, found.hits[0])
    desk = reverse("exchange_reception", args=[exchange.fiscal_year])
    return redirect(f"{desk}?{urlencode({'q': typed})}" if typed else desk)


def _received(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Back to the desk with what came of it; where there is something to decide, with the person."""
    desk = reverse("exchange_reception", args=[registration.exchange.fiscal_year])
    verb = receiving.receive_anyway if "anyway" in request.POST else receiving.receive
    try:
        row = verb(registration=registration, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        is_open_question = error.code == "no_place"
        return redirect(
            f"{desk}?{urlencode({'q': registration.number or registration.name})}"
            if is_open_question
            else desk
        )
    messages.success(request, receiving.received(row))
    return redirect(desk)


def _let_in(request: HttpRequest, exchange: JointExchange, form: WalkInForm) -> bool:
    try:
        row, over, is_new = receiving.walk_in(exchange=exchange, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    if not is_new:
        messages.info(request, f"{receiving.already(row)}別の方なら、ご所属を書き分けて入れてください。")
        return True
    said = "定員を超えていますが、入っていただきました。" if over else ""
    messages.success(request, f"{receiving.received(row)}{said}名札は、下の一覧から刷れます。")
    return True
