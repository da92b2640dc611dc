"""April and May, as an applicant lives them: from the call to 審査中, with the clock moved and through the pages alone."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from groups.models import Application
from tests.factories import make_round
from tests.groups.recruitment.by_hand import TYPED, later, link_in

JAPAN = ZoneInfo("Asia/Tokyo")
YEAR, FORM = 2027, "/recruitment/2027/apply/"


def at(month: int, day: int, hour: int = 10, minute: int = 0, second: int = 0):
    return time_machine.travel(datetime.datetime(YEAR, month, day, hour, minute, second, tzinfo=JAPAN))


@pytest.fixture
def call(office):
    return make_round(
        fiscal_year=YEAR,
        opens_on=datetime.date(YEAR, 4, 5),
        closes_on=datetime.date(YEAR, 5, 14),
        results_on=datetime.date(YEAR, 6, 11),
        launch_on=datetime.date(YEAR, 7, 9),
    )


def typed_with(form, call) -> dict:
    return TYPED | {"round": call.pk, "mark": form.mark_now, "seen_texts": form.texts_now}


def test_an_applicant_in_spring(call):
    phone, office_pc = Client(), Client()
    with at(4, 4, 23, 59, 59):
        assert "いまは応募できません" in phone.get(FORM).text
    with at(4, 5, 0, 0, 0):
        half = typed_with(phone.get(FORM).context["form"], call) | {"motive": "", "step": "keep"}
        assert "お預かりしました" in phone.post(FORM, half, follow=True).text
    with at(4, 20):
        form = office_pc.get(link_in("resume")).context["form"]
        assert form["name"].value() == TYPED["name"]
        data = typed_with(form, call)
        assert "まだ送られていません" in office_pc.post(FORM, data | {"step": "look"}).text
        with later():
            sent = office_pc.post(FORM, data | {"step": "send"})
        assert "あと一つです" in office_pc.get(sent["Location"]).text
        page = phone.post(link_in("confirm"))["Location"]
        assert "2027-001" in phone.get(page).text
    with at(5, 14, 23, 59, 30):
        status = office_pc.get(link_in("received"))
        assert ("応募の内容を直す" in status.text, status.context["label"]) == (True, "審査中")
    with at(5, 15, 0, 0, 0):
        status = office_pc.get(page)
        assert ("応募の内容を直す" in status.text, status.context["label"]) == (False, "審査中")
        assert "令和9年6月11日ごろ" in status.text
        assert "いまは応募できません" in phone.get(FORM).text
    assert Application.objects.get().state == Application.State.SUBMITTED
