"""Applying for a booth at the borders of the call: what the page says before, after, and when there is no exchange."""

import contextlib
import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from events.models import Booth, JointExchange
from groups.models import Office
from tests.events.pages.test_exchange_booths import TYPED
from tests.exchange_factories import make_exchange

JST = ZoneInfo("Asia/Tokyo")
PHONE = "042-000-0000"
OPENS = datetime.datetime(2026, 11, 2, 0, 0, tzinfo=JST)
CLOSES = datetime.datetime(2026, 12, 10, 23, 59, 59, tzinfo=JST)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def exchange(office):
    Office.objects.filter(pk=office.pk).update(phone=PHONE)
    return make_exchange(office=office, booths_from=OPENS, booths_until=CLOSES)


@contextlib.contextmanager
def at(moment, *actors):
    """The clock at a moment, the actors logged in then."""
    with time_machine.travel(moment, tick=False):
        for actor in actors:
            actor.client.force_login(actor.user)
        yield


def page_of(actor, moment):
    """The text of the page, and whether the list of booths and the event's page lead there."""
    with at(moment, actor):
        url = reverse("exchange_booth_new", args=[2026])
        answer = actor.client.get(url)
        leads = [
            f'href="{url}"' in actor.client.get(reverse(name, args=[2026])).content.decode()
            for name in ("exchange_booths", "exchange")
        ]
    assert answer.status_code == 200
    return answer.content.decode(), leads


@pytest.mark.parametrize(
    ("moment", "is_open", "said"),
    [
        (OPENS - SECOND, False, "令和8年（2026年）11月2日（月） 0:00から、このページで申し込めます。"),
        (OPENS, True, "募集の締切：12月10日 23:59"),
        (CLOSES, True, "募集の締切：12月10日 23:59"),
        (CLOSES + SECOND, False, "締切は、令和8年（2026年）12月10日（木） 23:59でした。"),
    ],
)
def test_the_page_says_when_and_the_links_show_only_while_it_is_open(exchange, member, moment, is_open, said):
    page, leads = page_of(member, moment)
    assert (said in page, '<form method="post" enctype' in page) == (True, is_open)
    assert leads == [is_open, is_open]
    if not is_open:
        assert PHONE in page
        assert f'href="{reverse("exchange_booths", args=[2026])}"' in page


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_of_what_is_over_it_says_so(exchange, member, state):
    JointExchange.objects.update(state=state)
    page, leads = page_of(member, CLOSES)
    words = {"held": "終わりました", "cancelled": "中止になりました"}[state]
    assert (f"この合同交流会は、{words}" in page, leads) == (True, [False, False])


@pytest.mark.parametrize(("moment", "count"), [(CLOSES, 1), (CLOSES + SECOND, 0)])
def test_a_form_that_comes_too_late_keeps_what_was_typed(exchange, member, moment, count):
    with at(moment, member):
        answer = member.client.post(reverse("exchange_booth_new", args=[2026]), TYPED)
    assert (answer.status_code, Booth.objects.count()) == (302 if count else 200, count)
    if not count:
        page = answer.content.decode()
        for each in ("カメラで傷を見つけます。", "架空 太郎", "申込は、まだ入っていません。", PHONE):
            assert each in page


def test_nobody_else_learns_anything(exchange, visitor, adviser, staff):
    for moment in (OPENS - SECOND, CLOSES, CLOSES + SECOND):
        with at(moment, adviser, staff):
            url = reverse("exchange_booth_new", args=[2026])
            statuses = [actor.client.get(url).status_code for actor in (visitor, adviser, staff)]
        assert statuses == [302, 403, 403]


def test_an_officer_who_did_not_say_as_whom_is_told_as_well(exchange, secretary):
    with at(CLOSES + SECOND, secretary):
        page = secretary.client.post(reverse("exchange_booth_new", args=[2026]), TYPED).content.decode()
    assert "出展の募集は、終わりました" in page
