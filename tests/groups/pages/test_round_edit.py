"""/office/recruitment/<pk>/edit/: a call is corrected, before its results are announced."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_application, make_round
from tests.strictness import parse_strictly


@pytest.fixture
def call(office):
    return make_round(office=office)


def url(call):
    return reverse("round_edit", args=[call.pk])


def typed(call, **others):
    return {
        "opens_on": "2026-11-01", "closes_on": "2026-11-30", "results_on": "", "launch_on": "",
        "capacity": "25", "group": call.group_id, "text": "",
    } | others  # fmt: skip


def test_a_call_is_corrected(staff, call):
    answer = staff.client.post(url(call), typed(call, closes_on="R8.12.11", needs_two="on"))
    assert (answer.status_code, answer.url) == (302, reverse("office_recruitment"))
    call.refresh_from_db()
    assert (call.closes_on, call.needs_two, call.fiscal_year) == (datetime.date(2026, 12, 11), True, 2026)


def test_it_is_not_shortened_below_what_came(staff, call):
    make_application(call)
    page = staff.client.get(url(call)).content.decode()
    parse_strictly(page)
    assert "応募が1件あります" in page
    answer = staff.client.post(url(call), typed(call, closes_on="2026-11-20"))
    assert [*answer.context["form"].errors] == ["closes_on"]
    call.refresh_from_db()
    assert call.closes_on == datetime.date(2026, 11, 30)


def test_an_announced_one_says_so_and_has_no_form(staff, call):
    call.announced_at = timezone.now()
    call.save()
    page = staff.client.get(url(call)).content.decode()
    parse_strictly(page)
    assert "この募集は、もう直せません" in page
    assert "保存する" not in page
    staff.client.post(url(call), typed(call, capacity="9"))
    call.refresh_from_db()
    assert call.capacity == 25


def test_the_second_of_two_editors_sees_both(staff, call):
    version = staff.client.get(url(call)).context["form"].record_version
    call.text = "先に直した文"
    call.save()
    answer = staff.client.post(url(call), typed(call, text="あとの文") | {"record-version": version})
    assert answer.status_code == 200
    assert [each.name for each in answer.context["form"].conflict.fields] == ["text"]
    call.refresh_from_db()
    assert call.text == "先に直した文"
