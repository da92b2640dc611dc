"""Booths, for exhibitors and for everybody: the list, a booth's page, its picture, applying and withdrawing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from events.exchange.booths import applying, calling, floor, listing
from events.exchange.booths.drawing import draw
from events.exchange.booths.exhibitors import exhibitors_of, prefilled
from events.forms.exchange_booths import BoothForm
from events.models import Booth, JointExchange
from events.visibility import booths_visible_to, exchanges_visible_to
from iri_exchange.lib import access, asked, versions
from iri_exchange.lib.history import of as history_of

APPLIED = "出展の申込を受け付けました。場所と番号は、出展が決まってから、お知らせします。"


@require_safe
@access.visible(exchanges_visible_to, by="fiscal_year")
@asked.knows("q", "trade", "technology")
def exchange_booths(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """Those that exhibit, with the floor plan; one's own beside them, whatever became of them."""
    rows = (
        booths_visible_to(request.user)
        .filter(exchange=exchange)
        .order_by(F("number").asc(nulls_last=True), "exhibitor", "pk")
    )
    mine = [each for each in rows if request.user.is_authenticated and _is_own(request, each)]
    booths = [each for each in rows if each.state == Booth.State.ACCEPTED]
    choices = listing.choices_of(booths)
    wanted = {
        "trade": asked.choice(request, "trade", {each[0] for each in choices.trades}),
        "technology": asked.choice(request, "technology", {each[0] for each in choices.technologies}),
        "words": asked.text(request, "q"),
    }
    context = {
        "exchange": exchange, "count": len(booths), "mine": mine, "choices": choices, "wanted": wanted,
        "booths": listing.narrowed(booths, **wanted),
        "plan": draw(floor.stored(exchange.floor), booths),
    }  # fmt: skip
    return render(request, "events/exchange_booths.html", context)


@access.allowed("events.see_booth_call", exchanges_visible_to, by="fiscal_year")
@asked.knows("for")
def exchange_booth_new(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """As whom is asked first, of those who may exhibit as several (`?for=`). Outside of the call it says until when it
    was; what somebody had typed by then stays on the page.
    """
    choices = {each.key: each for each in exhibitors_of(request.user)}
    chosen = choices.get(asked.choice(request, "for", choices))
    if len(choices) == 1:
        chosen = next(iter(choices.values()))
    shut = calling.why_shut(exchange)
    context: dict[str, Any] = {
        "exchange": exchange, "choices": choices.values(), "chosen": chosen, "shut": shut,
    }  # fmt: skip
    if shut and not (chosen and request.method == "POST"):
        return render(request, "events/exchange_booth_closed.html", context)
    if chosen:
        form = BoothForm(
            request.POST or None, request.FILES or None, by=request.user,
            instance=Booth(exchange=exchange), initial=prefilled(chosen, request.user),
        )  # fmt: skip
        is_in_time = request.method == "POST" and not shut
        if is_in_time and form.is_valid() and (booth := form.apply(exchange, chosen)):
            messages.success(request, APPLIED)
            return redirect("exchange_booth", booth.pk)
        context["form"] = form
    return render(request, "events/exchange_booth_new.html", context)


@require_safe
@access.visible(booths_visible_to)
def exchange_booth(request: HttpRequest, booth: Booth) -> HttpResponse:
    context = {"exchange": booth.exchange, "booth": booth, "technologies": listing.technologies_of(booth)}
    if booth.place_row is not None and booth.place_column is not None:
        context["place"] = floor.name_of(booth.place_row, booth.place_column)
    if request.user.has_perm("events.keep_booth", booth):
        context["open_columns"] = applying.columns_open(booth)
        context["may_withdraw"] = booth.state in applying.OPEN and bool(context["open_columns"])
    return render(request, "events/exchange_booth.html", context)


@require_safe
@access.visible(booths_visible_to)
def exchange_booth_picture(request: HttpRequest, booth: Booth) -> HttpResponse:
    """The uploaded picture, drawn anew when it came; a plain 404 where there is none."""
    if not booth.picture_format:
        return HttpResponse("写真は、ありません。", status=404, content_type="text/plain; charset=utf-8")
    newest = versions.version_of(history_of(Booth).filter(id=booth.pk).order_by("-history_id").first())
    tag = quote_etag(f"{booth.pk}-{newest}")
    known = get_conditional_response(request, etag=tag) if "HTTP_IF_NONE_MATCH" in request.META else None
    content = bytes(booth.picture or b"") if request.method == "GET" and not known else b""
    answer: Any = known or HttpResponse(content, content_type=f"image/{booth.picture_format}")
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    patch_vary_headers(answer, ["Cookie"])
    return answer


@access.allowed("events.keep_booth", booths_visible_to)
@versions.in_turn
def exchange_booth_edit(request: HttpRequest, booth: Booth) -> HttpResponse:
    by_office = request.user.has_perm("events.run_exchange")
    if not applying.columns_open(booth, by_office=by_office):
        messages.warning(request, "この申込は、もう直せません。事務局にご連絡ください。")
        return redirect("exchange_booth", booth.pk)
    form = BoothForm(
        request.POST or None, request.FILES or None, instance=booth, by=request.user, by_office=by_office
    )
    if request.method == "POST" and form.is_valid() and form.change():
        messages.success(request, "出展の内容を保存しました。")
        return redirect("exchange_booth", booth.pk)
    stored = booths_visible_to(request.user).get(pk=booth.pk)
    context = {"exchange": stored.exchange, "booth": stored, "form": form}
    return render(request, "events/exchange_booth_edit.html", context)


@require_POST
@access.allowed("events.keep_booth", booths_visible_to)
def exchange_booth_withdraw(request: HttpRequest, booth: Booth) -> HttpResponse:
    try:
        applying.withdraw(booth=booth, by=request.user)
        messages.success(request, f"{booth}の出展を取り下げました。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("exchange_booth", booth.pk)


def _is_own(request: HttpRequest, booth: Booth) -> bool:
    """Of those whom the office does not keep anyway."""
    user = request.user
    return user.has_perm("events.keep_booth", booth) and not user.has_perm("events.run_exchange")
