"""Who sees everybody's data logs in with two steps: staff, and who installs the portal (STAFF_MFA_REQUIRED)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from iri_exchange.lib.access import declared_elsewhere
from members.second_step import has_second_step

# What opens without it: the pages about the login itself, and those that tell nobody's data.
OPEN = {"security", "sessions", "second_step", "home", "help", "accessibility", "privacy", "healthz"}


class SecondStepMiddleware:
    """Sends staff without a second step to set one up, before anything that staff see opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.STAFF_MFA_REQUIRED or _is_about_the_login(request):
            return None
        # Whoever is looked at by staff has rights of their own; the one who looks must have the second step.
        user = getattr(request, "looker", None) or request.user
        if not user.is_authenticated or not user.has_perm("office.install") or has_second_step(user):
            return None
        return redirect("second_step")


def _is_about_the_login(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in OPEN or (declared_elsewhere(name) and not name.startswith("admin:"))
