"""Who sees everybody's data logs in with two steps: staff, and who installs the portal (STAFF_MFA_REQUIRED)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from iri_exchange.lib.access import declared_elsewhere
from iri_exchange.lib.once import not_done
from members import second_step

# What opens without it: the pages about the login itself, and those that tell nobody's data.
OPEN = {"security", "sessions", "second_step", "home", "help", "accessibility", "privacy", "healthz"}


class SecondStepMiddleware:
    """Sends staff without a second step to set one up, before anything that staff see opens.

    A browser that was logged in before it was set up is asked for it, too: who holds it may know the password alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        had_none = _may_set_up(request) and not second_step.has_second_step(request.user)
        response = self.get_response(request)
        if had_none and second_step.has_second_step(request.user):
            second_step.begin(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.STAFF_MFA_REQUIRED or _is_about_the_login(request):
            return None
        # Whoever is looked at by staff has rights of their own; the one who looks must have the second step.
        user = getattr(request, "looker", None) or request.user
        if not user.is_authenticated or not user.has_perm("office.install"):
            return None
        if not second_step.has_second_step(user):
            return not_done(redirect("second_step"))
        if second_step.is_shown(request, user):
            return None
        goal = request.get_full_path() if request.method == "GET" else reverse("office_desk")
        return not_done(redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': goal})}"))


def _may_set_up(request: HttpRequest) -> bool:
    here = request.path.startswith(reverse("mfa_index"))
    return here and request.method == "POST" and request.user.is_authenticated


def _is_about_the_login(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in OPEN or (declared_elsewhere(name) and not name.startswith("admin:"))
