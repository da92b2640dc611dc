"""繰り上げ: how the places of a round stand after the announcement, and the next on the waiting list."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from groups.forms.announcing import OfferForm
from groups.models import Application, Offer, RecruitmentRound
from groups.recruitment import offering
from groups.visible_records import applications_visible_to, offers_visible_to, rounds_visible_to
from iri_exchange.lib import access, japan


@require_safe
@access.allowed("recruitment.run", rounds_visible_to)
def round_offers(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    past = offering.past_offers(round)
    context = {
        "round": round,
        "seats": offering.places_of(round),
        "past": past,
        "unwritten": any(offer.answered_at is None for offer in past),
        "today": timezone.localdate(),
    }
    return render(request, "groups/round_offers.html", context)


@access.allowed("recruitment.run", applications_visible_to)
def offer_new(request: HttpRequest, application: Application) -> HttpResponse:
    """GET says what offering the place means, POST offers it."""
    form = OfferForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid() and (made := form.act(request.user)):
        messages.success(
            request,
            f"{application.name}に、{japan.wareki(made.due)}までの期限でご案内しました。{_how(application)}",
        )
        return redirect("round_offers", application.round_id)
    context = {"application": application, "round": application.round, "form": form}
    context["seats"] = offering.places_of(application.round)
    return render(request, "groups/offer_new.html", context)


@require_POST
@access.allowed("recruitment.run", offers_visible_to)
def offer_answer(request: HttpRequest, offer: Offer) -> HttpResponse:
    """What the applicant said by telephone or on paper is written down for it."""
    name, taken = offer.application.name, request.POST.get("taken")
    try:
        if taken not in ("yes", "no"):
            raise ValidationError("「参加する」か「辞退する」のどちらかを押してください。")
        offering.answer(offer=offer, taken=taken == "yes", by=request.user)
        said = f"{name}が会員になりました。" if taken == "yes" else f"{name}の辞退を書きとめました。"
        messages.success(request, said)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("round_offers", offer.application.round_id)


@require_POST
@access.allowed("recruitment.run", rounds_visible_to)
def round_lapse(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    """Offers without an answer in time are written down as such."""
    count = offering.lapse(round=round, by=request.user)
    messages.success(request, f"期限の過ぎたご案内{count}件を、補欠に戻しました。")
    return redirect("round_offers", round.pk)


def _how(application: Application) -> str:
    if application.contact_email:
        return "お返事のリンクを、メールでお送りします。"
    return "メールアドレスがないので、お電話などでお伝えください。"
