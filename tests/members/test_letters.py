"""Letters: written with what they are about, in words nobody can break, sent again, kept and forgotten."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from iri_exchange.demo import logins
from members import account_letters, bounces, letters
from members.delivery import Sender
from members.models import Bounce, Letter, Person, Suppression
from tests.factories import make_login, make_person

pytestmark = pytest.mark.django_db
State = Letter.State


def reset_letter(to: str = "reader@example.com", name: str = "髙橋 花子") -> Letter:
    return letters.write(
        kind="account/password_reset_key",
        to=to,
        values={"お名前": name},
        link="https://portal.example.jp/reset/x/",
    )


def notice(to: str = "reader@example.com", person: Person | None = None) -> Letter:
    return account_letters.write(
        prefix="account/email/password_changed", to=to, context={"timestamp": timezone.now()}
    )


# ── how they are written ─────────────────────────────────────────────────────


def test_a_letter_is_written_with_what_it_is_about_or_not_at_all():
    with transaction.atomic():
        reset_letter()
        transaction.set_rollback(True)
    assert Letter.objects.count() == 0
    one, two = reset_letter(), reset_letter()
    assert one.message_id != two.message_id
    assert re.fullmatch(r"<[0-9a-f]{32}@127\.0\.0\.1>", one.message_id)
    for address in ("no address", "a@example.com\nBcc: b@example.com", "", "a@example.com,b@example.com"):
        with pytest.raises(ValidationError):
            reset_letter(to=address)


def test_what_a_package_sends_goes_into_the_queue_one_letter_for_each_recipient(settings):
    queue = get_connection("members.mail_backend.QueueBackend")
    two = EmailMultiAlternatives("件名", "本文", to=["a@example.com"], bcc=["b@example.com"])
    two.attach_alternative("<p>本文</p>", "text/html")
    assert queue.send_messages([two]) == 1
    rows = Letter.objects.order_by("to").values_list("to", "kind", "text", "html", "is_secret", "state")
    assert list(rows) == [
        (to, "other", "本文", "<p>本文</p>", True, "queued") for to in ("a@example.com", "b@example.com")
    ]
    with pytest.raises(ValueError, match="no attachments"):
        queue.send_messages([EmailMessage("件名", "本文", to=["a@example.com"], attachments=[("a", b"b")])])


def test_in_a_demo_without_a_mail_server_letters_are_shown(settings, client):
    assert settings.DEMO_LOGIN == logins.OFFICE
    make_login(make_person(email=logins.OFFICE))
    letter = reset_letter()
    assert letter.state == State.SHOWN
    assert Sender().run_until_empty() == 0
    assert "https://portal.example.jp/reset/x/" in client.get(f"/demo/letters/{letter.pk}/").content.decode()
    assert "髙橋" not in client.get("/demo/letters/").content.decode()
    settings.EMAIL_GIVEN = True
    assert reset_letter().state == State.QUEUED
    assert [client.get(f"/demo/letters/{pk}").status_code for pk in ("", f"{letter.pk}/")] == [404, 404]


# ── addresses that take none ─────────────────────────────────────────────────


def soft(times: int, days_ago: int = 0) -> None:
    letter = reset_letter(to="other@example.com")
    for _ in range(times):
        bounce = bounces.record(letter=letter, address="Full@Example.com", is_hard=False)
        at = timezone.now() - datetime.timedelta(days=days_ago)
        Bounce.objects.filter(pk=bounce.pk).update(at=at)


def test_three_soft_bounces_in_thirty_days_stop_an_address():
    soft(2, days_ago=31)
    soft(2)
    assert bounces.suppression_of("full@example.com") is None
    soft(1)
    stop = bounces.suppression_of("FULL@example.com")
    assert (stop.why, stop.is_hard) == (bounces.SOFT, False)
    letter = reset_letter(to="full@example.com")
    assert (letter.state, letter.text, letter.html) == (State.STOPPED, "", "")
    assert letter.reason == f"このアドレスには送っていません。{bounces.SOFT}"
    bounces.lift(suppression=stop, by=None)
    soft(2)
    assert reset_letter(to="full@example.com").state == State.QUEUED


def test_what_nobody_has_proved_is_not_counted():
    for _ in range(5):
        bounces.note(letter=None, address="Full@Example.com", detail="5.1.1")
    soft(2)
    assert bounces.suppression_of("full@example.com") is None


def test_our_own_domains_are_never_stopped(settings):
    settings.SITE_URL = "https://portal.example.jp"
    settings.DEFAULT_FROM_EMAIL = "異業種交流ポータル <portal@Iri.example.jp>"
    for address in ("office@iri.example.jp", "x@portal.example.jp", "other@not-iri.example.jp"):
        bounces.record(letter=None, address=address, is_hard=True)
    assert [stop.address for stop in Suppression.objects.all()] == ["other@not-iri.example.jp"]
    assert Bounce.objects.count() == 3


# ── again ────────────────────────────────────────────────────────────────────


def test_a_stopped_letter_goes_out_itself_and_a_sent_one_as_a_copy():
    letter = notice()
    Letter.objects.update(state=State.STOPPED, reason="止まりました。", attempts=12)
    assert letters.send_again(letter=letter) == letter
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.attempts) == (State.QUEUED, "", 0)
    with pytest.raises(ValidationError, match="これから送るところです"):
        letters.send_again(letter=letter)
    Sender().run_until_empty()
    again = letters.send_again(letter=letter)
    assert (again.text, again.to, again.state) == (letter.text, letter.to, State.QUEUED)
    assert again.message_id != letter.message_id
    with pytest.raises(ValidationError, match="同じ手紙を、いま書いたところです"):
        letters.send_again(letter=letter)


def test_a_secret_letter_is_renewed_with_a_new_token(client):
    user = make_login(make_person(email="reader@example.com"))
    client.post("/accounts/password/reset/", {"email": user.email})
    first = Letter.objects.get()
    Sender().run_until_empty()
    again = letters.send_again(letter=first)
    assert re.search(r"/accounts/password/reset/key/\w+-[\w-]+/", again.text)
    assert client.get(re.search(r"/accounts/password\S+", again.text)[0], follow=True).status_code == 200
    assert again.person == user.person
    code = account_letters.write(
        prefix="account/email/login_code", to=user.email, context={"code": "12345678"}
    )
    Sender().run_until_empty()
    with pytest.raises(ValidationError, match="もう一度コードを頼んで"):
        letters.send_again(letter=code)
    user.is_active = False
    user.save()
    Letter.objects.filter(pk=again.pk).delete()
    with pytest.raises(ValidationError, match="有効なログインは、いまはありません"):
        letters.send_again(letter=first)


def test_to_a_stopped_address_nothing_is_sent_again_until_it_is_lifted(staff):
    letter = notice()
    with pytest.raises(ValidationError, match="送信済みの手紙だけ"):
        letters.came_back(letter=letter, by=staff.user)
    Sender().run_until_empty()
    letters.came_back(letter=letter, by=staff.user)
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.RETURNED, bounces.SAID)
    with pytest.raises(ValidationError, match="先に「送るのを再開する」"):
        letters.send_again(letter=letter)
    bounces.lift(suppression=Suppression.objects.get(), by=staff.user)
    assert letters.send_again(letter=letter).state == State.QUEUED


def test_texts_are_forgotten_after_two_years():
    old, young, _waiting = (notice(to=f"{name}@example.com") for name in ("old", "young", "waiting"))
    long_ago = timezone.now() - datetime.timedelta(days=731)
    Letter.objects.exclude(pk=young.pk).update(written_at=long_ago)
    Letter.objects.filter(pk=old.pk).update(state=State.SENT, sent_at=long_ago)
    assert letters.forget_the_old() == 1
    assert list(Letter.objects.filter(text="").values_list("pk", flat=True)) == [old.pk]
    with pytest.raises(ValidationError, match="本文が残っていない"):
        letters.send_again(letter=old)
