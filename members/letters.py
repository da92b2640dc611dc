"""Letters: written in the transaction of what they are about, and from then on in a state that can be seen.

Nothing here talks to a mail server: `members.delivery` does, in the worker (docs/decisions/0014-letters.md).
"""

import datetime
import uuid
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from iri_exchange.lib import states
from iri_exchange.lib.fields import EmailField
from members import bounces, letter_kinds
from members.letter_kind import LINK
from members.letter_kinds import KINDS
from members.letter_wording import compose, one_line
from members.models import Letter, Person, User

KEPT_FOR = datetime.timedelta(days=2 * 365)
# Whoever presses a button twice wants one letter.
JUST_NOW = datetime.timedelta(minutes=1)
ERASED = {"text": "", "html": ""}


@transaction.atomic
def write(
    *, kind: str, to: str, values: Mapping[str, str], person: Person | None = None, link: str = ""
) -> Letter:
    """Queue one letter to one address, in the caller's transaction.

    `values` are the placeholders of the kind; `link` is that of 《リンク》. Raises ValidationError if the address
    is none, LookupError for a kind or values that are not declared. To an address that takes no letters it is
    written all the same, and stopped.
    """
    filled = {**values, LINK: link} if link else values
    letter = compose(KINDS[kind], filled)
    return put(kind=kind, to=to, person=person, **vars(letter))


@transaction.atomic
def put(*, kind: str, to: str, subject: str, text: str, html: str, person: Person | None = None) -> Letter:
    """Queue a letter that is ready. Raises ValidationError if the address is none."""
    to = EmailField(max_length=254).clean(to, None)
    letter = Letter(
        kind=kind,
        to=to,
        person=person,
        subject=one_line(subject)[:300],
        text=text,
        html=html,
        is_secret=letter_kinds.of(kind).secret,
        message_id=new_message_id(),
    )
    if stop := bounces.suppression_of(to):
        letter.state, letter.reason = (
            Letter.State.STOPPED,
            f"このアドレスには送っていません。{stop.why}"[:300],
        )
        if letter.is_secret:
            letter.text = letter.html = ""
    elif are_shown():
        letter.state = Letter.State.SHOWN
    letter.save(force_insert=True)
    return letter


def new_message_id() -> str:
    """One for each letter, and the same at every attempt: <…@the portal's host>."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def are_shown() -> bool:
    """Whether letters are shown on a page instead of sent: in a demo without a mail server."""
    return not settings.EMAIL_GIVEN and User.objects.filter(email=settings.DEMO_LOGIN).exists()


@transaction.atomic
def take_back(*, ids: Collection[int], reason: str) -> int:
    """Letters that are not needed any more, and have not gone out, stay where they are, and why: how many."""
    waiting = Letter.objects.filter(pk__in=ids, state=Letter.State.QUEUED)
    secret = waiting.filter(is_secret=True).update(state=Letter.State.STOPPED, reason=reason, **ERASED)
    return secret + waiting.update(state=Letter.State.STOPPED, reason=reason)


@transaction.atomic
def send_again(*, letter: Letter) -> Letter:
    """The letter that now goes out: a stopped one itself, a copy of a sent one, one with a new token if it is secret.

    Raises ValidationError with what to do instead.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state in (Letter.State.QUEUED, Letter.State.SENDING):
        raise ValidationError("この手紙は、これから送るところです。")
    if stop := bounces.suppression_of(letter.to):
        raise ValidationError(
            f"このアドレスには送っていません。{stop.why}先に「送るのを再開する」を押してください。"
        )
    same = Letter.objects.filter(kind=letter.kind, to=letter.to, subject=letter.subject, pk__gt=letter.pk)
    if same.filter(written_at__gt=timezone.now() - JUST_NOW).exists():
        raise ValidationError("同じ手紙を、いま書いたところです。")
    kind = letter_kinds.of(letter.kind)
    if letter.is_secret:
        if not kind.renewed_by:
            raise ValidationError(kind.instead)
        renewed: Letter = import_string(kind.renewed_by)(letter)
        return renewed
    if not letter.text:
        raise ValidationError("本文が残っていないため、もう一度送ることができません。")
    if letter.state == Letter.State.STOPPED:
        states.advance(
            letter, Letter.State.QUEUED, moves=Letter.MOVES, reason="", attempts=0, due_at=timezone.now()
        )
        return letter
    return put(
        kind=letter.kind,
        to=letter.to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        person=letter.person,
    )


@transaction.atomic
def came_back(*, letter: Letter, by: Any) -> None:
    """Somebody says that a letter did not arrive: the address takes none until it is lifted."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != Letter.State.SENT:
        raise ValidationError("「届かなかった」と記録できるのは、送信済みの手紙だけです。")
    bounces.record(letter=letter, address=letter.to, is_hard=True, detail="職員が記録しました。", by=by)


def can_be_sent_again(letter: Letter) -> bool:
    """Whether `send_again` may be offered; what stands against it otherwise stands on the page."""
    if letter.state in (Letter.State.QUEUED, Letter.State.SENDING):
        return False
    return bool(letter_kinds.of(letter.kind).renewed_by if letter.is_secret else letter.text)


def forget_the_old() -> int:
    """Empty the texts that are kept no longer (24 months; secret ones that never went out too): how many."""
    old = Letter.objects.filter(written_at__lt=timezone.now() - KEPT_FOR).exclude(**ERASED)
    return old.exclude(state__in=[Letter.State.QUEUED, Letter.State.SENDING]).update(**ERASED)
