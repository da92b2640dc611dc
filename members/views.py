"""One's own login: how safe it is, where it is open, and the invitation it begins with."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from iri_exchange.lib import access
from members import invitations, second_step, sessions
from members.account_forms import ClaimForm, OtherAddressForm
from members.models import Invitation

FOUND = Invitation.objects.select_related("person", "made_by__person")


@require_safe
@access.signed_in
def security(request: HttpRequest) -> HttpResponse:
    context = {
        "step": second_step.standing(request.user),
        "sessions": sessions.open_sessions(request.user, request.session.session_key),
    }
    return render(request, "members/security.html", context)


@access.signed_in
def session_list(request: HttpRequest) -> HttpResponse:
    here = request.session.session_key
    if request.method == "POST":
        chosen = request.POST.get("session")
        ended = sessions.end(user=request.user, only=_number(chosen), but=here)
        messages.success(
            request, f"{ended}か所でログアウトしました。" if ended else "ほかでは、もう開いていません。"
        )
        return redirect("sessions")
    context = {"sessions": sessions.open_sessions(request.user, here)}
    return render(request, "members/sessions.html", context)


def _number(chosen: str | None) -> int | None:
    """None if nothing was chosen; 0, which is no row, for what is no number."""
    if chosen is None:
        return None
    return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0


@require_safe
@access.signed_in
def second_step_needed(request: HttpRequest) -> HttpResponse:
    """Why the office's pages are shut, and the two ways to open them."""
    context = {"step": second_step.standing(request.user), "required": settings.STAFF_MFA_REQUIRED}
    return render(request, "members/second_step.html", context)


@never_cache
@sensitive_post_parameters("password1", "password2")
@access.public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: it shows for whom it is. The POST makes the login and logs in."""
    found = FOUND.named(token).first()
    if found is None or invitations.door(found) != invitations.Door.OPEN:
        return _shut(request, found, token)
    form = ClaimForm(request.POST or None, invitation=found)
    if request.method == "POST":
        if limited := ratelimit.consume_or_429(request, action="claim_invitation", key=f"{found.person_id}"):
            return limited
        if form.is_valid():
            return _claimed(request, found, token, form.cleaned_data["password"])
    context = {"invitation": found, "token": token, "form": form, "other": OtherAddressForm()}
    return render(request, "members/invitation.html", context)


@never_cache
@require_POST
@access.public
def invitation_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A new link to the same address: for somebody whose link has run out, or went astray."""
    found = FOUND.named(token).first()
    if found is None or invitations.door(found) not in invitations.BY_ONESELF:
        return _shut(request, found, token)
    if limited := ratelimit.consume_or_429(request, action="renew_invitation", key=f"{found.person_id}"):
        return limited
    try:
        invitations.renew(invitation=found)
    except ValidationError:
        return redirect("invitation", token)  # pressed in another window too: the page says so
    return render(request, "members/invitation_sent.html", {"email": found.email})


@never_cache
@require_POST
@access.public
def invitation_elsewhere(request: HttpRequest, token: str) -> HttpResponse:
    """A new link to another address, which opening it confirms."""
    found = FOUND.named(token).first()
    if found is None or invitations.door(found) not in invitations.VALID:
        return _shut(request, found, token)
    if limited := ratelimit.consume_or_429(request, action="renew_invitation", key=f"{found.person_id}"):
        return limited
    other = OtherAddressForm(request.POST)
    if not other.is_valid():
        context = {"invitation": found, "token": token, "other": other}
        return render(request, "members/invitation_elsewhere.html", context)
    try:
        invitations.send_elsewhere(invitation=found, email=other.cleaned_data["email"])
    except ValidationError:
        return redirect("invitation", token)
    return render(request, "members/invitation_sent.html", {"email": other.cleaned_data["email"]})


def _claimed(request: HttpRequest, found: Invitation, token: str, password: str | None) -> HttpResponse:
    try:
        user = invitations.claim(invitation=found, password=password)
    except ValidationError:
        return redirect("invitation", token)  # used meanwhile, or the address is: the page says so
    messages.success(request, f"{user}さん、ようこそ。ここがあなたのマイページです。")
    response: HttpResponse = perform_login(request, user, email_verification="none")
    return response


def _shut(request: HttpRequest, found: Invitation | None, token: str) -> HttpResponse:
    """Why the link opens nothing, and what to do."""
    door = invitations.door(found) if found else invitations.Door.UNKNOWN
    context = {"invitation": found, "token": token, "door": door, "other": OtherAddressForm()}
    return render(request, "members/invitation_shut.html", context, status=200 if found else 404)
