"""Applications in the admin: the list's actions call the verbs, and what a verb refuses is told."""

import pytest
from django.urls import reverse

from groups.models import Application
from tests.factories import make_application, make_round

LIST = reverse("admin:groups_application_changelist")


@pytest.fixture
def call(office):
    return make_round(office=office, capacity=1)


def act(staff, action, *rows) -> str:
    typed = {"action": action, "_selected_action": [row.pk for row in rows]}
    return staff.client.post(LIST, typed, follow=True).content.decode()


def now(*rows):
    return [Application.objects.get(pk=row.pk) for row in rows]


def test_the_review_begins(staff, call):
    fresh, gone = make_application(call), make_application(call, state="withdrawn")
    said = act(staff, "take_up", fresh, gone)
    assert "1件を審査中にしました。" in said
    assert "「取下げ」から「審査中」には変えられません。" in said
    assert [each.state for each in now(fresh, gone)] == ["under_review", "withdrawn"]


def test_decisions_are_made_and_taken_back(staff, call):
    one, other = make_application(call), make_application(call)
    said = act(staff, "accept", one, other)
    assert "1件を「採択」にしました。" in said
    assert "定員の1社まで" in said
    act(staff, "wait", other)
    assert [each.decision for each in now(one, other)] == ["accept", "wait"]
    act(staff, "undecide", one)
    act(staff, "decline", other)
    assert [each.decision for each in now(one, other)] == ["", "decline"]


def test_what_nobody_confirmed_has_no_page_on_the_portal(staff, call):
    for row, has in ((make_application(call), True), (make_application(call, state="draft"), False)):
        page = staff.client.get(reverse("admin:groups_application_change", args=[row.pk]))
        assert page.status_code == 200
        assert ("サイト上で表示" in page.content.decode()) is has
