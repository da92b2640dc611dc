"""Characters that nobody sees, in forms that are not ours: refused before the package reads them.

Our own fields refuse them beside the field (iri_exchange.lib.fields). The admin's fields are ours too, its searches and
filters are not; of allauth neither.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from iri_exchange.lib import japan
from iri_exchange.lib.access import declared_elsewhere
from iri_exchange.lib.once import not_done

IN_THE_FORM = "目に見えない文字が入っています。消して入れ直してください。"
IN_THE_QUESTION = "目に見えない文字が入っているところは、使いませんでした。消して入れ直してください。"


class TypedMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not declared_elsewhere(name):
            return None
        if unseen := set(_unseen_in(request.GET)):
            rest = request.GET.copy()
            for each in unseen:
                del rest[each]
            messages.error(request, IN_THE_QUESTION)
            return not_done(redirect(f"{request.path}?{rest.urlencode()}" if rest else request.path))
        if not name.startswith("admin:") and list(_unseen_in(request.POST)):
            messages.error(request, IN_THE_FORM)
            return not_done(redirect(request.get_full_path()))
        return None


class SeenCharactersValidator:
    """A password of characters that can be seen, and so be typed again."""

    def validate(self, password: str, user: Any = None) -> None:
        if japan.has_unsafe_characters(password):
            raise ValidationError(IN_THE_FORM, code="unsafe")

    def get_help_text(self) -> str:
        return "目に見えない文字は使えません。"


def _unseen_in(sent: QueryDict) -> Iterator[str]:
    """The names of what holds such characters."""
    for name, values in sent.lists():
        if any(japan.has_unsafe_characters(text, lines=True) for text in (name, *values)):
            yield name
