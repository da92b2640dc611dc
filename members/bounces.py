"""Letters that did not arrive, and the addresses that take none any more.

One hard bounce, or three soft ones within 30 days, stop an address; the office lifts it. Addresses of our own
domains are never stopped: a portal that does not write to its own office would not even say so.
"""

import datetime
from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members.models import Bounce, Letter, Suppression

SOFT_LIMIT = 3
SOFT_WITHIN = datetime.timedelta(days=30)
HARD = "相手のサーバーが、このアドレスには届かないと返しました。"
SOFT = "30日のうちに3回、届きませんでした。"
SAID = "届かなかったと、職員が記録しました。"
OURS = "送ったあとで、届かなかったと返ってきました。アドレスのせいではないようです。"


@transaction.atomic
def record(*, letter: Letter | None, address: str, is_hard: bool, detail: str = "", by: Any = None) -> Bounce:
    """A letter did not arrive; stops the address if that is enough. A sent letter is 届かなかった from now on."""
    bounce = Bounce.objects.create(
        letter=letter, address=address.lower(), is_hard=is_hard, detail=detail[:300], reported_by=by
    )
    if letter:
        why = (SAID if by else HARD) if is_hard else "相手のサーバーが、一時的に受け取らないと返しました。"
        sent = Letter.objects.filter(pk=letter.pk, state=Letter.State.SENT)
        sent.update(state=Letter.State.RETURNED, reason=why)
    if is_hard:
        _stop(bounce.address, True, SAID if by else HARD)
    elif _soft_ones(bounce.address) >= SOFT_LIMIT:
        _stop(bounce.address, False, SOFT)
    return bounce


@transaction.atomic
def note(*, letter: Letter | None, address: str, detail: str) -> Bounce:
    """What is said to have come back, but not by any fault of the address: kept without its letter, and never counted.

    A letter that is given did not arrive all the same, and is 届かなかった.
    """
    if letter:
        sent = Letter.objects.filter(pk=letter.pk, state=Letter.State.SENT)
        sent.update(state=Letter.State.RETURNED, reason=f"{OURS}{detail}"[:300])
    return Bounce.objects.create(address=address.lower(), is_hard=False, detail=detail[:300])


def suppression_of(address: str) -> Suppression | None:
    """Why nothing is sent to an address, or None."""
    return Suppression.objects.filter(address=address.lower(), lifted_at__isnull=True).first()


def suppressions_of(addresses: Iterable[str]) -> dict[str, Suppression]:
    """{address in small letters: why nothing is sent to it} of those that take no letters, in one query."""
    wanted = {address.lower() for address in addresses}
    stopped = Suppression.objects.filter(address__in=wanted, lifted_at__isnull=True)
    return {suppression.address: suppression for suppression in stopped}


@transaction.atomic
def lift(*, suppression: Suppression, by: Any) -> None:
    """Write to the address again: it has been put right. What has bounced until now no longer counts."""
    standing = Suppression.objects.filter(pk=suppression.pk, lifted_at__isnull=True)
    standing.update(lifted_at=timezone.now(), lifted_by=by)


def is_our_own(address: str) -> bool:
    """Whether the address lies on the portal's host or on the domain it writes from."""
    domain = address.lower().rpartition("@")[2]
    ours = {
        urlsplit(settings.SITE_URL).hostname,
        parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2],
    }
    return domain in {each.lower() for each in ours if each}


def _soft_ones(address: str) -> int:
    lifted = (
        Suppression.objects.filter(address=address, lifted_at__isnull=False).order_by("-lifted_at").first()
    )
    since = timezone.now() - SOFT_WITHIN
    counted = Q(at__gt=max(since, lifted.lifted_at) if lifted and lifted.lifted_at else since)
    # One without a letter is a note: nobody has proved it, or it was our own doing.
    return Bounce.objects.filter(counted, address=address, is_hard=False, letter__isnull=False).count()


def _stop(address: str, is_hard: bool, why: str) -> None:
    if is_our_own(address):
        return
    Suppression.objects.get_or_create(
        address=address, lifted_at__isnull=True, defaults={"is_hard": is_hard, "why": why}
    )
    waiting = Letter.objects.filter(to=address, state=Letter.State.QUEUED)
    waiting.filter(is_secret=True).update(text="", html="")
    waiting.update(state=Letter.State.STOPPED, reason=f"このアドレスには送っていません。{why}")
