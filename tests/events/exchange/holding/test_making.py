"""A joint exchange is made, changed, published, called off and closed: each refusal, and all or nothing."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events.exchange.holding import making, programme, telling
from events.exchange.holding.copying import like
from events.exchange.holding.programme import Line
from events.models import JointExchange
from members import letters
from members.models import Letter
from tests.exchange_factories import DAY, YEAR, at, make_exchange, make_registration


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange()


def facts(exchange: JointExchange) -> dict:
    names = [each.name for each in JointExchange._meta.concrete_fields]
    left = ("id", "fiscal_year", "state", "sequence", "last_number", "changed_at", "tables_shown_at", "floor")
    return {name: getattr(exchange, name) for name in names if name not in left}


def test_a_year_later_it_is_the_same_weekday(exchange):
    made = like(exchange)
    assert (made.day, made.day.weekday()) == (datetime.date(2028, 2, 9), exchange.day.weekday())


def test_a_broken_copy_leaves_nothing(staff, exchange, monkeypatch):
    def broken(*about):
        raise RuntimeError("in the middle")

    monkeypatch.setattr(programme, "copy", broken)
    with pytest.raises(RuntimeError):
        making.make(by=staff.user, source=exchange, **facts(like(exchange)))
    assert JointExchange.objects.count() == 1


def test_made_by_a_colleague_at_the_same_moment(staff, exchange, monkeypatch):
    monkeypatch.setattr(JointExchange, "full_clean", lambda self: None)  # it was not there yet
    with pytest.raises(ValidationError) as refused:
        making.make(by=staff.user, **facts(exchange))
    assert refused.value.message_dict == {"fiscal_year": [making.ONE_A_YEAR]}
    assert JointExchange.objects.count() == 1


def test_a_draft_may_move_to_another_year_a_public_one_may_not(staff, exchange):
    later = {"starts_at": at(datetime.date(2027, 4, 10), 13), "ends_at": at(datetime.date(2027, 4, 10), 17)}
    with pytest.raises(ValidationError, match="別の年度"):
        making.change(exchange=exchange, by=staff.user, **later)
    JointExchange.objects.update(state="draft")
    assert making.change(exchange=exchange, by=staff.user, **later) == []
    exchange.refresh_from_db()
    assert (exchange.fiscal_year, exchange.sequence) == (2027, 0)


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_what_is_over_does_not_change(staff, exchange, state):
    JointExchange.objects.update(state=state)
    with pytest.raises(ValidationError, match="変えられません"):
        making.change(exchange=exchange, by=staff.user, theme="後から")
    with pytest.raises(ValidationError, match="変えられません"):
        programme.write(exchange=exchange, lines=[Line("後から")], by=staff.user)
    with pytest.raises(ValidationError):
        telling.cancel(exchange=exchange, by=staff.user, reason="後から")
    with pytest.raises(ValidationError):
        telling.tell_change(exchange=exchange, by=staff.user, words="")


def test_it_is_published_before_its_first_second_and_closed_from_it_on(staff, exchange):
    JointExchange.objects.update(state="draft")
    with (
        time_machine.travel(at(DAY, 13), tick=False),
        pytest.raises(ValidationError, match="もう過ぎています"),
    ):
        making.publish(exchange=exchange, by=staff.user)
    with time_machine.travel(at(DAY, 12, 59), tick=False):
        making.publish(exchange=exchange, by=staff.user)
        with pytest.raises(ValidationError, match="始まりより前"):
            making.close(exchange=exchange, by=staff.user)
    with time_machine.travel(at(DAY, 13), tick=False):
        assert making.close(exchange=exchange, by=staff.user).state == "held"


def test_calling_off_is_all_or_nothing(staff, exchange, monkeypatch):
    make_registration(exchange)
    make_registration(exchange)
    write, written = letters.write, []

    def broken(**about):
        if written:
            raise RuntimeError("in the middle")
        written.append(write(**about))

    monkeypatch.setattr(letters, "write", broken)
    with pytest.raises(RuntimeError):
        telling.cancel(exchange=exchange, by=staff.user, reason="大雪のため")
    exchange.refresh_from_db()
    assert (exchange.state, Letter.objects.count(), exchange.fiscal_year) == ("published", 0, YEAR)


def test_the_same_programme_is_no_change(staff, exchange):
    assert programme.write(exchange=exchange, lines=[Line("開会")], by=staff.user)
    assert not programme.write(exchange=exchange, lines=programme.lines_of(exchange), by=staff.user)
