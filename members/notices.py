"""Notices of non-delivery (RFC 3464) that a mail server returns: which letter of ours did not arrive, and why.

Anybody can write such a notice. So one counts only if it knows the Message-ID of the letter, which nobody can guess; one
that names the recipient alone is never more than a soft bounce.
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
from members.refusals import is_about_the_address, status_of

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
    found = []
    for notice in read(raw):
        if notice.action != "failed":
            continue  # still under way
        letter = _letter(notice)
        if letter and not letter.bounces.exists():
            certain = letter.message_id == notice.message_id
            is_hard = certain and _is_hard(notice)
            found.append(
                bounces.record(letter=letter, address=letter.to, is_hard=is_hard, detail=notice.detail)
            )
    return found


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


def _letter(notice: Notice) -> Letter | None:
    sent = Letter.objects.select_for_update().filter(state=Letter.State.SENT)
    known = sent.filter(message_id=notice.message_id).first() if notice.message_id else None
    if known or notice.message_id:
        return known
    recent = sent.filter(to=notice.recipient.lower(), sent_at__gte=timezone.now() - RECENT)
    return recent.order_by("-sent_at").first()


def _is_hard(notice: Notice) -> bool:
    status = status_of(notice.status)
    return status is not None and status[0] == 5 and is_about_the_address(status, otherwise=False)
