"""An applicant's own page, by its link alone: looking changes nothing, each step is one button."""

import datetime

import pytest
import time_machine
from django.test import Client

from groups.models import Application, ApplicationLink, ApplicationQuestion, Offer
from groups.recruitment import links, steps
from groups.recruitment.links import Purpose
from members.models import Letter
from tests.conftest import NOW
from tests.factories import make_application, make_round
from tests.groups.recruitment.by_hand import link_in, received, sent

State = Application.State


@pytest.fixture
def round_(office):
    return make_round()


@pytest.fixture
def application(round_):
    return make_application(round_)


@pytest.fixture
def page(application):
    return f"/applications/{links.make(application, Purpose.STATUS, application.contact_email)}/"


def rows() -> list:
    """What a look could change."""
    return [
        list(model.objects.values()) for model in (Application, ApplicationLink, ApplicationQuestion, Offer)
    ] + [Letter.objects.count()]


def as_drawn(form) -> dict:
    """What a browser would send back, with the consent that is needed."""
    begun = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    filled = {name: value for name, value in begun.items() if value not in (None, "", False)}
    return filled | {"consent_purpose": "on", "in_tokyo": "true"}


# ── the address is confirmed ─────────────────────────────────────────────────
def test_opening_the_link_changes_nothing_and_the_button_receives(round_):
    browser = Client()
    sent(browser)
    link, before = link_in("confirm"), rows()
    shown = browser.get(link)
    browser.head(link)
    assert ("株式会社みなも計器" in shown.text, "まだ受け付けていません" in shown.text) == (True, True)
    assert "no-store" in shown["Cache-Control"]
    assert rows() == before
    status = browser.get(browser.post(link)["Location"])
    assert ("2026-001" in status.text, "審査中" in status.text) == (True, True)
    assert "もう受け付けています" in browser.get(link).text
    assert "2026-001" in browser.get(link_in("received")).text


def test_a_link_that_has_run_out_says_what_to_do(round_):
    browser = Client()
    sent(browser)
    with time_machine.travel(NOW + datetime.timedelta(days=8)):
        page = browser.get(link_in("confirm"))
        assert (page.status_code, "7日がたちました" in page.text) == (404, True)
        browser.post(link_in("confirm"))
    assert Application.objects.get().state == State.DRAFT


def test_a_link_that_is_none(round_):
    browser = Client()
    for path in ("/applications/none/", "/applications/confirm/none/", "/applications/none/copy.pdf"):
        page = browser.get(path)
        assert (page.status_code, "途中で切れている" in page.text) == (404, True)


# ── the page ─────────────────────────────────────────────────────────────────
def test_shows_the_time_line_and_changes_nothing(round_):
    browser = Client()
    address = received(browser)
    before = rows()
    page = browser.get(address)
    assert [line.text for line in page.context["lines"]] == ["送信していただきました", "受け付けました"]
    for path in ("", "correct/", "withdraw/", "copy.pdf"):
        assert browser.get(f"{address}{path}").status_code == 200
    assert rows() == before


def test_a_decision_is_not_on_the_page(application, page, staff):
    plain = Client().get(page).text
    application.decision, application.decided_by = "decline", staff.user
    application.decision_reason = "業種が重なるため"
    application.save()
    assert Client().get(page).text == plain


def test_corrected_and_nothing_is_lost_on_an_error(application, page):
    browser = Client()
    form = browser.get(f"{page}correct/").context["form"]
    data = as_drawn(form) | {"contact_email": "thief@example.jp"}
    wrong = browser.post(f"{page}correct/", data | {"products": "新しい製品", "postal_code": "1"})
    assert (list(wrong.context["form"].errors), wrong.context["form"]["products"].value()) == (
        ["postal_code"],
        "新しい製品",
    )
    assert browser.post(f"{page}correct/", data | {"products": "新しい製品"})["Location"] == page
    application.refresh_from_db()
    assert (application.products, application.contact_email) == ("新しい製品", "applicant1@example.jp")
    with time_machine.travel(datetime.datetime(2026, 11, 30, 15, 0, tzinfo=datetime.UTC)):
        assert browser.get(f"{page}correct/")["Location"] == page
        assert "内容を直す" not in browser.get(page).text


def test_corrected_in_two_tabs_the_second_chooses(application, page):
    browser = Client()
    shown = browser.get(f"{page}correct/")
    data = as_drawn(shown.context["form"])
    version = shown.context["form"].record_version
    assert browser.post(f"{page}correct/", data | {"city": "府中市"}).status_code == 302
    second = browser.post(f"{page}correct/", data | {"city": "日野市", "record-version": version})
    assert [each.theirs for each in second.context["form"].conflict.fields] == ["府中市"]
    assert Application.objects.get().city == "府中市"


def test_a_question_is_answered_on_the_page(application, page, staff):
    ApplicationQuestion.objects.create(application=application, question="何名で？", asked_by=staff.user)
    steps.move(application, State.UNDER_REVIEW)
    steps.move(application, State.INFO_REQUESTED)
    browser = Client()
    assert "何名で？" in browser.get(page).text
    empty = browser.post(f"{page}answer/", {"answer": " "})
    assert "answer" in empty.context["form"].errors
    assert browser.post(f"{page}answer/", {"answer": "2名です。"})["Location"] == page
    assert ApplicationQuestion.objects.get().answer == "2名です。"
    assert "何名で？" not in browser.get(page).text


def test_withdrawn_after_a_second_look(application, page):
    browser = Client()
    assert "元に戻せません" in browser.get(f"{page}withdraw/").text
    assert Application.objects.get().state == State.SUBMITTED
    browser.post(f"{page}withdraw/")
    assert Application.objects.get().state == State.WITHDRAWN
    assert "取下げ" in browser.get(page).text
    assert browser.get(f"{page}withdraw/")["Location"] == page


@pytest.mark.parametrize(("answer", "state"), [("take", State.ACCEPTED), ("leave", State.WITHDRAWN)])
def test_an_offer_is_answered(application, page, round_, staff, answer, state):
    round_.announced_at = NOW
    round_.save()
    Application.objects.update(state=State.OFFERED, is_new_company=True)
    Offer.objects.create(application=application, due=NOW.date(), offered_by=staff.user, offered_at=NOW)
    browser = Client()
    assert "繰り上げのご案内" in browser.get(page).text
    assert browser.post(f"{page}offer/", {"answer": "perhaps"})["Location"] == page
    assert Application.objects.get().state == State.OFFERED
    browser.post(f"{page}offer/", {"answer": answer})
    assert Application.objects.get().state == state
    browser.post(f"{page}offer/", {"answer": "leave"})
    assert Application.objects.get().state == state


def test_a_new_link_goes_to_the_address_that_is_known(application, page):
    browser = Client()
    with time_machine.travel(NOW + datetime.timedelta(days=366)):
        shut = browser.get(page)
        assert "1年がたちました" in shut.text
        assert application.name not in shut.text
        browser.post(f"{page}renew/")
        assert Letter.objects.get().to == "applicant1@example.jp"
        assert browser.get(link_in("received")).status_code == 200


def test_the_copy_is_a_file(page):
    answer = Client().get(f"{page}copy.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="application-2026-001.pdf"'
    assert answer.content[:4] == b"%PDF"
