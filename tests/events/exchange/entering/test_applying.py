"""The public's form: no place before the address is confirmed, and never two for one person."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.exchange.entering import applying, entries, letters, places
from events.models import Registration
from members.models import Letter
from tests.exchange_factories import make_exchange, make_registration

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "髙橋 花子",
    "kana": "タカハシ ハナコ",
    "email": "Hanako@example.jp",
    "affiliation": "株式会社架空",
}


@pytest.fixture
def exchange():
    return make_exchange(public_capacity=1)


def apply(exchange, **other) -> Registration:
    return applying.apply(exchange=exchange, text=applying.text_now(), **TYPED | other)


def kinds() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


def test_it_waits_for_its_address_and_holds_no_place(exchange):
    row = apply(exchange)
    assert (row.state, row.number, row.source, row.kind) == ("pending", None, "web", "public")
    assert row.confirm_until == timezone.now() + datetime.timedelta(hours=24)
    assert (row.consent_text.kind, row.consented_at) == ("joint_entry", timezone.now())
    assert places.free(exchange, "public") == 1
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.is_secret) == ("events/exchange_confirm", row.email, True)
    done = entries.confirm(registration=row, source="web")
    assert (done.state, done.number) == ("confirmed", 1)


@pytest.mark.parametrize("name", ["髙橋 花子", "高橋花子", "髙橋　花子"])
def test_the_same_person_gets_the_same_letter_again(exchange, name):
    row = apply(exchange)
    again = apply(exchange, name=name, email="hanako@EXAMPLE.jp")
    assert again.pk == row.pk
    assert kinds() == ["events/exchange_confirm"] * 2
    entries.confirm(registration=row, source="web")
    later = apply(exchange, name=name, affiliation="よその会社")
    assert (later.state, later.affiliation, Registration.objects.count()) == ("confirmed", "株式会社架空", 1)
    assert kinds()[2:] == ["events/exchange_ticket"] * 2


def test_a_colleague_with_the_same_address_is_somebody_else(exchange):
    assert apply(exchange).pk != apply(exchange, name="架空 太郎").pk


def test_one_that_lapsed_or_was_cancelled_begins_anew(exchange):
    row = apply(exchange)
    Registration.objects.update(state="lapsed")
    assert apply(exchange).pk == row.pk
    entries.cancel(registration=entries.confirm(registration=row, source="web"))
    back = apply(exchange)
    assert (back.pk, back.state, back.number) == (row.pk, "pending", 1)


def test_who_waits_or_is_offered_a_place_is_told_so(exchange):
    make_registration(exchange, name=TYPED["name"], email="hanako@example.jp", state="waiting")
    assert apply(exchange).state == "waiting"
    Registration.objects.update(state="offered", offered_until=timezone.now())
    assert apply(exchange).state == "offered"
    assert kinds() == ["events/exchange_waiting", "events/exchange_offer"]


def test_what_is_refused(exchange):
    late = time_machine.travel(exchange.registration_until + datetime.timedelta(seconds=1), tick=False)
    with late, pytest.raises(ValidationError, match=entries.NOT_OPEN):
        apply(exchange)
    with pytest.raises(TypeError):
        apply(exchange, state="confirmed")
    with pytest.raises(ValidationError):
        apply(exchange, trade="?")
    exchange.public_capacity = 0
    exchange.save()
    with pytest.raises(ValidationError, match=applying.NO_PUBLIC):
        apply(exchange)
    assert Registration.objects.count() == 0


def test_without_the_letter_nothing_is_kept(exchange, monkeypatch):
    monkeypatch.setattr(letters, "write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        apply(exchange)
    assert Registration.objects.count() == 0
