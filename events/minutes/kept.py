"""What was typed before a log-in ended is there again after the next one, without any script.

The page carries who opened it, signed. A form of that page that arrives without a log-in is put aside in the browser's
new session, which the log-in takes over; the page then shows it to that person, once more unsaved, until it is saved.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponseBase, QueryDict

OPENED_BY = "opened-by"
SALT, DAYS = "events.minutes.kept", 30
# As it is sent, in which a Japanese letter takes nine; only who had opened the page comes this far.
MOST_LETTERS = 1_000_000
View = Callable[..., HttpResponseBase]


def signed(user: Any, meeting: Any) -> str:
    """What the page carries: who opened it, and of which meeting it is."""
    return signing.dumps([user.pk, meeting.pk], salt=SALT)


def keeps(view: View) -> View:
    """Around a view that asks for a log-in: what is sent to it without one is put aside first."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            _put_aside(request, kwargs["pk"])
        return view(request, *args, **kwargs)

    return keeping


def typed_before(request: HttpRequest, meeting: Any) -> QueryDict | None:
    """What this person had typed when the log-in ended, or None."""
    kept = request.session.get(_shelf(meeting.pk))
    if not kept or kept["user"] != request.user.pk:
        return None
    return QueryDict(kept["typed"])


def forget(request: HttpRequest, meeting: Any) -> None:
    request.session.pop(_shelf(meeting.pk), None)


def _put_aside(request: HttpRequest, pk: int) -> None:
    try:
        user, meeting = signing.loads(request.POST.get(OPENED_BY, ""), salt=SALT, max_age=DAYS * 24 * 60 * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return
    typed = request.POST.copy()
    for name in ("csrfmiddlewaretoken", OPENED_BY):
        typed.pop(name, None)
    text = typed.urlencode()
    if meeting == pk and len(text) <= MOST_LETTERS:
        request.session[_shelf(pk)] = {"user": user, "typed": text}


def _shelf(pk: int) -> str:
    return f"minutes-{pk}"
