"""Everybody who was there is thanked once; every exhibitor is asked once."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from events import links
from events.exchange.after import letters, thanking
from events.models import JointExchange
from members.letters import send_again
from members.models import Letter
from tests.events.exchange.after.over import AFTER, LAST, make_guest, make_over, make_shown, on
from tests.exchange_factories import DAY, make_registration
from tests.factories import make_company, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange(office):
    return make_over()


@pytest.fixture(autouse=True)
def after():
    with on(AFTER.date(), 10):
        yield


def test_one_letter_each_to_who_was_there(exchange, staff):
    one, two = make_guest(exchange, email="a@example.jp"), make_guest(exchange, email="b@example.jp")
    make_registration(exchange, "来なかった 方")
    assert thanking.thank(exchange=exchange, by=staff.user) == 2
    sent = Letter.objects.order_by("pk")
    assert [letter.to for letter in sent] == ["a@example.jp", "b@example.jp"]
    assert {letter.kind for letter in sent} == {"events/exchange_thanks"}
    assert all(letter.is_secret for letter in sent)
    assert f"/joint/ticket/{links.token_of(one)}/feedback/" in sent[0].text
    assert "令和9年（2027年）4月11日" in sent[0].text
    for row in (one, two):
        row.refresh_from_db()
        assert row.thanked_at == AFTER
        assert row.history.first().history_change_reason == "合同交流会のお礼とアンケート"


def test_never_twice(exchange, staff):
    make_guest(exchange)
    thanking.thank(exchange=exchange, by=staff.user)
    with pytest.raises(ValidationError) as refused:
        thanking.thank(exchange=exchange, by=staff.user)
    assert refused.value.code == "nobody"
    make_guest(exchange, "あとから 分かった方")
    assert thanking.thank(exchange=exchange, by=staff.user) == 1
    assert Letter.objects.count() == 2


def test_a_member_is_reached_as_the_directory_says(exchange, staff):
    by_fax = make_person(email="fax@example.jp", contact_method="fax")
    by_mail = make_person(email="mail@example.jp")
    rows = [
        make_guest(exchange, kind="member", person=person, email="old@example.jp")
        for person in (by_fax, by_mail)
    ]
    found = thanking.thanks_of(exchange)
    assert [(row.pk, address) for row, address in found.ready] == [(rows[1].pk, "mail@example.jp")]
    assert [row.pk for row in found.by_hand] == [rows[0].pk]


def test_the_queries_do_not_grow(exchange, django_assert_num_queries):
    for _ in range(30):
        make_guest(exchange, person=make_person(), kind="member")
    with django_assert_num_queries(3):
        thanking.thanks_of(exchange)


@pytest.mark.parametrize(("day", "hour", "minute", "code"), [
    (DAY, 16, 59, "not_yet"), (DAY, 17, 0, None), (LAST, 23, 59, None), (LAST + datetime.timedelta(days=1), 0, 0, "closed"),
])  # fmt: skip
def test_to_the_minute(exchange, staff, day, hour, minute, code):
    make_guest(exchange)
    with on(day, hour, minute):
        if code is None:
            assert thanking.thank(exchange=exchange, by=staff.user) == 1
            return
        with pytest.raises(ValidationError) as refused:
            thanking.thank(exchange=exchange, by=staff.user)
    assert refused.value.code == code
    assert Letter.objects.count() == 0


def test_a_cancelled_one_thanks_nobody(office, staff):
    exchange = make_over()
    JointExchange.objects.update(state="cancelled")
    with pytest.raises(ValidationError) as refused:
        thanking.thank(exchange=exchange, by=staff.user)
    assert refused.value.code == "cancelled"


def test_all_or_nothing(exchange, staff, monkeypatch):
    rows = [make_guest(exchange), make_guest(exchange)]
    real, seen = letters.thanks, []

    def fails_at_the_second(row, address):
        seen.append(row)
        if len(seen) == 2:
            raise RuntimeError
        return real(row, address)

    monkeypatch.setattr(letters, "thanks", fails_at_the_second)
    with pytest.raises(RuntimeError):
        thanking.thank(exchange=exchange, by=staff.user)
    assert Letter.objects.count() == 0
    for row in rows:
        row.refresh_from_db()
        assert row.thanked_at is None


def test_exhibitors_are_asked_once(exchange, staff):
    booth = make_shown(exchange, make_company(), staff.user)
    silent = make_shown(exchange, make_company(), staff.user, number=2, email="")
    make_shown(exchange, make_company(), staff.user, number=None, state="withdrawn")
    found = thanking.asking_of(exchange)
    assert ([each.pk for each in found.ready], [each.pk for each in found.by_hand]) == (
        [booth.pk],
        [silent.pk],
    )
    assert thanking.ask_results(exchange=exchange, by=staff.user) == 1
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == ("events/exchange_result", "tenji@example.jp")
    assert f"/joint/booths/{booth.pk}/result/" in letter.text
    with pytest.raises(ValidationError):
        thanking.ask_results(exchange=exchange, by=staff.user)


def test_the_thanks_are_sent_again_with_the_link_that_is_good(exchange, staff):
    row = make_guest(exchange, email="a@example.jp")
    thanking.thank(exchange=exchange, by=staff.user)
    Letter.objects.update(state="sent", sent_at=AFTER, text="", html="")
    letter = Letter.objects.get()
    row.refresh_from_db()
    row.generation = 2
    row.save()
    with on(AFTER.date(), 12):
        again = send_again(letter=letter)
    assert (again.kind, again.to) == ("events/exchange_thanks", "a@example.jp")
    assert f"/joint/ticket/{links.token_of(row)}/feedback/" in again.text
    with on(LAST + datetime.timedelta(days=1), 0), pytest.raises(ValidationError, match="お答えの期限"):
        thanking.renew_letter(letter)
