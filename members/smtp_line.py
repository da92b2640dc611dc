"""The line to an SMTP server, with more patience at the end of a letter than at any other word.

Whoever hangs up before a server has said that it took the letter has sent it, and will send it again. RFC 5321
(4.5.3.2.6) asks for ten minutes there; everywhere else EMAIL_TIMEOUT is enough.
"""

import smtplib
import time
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

# Django's backend → ours.
PATIENT = {"django.core.mail.backends.smtp.EmailBackend": "members.smtp_line.Backend"}
LONGEST = 600.0


class Line(smtplib.SMTP):
    """Knows of the letter at hand whether it was handed over, and until when its receipt is waited for."""

    done_by = 0.0
    handed_over = False

    def begin(self, seconds: float) -> None:
        """The next letter, which should be done with in so many seconds."""
        self.done_by, self.handed_over = time.monotonic() + seconds, False

    def send(self, s: Any) -> None:
        # Commands are text, only the letter itself is bytes.
        if isinstance(s, bytes) and self.sock:
            self.handed_over = True
            self.sock.settimeout(max(self.timeout, min(self.done_by - time.monotonic(), LONGEST)))
        super().send(s)

    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)
        finally:
            if self.sock:
                self.sock.settimeout(self.timeout)


class SecureLine(Line, smtplib.SMTP_SSL):
    """The same, encrypted from its first word."""


class Backend(EmailBackend):
    """Django's, over such a line."""

    @property
    def connection_class(self) -> type[Line]:
        return SecureLine if self.use_ssl else Line
