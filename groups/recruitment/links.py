"""The links in letters to applicants: each for one purpose and with an end. Looking one up writes nothing.

The token stands in the letter alone: who reads the database cannot open the link.
"""

import datetime
import secrets

from django.utils import timezone

from groups.models import Application, ApplicationDraft, ApplicationLink
from members.models.invitation import hash_of

TOKEN_BYTES = 24
Purpose = ApplicationLink.Purpose
VALID_FOR: dict[str, datetime.timedelta] = {
    Purpose.RESUME: ApplicationDraft.KEPT_FOR,
    Purpose.CONFIRM: datetime.timedelta(days=7),
    Purpose.STATUS: datetime.timedelta(days=365),
}


def make(about: Application | ApplicationDraft, purpose: str, email: str) -> str:
    """The token of a new link, which is written nowhere."""
    now, token = timezone.now(), secrets.token_urlsafe(TOKEN_BYTES)
    owner = {"draft": about} if isinstance(about, ApplicationDraft) else {"application": about}
    ApplicationLink.objects.create(
        **owner,
        purpose=purpose,
        email=email,
        token_hash=hash_of(token),
        made_at=now,
        expires_at=now + VALID_FOR[purpose],
    )
    return token


def find(token: str, purpose: str) -> ApplicationLink | None:
    """The link that this token opens today for this purpose, with its application or draft."""
    link = known(token, purpose)
    return link if link and not is_over(link) else None


def known(token: str, purpose: str) -> ApplicationLink | None:
    """As `find`, though it may have run out."""
    links = ApplicationLink.objects.filter(token_hash=hash_of(token), purpose=purpose)
    return links.select_related("application__round__office", "application__round__group", "draft").first()


def is_over(link: ApplicationLink) -> bool:
    return link.expires_at is not None and link.expires_at <= timezone.now()
