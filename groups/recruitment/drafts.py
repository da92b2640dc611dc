"""An application that is not sent yet: kept for thirty days as it was typed, and opened again by a link in a letter."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups.models import Application, ApplicationDraft
from groups.recruitment import links, notices, rounds

# No answer is longer, and nobody ticks more. What a program sends instead fills no disk.
LONGEST, MOST = 3_000, 20
SENT = "この応募は、もう送られています。届いたメールをご覧ください。"
CLOSED = "いまは受け付けていませんので、下書きもお預かりできません。お急ぎのときは、事務局へお電話ください。"


@transaction.atomic
def keep(*, year: int, key: str, typed: Mapping[str, Sequence[str]], email: str) -> ApplicationDraft:
    """Keep what was typed, right or wrong, and send a link to it.

    `typed`: {field: its values}. Kept again, it is the same draft; links that went to another address are void. Raises
    ValidationError once it was sent, and while no round of the year takes applications.
    """
    if Application.objects.filter(draft_key=key).exists():
        raise ValidationError(SENT, code="sent")
    if not any(call.takes for call in rounds.as_open(rounds.of_year(year), timezone.localdate())):
        raise ValidationError(CLOSED, code="closed")
    kept = {name: [text[:LONGEST] for text in texts[:MOST]] for name, texts in typed.items()}
    until = timezone.now() + ApplicationDraft.KEPT_FOR
    draft, _ = ApplicationDraft.objects.update_or_create(
        key=key, defaults={"fiscal_year": year, "typed": kept, "email": email, "expires_at": until}
    )
    draft.links.exclude(email=email).delete()
    notices.resume(draft=draft, token=links.make(draft, links.Purpose.RESUME, email))
    return draft


def forget(key: str) -> None:
    """It has become an application."""
    ApplicationDraft.objects.filter(key=key).delete()
