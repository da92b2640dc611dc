"""Letters go out, are refused, are tried again: against a mail server of the tests' own."""

import datetime

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone

from members import bounces, delivery, letters
from members.delivery import DELAYS, Sender
from members.models import Bounce, Letter, Suppression
from tests.mail_server import hanging, serving

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"
State = Letter.State


def put(number: int = 1, to: str = "", kind: str = "account/password_changed") -> Letter:
    return letters.put(
        kind=kind, to=to or f"r{number}@example.com", subject=f"手紙{number}", text="本文", html="<p>本文</p>"
    )


@pytest.fixture
def smtp(settings):
    """Points the portal at a server's port."""

    def point(port: int) -> None:
        settings.DELIVERY_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
        settings.EMAIL_TIMEOUT = 0.3

    return point


def later() -> None:
    """Time passes for the letters that wait."""
    past = timezone.now() - datetime.timedelta(seconds=1)
    Letter.objects.filter(state=State.QUEUED).update(due_at=past)


def test_a_letter_goes_out_once_and_as_it_was_written(smtp, settings):
    settings.REPLY_TO = "office@example.jp"
    letter, secret = put(), put(2, kind="account/password_reset_key")
    with serving() as server:
        smtp(server.port)
        assert Sender().run_until_empty() == 2
        assert Sender().run_until_empty() == 0
    out = dict(server.taken)
    message = out["r1@example.com"]
    assert message["Message-ID"] == letter.message_id
    assert message["Subject"] == "手紙1"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "office@example.jp"
    assert message["Date"].datetime == letter.written_at.replace(microsecond=0)
    assert message.get_body(("plain",)).get_content().strip() == "本文"
    assert message.get_body(("html",)).get_content().strip() == "<p>本文</p>"
    for each in (letter, secret):
        each.refresh_from_db()
        assert (each.state, each.attempts, each.claimed_until) == (State.SENT, 1, None)
    assert (letter.text, secret.text, secret.html) == ("本文", "", "")


def test_refused_for_now_it_is_tried_again_with_the_same_number(smtp):
    letter = put()
    answers = ["451 4.7.1 greylisted", "452 4.2.2 full", ""]
    with serving(at_recipient=lambda address: answers.pop(0)) as server:
        smtp(server.port)
        for attempt, delay in enumerate(DELAYS[:2], 1):
            Sender().run_until_empty()
            letter.refresh_from_db()
            assert (letter.state, letter.attempts) == (State.QUEUED, attempt)
            assert letter.reason == "相手のサーバーが、あとで送るようにと返しました。"
            assert delay <= letter.due_at - timezone.now() <= delay * 1.21
            assert Sender().run_until_empty() == 0
            later()
        Sender().run_until_empty()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.reason) == (State.SENT, 3, "")
    assert [message["Message-ID"] for _, message in server.taken] == [letter.message_id]
    assert Bounce.objects.count() == 0


def test_after_three_days_it_stops_and_three_such_letters_stop_the_address(smtp):
    assert datetime.timedelta(days=2.8) < sum(DELAYS, datetime.timedelta()) < datetime.timedelta(days=3.3)
    with serving(at_recipient=lambda address: "450 4.2.1 not now") as server:
        smtp(server.port)
        for number in range(3):
            letter = put(number, to="full@example.com")
            Letter.objects.filter(pk=letter.pk).update(attempts=len(DELAYS))
            Sender().run_until_empty()
            letter.refresh_from_db()
            assert (letter.state, letter.reason) == (State.STOPPED, delivery.GAVE_UP)
            assert Suppression.objects.exists() == (number == 2)
    assert put(9, to="Full@example.com").state == State.STOPPED
    assert len(server.tries) == 3


@pytest.mark.parametrize(
    ("refusal", "hard"),
    [
        ("550 5.1.1 no such user", True),
        ("550 nobody here", False),
        ("550 5.1.8 <portal@example.jp>: Sender address rejected: Domain not found", False),
        ("554 5.7.1 relay access denied", False),
    ],
)
def test_refused_for_good_it_stops_at_once(smtp, refusal, hard):
    letter, waiting = put(to="gone@example.com"), put(2, to="gone@example.com")
    Letter.objects.filter(pk=waiting.pk).update(due_at=timezone.now() + datetime.timedelta(hours=1))
    with serving(at_recipient=lambda address: refusal) as server:
        smtp(server.port)
        Sender().run_until_empty()
    letter.refresh_from_db()
    waiting.refresh_from_db()
    assert letter.state == State.STOPPED
    assert letter.reason
    assert waiting.state == (State.STOPPED if hard else State.QUEUED)
    assert [bounce.is_hard for bounce in Bounce.objects.all()] == ([True] if hard else [])
    assert (bounces.suppression_of("GONE@example.com") is not None) == hard


def test_full_mailboxes_stop_an_address_at_the_third_letter(smtp):
    with serving(at_recipient=lambda address: "552 5.2.2 mailbox full") as server:
        smtp(server.port)
        for number in range(3):
            letter = put(number, to="full@example.com")
            Sender().run_until_empty()
            letter.refresh_from_db()
            assert (letter.state, letter.attempts) == (State.STOPPED, 1)
            assert Suppression.objects.exists() == (number == 2)
    assert len(server.tries) == 3


