"""What servers answer, and what it says of the address: only what is plainly its fault."""

import smtplib

import pytest

from members.refusals import AboutLetter, refusal

HARD = AboutLetter.ADDRESS
LETTER = AboutLetter.LETTER
LATER = AboutLetter.FOR_NOW


def to_recipient(said: str) -> Exception:
    code, _, text = said.partition(" ")
    return smtplib.SMTPRecipientsRefused({"gone@example.com": (int(code), text.encode())})


@pytest.mark.parametrize(
    "said",
    [
        "550 5.1.1 <gone@example.com>: Recipient address rejected: User unknown",
        "550 5.1.1 The account does not exist.\n5.1.1 See https://example.net/",
        "550 5.1.10 null MX",
        "550 5.2.1 mailbox disabled",
        "553 sorry, no mailbox here by that name (#5.1.1)",
        "550 192.0.2.1 says 5.1.1 gone",
        "550 <gone@example.com>: User unknown",
        "550 5.0.0 no such user here",
        "550 Requested action not taken: mailbox unavailable",
        "550 The user <gone@example.com> does not exist",
    ],
)
def test_an_address_that_is_none_is_to_blame(said):
    assert (refusal(to_recipient(said)).about, refusal(to_recipient(said)).is_soft) == (HARD, False)


@pytest.mark.parametrize(
    "said",
    [
        "550 5.1.8 <portal@example.jp>: Sender address rejected: Domain not found",
        "550 5.1.7 bad sender",
        "552 5.2.3 message too large",
        "554 5.7.1 relay access denied",
        "553 not in my list of allowed hosts (#5.7.1)",
        "550 5.3.4 too big",
        "550 relay not permitted",
        "550 Blocked - see https://www.spamhaus.org/query/ip/192.0.2.1",
        "550 denied: 5.1.2.3 and 10.5.1.1 are listed",
        "550 denied by mx5.1.1.example.net",
        "550 Sender domain does not exist",
        "550 PTR record of your IP address does not exist",
        "550 4.1.1 no",
        "550 nobody here",
        "554 no such user",
    ],
)
def test_what_is_said_of_us_leaves_the_address_alone(said):
    assert (refusal(to_recipient(said)).about, refusal(to_recipient(said)).is_soft) == (LETTER, False)


@pytest.mark.parametrize(
    ("said", "about", "is_soft"),
    [
        ("552 5.2.2 Mailbox full", LETTER, True),
        ("452 4.2.2 Mailbox full", LATER, True),
        ("451 come back later", LATER, True),
        ("450 4.7.1 your host is listed", LATER, False),
        ("451 4.1.8 sender's domain not found", LATER, False),
    ],
)
def test_what_may_pass_counts_only_if_it_is_the_mailbox(said, about, is_soft):
    assert (refusal(to_recipient(said)).about, refusal(to_recipient(said)).is_soft) == (about, is_soft)


def test_without_a_code_the_contents_say_nothing_of_the_address():
    assert refusal(smtplib.SMTPDataError(550, b"mailbox unavailable")).about is LETTER
