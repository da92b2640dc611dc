"""Letters go out: each is claimed by one sender, sent outside any transaction, and what came of it is written down.

Any number of senders may run, on any number of hosts. A claim is one conditional UPDATE, which only one of them
wins, and holds for `LETTER_LEASE` seconds; of a sender that died, another one takes the letter up, with the same
Message-ID. Hence a letter goes out twice at most once for each sender that is killed (docs/decisions/0014).
"""

import datetime
import logging
import random
import threading
import time
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from members import bounces, letter_kinds
from members.letters import ERASED
from members.models import Letter
from members.refusals import AboutLetter, refusal
from members.smtp_line import PATIENT, Line

# After the first attempt, the second …: three days in all.
DELAYS = [datetime.timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 480, 720, 720, 720, 720, 720)]
# How long a server is left alone that does not answer; longer each time.
PAUSES = [60, 120, 300, 600]
POLL_SECONDS = 1.0
# A connection that is kept open too long is closed by the other side.
LETTERS_PER_CONNECTION = 50
# A database that is busy is asked again so often, in seconds.
RETRY_SECONDS = 0.5
GAVE_UP = "3日のあいだ送ってみましたが、相手のサーバーが受け取りませんでした。"
NO_ANSWER = "メールサーバーが答えません。あとで、また送ります。"
TOO_LATE = "使える時間を過ぎたため、送りませんでした。"

logger = logging.getLogger(__name__)


def ready(now: datetime.datetime) -> Q:
    """Letters whose time has come, and those that a dead sender has left."""
    return Q(state=Letter.State.QUEUED, due_at__lte=now) | Q(
        state=Letter.State.SENDING, claimed_until__lte=now
    )


def claim() -> Letter | None:
    """One letter that is due, for this sender alone until `claimed_until`; None if there is none."""
    now = timezone.now()
    # Not all senders reach for the same one first.
    due = list(Letter.objects.filter(ready(now)).order_by("due_at", "pk").values_list("pk", flat=True)[:20])
    for pk in random.sample(due, len(due)):
        until = timezone.now() + datetime.timedelta(seconds=settings.LETTER_LEASE)
        if take(pk, now, until):
            return Letter.objects.get(pk=pk)
    return None


def take(pk: int, now: datetime.datetime, until: datetime.datetime) -> bool:
    """Whether the letter is ours: of all who try at once, one."""
    won = Letter.objects.filter(ready(now), pk=pk).update(state=Letter.State.SENDING, claimed_until=until)
    return won == 1


def message(letter: Letter) -> EmailMultiAlternatives:
    """The letter as it goes over the wire: alike at every attempt. Raises BadHeaderError rather than break a header."""
    written = letter.written_at.astimezone(datetime.UTC)
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.to],
        reply_to=[settings.REPLY_TO] if settings.REPLY_TO else None,
        headers={
            "Message-ID": letter.message_id,
            "Date": written.strftime("%a, %d %b %Y %H:%M:%S +0000"),
            # Holiday notices are not for us (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
    )
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    if attached_by := letter_kinds.of(letter.kind).attached_by:
        for name, text, kind in import_string(attached_by)(letter):
            mail.attach(name, text, kind)
    return mail


