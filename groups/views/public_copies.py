"""公開用 holds what everybody may know, and is asked for again and again: who asks for the same gets the very same copy.

A copy is made, numbered and logged once for each reader, and again as soon as anything at all differs. It is kept in
the memory of one process, so that it was drawn by the program that hands it out.
"""

import copy
import hashlib
import os
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.core.cache import caches
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from groups.models import Group
from groups.rosters.building import Variant
from iri_exchange.lib.asking import Question, answers, moment, overheard
from members.models import Export, User

View = Callable[..., HttpResponseBase]


class Kept(NamedTuple):
    """An answer, what was asked for it and when, and what was found: rows, and the file of the logo."""

    moment: str
    questions: list[Question]
    found: list[str]
    logo: str
    logo_state: tuple[int, ...]
    response: HttpResponseBase


def kept_if_public(view: View) -> View:
    """Keeps a view's public copies of a group's roster, the slug of which is in the address.

    Stands outside of the view's access: a copy is handed out again only if every question on the reader's rights,
    the group and its members is answered as before, on the same day. A named purpose or receiver makes a copy of
    its own.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponseBase:
        if not _is_for_everybody(request):
            return view(request, *args, slug=slug, **kwargs)
        shelf, key = caches["copies"], _key(request)
        kept: Kept | None = shelf.get(key)
        now = moment()
        if kept and _still_holds(kept, now):
            if now != kept.moment:
                shelf.set(key, kept._replace(moment=now))
            return kept.response
        return _made(request, slug, key, lambda asking: view(asking, *args, slug=slug, **kwargs))

    return answer


def _is_for_everybody(request: HttpRequest) -> bool:
    asked = request.GET
    named = asked.get("purpose", "").strip() or asked.get("receiver", "").strip()
    public = asked.get("variant") == Variant.PUBLIC and not named
    return request.method == "GET" and public and request.user.is_authenticated


def _key(request: HttpRequest) -> str:
    about = (timezone.localdate(), request.user.pk, request.get_full_path())
    return hashlib.sha256(repr(about).encode(errors="surrogatepass")).hexdigest()


def _still_holds(kept: Kept, now: str) -> bool:
    if _state(kept.logo) != kept.logo_state:
        return False
    return now == kept.moment != "" or answers(kept.questions) == kept.found


def _made(request: HttpRequest, slug: str, key: str, view: View) -> HttpResponseBase:
    """The view's answer, kept if nothing changed while it was made.

    HEAD reads all that GET reads, and neither draws nor logs: it tells the questions, which are put before GET and after.
    """
    reader: Any = request.user
    asking = copy.copy(request)
    asking.method = "HEAD"
    with overheard() as questions:
        # A user keeps what was asked about their rights: the one who asks here has not asked anything yet.
        asking.user = User.objects.get(pk=reader.pk)
        logo = _logo_of(slug)
        seen = view(asking)
    if seen.status_code != 200:
        return seen
    now, found, state = moment(), answers(questions), _state(logo)
    response = view(request)
    logged = Export.objects.filter(subject=f"groups/{slug}/roster", taken_by=reader).first()
    # Should the log forget the copy (a backup brought back), it must not go out once more.
    with overheard() as on_the_log:
        Export.objects.filter(pk=logged.pk if logged else 0).first()
    if answers(questions) == found and _state(logo) == state:
        asked, told = [*questions, *on_the_log], [*found, *answers(on_the_log)]
        caches["copies"].set(key, Kept(now, asked, told, logo, state, response))
    return response


def _logo_of(slug: str) -> str:
    group = Group.objects.filter(slug=slug).first()
    return str(group.logo.path) if group and group.logo else ""


def _state(file: str) -> tuple[int, ...]:
    """Differs as soon as the file was written anew. Empty without one."""
    try:
        found = os.stat(file)
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
