"""Personal links: who holds one may do the one thing it is for, without a log-in.

The token is a signature over the record's key and its `generation`, so that nothing is stored that would open anything
and the same link can stand in a letter, in its reminder and in the square on paper. A higher generation shuts the
links before. The record says how long it opens (see `events.replying`).
"""

from typing import TypeVar

from django.core.signing import BadSignature, Signer
from django.db import models

R = TypeVar("R", bound=models.Model)
_SEPARATOR = "."


def token_of(record: models.Model) -> str:
    """What stands in the address: digits, letters, hyphen, underscore and one full stop."""
    generation: int = record.generation  # type: ignore[attr-defined]
    return _signer(type(record)).sign(f"{record.pk}-{generation}")


def key_of(model: type[R], token: str) -> tuple[int, int] | None:
    """(primary key, generation) of a token that is ours, else None; the link may be an old one."""
    try:
        pk, generation = _signer(model).unsign(token).split("-")
        return int(pk), int(generation)
    except (BadSignature, ValueError):
        return None


def _signer(model: type[models.Model]) -> Signer:
    return Signer(salt=f"events.links.{model.__name__}", sep=_SEPARATOR)
