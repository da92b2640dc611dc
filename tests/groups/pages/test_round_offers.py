"""空いた席と補欠: how the places stand, the next one offered, the answer by telephone written down."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Application, Offer
from groups.recruitment import offering, withdrawing
from tests.conftest import NOW
from tests.groups.recruitment.closed_rounds import ACCEPT, WAIT, announce, closed_round, decided

State = Application.State


@pytest.fixture
def call(office, staff):
    """One of one place has become free, and two wait."""
    call = closed_round(office, capacity=1)
    first = decided(call, ACCEPT, staff.user)
    for _ in range(2):
        decided(call, WAIT, staff.user)
    announce(call, staff.user)
    first.refresh_from_db()
    withdrawing.withdraw(application=first)
    return call


@pytest.fixture
def page(call) -> str:
    return f"/office/recruitment/{call.pk}/offers/"


def test_the_next_is_offered_the_place_and_answers_by_telephone(staff, call, page):
    following = call.applications.get(serial=2)
    offer_page = f"/office/applications/{following.pk}/offer/"
    assert f'href="{page}"' in staff.client.get("/office/").text
    assert f'href="{offer_page}"' in staff.client.get(page).text
    assert following.contact_email in staff.client.get(offer_page).text
    wrong = staff.client.post(offer_page, {"due": "R8.11.1"})
    assert "これからの日を入れてください" in wrong.text
    told = staff.client.post(offer_page, {"due": "R8.12.2"}, follow=True)
    assert "令和8年12月2日までの期限でご案内しました。" in told.text
    assert f'href="{page}"' not in staff.client.get("/office/").text

    answer = f"/office/offers/{Offer.objects.get().pk}/answer/"
    assert "どちらかを押してください" in staff.client.post(answer, {}, follow=True).text
    assert "会員になりました" in staff.client.post(answer, {"taken": "yes"}, follow=True).text
    following.refresh_from_db()
    assert (following.state, following.membership.group) == (State.ACCEPTED, call.group)
    assert "もうお返事" in staff.client.post(answer, {"taken": "no"}, follow=True).text


def test_given_up_by_telephone(staff, call, page):
    staff.client.post(f"/office/applications/{call.applications.get(serial=2).pk}/offer/", {"due": "R8.12.2"})
    staff.client.post(f"/office/offers/{Offer.objects.get().pk}/answer/", {"taken": "no"})
    assert call.applications.get(serial=2).state == State.WITHDRAWN
    assert call.applications.get(serial=3).name in staff.client.get(page).text


def test_what_lapsed_is_put_back_by_the_button(staff, call, page):
    staff.client.post(f"/office/applications/{call.applications.get(serial=2).pk}/offer/", {"due": "R8.12.2"})
    with time_machine.travel(NOW + datetime.timedelta(days=8)):
        staff.client.force_login(staff.user)
        assert "期限の過ぎたご案内を、補欠に戻す" in staff.client.get(page).text
        assert call.applications.get(serial=2).state == State.OFFERED
        told = staff.client.post(f"/office/recruitment/{call.pk}/lapse/", follow=True)
        assert "ご案内1件を、補欠に戻しました" in told.text
    assert call.applications.get(serial=2).state == State.WAITLISTED


def test_before_the_announcement_there_is_nothing_to_offer(staff, office):
    call = closed_round(office)
    assert "まだお知らせしていません" in staff.client.get(f"/office/recruitment/{call.pk}/offers/").text


def test_as_many_queries_for_thirty_who_wait_as_for_one(staff, office):
    counted = []
    for year, times in ((2026, 1), (2025, 30)):
        days = {"opens_on": datetime.date(year, 10, 1), "closes_on": datetime.date(year, 10, 31)}
        call = closed_round(office, capacity=2 * times, fiscal_year=year, **days | {"launch_on": None})
        for _ in range(times):
            decided(call, ACCEPT, staff.user)
            decided(call, WAIT, staff.user)
            decided(call, WAIT, staff.user)
        announce(call, staff.user)
        call.refresh_from_db()
        waiting = call.applications.filter(state=State.WAITLISTED).order_by("pk")[:times]
        for row in waiting:
            offering.offer(application=row, due=datetime.date(2026, 12, 2), by=staff.user)
        address = f"/office/recruitment/{call.pk}/offers/"
        staff.client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert staff.client.get(address).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_without_a_free_place_or_by_who_waits_no_more_it_is_told(staff, call):
    second, third = (call.applications.get(serial=serial) for serial in (2, 3))
    staff.client.post(f"/office/applications/{second.pk}/offer/", {"due": "R8.12.2"})
    full = staff.client.post(f"/office/applications/{third.pk}/offer/", {"due": "R8.12.2"})
    assert "空いている席がありません。" in full.text
    again = staff.client.post(f"/office/applications/{second.pk}/offer/", {"due": "R8.12.3"})
    assert "補欠で待っている応募ではありません。" in again.text
    assert Offer.objects.count() == 1
