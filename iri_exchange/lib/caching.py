"""What may be kept: a page made for somebody who is logged in is not, neither on the way nor in the browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PrivatePagesMiddleware:
    """Answers to readers who are logged in say `private, no-store`, unless the view said something itself.

    Many read at a shared computer: after the log-out the back button shows no roster.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response
