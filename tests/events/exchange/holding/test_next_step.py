"""The main button of the office's page: one at each stage of the year, in its order."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from events.exchange.holding import next_step
from events.models import JointExchange
from tests.exchange_factories import DAY, at, make_booth, make_exchange, make_registration
from tests.factories import make_person

OPEN, CLOSED = at(datetime.date(2026, 11, 25), 10), at(datetime.date(2027, 2, 5), 10)
MAIN = re.compile(r"btn-primary[^>]*>([^<]+)</")


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange()


def invited(exchange) -> None:
    make_registration(
        exchange, kind="member", state="invited", person=make_person(), invited_at=timezone.now()
    )


def on(moment: datetime.datetime, exchange: JointExchange) -> tuple[str, str]:
    with time_machine.travel(moment, tick=False):
        found = next_step.next_of(exchange)
        assert found is not None
        return found.action, found.url.removeprefix("/office/joint/2026/")


def test_before_the_registrations_begin(exchange):
    assert on(at(datetime.date(2026, 10, 30), 9), exchange) == ("プログラムを書く", "programme/")


def test_first_the_members_are_asked(exchange, member):
    make_booth(exchange, company=member.membership.company, applied_by=member.user)
    assert on(OPEN, exchange) == ("会員に案内する", "invite/")


def test_then_booths_are_decided_on(exchange, member):
    invited(exchange)
    make_booth(exchange, company=member.membership.company, applied_by=member.user)
    assert on(OPEN, exchange) == ("出展を受けるか決める", "booths/")


def test_then_entries_come_in(exchange):
    invited(exchange)
    assert on(OPEN, exchange) == ("参加申込の一覧を見る", "registrations/")


def test_then_tables_and_the_reception_list(exchange):
    invited(exchange)
    assert on(CLOSED, exchange) == ("分散会の席を決める", "tables/")
    exchange.tables_shown_at = CLOSED
    assert on(CLOSED, exchange) == ("受付名簿を印刷する（PDF）", "reception.pdf")
    exchange.tables_shown_at, exchange.table_rounds = None, 0
    assert on(CLOSED, exchange) == ("受付名簿を印刷する（PDF）", "reception.pdf")


def test_on_the_day_the_reception(exchange):
    last = at(DAY - datetime.timedelta(days=1), 23, 59)
    assert on(last, exchange)[1] == "tables/"
    for moment in (at(DAY, 0), at(DAY, 15), exchange.ends_at - datetime.timedelta(seconds=1)):
        assert on(moment, exchange) == ("受付のページへ", "reception/")


def test_after_it_is_closed_and_then_reported(exchange):
    assert on(exchange.ends_at, exchange) == ("終了にする", "close/")
    exchange.state = "held"
    assert on(exchange.ends_at, exchange) == ("お礼と報告へ", "after/")


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_of_one_that_is_not_public_nothing(exchange, state):
    exchange.state = state
    assert next_step.next_of(exchange) is None


@pytest.mark.parametrize(
    ("moment", "state", "said"),
    [
        (OPEN, "draft", ["公開の前に確かめる"]),
        (OPEN, "published", ["会員に案内する"]),
        (CLOSED, "published", ["分散会の席を決める"]),
        (at(DAY, 12), "published", ["受付のページへ"]),
        (at(DAY, 14), "published", ["受付のページへ"]),
        (at(DAY, 18), "published", ["終了にする"]),
        (at(DAY, 18), "held", ["お礼と報告へ"]),
        (at(DAY, 18), "cancelled", []),
    ],
)
def test_the_page_has_one_main_button(exchange, staff, moment, state, said):
    JointExchange.objects.update(state=state)
    with time_machine.travel(moment):
        staff.client.force_login(staff.user)
        page = staff.client.get(reverse("exchange_office", args=[2026])).content.decode()
    assert MAIN.findall(page) == said
    assert ("終了にする" in page) == (state == "published" and moment >= at(DAY, 13))
