"""What a mail server said when it did not take a letter: whose fault it is, and a sentence for the office."""

import re
import smtplib
from dataclasses import dataclass
from enum import Enum

# RFC 3463: class.subject.detail
ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


class AboutLetter(Enum):
    """What a failure is about."""

    SERVER = "our server, or the way to it"
    FOR_NOW = "this letter, for the time being"
    ADDRESS = "the address: nothing will ever arrive there"
    LETTER = "this letter, for good"


@dataclass(frozen=True)
class Refusal:
    """`detail` is what the server said, for the office; it may name an address, so `log` leaves it out."""

    about: AboutLetter
    sentence: str
    detail: str = ""
    log: str = ""


def refusal(error: Exception) -> Refusal:
    """Read what went wrong with one letter."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _answer(code, _text(said), at_recipient=True)
    if isinstance(error, smtplib.SMTPDataError):
        return _answer(error.smtp_code, _text(error.smtp_error), at_recipient=False)
    if isinstance(error, OSError):  # SMTPException is one too: broken off, timed out, sender refused
        return Refusal(AboutLetter.SERVER, "", log=type(error).__name__)
    return Refusal(
        AboutLetter.LETTER,
        "この手紙は、形に誤りがあるため送れませんでした。システムの管理者にお知らせください。",
        log=type(error).__name__,
    )


def status_of(said: str) -> tuple[int, int] | None:
    """(class, subject) of the enhanced status code in an answer, if there is one."""
    found = ENHANCED.search(said)
    return (int(found[1]), int(found[2])) if found else None


def is_about_the_address(status: tuple[int, int] | None, otherwise: bool) -> bool:
    """X.1 the address, X.2 the mailbox; X.3 to X.7 speak of systems, of the way, of the contents, of rules."""
    return status[1] in (1, 2) if status else otherwise


def _answer(code: int, said: str, *, at_recipient: bool) -> Refusal:
    status, detail, log = status_of(said), f"{code} {said}"[:300], str(code)
    if code < 500:
        return Refusal(AboutLetter.FOR_NOW, "相手のサーバーが、あとで送るようにと返しました。", detail, log)
    if is_about_the_address(status, at_recipient):
        sentence = "相手のサーバーが、このアドレスには届かないと返しました。アドレスをお確かめください。"
        return Refusal(AboutLetter.ADDRESS, sentence, detail, log)
    sentence = (
        f"メールサーバーが、この手紙を受け取りませんでした（{code}）。システムの管理者にお知らせください。"
    )
    return Refusal(AboutLetter.LETTER, sentence, detail, log)


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
