"""Who is received, when, once; what stands in the way is said."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events.exchange.day import receiving
from events.exchange.day.receiving import is_open, receive, receive_anyway, undo, walk_in
from events.models import JointExchange, Registration
from tests.events.exchange.day.conftest import NOON
from tests.exchange_factories import DAY, at, make_partner_group, make_registration


def refused(verb, **said) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        verb(**said)
    return caught.value


def stored(row: Registration) -> tuple:
    row = Registration.objects.get(pk=row.pk)
    return row.state, row.arrived_at, row.received_by


@pytest.mark.parametrize(
    ("moment", "is_so"),
    [
        (at(DAY, 0) - datetime.timedelta(seconds=1), False),
        (at(DAY, 0), True),
        (at(DAY + datetime.timedelta(days=8), 0) - datetime.timedelta(seconds=1), True),
        (at(DAY + datetime.timedelta(days=8), 0), False),
    ],
)
def test_open_on_the_day_and_for_a_week(exchange, moment, is_so):
    with time_machine.travel(moment, tick=False):
        assert is_open(exchange) is is_so


@pytest.mark.parametrize(
    ("state", "is_so"), [("draft", False), ("published", True), ("held", True), ("cancelled", False)]
)
def test_open_in_its_states(exchange, on_the_day, state, is_so):
    exchange.state = state
    assert (is_open(exchange), receiving.why_shut(exchange) == "") == (is_so, is_so)


def test_somebody_is_received(exchange, on_the_day, staff):
    row = make_registration(exchange)
    came = receive(registration=row, by=staff.user)
    assert stored(row) == ("confirmed", NOON, staff.user)
    assert receiving.received(came) == "No. 1 架空 花子様を受け付けました（13:05）。"
    assert row.history.first().history_change_reason == "合同交流会の受付"


def test_nobody_twice(exchange, on_the_day, staff):
    row = make_registration(exchange)
    receive(registration=row, by=staff.user)
    on_the_day.shift(600)
    error = refused(receive, registration=row, by=staff.user)
    said = f"No. 1 架空 花子様は、13:05に{staff.user}が受け付けています。人数は、増やしていません。"
    assert (error.code, error.messages) == ("already", [said])
    assert stored(row) == ("confirmed", NOON, staff.user)
    assert refused(receive_anyway, registration=row, by=staff.user).code == "already"


def test_a_day_later_the_day_is_told(exchange, on_the_day, staff):
    row = make_registration(exchange)
    receive(registration=row, by=staff.user)
    on_the_day.shift(24 * 3600)
    assert "2月10日の13:05" in refused(receive, registration=row, by=staff.user).messages[0]


def test_not_before_the_day(exchange, staff):
    row = make_registration(exchange)
    for verb in (receive, receive_anyway, undo):
        error = refused(verb, registration=row, by=staff.user)
        assert (error.code, error.messages[0][:6]) == ("shut", "受付は、当日")
    assert refused(walk_in, exchange=exchange, by=staff.user, kind="public", name="架空").code == "shut"
    assert stored(row) == ("confirmed", None, None)


def test_another_year(exchange, on_the_day, staff):
    last_year = DAY.replace(year=2026)
    old = JointExchange.objects.get(pk=exchange.pk)
    old.pk, old.fiscal_year, old.state = None, 2025, "held"
    old.starts_at, old.ends_at = at(last_year, 13), at(last_year, 17)
    old.registration_from, old.registration_until = at(last_year, 9), at(last_year, 10)
    old.booths_from, old.booths_until = at(last_year, 9), at(last_year, 10)
    old.save()
    error = refused(receive, registration=make_registration(old), by=staff.user)
    assert error.messages == ["これは、令和8年2月10日に開いた合同交流会です。受付は終わっています。"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("cancelled", "No. 1 架空 花子様は、参加を取り消しています。"),
        ("waiting", "No. 1 架空 花子様は、補欠で、まだ席がありません。"),
        ("offered", "No. 1 架空 花子様は、空いた席のご案内に、まだお返事がありません。"),
        ("pending", "架空 花子様は、申込のアドレスを、まだ確かめていません。"),
        ("lapsed", "架空 花子様は、申込の期限が切れています。"),
        ("declined", "架空 花子様は、「参加しない」とお返事しています。"),
    ],
)
def test_without_a_place_only_by_a_second_word(exchange, on_the_day, staff, state, said, mailoutbox):
    fields = {"confirm_until": NOON} if state == "pending" else {}
    fields |= {"offered_until": NOON} if state == "offered" else {}
    row = make_registration(exchange, state=state, **fields)
    on_the_day.shift(3600)
    error = refused(receive, registration=row, by=staff.user)
    assert (error.code, error.messages) == ("no_place", [said])
    assert stored(row) == (state, None, None)
    came = receive_anyway(registration=row, by=staff.user)
    assert stored(row) == ("confirmed", NOON + datetime.timedelta(hours=1), staff.user)
    assert (came.number, came.source) == (1, "door")


def test_undone_and_received_again(exchange, on_the_day, staff):
    row = make_registration(exchange)
    receive(registration=row, by=staff.user)
    undo(registration=row, by=staff.user)
    assert stored(row) == ("confirmed", None, None)
    assert refused(undo, registration=row, by=staff.user).code == "not_here"
    receive(registration=row, by=staff.user)
    assert stored(row) == ("confirmed", NOON, staff.user)


def test_a_walk_in_has_the_next_number(exchange, on_the_day, staff):
    make_registration(exchange)
    group = make_partner_group()
    row, over, _ = walk_in(
        exchange=exchange, by=staff.user, kind="partner", name="仮空 次郎", partner_group=group
    )
    assert (row.number, row.source, row.entered_by, over) == (2, "door", staff.user, False)
    assert stored(row) == ("confirmed", NOON, staff.user)


def test_a_walk_in_over_the_capacity_is_said(exchange, on_the_day, staff):
    for _ in range(2):
        make_registration(exchange)
    row, over, _ = walk_in(exchange=exchange, by=staff.user, kind="public", name="仮空 次郎")
    assert (stored(row), over) == (("confirmed", NOON, staff.user), True)
    assert walk_in(exchange=exchange, by=staff.user, kind="guest", name="来賓 様").over is False


def test_after_the_day_what_stands_on_paper_is_written_down(exchange, on_the_day, staff):
    row = make_registration(exchange)
    on_the_day.shift(2 * 24 * 3600)
    exchange.state = "held"
    exchange.save()
    receive(registration=row, by=staff.user)
    walk_in(exchange=exchange, by=staff.user, kind="public", name="仮空 次郎")
    assert Registration.objects.filter(arrived_at__isnull=False).count() == 2


def test_all_or_nothing(exchange, on_the_day, staff, monkeypatch):
    row = make_registration(exchange, state="cancelled")

    def breaks(*about) -> None:
        raise RuntimeError

    monkeypatch.setattr(receiving, "_arrive", breaks)
    with pytest.raises(RuntimeError):
        receive_anyway(registration=row, by=staff.user)
    with pytest.raises(RuntimeError):
        walk_in(exchange=exchange, by=staff.user, kind="public", name="仮空 次郎")
    assert [(each.pk, each.state) for each in Registration.objects.all()] == [(row.pk, "cancelled")]
    exchange.refresh_from_db()
    assert exchange.last_number == 1
