"""The steps of an applicant that come too late, twice, or by a link for something else: nothing is done, and it is said."""

import datetime

import pytest
import time_machine
from django.test import Client

from groups import lifecycle
from groups.models import Application, ApplicationDraft, ApplicationQuestion, Group, Offer
from groups.recruitment import links, steps
from groups.recruitment.links import Purpose
from members.models import Letter
from tests.conftest import NOW
from tests.factories import make_application, make_membership, make_office, make_round
from tests.groups.pages.test_application_status import as_drawn, rows
from tests.groups.recruitment.by_hand import link_in, sent

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


# ── what comes too late, or by another link ──────────────────────────────────
STEPS = ["", "correct/", "answer/", "withdraw/", "offer/", "copy.pdf", "renew/"]
TYPED = {"answer": "take", "products": "別の製品"}


@pytest.mark.parametrize("purpose", [Purpose.CONFIRM, Purpose.RESUME])
@pytest.mark.parametrize("step", STEPS)
def test_a_link_for_something_else_opens_nothing_here(application, purpose, step):
    draft = ApplicationDraft.objects.create(key="k", fiscal_year=2026, expires_at=NOW, email="a@example.jp")
    Application.objects.update(state=State.DRAFT, serial=None, confirmed_at=None)
    about = draft if purpose == Purpose.RESUME else application
    page = f"/applications/{links.make(about, purpose, 'a@example.jp')}/{step}"
    before = rows()
    for answer in (Client().get(page), Client().post(page, TYPED)):
        assert answer.status_code in (404, 405)
    assert rows() == before


def test_nor_does_the_link_of_the_page_confirm_or_resume(application, page):
    token, before = page.split("/")[-2], rows()
    for path in (f"/applications/confirm/{token}/", f"/applications/resume/{token}/"):
        answers = [Client().get(path), Client().post(path)]
        assert {answer.status_code for answer in answers} <= {404, 405}
    assert rows() == before


@pytest.mark.parametrize("step", [each for each in STEPS if each != "renew/"])
def test_by_a_link_that_has_run_out_nothing_is_done(application, page, step):
    before = rows()
    with time_machine.travel(NOW + datetime.timedelta(days=366)):
        for answer in (Client().get(f"{page}{step}"), Client().post(f"{page}{step}", TYPED)):
            assert answer.status_code in (200, 405)
            assert application.name not in answer.text
    assert rows() == before


def test_a_second_answer_is_told_so_and_stays_to_be_copied(application, page, staff):
    ApplicationQuestion.objects.create(application=application, question="何名で？", asked_by=staff.user)
    steps.move(application, State.UNDER_REVIEW)
    steps.move(application, State.INFO_REQUESTED)
    browser = Client()
    browser.post(f"{page}answer/", {"answer": "2名です。"})
    again = browser.post(f"{page}answer/", {"answer": "やはり3名でお願いします。"})
    assert "もうお返事をいただいています" in again.text
    assert "やはり3名でお願いします。" in again.text
    assert "この返事を送る" not in again.text
    assert ApplicationQuestion.objects.get().answer == "2名です。"


def test_a_correction_that_comes_a_second_late_is_told_so(application, page):
    browser = Client()
    data = as_drawn(browser.get(f"{page}correct/").context["form"]) | {"products": "新しい製品"}
    with time_machine.travel(datetime.datetime(2026, 11, 30, 15, 0, tzinfo=datetime.UTC)):
        late = browser.post(f"{page}correct/", data, follow=True)
    assert "直せる期間が終わりました" in late.text
    assert Application.objects.get().products != "新しい製品"


def test_corrected_towards_an_office_that_is_closed_the_place_is_asked_again(application, page):
    closed = make_round(office=make_office(slug="honbu"), closes_on=datetime.date(2026, 11, 10))
    browser = Client()
    data = as_drawn(browser.get(f"{page}correct/").context["form"]) | {"round": closed.pk}
    wrong = browser.post(f"{page}correct/", data)
    assert list(wrong.context["form"].errors) == ["round"]
    assert Application.objects.get().round == application.round


