"""What a mail server said when it did not take a letter: whose fault it is, and a sentence for the office."""

import re
import smtplib
from dataclasses import dataclass
from enum import Enum

# RFC 3463: class.subject.detail; no piece of an IP address or of a host's name.
ENHANCED = re.compile(r"(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\w)")
# Bad sender, twice, and a letter too long: X.1 and X.2, but our own doing.
OURS = {(1, 7), (1, 8), (2, 3)}
# What servers without enhanced codes say of an address that is none …
UNKNOWN = re.compile(
    r"no such (user|recipient|mailbox|address|account)"
    r"|(user|recipient|mailbox|address|account|>)[^.;]{0,60}does(n't| not) exist"
    r"|(user|recipient|mailbox|address|account) (is )?(unknown|unavailable|not found)"
    r"|unknown (user|recipient|mailbox|address|account)",
    re.IGNORECASE,
)
# … and the words by which they speak of us.
OF_US = re.compile(
    r"sender|\bfrom\b|client|\bhelo\b|relay|block|listed|\bspam\b|\bpolicy\b|reputation|\b(ip|ptr|dns)\b",
    re.IGNORECASE,
)


class Blame(Enum):
    """What a failure says of the address."""

    HARD = "nothing will ever arrive there"
    SOFT = "it may be dead: counted"
    NONE = "nothing"


class AboutLetter(Enum):
    """What a failure is about."""

    SERVER = "our server, or the way to it"
    FOR_NOW = "this letter, for the time being"
    ADDRESS = "the address: nothing will ever arrive there"
    LETTER = "this letter, for good"


@dataclass(frozen=True)
class Refusal:
    """`detail` is what the server said, for the office; it may name an address, so `log` leaves it out.

    `is_soft`: counts against the address once the letter is given up.
    """

    about: AboutLetter
    sentence: str
    detail: str = ""
    log: str = ""
    is_soft: bool = False


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


def status_of(said: str, kinds: str = "45") -> tuple[int, int, int] | None:
    """(class, subject, detail) of the first enhanced status code of these classes; X.0.X says nothing: None."""
    for found in ENHANCED.finditer(said):
        if found[1] in kinds and int(found[2]):
            return int(found[1]), int(found[2]), int(found[3])
    return None


def blame(status: tuple[int, int, int] | None, otherwise: Blame) -> Blame:
    """X.1 speaks of the address, X.2 of the mailbox; X.3 to X.7 of systems, the way, the contents, rules: of us."""
    if status is None:
        return otherwise
    kind, subject, detail = status
    if subject == 7 or (subject, detail) in OURS:
        return Blame.NONE
    if kind == 4:
        return Blame.SOFT
    if subject == 1 or (subject, detail) == (2, 1):
        return Blame.HARD
    return Blame.SOFT if subject == 2 else Blame.NONE


def by_the_words(code: int, said: str) -> Blame:
    """What an answer without an enhanced code says of the address: only plain words stop one."""
    is_plain = code in (550, 551, 553) and UNKNOWN.search(said) and not OF_US.search(said)
    return Blame.HARD if is_plain else Blame.NONE


def _answer(code: int, said: str, *, at_recipient: bool) -> Refusal:
    detail, log = f"{code} {said}"[:300], str(code)
    if code < 500:
        is_soft = blame(status_of(said, "4"), Blame.SOFT) is Blame.SOFT
        sentence = "相手のサーバーが、あとで送るようにと返しました。"
        return Refusal(AboutLetter.FOR_NOW, sentence, detail, log, is_soft)
    said_of_it = blame(status_of(said, "5"), by_the_words(code, said) if at_recipient else Blame.NONE)
    if said_of_it is Blame.HARD:
        sentence = "相手のサーバーが、このアドレスには届かないと返しました。アドレスをお確かめください。"
        return Refusal(AboutLetter.ADDRESS, sentence, detail, log)
    if said_of_it is Blame.SOFT:
        sentence = (
            "相手のメールボックスがいっぱいなどのため、届きませんでした。お相手に別の方法でお知らせください。"
        )
        return Refusal(AboutLetter.LETTER, sentence, detail, log, is_soft=True)
    sentence = (
        f"メールサーバーが、この手紙を受け取りませんでした（{code}）。システムの管理者にお知らせください。"
    )
    return Refusal(AboutLetter.LETTER, sentence, detail, log)


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
