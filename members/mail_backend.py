"""Django's mail backend: whatever a package sends goes into our queue, one letter for each recipient."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from members import letters
from members.letter_kinds import UNKNOWN


class QueueBackend(BaseEmailBackend):
    """Sends nothing. Raises ValueError for a message with attachments: letters carry none."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if message.attachments:
                raise ValueError("letters carry no attachments")
            text, html = _bodies(message)
            for address in message.recipients():
                letters.put(kind=UNKNOWN, to=address, subject=str(message.subject), text=text, html=html)
        return len(email_messages)


def _bodies(message: EmailMessage) -> tuple[str, str]:
    """(text, html)"""
    if message.content_subtype == "html":
        return "", str(message.body)
    others = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return str(message.body), next((str(body) for body, kind in others if kind == "text/html"), "")
