"""A company applies, without an account: one page, a look at all of it, and a letter that asks to confirm."""

import datetime
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from groups.forms.applying import ApplyForm, typed_in
from groups.models import Application, RecruitmentRound
from groups.recruitment import applying, links
from groups.views.recruitment_limits import TOO_MANY, is_too_often
from iri_exchange.lib import access

COOKIE = "application"  # names the draft, as long as the browser is open
KEPT = "kept"  # in the session: where the link to the draft went, and until when it opens
APPLIED = "applied"  # in the session: where the letter went, and whether the application was received before
# With no-store the browser's "back" would show an empty form, or refuse to show anything.
back_button_works = cache_control(private=True, no_cache=True)


@back_button_works
@access.public
def apply(request: HttpRequest, year: int) -> HttpResponse:
    """GET shows the empty form; POST looks at it, keeps it as a draft, goes back to it or sends it, by its button."""
    step = request.POST.get("step", "look")
    rounds = list(applying.open_rounds(year))
    if not rounds and request.method == "POST":
        rounds = _of(year)  # closed meanwhile: the verb says so, and what was typed is still there
    if not rounds:
        return _closed(request, year)
    if request.method != "POST":
        return _opened(request, year, rounds)
    form = ApplyForm(request.POST, rounds=rounds, sending=step == "send")
    if step == "keep":
        return _kept(request, year, form)
    if step == "send":
        return _sent(request, year, form)
    if step == "fill":
        form.fill_address()
    if step in ("fill", "back") or not form.is_valid():
        return _page(request, year, form)
    return render(request, "groups/apply_look.html", {"year": year, "form": form})


@never_cache
@require_safe
@access.public
def apply_sent(request: HttpRequest, year: int) -> HttpResponse:
    """Where the letter went, and what to do with it."""
    context = {"year": year, "applied": request.session.get(APPLIED), "rounds": _of(year)}
    return render(request, "groups/apply_sent.html", context)


@never_cache
@require_safe
@access.public
def apply_kept(request: HttpRequest, year: int) -> HttpResponse:
    """Where the link to the draft went, and until when it opens."""
    kept = request.session.get(KEPT)
    until = datetime.date.fromisoformat(kept["until"]) if kept else None
    return render(request, "groups/apply_kept.html", {"year": year, "kept": kept, "until": until})


@never_cache
@require_safe
@access.public
def apply_resume(request: HttpRequest, token: str) -> HttpResponse:
    """A draft as it was typed. Opening it changes nothing; it is sent as any other form."""
    link = links.find(token, links.Purpose.RESUME)
    if link is None or link.draft is None:
        return render(request, "groups/apply_resume_shut.html", status=404)
    rounds = applying.open_rounds(link.draft.fiscal_year)
    if not rounds:
        return _closed(request, link.draft.fiscal_year)
    form = ApplyForm(initial=typed_in(link.draft), rounds=rounds, key=link.draft.key)
    return _page(request, link.draft.fiscal_year, form, draft=link.draft)


def _opened(request: HttpRequest, year: int, rounds: Any) -> HttpResponse:
    """An empty form. Two tabs of one browser are one draft, until it is sent."""
    known = request.get_signed_cookie(COOKIE, default="")
    key = known or secrets.token_hex(16)
    response = _page(request, year, ApplyForm(rounds=rounds, key=key))
    if not known:
        response.set_signed_cookie(
            COOKIE, key, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


def _kept(request: HttpRequest, year: int, form: ApplyForm) -> HttpResponse:
    if form.address and is_too_often(request, form.address):
        form.refuse(TOO_MANY)
        return _page(request, year, form, status=429)
    draft = form.keep(year)
    if draft is None:
        return _page(request, year, form)
    request.session[KEPT] = {"email": draft.email, "until": timezone.localdate(draft.expires_at).isoformat()}
    return redirect("apply_kept", year)


def _sent(request: HttpRequest, year: int, form: ApplyForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, year, form)
    if is_too_often(request, form.address):
        form.refuse(TOO_MANY)
        return _page(request, year, form, status=429)
    application = form.act()
    if application is None:
        return _page(request, year, form)
    is_new = application.state == Application.State.DRAFT
    request.session[APPLIED] = {"email": application.contact_email, "is_new": is_new}
    response = redirect("apply_sent", year)
    response.delete_cookie(COOKIE)
    return response


def _page(
    request: HttpRequest, year: int, form: ApplyForm, status: int = 200, **more: object
) -> HttpResponse:
    context = {"year": year, "form": form, "rounds": form.rounds} | more
    return render(request, "groups/apply.html", context, status=status)


def _closed(request: HttpRequest, year: int) -> HttpResponse:
    """Not open yet, over, or never to be."""
    rounds = _of(year)
    context = {"year": year, "rounds": rounds}
    return render(request, "groups/apply_closed.html", context, status=200 if rounds else 404)


def _of(year: int) -> list[RecruitmentRound]:
    rounds = RecruitmentRound.objects.filter(fiscal_year=year).select_related("office")
    return list(rounds.order_by("office__order", "pk"))
