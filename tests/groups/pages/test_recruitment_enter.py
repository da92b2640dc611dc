"""A paper or a FAX is entered by the office: received at once, and it is written down who did it."""

import datetime

import pytest
import time_machine

from groups.models import Application, ApplicationNote
from members.models import Letter
from tests.factories import make_round
from tests.groups.recruitment.by_hand import TYPED


@pytest.fixture
def round_(office):
    return make_round()


@pytest.fixture
def page(round_):
    return f"/office/recruitment/{round_.pk}/enter/"


def test_received_at_once_without_an_address(staff, round_, page):
    data = TYPED | {"round": round_.pk, "route": "fax", "contact_email": ""}
    assert staff.client.post(page, data).status_code == 302
    application = Application.objects.get()
    assert (application.number, application.route, application.entered_by) == ("2026-001", "fax", staff.user)
    assert Letter.objects.count() == 0
    said = staff.client.get(page)
    assert "受付番号は2026-001です" in said.text


def test_pressed_twice_one_paper_is_one_application(staff, round_, page):
    """Another one of the same company is entered on a page opened anew, and told as such."""
    opened = [staff.client.get(page).context["form"]["paper"].value() for _ in range(2)]
    for paper in (opened[0], opened[0], opened[1]):
        data = TYPED | {"round": round_.pk, "route": "fax", "paper": paper}
        assert staff.client.post(page, data, follow=True).status_code == 200
    assert list(Application.objects.order_by("pk").values_list("serial", flat=True)) == [1, 2]
    assert (
        f'name="paper" value="{opened[0]}"'
        in staff.client.post(page, data | {"paper": opened[0], "name": ""}).text
    )


def test_an_error_keeps_what_was_typed(staff, round_, page):
    answer = staff.client.post(page, TYPED | {"round": round_.pk, "name": ""})
    form = answer.context["form"]
    assert (sorted(form.errors), form["motive"].value()) == (["name", "route"], TYPED["motive"])


def test_after_the_deadline_with_a_reason(staff, round_, page):
    data = TYPED | {"round": round_.pk, "route": "paper"}
    with time_machine.travel(datetime.datetime(2026, 12, 2, 3, 0, tzinfo=datetime.UTC)):
        assert "reason" in staff.client.post(page, data).context["form"].errors
        assert staff.client.post(page, data | {"reason": "消印は30日です。"}).status_code == 302
    assert "消印は30日です。" in ApplicationNote.objects.get().text


def test_only_the_office_enters(member, visitor, page):
    assert member.client.get(page).status_code == 404
    assert visitor.client.get(page).status_code == 302


def test_the_blank_form_is_public(visitor, round_):
    answer = visitor.client.get("/recruitment/2026/form.pdf")
    assert (answer["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")
    assert visitor.client.get("/recruitment/1999/form.pdf").status_code == 404


def test_the_blank_form_is_drawn_once_however_often_it_is_asked_for(visitor, round_):
    first = visitor.client.get("/recruitment/2026/form.pdf").content
    type(round_.office).objects.update(name="別の名前")
    assert visitor.client.get("/recruitment/2026/form.pdf").content == first
    with time_machine.travel(datetime.datetime(2026, 11, 25, 1, 11, tzinfo=datetime.UTC)):
        assert visitor.client.get("/recruitment/2026/form.pdf").content != first
