"""For half an hour, one of the staff has the rights of the person they help, and can only read.

Three locks, none of which knows the pages: no method but GET and HEAD reaches a view; the connection refuses what
would write; and what is handed out is a page or a picture, never a file (docs/decisions/0016).
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from iri_exchange.lib.access import declared_elsewhere
from iri_exchange.lib.reading import WriteRefused, refusing_writes
from members.models import Look, User

KEPT_AS = "look"
SAFE = ("GET", "HEAD")
IS_OVER = "30分たったので、{}さんの見え方で見るのを終えました。"
NO_LONGER = "{}さんの見え方で見るのを終えました。"


class LookingMiddleware:
    """Sets `request.look` and `request.looker` (None for everybody else), and makes `request.user` the one looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        put(request, None)
        if KEPT_AS not in request.session or request.path == reverse("look_end"):
            return self.get_response(request)
        look = _look_of(request)
        if look is None or not (look.is_on and request.user.has_perm("members.look_as", look.person)):
            return _over(request, look)
        put(request, look)
        if request.method not in SAFE:
            return refused(request)
        with refusing_writes():
            answer = self.get_response(request)
        return answer if _is_looked_at(answer) else refused(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        return refused(request) if request.look and _is_closed(request, view) else None  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request) if isinstance(error, WriteRefused) and request.look else None  # type: ignore[attr-defined]


def put(request: HttpRequest, look: Look | None) -> None:
    """Who has no login is looked at through one that is never saved."""
    request.look = look  # type: ignore[attr-defined]
    request.looker = look.looker if look else None  # type: ignore[attr-defined]
    if look:
        login = look.person.users.filter(is_active=True).first()
        request.user = login or User(person=look.person)


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "iri_exchange/look_refused.html", status=403)


def _look_of(request: HttpRequest) -> Look | None:
    looks = Look.objects.select_related("looker__person", "person")
    return looks.filter(pk=request.session[KEPT_AS], looker=request.user.pk).first()


def _over(request: HttpRequest, look: Look | None) -> HttpResponse:
    """Not even a form that was opened in time is sent: it was filled in as somebody else."""
    del request.session[KEPT_AS]
    if look is None:
        return redirect("home")
    said = NO_LONGER if look.is_on or look.ended_at else IS_OVER
    messages.warning(request, said.format(look.person))
    return redirect("person", look.person_id)


def _is_closed(request: HttpRequest, view: Any) -> bool:
    """Log-in and security are the person's alone; the office and the admin are not theirs."""
    access = getattr(view, "access", None)
    name = request.resolver_match.view_name if request.resolver_match else ""
    return (
        declared_elsewhere(name)
        or request.path.startswith("/accounts/")
        or (access is not None and access.rule.startswith("office."))
    )


def _is_looked_at(answer: HttpResponse) -> bool:
    return answer.get("Content-Type", "text/html").startswith(("text/html", "image/"))