def test_after_the_launch_it_is_not_withdrawn_here(application, page, round_):
    membership = make_membership(round_.group, on=NOW.date())
    Application.objects.update(state=State.ACCEPTED, membership=membership)
    lifecycle.move(group=round_.group, to=Group.Stage.LAUNCHED, since=NOW.date())
    browser = Client()
    for answer in (browser.get(f"{page}withdraw/"), browser.post(f"{page}withdraw/")):
        assert answer["Location"] == page
    assert "この画面からは取り下げられません" in browser.get(page).text
    assert Application.objects.get().state == State.ACCEPTED


def test_an_offer_that_has_lapsed_is_answered_no_more(application, page, round_, staff):
    type(round_).objects.update(announced_at=NOW)
    Application.objects.update(state=State.OFFERED, is_new_company=True)
    Offer.objects.create(application=application, due=NOW.date(), offered_by=staff.user, offered_at=NOW)
    browser = Client()
    with time_machine.travel(NOW + datetime.timedelta(days=1)):
        assert "参加します" not in browser.get(page).text
        told = browser.post(f"{page}offer/", {"answer": "take"}, follow=True)
    assert "ご案内の期限が過ぎたか、もうお返事をいただいています" in told.text
    assert (Application.objects.get().state, round_.group.memberships.count()) == (State.OFFERED, 0)


def test_not_confirmed_after_the_results_and_told_so(round_):
    browser = Client()
    sent(browser)
    type(round_).objects.update(announced_at=NOW)
    answer = browser.post(link_in("confirm"))
    assert (answer.status_code, "受け付けは、終わりました" in answer.text) == (200, True)
    assert Application.objects.get().state == State.DRAFT


def test_so_many_new_links_and_no_more(application, page):
    browser = Client()
    with time_machine.travel(NOW + datetime.timedelta(days=366)):
        for _ in range(8):
            assert "お送りしました" in browser.post(f"{page}renew/").text
        refused = browser.post(f"{page}renew/")
    assert ("お送りしました" in refused.text, "いまは送れません" in refused.text) == (False, True)
    assert Letter.objects.count() == 8


# ── every button pressed twice ───────────────────────────────────────────────
def test_a_withdrawal_pressed_twice_is_no_error(application, page):
    browser = Client()
    browser.post(f"{page}withdraw/")
    shown = browser.post(f"{page}withdraw/", follow=True)
    assert ("取り下げました" in shown.text, "取り下げられません" in shown.text) == (True, False)
    assert Letter.objects.count() == 1


def test_an_answer_pressed_twice_is_no_error(application, page, staff):
    ApplicationQuestion.objects.create(application=application, question="何名で？", asked_by=staff.user)
    steps.move(application, State.UNDER_REVIEW)
    steps.move(application, State.INFO_REQUESTED)
    browser = Client()
    for _ in range(2):
        shown = browser.post(f"{page}answer/", {"answer": "2名です。"}, follow=True)
    assert ("届けました" in shown.text, "もうお返事をいただいています" in shown.text) == (True, False)
    assert Application.objects.get().steps.count() == 3


@pytest.mark.parametrize("answer", ["take", "leave"])
def test_an_answer_to_an_offer_pressed_twice_is_no_error(application, page, round_, staff, answer):
    type(round_).objects.update(announced_at=NOW)
    Application.objects.update(state=State.OFFERED, is_new_company=True)
    Offer.objects.create(application=application, due=NOW.date(), offered_by=staff.user, offered_at=NOW)
    browser = Client()
    for _ in range(2):
        shown = browser.post(f"{page}offer/", {"answer": answer})
    assert "もうお返事をいただいています" not in browser.get(shown["Location"]).text
    other = browser.post(f"{page}offer/", {"answer": "take" if answer == "leave" else "leave"}, follow=True)
    assert "もうお返事をいただいています" in other.text
    assert Offer.objects.get().taken == (answer == "take")
