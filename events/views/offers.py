"""The board of all groups: what they offer each other, and the meetings that have seats for guests."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from events.forms.joint import OfferAnswerForm, OfferForm
from events.joining import offers
from events.joining.board import board_of
from events.models import GroupOffer
from events.visibility import board_offers_visible_to
from groups.models import Group
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, versions


@require_safe
@access.allowed("events.see_board")
def offer_board(request: HttpRequest) -> HttpResponse:
    """Months, topics, host rooms; then open seats."""
    return render(request, "events/offer_board.html", {"board": board_of(request.user)})


@access.allowed("events.post_offer", groups_visible_to, by="slug")
def group_offer_new(request: HttpRequest, group: Group) -> HttpResponse:
    form = OfferForm(request.POST or None, group=group, by=request.user)
    if request.method == "POST" and form.is_valid() and form.act():
        messages.success(request, "掲示板に出しました。手があがると、メールでお知らせします。")
        return redirect("offer_board")
    return render(request, "events/group_offer_new.html", {"group": group, "form": form})


@access.allowed("events.keep_offer", board_offers_visible_to)
@versions.in_turn
def group_offer_edit(request: HttpRequest, offer: GroupOffer) -> HttpResponse:
    form = OfferForm(request.POST or None, instance=offer, group=offer.group, by=request.user)
    if request.method == "POST" and form.is_valid() and form.act():
        messages.success(request, "呼びかけを直しました。")
        return redirect("offer_board")
    stored = board_offers_visible_to(request.user).get(pk=offer.pk)
    context = {"group": stored.group, "offer": stored, "form": form}
    return render(request, "events/group_offer_edit.html", context)


@require_POST
@access.allowed("events.keep_offer", board_offers_visible_to)
def group_offer_close(request: HttpRequest, offer: GroupOffer) -> HttpResponse:
    offers.close(offer=offer)
    messages.success(request, f"「{offer.topic}」の呼びかけを、掲示板から下げました。")
    return redirect("offer_board")


@access.allowed("events.answer_offer", board_offers_visible_to)
def group_offer_answer(request: HttpRequest, offer: GroupOffer) -> HttpResponse:
    form = OfferAnswerForm(request.POST or None, offer=offer, by=request.user)
    if request.method == "POST" and form.is_valid() and form.act():
        messages.success(request, f"{offer.group}の役員の方に、「いっしょに開きたい」とお知らせします。")
        return redirect("offer_board")
    context = {"group": offer.group, "offer": offer, "form": form}
    return render(request, "events/group_offer_answer.html", context)
