"""Where a login is open: one row for each browser that logged in, ended one by one or all at once."""

from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

# The first that fits names it: Edge calls itself Chrome too, and Chrome Safari.
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}
BROWSERS = {
    "Edg": "Edge",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}


@dataclass(frozen=True)
class Open:
    """One browser in which the login is open; `is_here`: the one that asks."""

    pk: int
    device: str
    ip: str
    since: Any
    is_here: bool


def open_sessions(user: Any, here: str | None) -> list[Open]:
    """Where the login is open, the browser that asks (its session's key is `here`) first. Reads only."""
    rows = {row.session_key: row for row in UserSession.objects.filter(user=user)}
    kept = Session.objects.filter(session_key__in=rows, expire_date__gt=timezone.now())
    # A session from before a change of the password still lies there, but opens nothing.
    now = user.get_session_auth_hash()
    valid = {
        session.session_key
        for session in kept
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), now)
    }
    found = [
        Open(row.pk, device(row.user_agent), row.ip, row.created_at, row.session_key == here)
        for key, row in rows.items()
        if key in valid
    ]
    return sorted(found, key=lambda one: (not one.is_here, -one.since.timestamp()))


@transaction.atomic
def end(*, user: Any, only: int | None = None, but: str | None = None) -> int:
    """Log the login out: in one browser (`only`, the pk of its row), or in all but the session `but`. Says in how many."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=but)
    ended = list(rows if only is None else rows.filter(pk=only))
    for row in ended:
        row.end()
    return len(ended)


def device(user_agent: str) -> str:
    """In words: Windows の Chrome."""
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    return " の ".join(filter(None, [system, browser])) or "分からない機器"
