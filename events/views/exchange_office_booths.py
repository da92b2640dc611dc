"""Booths at the office: who exhibits, what one booth is given, and what the exhibitors are told."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from events.exchange.booths import (
    calling,
    cards,
    deciding,
    exhibitors,
    letters,
    listing,
    placing,
    telling,
)
from events.forms.exchange_booths import BoothForm
from events.forms.exchange_floor import PlaceForm
from events.models import Booth, JointExchange
from events.visibility import booths_visible_to, exchanges_visible_to
from iri_exchange.lib import access, asked, japan

State = Booth.State
VERBS: dict[str, Any] = {"accept": deciding.accept, "decline": deciding.decline, "reopen": deciding.reopen}
SAID = {
    "accept": "{}件を、出展と決めました。場所と番号を付けて、案内を送ってください。",
    "decline": "{}件を、お断りしました。メールのある方には、お知らせを送ります。",
    "reopen": "{}件を、受付に戻しました。",
}
ENTERED = "{}の申込を入れました。出展と決めるときは、このページで決めてください。"
NOT_NOW = "出展の申込を入れられるのは、合同交流会を公開してから、終わるまでです。"
UNSEEN = "出展者へのことばに、目に見えない文字が入っています。消して入れ直してください。"


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@asked.knows("state")
def exchange_office_booths(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _list(request, exchange)


def _list(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    rows = listing.office_rows(exchange)
    state = asked.choice(request, "state", set(State.values))
    context = {
        "exchange": exchange,
        "booths": [each for each in rows if state in ("", each.state)],
        "sums": listing.sums_of(exchange, rows),
        "total": len(rows),
        "state": state,
        "words": request.POST.get("words", ""),
        "ticked": _ids(request),
        "states": [(key, label, sum(each.state == key for each in rows)) for key, label in State.choices],
    }
    return render(request, "events/exchange_office_booths.html", context)


@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@asked.knows("for")
def exchange_office_booth_new(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """Paper, FAX and telephone, also after the call. Whose it is is asked first (`?for=`): what is known of them then
    stands in the form.
    """
    if exchange.state != JointExchange.State.PUBLISHED:
        messages.warning(request, NOT_NOW)
        return redirect("exchange_office_booths", exchange.fiscal_year)
    offered = exhibitors.offered_to_office(request.user)
    key = asked.choice(request, "for", {each for rows in offered.values() for each, _ in rows})
    context: dict[str, Any] = {"exchange": exchange, "offered": offered, "shut": calling.why_shut(exchange)}
    if key:
        context["chosen"] = chosen = exhibitors.named(key)
        form = BoothForm(
            request.POST or None, request.FILES or None, by=request.user, by_office=True,
            instance=Booth(exchange=exchange), initial=exhibitors.prefilled(chosen),
        )  # fmt: skip
        if request.method == "POST" and form.is_valid() and (booth := form.apply(exchange, chosen)):
            messages.success(request, ENTERED.format(booth))
            return redirect("exchange_office_booth", booth.pk)
        context["form"] = form
    return render(request, "events/exchange_office_booth_new.html", context)


@require_POST
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_booths_decide(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """Accept, decline or reopen those that are ticked: all of them, or none. What is refused stays ticked and typed."""
    act, words = request.POST.get("act", ""), request.POST.get("words")
    if japan.has_unsafe_characters(words or "", lines=True):
        messages.error(request, UNSEEN)
        return _list(request, exchange)
    if act in VERBS:
        try:
            done = VERBS[act](exchange=exchange, booths=_ids(request), by=request.user, words=words)
            messages.success(request, SAID[act].format(len(done)))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return _list(request, exchange)
    return redirect("exchange_office_booths", exchange.fiscal_year)


@access.allowed("events.run_exchange", booths_visible_to)
def exchange_office_booth(request: HttpRequest, booth: Booth) -> HttpResponse:
    """One booth: what was applied for, the decision, its place and number."""
    is_placed = booth.state == State.ACCEPTED
    form = PlaceForm(request.POST or None, booth=booth, by=request.user) if is_placed else None
    if request.method == "POST" and form and form.is_valid() and form.act():
        messages.success(request, "場所と番号を保存しました。")
        return redirect("exchange_office_booth", booth.pk)
    exchange = booth.exchange
    sums = listing.sums_of(exchange, listing.office_rows(exchange))
    context = {"exchange": exchange, "booth": booth, "form": form, "sums": sums}
    return render(request, "events/exchange_office_booth.html", context)


@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_booths_tell(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """Who would be written to, and what; POST writes to those that were on the page."""
    if request.method == "POST":
        by_phone = "phone" in request.POST
        verb = telling.told_by_phone if by_phone else telling.tell
        try:
            told = verb(exchange=exchange, booths=_ids(request), by=request.user)
            said = "電話などで伝えたことにしました" if by_phone else "出展のご案内を送ります"
            messages.success(request, f"{len(told)}件に、{said}。")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("exchange_booths_tell", exchange.fiscal_year)
    waiting = telling.untold(exchange)
    context: dict[str, Any] = {"exchange": exchange, "waiting": waiting}
    if waiting.ready:
        context["letter"] = letters.preview(waiting.ready[0])
    return render(request, "events/exchange_booths_tell.html", context)


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_booth_cards(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """The cards of all that exhibit, or of those that the address names (`?booth=`, several)."""
    wanted = {int(each) for each in request.GET.getlist("booth") if _is_id(each)}
    booths = [
        each
        for each in placing.accepted_of(exchange)
        if not request.GET.getlist("booth") or each.pk in wanted
    ]
    content = (
        b""
        if request.method == "HEAD"
        else cards.print_cards(exchange=exchange, booths=booths, by=request.user)
    )
    headers = {
        "Content-Disposition": f'inline; filename="booth-cards-{exchange.fiscal_year}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _ids(request: HttpRequest) -> list[int]:
    return [int(each) for each in request.POST.getlist("booth") if _is_id(each)]


def _is_id(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 10
