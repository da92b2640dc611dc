"""Who is told of a change or of the end of it: where they are reached today, and as they asked for."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.exchange.holding import telling
from events.models import JointExchange
from members.models import Letter
from tests.exchange_factories import make_exchange, make_registration
from tests.factories import make_person


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange()


def told(exchange) -> list[str]:
    return [each.email for each in telling.concerned(exchange)]


def test_once_it_has_begun_nobody_is_told_that_it_is_off(exchange, staff):
    make_registration(exchange)
    with time_machine.travel(exchange.starts_at, tick=False), pytest.raises(ValidationError) as refused:
        telling.cancel(exchange=exchange, by=staff.user, reason="大雪のため")
    assert refused.value.messages == [telling.BEGUN]
    exchange.refresh_from_db()
    assert (exchange.state, Letter.objects.count()) == ("published", 0)
    with time_machine.travel(exchange.starts_at - datetime.timedelta(seconds=1), tick=False):
        assert telling.cancel(exchange=exchange, by=staff.user, reason="大雪のため") == 1


def test_a_member_is_told_at_the_address_of_today(exchange, staff):
    person = make_person(email="now@example.jp")
    make_registration(exchange, kind="member", person=person, email="before@example.jp")
    telling.cancel(exchange=exchange, by=staff.user, reason="大雪のため")
    assert list(Letter.objects.values_list("to", flat=True)) == ["now@example.jp"]


def test_who_takes_no_letters_is_told_by_telephone(exchange, staff):
    person = make_person(email="quiet@example.jp", contact_method="phone")
    make_registration(exchange, kind="member", person=person, email="quiet@example.jp", phone="042-500-0000")
    assert told(exchange) == [""]
    assert telling.tell_change(exchange=exchange, by=staff.user, words="") == 0


def test_how_many_people_there_are_costs_no_queries(exchange, django_assert_num_queries):
    for number in range(30):
        make_registration(exchange, kind="member", person=make_person(email=f"m{number}@example.jp"))
    with django_assert_num_queries(3):
        assert len(told(exchange)) == 30


def test_who_was_only_asked_hears_that_it_is_off(exchange, staff):
    asked = {"kind": "member", "state": "invited"}
    make_registration(exchange, "届く方", person=make_person(email="asked@example.jp"), **asked)
    silent = make_person(email="quiet@example.jp", contact_method="phone", phone="042-500-0001")
    make_registration(exchange, "電話の方", person=silent, **asked)
    until = timezone.now() + datetime.timedelta(hours=3)
    make_registration(exchange, "未確認の方", state="pending", confirm_until=until)
    everybody = telling.concerned(exchange, also_asked=True)
    assert telling.counted(everybody) == [("お返事待ち", 2)]
    assert [(each.name, each.phone) for each in everybody if not each.email] == [("電話の方", "042-500-0001")]
    assert (telling.unconfirmed(exchange), told(exchange)) == (1, [])
    assert telling.tell_change(exchange=exchange, by=staff.user, words="") == 0
    assert telling.cancel(exchange=exchange, by=staff.user, reason="大雪のため") == 1
    assert list(Letter.objects.values_list("to", flat=True)) == ["asked@example.jp"]
