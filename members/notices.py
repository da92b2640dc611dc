"""Notices of non-delivery (RFC 3464) that a mail server returns: which letter of ours did not arrive, and why.

Anybody can write such a notice. So one counts only if it knows the Message-ID of the letter, which nobody can guess; of
one that names the recipient alone a note is kept, which stops nothing and changes no letter.
"""

import datetime
import email
from dataclasses import dataclass
from email.message import Message
from email.policy import default

from django.db import transaction
from django.utils import timezone

from members import bounces
from members.models import Bounce, Letter
from members.refusals import Blame, blame, by_the_words, status_of

# A server tries for five days (RFC 5321) and says so then.
RECENT = datetime.timedelta(days=10)


@dataclass(frozen=True)
class Notice:
    """What a notice says of one recipient. `action`: failed, delayed, delivered, relayed, expanded."""

    recipient: str
    action: str
    status: str
    detail: str
    message_id: str


@transaction.atomic
def take_in(raw: bytes) -> list[Bounce]:
    """Record what a mail says about letters of ours; empty for a mail that is no such notice or says nothing new."""
    # What is still under way is no failure.
    found = [_record(notice) for notice in read(raw) if notice.action == "failed"]
    return [bounce for bounce in found if bounce]


def _record(notice: Notice) -> Bounce | None:
    if not notice.message_id:
        return _noted(notice)
    sent = Letter.objects.select_for_update().filter(state=Letter.State.SENT)
    letter = sent.filter(message_id=notice.message_id).first()
    if not letter or letter.bounces.exists():
        return None
    said = _blame(notice)
    if said is Blame.NONE:
        return bounces.note(letter=letter, address=letter.to, detail=notice.detail)
    return bounces.record(letter=letter, address=letter.to, is_hard=said is Blame.HARD, detail=notice.detail)


def _noted(notice: Notice) -> Bounce | None:
    """Nothing proves it: noted once for the last letter to that address, if there was one."""
    sent = Letter.objects.filter(state=Letter.State.SENT, sent_at__gte=timezone.now() - RECENT)
    letter = sent.filter(to=notice.recipient.lower()).order_by("-sent_at").first()
    if (
        not letter
        or Bounce.objects.filter(letter=None, address=letter.to.lower(), at__gte=letter.sent_at).exists()
    ):
        return None
    return bounces.note(letter=None, address=letter.to, detail=notice.detail)


def read(raw: bytes) -> list[Notice]:
    """What is said, recipient by recipient; empty if the mail is no delivery status notification."""
    mail = email.message_from_bytes(raw, policy=default)
    if mail.get_content_type() != "multipart/report":
        return []
    reports = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    number = _message_id(mail)
    return [
        Notice(
            recipient=_after(block, "Original-Recipient") or _after(block, "Final-Recipient"),
            action=str(block["Action"] or "").strip().lower(),
            status=str(block["Status"] or "").strip(),
            detail=_after(block, "Diagnostic-Code") or str(block["Status"] or ""),
            message_id=number,
        )
        for report in reports
        for block in _blocks(report)
        if _after(block, "Final-Recipient") or _after(block, "Original-Recipient")
    ]


def _blocks(report: Message) -> list[Message]:
    payload = report.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _after(block: Message, name: str) -> str:
    """The value behind its type: "rfc822; a@example.com" → a@example.com."""
    value = " ".join(str(block[name] or "").split())
    return value.partition(";")[2].strip()[:300] if ";" in value else ""


def _message_id(mail: Message) -> str:
    """Of the letter that is returned, as a whole or by its head."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            heads = [each for each in part.get_payload() if isinstance(each, Message)]
        elif part.get_content_type() == "text/rfc822-headers":
            heads = [email.message_from_bytes(bytes(part.get_payload(decode=True) or b""))]
        else:
            continue
        return str(heads[0]["Message-ID"] or "").strip() if heads else ""
    return ""


def _blame(notice: Notice) -> Blame:
    code = notice.detail[:3]
    words = by_the_words(int(code), notice.detail) if code.isascii() and code.isdigit() else Blame.NONE
    return blame(status_of(notice.status), words)
