"""What is sent twice is done once: a second tap on the button, or the page after it loaded again.

Every form bears Django's token against forged requests, and a page that is drawn anew bears a new one. So the same token
with the same content at the same address is the very same form, sent again; no form and no view has to do anything.
See docs/decisions/0017-once.md.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

TOKEN = "csrfmiddlewaretoken"
WORKING = ""  # the first one is being done; afterwards the address where it led stands here
SAID = "同じ内容が2度送られましたが、1度だけ行いました。"
# A second tap comes at once, a reload as long as the page after it is open.
WORKING_FOR, KEPT_FOR = 120, 3600
PATIENCE, LOOK_EVERY = 20.0, 0.1


class OnceMiddleware:
    """Answers a form of somebody who is logged in, done already, with the page to which it led.

    Only what led to another page counts as done: a form that comes back with an error may be sent again as it is. A
    visitor's form is always sent anew: each step of a log-in brings the session with its own answer, and nobody else's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated or not request.POST.get(TOKEN):
            return self.get_response(request)
        shelf, key = caches["default"], _key(request)
        until = time.monotonic() + PATIENCE
        while not shelf.add(key, WORKING, WORKING_FOR):
            if led_to := shelf.get(key):
                messages.info(request, SAID)
                return redirect(led_to)
            if time.monotonic() > until:
                return render(request, "409.html", status=409)
            time.sleep(LOOK_EVERY)
        return self._done(request, shelf, key)

    def _done(self, request: HttpRequest, shelf: Any, key: str) -> HttpResponse:
        was = request.user.pk
        response = self.get_response(request)
        led_to = response.get("Location", "")
        is_done = 300 <= response.status_code < 400 and not getattr(response, "not_done", False)
        if is_done and led_to and request.user.pk == was:
            shelf.set(key, led_to, KEPT_FOR)
        else:
            shelf.delete(key)
        return response


def not_done(response: HttpResponse) -> HttpResponse:
    """Sends the reader elsewhere before the form was read; it may be sent again."""
    response.not_done = True  # type: ignore[attr-defined]
    return response


def _key(request: HttpRequest) -> str:
    digest = hashlib.sha256()
    for part in _parts(request):
        digest.update(hashlib.sha256(part).digest())
    return f"once:{digest.hexdigest()}"


def _parts(request: HttpRequest) -> Iterator[bytes]:
    """Whose form it is, where it is sent, and all that is in it."""
    yield str(request.user.pk).encode()
    yield request.get_full_path().encode(errors="surrogatepass")
    for name, values in request.POST.lists():
        yield repr((name, values)).encode(errors="surrogatepass")
    for name, files in request.FILES.lists():
        for file in files:
            content = hashlib.sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            yield repr((name, file.name, content.hexdigest())).encode(errors="surrogatepass")
