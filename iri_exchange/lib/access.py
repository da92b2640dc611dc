"""Who may open a view: declared beside the view, enforced here, listed for the tests and the docs.

Two questions, two answers. *May you see it*: the object is looked up among what this user may see,
else 404. *May you do it now*: a named rule is asked about the object, else 403. A visitor who could
do it after logging in is sent to the log-in page first.

    @access.public                                       anyone
    @access.signed_in                                    anyone who has logged in
    @access.visible(groups_visible_to, by="slug")        whoever sees the object; it becomes the argument
    @access.allowed("groups.edit_group", groups_visible_to, by="slug")
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

View = Callable[..., HttpResponseBase]
Selection = Callable[[Any], QuerySet[Any]]

PUBLIC = "public"
SIGNED_IN = "signed in"


@dataclass(frozen=True)
class Access:
    """What a view declares. `rule` is PUBLIC, SIGNED_IN or the name of a rule; `by` the looked-up field."""

    rule: str
    selection: str = ""
    by: str = ""


def public(view: View) -> View:
    """Anyone may open it; the view shows only what the asker may see."""
    return _declared(view, view, Access(PUBLIC))


def signed_in(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _to_login(request) or view(request, *args, **kwargs)

    return _declared(guarded, view, Access(SIGNED_IN))


def visible(selection: Selection, *, by: str = "pk") -> Callable[[View], View]:
    """The view gets the object named in the path, if `selection(user)` holds it; else 404."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found = get_object_or_404(selection(request.user), **{by: kwargs.pop(by)})
            return view(request, found, *args, **kwargs)

        return _declared(guarded, view, Access(PUBLIC, selection.__name__, by))

    return declare


def allowed(rule: str, selection: Selection | None = None, *, by: str = "pk") -> Callable[[View], View]:
    """As `visible`, and the rule must hold for the object (or for the user alone); else 403."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if to_login := _to_login(request):
                return to_login
            found = (get_object_or_404(selection(request.user), **{by: kwargs.pop(by)}),) if selection else ()
            require(request.user, rule, *found)
            return view(request, *found, *args, **kwargs)

        return _declared(
            guarded, view, Access(rule, selection.__name__ if selection else "", by if selection else "")
        )

    return declare


def require(user: Any, rule: str, about: Any = None) -> None:
    """Raise PermissionDenied unless the rule holds for the user (about an object)."""
    if not user.has_perm(rule, about):
        raise PermissionDenied(rule)


def declared_elsewhere(view_name: str) -> bool:
    """Whether a package (the admin, allauth) guards this URL itself: settings.ACCESS_DECLARED_BY_PACKAGES."""
    return view_name.startswith(tuple(settings.ACCESS_DECLARED_BY_PACKAGES))


class AccessMiddleware:
    """Refuses to run a view that declares no access, whatever the tests missed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        match = request.resolver_match
        if not hasattr(view, "access") and not (match and declared_elsewhere(match.view_name)):
            raise ImproperlyConfigured(f"{request.path}: the view declares no access")


def _to_login(request: HttpRequest) -> HttpResponse | None:
    return None if request.user.is_authenticated else redirect_to_login(request.get_full_path())


def _declared(guarded: View, view: View, access: Access) -> View:
    if hasattr(view, "access"):
        raise ImproperlyConfigured(f"{view.__module__}.{view.__qualname__} declares its access twice")
    guarded.access = access  # type: ignore[attr-defined]
    return guarded
