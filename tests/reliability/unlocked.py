"""The portal with a planted fault: who answers, or ticks, waits for nobody, and takes some time between reading and writing."""

from iri_exchange.wsgi import application

# isort: split
# Only now are there models.
import time
from typing import Any

from events.models import Meeting, Reply
from events.reception import marking
from events.replying import replies

PAUSE = 0.3
_find_room, _keep_the_proxy = replies._find_room, marking._keep_the_proxy


def _read(reply: Reply) -> Reply:
    """In place of the lock."""
    return Reply.objects.select_related("meeting").get(pk=reply.pk)


def _find_room_slowly(*asked: Any) -> None:
    _find_room(*asked)
    time.sleep(PAUSE)


def _keep_the_proxy_slowly(row: Any) -> None:
    _keep_the_proxy(row)
    time.sleep(PAUSE)


def _open_for_all(meeting: Meeting) -> None:
    """In place of the lock."""


replies._locked, replies._find_room = _read, _find_room_slowly
marking._open, marking._keep_the_proxy = _open_for_all, _keep_the_proxy_slowly
# Without a transaction of its own: on SQLite that would be a lock, too.
replies.answer = replies.answer.__wrapped__  # type: ignore[attr-defined]
marking.mark = marking.mark.__wrapped__  # type: ignore[attr-defined]

__all__ = ["application"]
