"""A member looks at the data by a link, without a login: they are right as they are, or are put right here."""

from contextlib import suppress

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from groups import confirming
from groups.confirming import Door
from groups.forms.confirmation import CorrectionForm, known_of, wanted_of
from groups.models import ConfirmationLink
from groups.profiles import missing_of
from iri_exchange.lib import access, versions


@never_cache
@access.public
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what is known and changes nothing; POST says that it is right."""
    link = confirming.link_of(token)
    if link is None or confirming.door(link) != Door.OPEN:
        return _shut(request, link, token)
    if request.method == "POST":
        return _confirmed(link, token)
    company, person = link.confirmation.membership.company, link.confirmation.person
    records = [each for each in (person, company) if each]
    context = {
        "link": link,
        "token": token,
        "records": [(each, known_of(each), missing_of(each, wanted_of(each))) for each in records],
    }
    return render(request, "groups/confirm.html", context)


@never_cache
@access.public
@versions.in_turn
def confirm_correct(request: HttpRequest, token: str) -> HttpResponse:
    """What is wrong is put right, and confirmed with it."""
    link = confirming.link_of(token)
    if link is None or confirming.door(link) != Door.OPEN:
        return _shut(request, link, token)
    if request.method == "POST":
        confirming.wait_for(link.confirmation.round)
        link = confirming.link_of(token) or link  # as it is after whoever was before us
        if confirming.door(link) != Door.OPEN:
            return _shut(request, link, token)
    form = CorrectionForm(request.POST or None, confirmation=link.confirmation)
    if request.method == "POST" and form.is_valid() and form.act():
        return redirect("confirm", token)
    return render(request, "groups/confirm_correct.html", {"form": form, "token": token, "link": link})


@never_cache
@require_POST
@access.public
def confirm_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A new link to the same address, for one that has run out."""
    link = confirming.link_of(token)
    if link is None or confirming.door(link) != Door.EXPIRED:
        return _shut(request, link, token)
    key = f"confirmation-{link.confirmation_id}"
    if limited := ratelimit.consume_or_429(request, action="renew_invitation", key=key):
        return limited
    try:
        confirming.renew(link=link)
    except ValidationError:
        return redirect("confirm", token)
    return render(request, "groups/confirm_sent.html", {"email": link.email})


def _confirmed(link: ConfirmationLink, token: str) -> HttpResponse:
    with suppress(ValidationError):  # pressed twice, or ended meanwhile: the page says so
        confirming.confirm(confirmation=link.confirmation, source=confirming.Source.LINK)
    return redirect("confirm", token)


def _shut(request: HttpRequest, link: ConfirmationLink | None, token: str) -> HttpResponse:
    """Why the link opens nothing, and what to do."""
    door = confirming.door(link) if link else Door.UNKNOWN
    context = {"link": link, "token": token, "door": door}
    return render(request, "groups/confirm_shut.html", context, status=200 if link else 404)
