"""Every address of the URLconf, so that a page which arrives tomorrow is tested tomorrow."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from iri_exchange.lib.access import declared_elsewhere


@dataclass(frozen=True)
class Address:
    """`name` as a resolver match says it, `route` as the URLconf writes it, `parameters` the names in it."""

    name: str
    route: str
    view: Callable[..., Any]
    parameters: tuple[str, ...]

    @property
    def is_ours(self) -> bool:
        return not declared_elsewhere(self.name)

    def path(self, objects: Mapping[str, Any]) -> str:
        """The address filled in. `objects` maps "<beginning of the route>:<parameter>" to a value, and
        "<route>?" to the question that a page expects.

        Raises LookupError for a parameter nobody has thought of, so that a new kind of page is noticed.
        """
        path = reverse(self.name, kwargs={each: self.value(each, objects) for each in self.parameters})
        question = objects.get(f"{self.route}?")
        return f"{path}?{question}" if question else path

    def has_objects(self, objects: Mapping[str, Any]) -> bool:
        try:
            self.path(objects)
        except (LookupError, NoReverseMatch):
            return False
        return True

    def value(self, parameter: str, objects: Mapping[str, Any]) -> Any:
        for key, value in objects.items():
            beginning, _, name = key.rpartition(":")
            if name == parameter and self.route.startswith(beginning):
                return value
        raise LookupError(
            f"no object is known for <{parameter}> in {self.route}: name one in the test's objects"
        )


def addresses(urlconf: str | None = None) -> list[Address]:
    return list(_walk(get_resolver(urlconf).url_patterns, "", (), ()))


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, namespaces: tuple[str, ...], outer: tuple[str, ...]
) -> Iterator[Address]:
    for each in patterns:
        route = prefix + str(each.pattern)
        parameters = outer + tuple(each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            inside = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from _walk(each.url_patterns, route, inside, parameters)
        else:
            name = ":".join((*namespaces, each.name or each.lookup_str))
            yield Address(name, route, each.callback, parameters)
