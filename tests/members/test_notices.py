"""Notices of non-delivery: read as servers write them, believed only as far as they prove that they know the letter."""

import io
import sys

import pytest
from django.core.management import call_command
from django.utils import timezone

from members import bounces, letters, notices
from members.models import Bounce, Letter, Suppression

pytestmark = pytest.mark.django_db

POSTFIX = """\
From: MAILER-DAEMON@mail.example.net (Mail Delivery System)
To: portal@example.jp
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net
Arrival-Date: Wed, 25 Nov 2026 10:00:00 +0900 (JST)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{to}>: Recipient address
    rejected: User unknown

--B
Content-Type: {returned}

Message-ID: {message_id}
Subject: =?utf-8?b?5omL57SZ?=

--B--
"""


def sent(to: str = "reader@example.com") -> Letter:
    letter = letters.put(kind="account/password_changed", to=to, subject="手紙", text="本文", html="")
    Letter.objects.filter(pk=letter.pk).update(state="sent", sent_at=timezone.now())
    return letter


def notice(letter: Letter, **fields: str) -> bytes:
    said = {"to": letter.to, "action": "failed", "status": "5.1.1", "message_id": letter.message_id}
    return POSTFIX.format(**{"returned": "text/rfc822-headers", **said, **fields}).encode()


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_an_address_that_does_not_exist_is_stopped_once(returned):
    letter = sent()
    raw = notice(letter, returned=returned)
    (bounce,) = notices.take_in(raw)
    assert (bounce.letter, bounce.is_hard) == (letter, True)
    assert bounce.detail == "550 5.1.1 <reader@example.com>: Recipient address rejected: User unknown"
    letter.refresh_from_db()
    assert (letter.state, Suppression.objects.get().address) == ("returned", "reader@example.com")
    assert notices.take_in(raw) == []


@pytest.mark.parametrize("status", ["4.2.2", "5.2.2", "4.4.7"])
def test_a_full_mailbox_counts_and_the_third_letter_stops_the_address(status):
    for number in range(3):
        letter = sent()
        (bounce,) = notices.take_in(notice(letter, status=status))
        assert (bounce.letter, bounce.is_hard) == (letter, False)
        assert Suppression.objects.exists() == (number == 2)


@pytest.mark.parametrize("status", ["5.7.1", "5.1.7", "5.1.8", "5.2.3", "4.7.1", "5.3.4"])
def test_what_is_our_own_fault_never_stops_an_address(status):
    for _ in range(4):
        letter = sent()
        (bounce,) = notices.take_in(notice(letter, status=status))
        assert (bounce.letter, bounce.is_hard) == (None, False)
        letter.refresh_from_db()
        assert letter.state == "returned"
        assert letter.reason.startswith(bounces.OURS)
    assert Suppression.objects.count() == 0


@pytest.mark.parametrize(("said", "hard"), [("User unknown", True), ("Blocked, see spamhaus", False)])
@pytest.mark.parametrize("status", ["5.0.0", "", "nonsense"])
def test_without_a_status_only_plain_words_stop_an_address(status, said, hard):
    raw = notice(sent(), status=status).replace(b"User unknown", said.encode())
    assert [bounce.is_hard for bounce in notices.take_in(raw)] == [hard]
    assert Suppression.objects.exists() == hard


def test_what_is_under_way_unknown_or_no_notice_says_nothing():
    letter = sent()
    assert notices.take_in(notice(letter, action="delayed", status="4.4.1")) == []
    assert notices.take_in(notice(letter, message_id="<forged@example.com>")) == []
    assert notices.take_in(b"Subject: hello\n\nFinal-Recipient: rfc822; reader@example.com\n") == []
    assert notices.take_in(b"\xff\x00 nothing at all") == []
    assert notices.take_in(notice(letter)[:300]) == []


def test_without_a_number_a_note_is_kept_that_changes_nothing():
    letters_sent = [sent() for _ in range(3)]
    raw = notice(letters_sent[0], message_id="")
    (bounce,) = notices.take_in(raw)
    assert (bounce.letter, bounce.address, bounce.is_hard) == (None, "reader@example.com", False)
    assert notices.take_in(raw) == []
    assert {letter.state for letter in Letter.objects.all()} == {"sent"}


@pytest.mark.parametrize("proves_itself", [False, True])
def test_a_forged_notice_with_many_blocks_says_one_thing(proves_itself):
    letter, *_ = [sent() for _ in range(4)]
    raw = notice(letter, status="4.2.2", message_id=letter.message_id if proves_itself else "")
    block = raw[raw.index(b"Final-Recipient") : raw.index(b"--B\nContent-Type: text/rfc822-headers")]
    raw = raw.replace(block, block * 3)
    assert len(notices.read(raw)) == 3
    assert len(notices.take_in(raw)) == 1
    assert (Bounce.objects.count(), Suppression.objects.count()) == (1, 0)
    assert Letter.objects.filter(state="returned").count() == proves_itself


def test_forged_notices_day_after_day_stop_nobody():
    for _ in range(5):
        notices.take_in(notice(sent(), message_id="", status="4.2.2"))
    assert Suppression.objects.count() == 0


def test_the_command_reads_what_the_mail_server_hands_it(monkeypatch, capsys):
    letter = sent()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(notice(letter))))
    call_command("read_bounce")
    assert capsys.readouterr().out == f"手紙{letter.pk}（止めます）\n"


def test_the_command_says_what_it_only_notes(monkeypatch, capsys):
    raw = notice(sent(), message_id="")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("read_bounce")
    assert capsys.readouterr().out == "書きとめるだけにします\n"
