"""Notices of non-delivery: read as servers write them, believed only as far as they prove that they know the letter."""

import io
import sys

import pytest
from django.core.management import call_command
from django.utils import timezone

from members import letters, notices
from members.models import Letter, Suppression

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


@pytest.mark.parametrize("status", ["4.2.2", "5.7.1", "nonsense", ""])
def test_what_is_no_fault_of_the_address_counts_as_soft(status):
    assert [bounce.is_hard for bounce in notices.take_in(notice(sent(), status=status))] == [False]
    assert Suppression.objects.count() == 0


def test_what_is_under_way_unknown_or_no_notice_says_nothing():
    letter = sent()
    assert notices.take_in(notice(letter, action="delayed", status="4.4.1")) == []
    assert notices.take_in(notice(letter, message_id="<forged@example.com>")) == []
    assert notices.take_in(b"Subject: hello\n\nFinal-Recipient: rfc822; reader@example.com\n") == []
    assert notices.take_in(b"\xff\x00 nothing at all") == []
    assert notices.take_in(notice(letter)[:300]) == []


def test_without_a_number_it_is_believed_a_little():
    letter = sent()
    (bounce,) = notices.take_in(notice(letter, message_id=""))
    assert (bounce.letter, bounce.is_hard, Suppression.objects.count()) == (letter, False, 0)


def test_the_command_reads_what_the_mail_server_hands_it(monkeypatch, capsys):
    letter = sent()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(notice(letter))))
    call_command("read_bounce")
    assert capsys.readouterr().out == f"手紙{letter.pk}（止めます）\n"
