"""The portal with a planted fault: a form is saved whatever version it is based on."""

from iri_exchange.wsgi import application

# isort: split
# Only now are there models.
from iri_exchange.lib.versions import Versioned


def _ask_nothing(form: Versioned) -> None:
    """In place of the comparison."""


Versioned._compare = _ask_nothing  # type: ignore[method-assign]

__all__ = ["application"]
