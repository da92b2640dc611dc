"""The members are asked to the joint exchange, asked once more, and those off e-mail on paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from events.exchange.inviting import letters, paper, sending
from events.exchange.inviting.invitees import Asked, row_of, split, with_reach
from events.exchange.inviting.letters import About
from events.exchange.inviting.sending import Sent
from events.forms.exchange_inviting import WordsForm
from events.models import JointExchange, Registration
from events.visibility import exchanges_visible_to
from iri_exchange.lib import access, asked


@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_invite(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """GET shows how many, how and what; POST asks them."""
    form = WordsForm(request.POST or None, exchange=exchange)
    if request.method == "POST" and form.is_valid() and (sent := form.act(sending.invite, request.user)):
        messages.success(request, _said(sent, "ご案内"))
        return redirect("exchange_registrations", exchange.fiscal_year)
    to_ask, there = split(exchange)
    people = with_reach(to_ask)
    example = row_of(exchange, (people[0].membership, people[0].person)) if people else None
    context = _context(exchange, form, people) | {"there": there}
    context |= _letter("exchange_invited", exchange, example)
    return render(request, "events/exchange_invite.html", context)


@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_remind(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """GET shows to whom and what, POST asks them."""
    form = WordsForm(request.POST or None, exchange=exchange)
    if request.method == "POST" and form.is_valid() and (sent := form.act(sending.remind, request.user)):
        messages.success(request, _said(sent, "お願い"))
        return redirect("exchange_registrations", exchange.fiscal_year)
    rows = sending.silent(exchange)
    example = next((row for row, each in rows if each.reach.by_letter), None)
    context = _context(exchange, form, [each for _, each in rows])
    context |= {"all_silent": len(sending.silent(exchange, also_just_asked=True))}
    context |= _letter("exchange_reminder", exchange, example)
    return render(request, "events/exchange_remind.html", context)


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_invite_pdf(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """A sheet each with the square of the personal page, for those off e-mail; or for one person."""
    answer = HttpResponse(content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
    name = f"{exchange.title} ご案内.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    if request.method == "GET":
        only = asked.text(request, "registration")
        answer.content = paper.print_invitations(exchange=exchange, by=request.user, only=only)
    return answer


def _context(exchange: JointExchange, form: WordsForm, people: list[Asked]) -> dict[str, Any]:
    return {
        "exchange": exchange,
        "form": form,
        "people": people,
        "by_letter": [each for each in people if each.reach.by_letter],
        "by_hand": [each for each in people if not each.reach.by_letter],
        "refused": _refused(exchange),
    }


def _letter(kind: str, exchange: JointExchange, example: Registration | None) -> dict[str, Any]:
    if example is None:
        return {"letter": None, "reader": ""}
    about = About(exchange)
    return {
        "letter": letters.preview(kind=kind, about=about, registration=example),
        "reader": example.name,
    }


def _refused(exchange: JointExchange) -> str:
    try:
        sending.check_open(exchange)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _said(sent: Sent, what: str) -> str:
    text = f"{sent.letters}名にメールで{what}を送りました。"
    if sent.by_hand:
        text += f"{sent.by_hand}名には、紙のご案内を印刷して、郵便かFAXでお届けください。"
    return text