def test_three_days_of_refusing_us_stop_no_address(smtp):
    with serving(at_recipient=lambda address: "450 4.7.1 your host is listed") as server:
        smtp(server.port)
        for number in range(3):
            letter = put(number, to="far@example.com")
            Letter.objects.filter(pk=letter.pk).update(attempts=len(DELAYS))
            Sender().run_until_empty()
            letter.refresh_from_db()
            assert (letter.state, letter.reason) == (State.STOPPED, delivery.GAVE_UP)
    assert (Bounce.objects.count(), Suppression.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", ["account/password_changed", "account/password_reset_key"])
def test_a_letter_that_was_in_hand_when_its_address_was_stopped_does_not_go_out(smtp, kind):
    letter = put(to="gone@example.com", kind=kind)
    in_hand = delivery.claim()
    assert in_hand is not None
    bounces.record(letter=None, address="gone@example.com", is_hard=True)
    delivery.postpone(in_hand, "later", "451 later")
    later()
    with serving() as server:
        smtp(server.port)
        assert Sender().run_until_empty() == 1
    letter.refresh_from_db()
    assert (letter.state, server.tries) == (State.STOPPED, [])
    assert letter.reason == f"このアドレスには送っていません。{bounces.HARD}"
    assert bool(letter.text) == (not letter.is_secret)


def test_a_receipt_that_takes_its_time_is_waited_for(smtp, settings):
    settings.LETTER_LEASE = 10
    letter = put()
    with serving(receipt_after=1.0) as server:
        smtp(server.port)
        assert Sender().run_until_empty() == 1
        letter.refresh_from_db()
    assert (letter.state, letter.attempts, len(server.taken)) == (State.SENT, 1, 1)


@pytest.mark.parametrize("others_before", [0, 2])
def test_a_receipt_that_never_comes_costs_an_attempt_and_a_delay(smtp, settings, others_before):
    settings.LETTER_LEASE = 0.5
    for number in range(others_before):
        put(number, to=f"early{number}@example.com")
    with serving(receipt_after=2.0, slow="slow@example.com") as server:
        smtp(server.port)
        sender = Sender()
        for _ in range(others_before):
            assert sender.send_one()
        letter = put(to="slow@example.com")
        sender.send_one()
        sender.hang_up()
        letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.reason) == (State.QUEUED, 1, delivery.NO_ANSWER)
    assert letter.due_at - timezone.now() > DELAYS[0] * 0.9
    assert [address for address, _ in server.taken].count("slow@example.com") == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_busy_when_the_letter_is_out_makes_no_second_one(smtp, monkeypatch):
    letter, busy, write = put(), [True, True, True], delivery._sent

    def sent(letter: Letter) -> None:
        if busy:
            busy.pop()
            raise OperationalError("database is locked")
        write(letter)

    monkeypatch.setattr(delivery, "_sent", sent)
    monkeypatch.setattr(delivery, "RETRY_SECONDS", 0.01)
    with serving() as server:
        smtp(server.port)
        assert Sender().run_until_empty() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, len(server.taken)) == (State.SENT, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_is_to_end_gives_up_when_its_claim_has_run_out(smtp, settings, monkeypatch):
    settings.LETTER_LEASE = 0.5
    put()

    def sent(letter: Letter) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(delivery, "_sent", sent)
    with serving() as server:
        smtp(server.port)
        with pytest.raises(OperationalError):
            Sender().run_until_empty()
    assert len(server.taken) == 1


def test_contents_that_are_refused_are_no_fault_of_the_address(smtp):
    letter = put()
    with serving(at_data=lambda address: "554 5.6.0 we do not like it") as server:
        smtp(server.port)
        Sender().run_until_empty()
    letter.refresh_from_db()
    assert (letter.state, Bounce.objects.count(), Suppression.objects.count()) == (State.STOPPED, 0, 0)


def test_a_silent_server_is_left_alone_and_costs_no_letter_an_attempt(smtp):
    for number in range(5):
        put(number)
    with hanging() as silent:
        smtp(silent.port)
        sender = Sender()
        assert sender.run_until_empty() == 0
        assert sender.pause() == 60
        assert sender.send_one() is False
        assert sender.pause() == 120
    rows = Letter.objects.order_by().values_list("state", "attempts").distinct()
    assert list(rows) == [(State.QUEUED, 0)]
    with serving() as server:
        smtp(server.port)
        later()
        assert sender.send_one() is True
        assert sender.silences == 0
        sender.hang_up()


def test_a_code_that_has_run_out_is_not_sent(smtp):
    letter = put(kind="account/login_code")
    Letter.objects.update(written_at=timezone.now() - datetime.timedelta(hours=1))
    Sender().run_until_empty()
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.text, mail.outbox) == (
        State.STOPPED,
        delivery.TOO_LATE,
        "",
        [],
    )


def test_a_claim_is_won_by_one_and_runs_out():
    letter, now = put(), timezone.now()
    until = now + datetime.timedelta(minutes=5)
    assert [delivery.take(letter.pk, now, until) for _ in range(2)] == [True, False]
    assert delivery.claim() is None
    Letter.objects.update(claimed_until=now - datetime.timedelta(seconds=1))
    again = delivery.claim()
    assert again is not None
    # The first sender was only slow. What it says now no longer counts, but that the letter is out.
    letter.claimed_until = until
    delivery.postpone(letter, "too late")
    letter.refresh_from_db()
    assert letter.state == State.SENDING
    delivery._sent(letter)
    delivery.postpone(again, "refused")
    letter.refresh_from_db()
    assert letter.state == State.SENT


def test_a_page_that_writes_a_letter_does_not_wait_for_the_mail_server(smtp, member, client):
    with hanging() as silent:
        smtp(silent.port)
        answer = client.post("/accounts/password/reset/", {"email": member.user.email})
        assert (answer.status_code, Letter.objects.get().state) == (302, State.QUEUED)
        assert not silent.was_called()
        Sender().run_until_empty()
        assert silent.was_called()