class Sender:
    """Sends what is due, one letter after the other, over one connection to the mail server."""

    def __init__(self) -> None:
        self.server: Any = None
        self.sent_over_it = 0
        self.silences = 0
        self.stop: threading.Event | None = None

    def run(self, stop: threading.Event) -> None:
        """Until told to stop; a database that is busy or away, and a server that is silent, are asked again."""
        self.stop = stop
        while not stop.is_set():
            try:
                close_old_connections()
                worked = self.send_one()
            except OperationalError as error:
                logger.warning("The database does not answer, trying again: %s", error)
                worked = False
            except Exception:
                # Letters must not stop for good because of one; it is taken up again when its claim runs out.
                logger.exception("A letter could not be taken in hand")
                worked = False
            if not worked:
                self.hang_up()
                stop.wait(self.pause() if self.silences else POLL_SECONDS)
        self.hang_up()
        connection.close()

    def run_until_empty(self) -> int:
        """Send what is due now; says how many were taken in hand. Ends too when the server does not answer."""
        count = 0
        while not self.silences and self.send_one():
            count += 1
        self.hang_up()
        return count

    def pause(self) -> float:
        return PAUSES[min(self.silences, len(PAUSES)) - 1]

    def send_one(self) -> bool:
        """Take one letter in hand and write down what came of it. False: nothing is due, or the server is silent."""
        letter = claim()
        if letter is None:
            return False
        useful = letter_kinds.of(letter.kind).useful_for
        if useful and letter.written_at + useful < timezone.now():
            _stop(letter, TOO_LATE)
            return True
        # It may have been in hand already, or come back into the queue, when the address was stopped.
        if stopped := bounces.suppression_of(letter.to):
            _stop(letter, f"このアドレスには送っていません。{stopped.why}")
            return True
        try:
            self._connect()
        except Exception as error:
            self._silent(letter, error)
            return False
        if line := self._line():
            # A tenth of the claim is left to write the result down.
            line.begin(seconds_left(letter) - settings.LETTER_LEASE / 10)
        try:
            self.server.send_messages([message(letter)])
        except Exception as error:
            return self._failed(letter, error)
        self.silences = 0
        self.sent_over_it += 1
        self._write_down(letter)
        return True

    def _write_down(self, letter: Letter) -> None:
        """That it is out must not be lost, or it goes out again: a database that is busy or away is asked until it answers.

        Given up only when the claim has run out, and by a sender that is to end.
        """
        while True:
            try:
                return _sent(letter)
            except (OperationalError, InterfaceError) as error:
                logger.warning(
                    "Letter %s is out, but the database does not take it down: %s", letter.pk, error
                )
                connection.close()
                goes_on = self.stop is not None and not self.stop.is_set()
                if not goes_on and seconds_left(letter) <= RETRY_SECONDS:
                    raise
                time.sleep(RETRY_SECONDS)

    def _connect(self) -> None:
        if self.server and self.sent_over_it >= LETTERS_PER_CONNECTION:
            self.hang_up()
        if self.server is None:
            server = get_connection(PATIENT.get(settings.DELIVERY_BACKEND, settings.DELIVERY_BACKEND))
            server.open()
            self.server = server

    def _line(self) -> Line | None:
        line = getattr(self.server, "connection", None)
        return line if isinstance(line, Line) else None

    def hang_up(self) -> None:
        """Say goodbye and close the connection."""
        server, self.server, self.sent_over_it = self.server, None, 0
        if server:
            try:
                server.close()
            except Exception as error:
                logger.info("The mail server did not say goodbye: %s", type(error).__name__)

    def _drop(self) -> None:
        """Close the connection without a word: whoever does not answer would let a goodbye wait too."""
        line = getattr(self.server, "connection", None)
        if line:
            line.close()
            self.server.connection = None
        self.hang_up()

    def _silent(self, letter: Letter, error: Exception) -> None:
        """The server is not to be had: that is no fault of the letter, which waits as before."""
        self.silences += 1
        logger.warning("The mail server does not answer (%s)", type(error).__name__)
        _release(letter, due_at=timezone.now() + datetime.timedelta(seconds=self.pause()), reason=NO_ANSWER)

    def _failed(self, letter: Letter, error: Exception) -> bool:
        """The letter was refused, or the server broke off while it took it."""
        why = refusal(error)
        logger.info("Letter %s did not go out: %s", letter.pk, why.log)
        if why.about is AboutLetter.SERVER:
            return self._broken_off(letter)
        self.silences = 0
        if why.about is AboutLetter.FOR_NOW:
            postpone(letter, why.sentence, why.detail, is_soft=why.is_soft)
        else:
            is_address = why.about is AboutLetter.ADDRESS
            _refused(letter, why.sentence, why.detail, is_address=is_address, is_soft=why.is_soft)
        return True

    def _broken_off(self, letter: Letter) -> bool:
        """A connection that had served is made anew; one that never did is a silent server.

        A letter that was handed over may have arrived: it loses an attempt and waits, or it would arrive many times.
        """
        had_served, line = self.sent_over_it > 0, self._line()
        may_be_out = line is None or line.handed_over
        self._drop()
        if had_served and may_be_out:
            postpone(letter, NO_ANSWER)
            return True
        if had_served:
            _release(letter, due_at=timezone.now(), reason="")
            return True
        self.silences += 1
        postpone(letter, NO_ANSWER)
        return False


def seconds_left(letter: Letter) -> float:
    """Until the claim runs out."""
    assert letter.claimed_until is not None
    return float((letter.claimed_until - timezone.now()).total_seconds())


def postpone(letter: Letter, reason: str, detail: str = "", *, is_soft: bool = False) -> None:
    """Try again later; after the last time, stop, which is a soft bounce if the other side had refused it so."""
    if letter.attempts >= len(DELAYS):
        _refused(letter, GAVE_UP, detail, is_soft=is_soft)
        return
    # Not all letters of one minute at once.
    due = timezone.now() + DELAYS[letter.attempts] * random.uniform(1, 1.2)
    _release(letter, due_at=due, reason=reason, attempts=F("attempts") + 1)


def _sent(letter: Letter) -> None:
    """It is out, whoever else may have it in hand by now; of a secret one nothing is kept."""
    in_hand = Letter.objects.filter(pk=letter.pk, state__in=[Letter.State.SENDING, Letter.State.QUEUED])
    now, erased = timezone.now(), ERASED if letter.is_secret else {}
    state: dict[str, Any] = {"state": Letter.State.SENT, "sent_at": now, "claimed_until": None, "reason": ""}
    in_hand.update(attempts=F("attempts") + 1, **state, **erased)


@transaction.atomic
def _refused(
    letter: Letter, reason: str, detail: str, *, is_address: bool = False, is_soft: bool = False
) -> None:
    """Stop the letter; a bounce, if the address is to blame."""
    _stop(letter, reason, attempts=F("attempts") + 1)
    if is_address or is_soft:
        bounces.record(letter=letter, address=letter.to, is_hard=is_address, detail=detail)


def _stop(letter: Letter, reason: str, **also: Any) -> None:
    erased = ERASED if letter.is_secret else {}
    _mine(letter).update(
        state=Letter.State.STOPPED, claimed_until=None, reason=reason[:300], **erased, **also
    )


def _release(letter: Letter, *, reason: str, due_at: datetime.datetime, **also: Any) -> None:
    _mine(letter).update(
        state=Letter.State.QUEUED, claimed_until=None, reason=reason[:300], due_at=due_at, **also
    )


def _mine(letter: Letter) -> Any:
    """The letter, if this claim still holds: what another sender has made of it stands."""
    return Letter.objects.filter(pk=letter.pk, state=Letter.State.SENDING, claimed_until=letter.claimed_until)
