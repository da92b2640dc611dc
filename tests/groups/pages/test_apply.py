"""The form of an applicant: everything is shown before it is sent, nothing typed is lost, one draft is one application."""

import datetime

import pytest
import time_machine
from django.test import Client

from groups.models import Application, ApplicationDraft
from members.models import ConsentText, Letter
from tests.conftest import NOW
from tests.factories import make_application, make_office, make_round
from tests.groups.recruitment.by_hand import FORM, TYPED, later, link_in, opened, sent

MONTH = datetime.timedelta(days=30)


@pytest.fixture
def round_(office):
    return make_round()


def test_everything_is_shown_and_nothing_is_sent_yet(round_):
    browser = Client()
    page = browser.post(FORM, opened(browser) | {"step": "look"})
    for word in (
        "まだ送られていません",
        "株式会社みなも計器",
        "ミナモケイキ",
        "190-0002",
        "042-600-7701",
        "人脈",
        "水面",
        "minamo@example.jp",
        "同意しない",
        "中小企業のめやす：該当",
    ):
        assert word in page.text
    assert (Application.objects.count(), Letter.objects.count()) == (0, 0)


def test_what_the_look_page_sends_is_what_was_typed(round_):
    browser = Client()
    look = browser.post(FORM, opened(browser) | {"step": "look"})
    data: dict = {}
    for name, text in look.context["form"].sent:
        data.setdefault(name, []).append(text)
    with later():
        assert browser.post(FORM, data | {"step": "send"})["Location"] == f"{FORM}sent/"
    application = Application.objects.get()
    assert (application.name, application.kana, application.employees) == (
        "株式会社みなも計器",
        "ミナモケイキ",
        42,
    )
    assert (application.contact_name, application.hopes) == ("水面 渡", ["people", "development"])
    assert [person.given_kana for person in application.participants.all()] == ["ワタル"]
    given = {each.kind: each.given for each in application.consents.all()}
    assert (given["purpose"], given["roster"], given["mail"], len(given)) == (True, True, False, 8)
    assert "minamo@example.jp" in browser.get(f"{FORM}sent/").text


def test_going_back_keeps_everything(round_):
    browser = Client()
    page = browser.post(FORM, opened(browser) | {"step": "back"})
    form = page.context["form"]
    assert (form.errors, form["motive"].value()) == ({}, TYPED["motive"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": None}, "name"),
        ({"corporate_number": "1234567890123"}, "corporate_number"),
        ({"motive": "短い"}, "motive"),
        ({"consent_purpose": None}, "consent_purpose"),
        ({"no_antisocial_ties": None}, "no_antisocial_ties"),
        ({"p1_family_kana": None}, "p1_family_kana"),
        ({"p2_family_name": "二"}, "p2_given_name"),
        ({"contact_email": "なし"}, "contact_email"),
        ({"prefecture": "火星"}, "prefecture"),
        ({"employees": "たくさん"}, "employees"),
    ],
)
def test_an_error_stands_beside_its_field_and_keeps_the_rest(round_, change, field):
    browser = Client()
    page = browser.post(FORM, opened(browser, **change) | {"step": "look"})
    form = page.context["form"]
    assert field in form.errors
    assert "か所、直してください" in page.text
    assert form["products"].value() == TYPED["products"]


def test_sent_twice_it_is_one_application(round_):
    browser = Client()
    data = opened(browser) | {"step": "send"}
    with later():
        first, second = browser.post(FORM, data), browser.post(FORM, data)
    assert first["Location"] == second["Location"] == f"{FORM}sent/"
    assert (Application.objects.count(), Letter.objects.count()) == (1, 1)


def test_two_tabs_of_one_browser_are_one_application(round_):
    browser = Client()
    first, second = opened(browser), opened(browser, products="水位計だけ")
    with later():
        for data in (first, second):
            assert browser.post(FORM, data | {"step": "send"}).status_code == 302
    assert Application.objects.get().products == "水位計だけ"
    sent(browser, name="株式会社べつ")
    assert Application.objects.count() == 2


def test_sent_again_after_it_was_received_the_page_says_so(round_):
    browser = Client()
    data = opened(browser) | {"step": "send"}
    with later():
        browser.post(FORM, data)
        browser.post(link_in("confirm"))
        browser.post(FORM, data)
    assert "もう受け付けています" in browser.get(f"{FORM}sent/").text
    assert Application.objects.count() == 1


def test_a_company_that_applied_before_is_not_told_to_a_stranger(round_):
    make_application(round_, name=TYPED["name"], phone="042-600-7701", corporate_number="7000012050002")
    browser = Client()
    answer = sent(browser, corporate_number="7000012050002")
    assert answer["Location"] == f"{FORM}sent/"
    assert Application.objects.count() == 2


def test_the_postal_code_fills_the_address_which_stays_to_be_changed(round_):
    browser = Client()
    data = opened(browser, postal_code="〒１００－０００５", prefecture="", city="", street=None)
    form = browser.post(FORM, data | {"step": "fill"}).context["form"]
    assert [form[name].value() for name in ("prefecture", "city", "street")] == [
        "東京都",
        "千代田区",
        "丸の内",
    ]
    assert (form.errors, form["motive"].value()) == ({}, TYPED["motive"])


@pytest.mark.parametrize(
    ("code", "error"), [("999-9999", "見つかりません"), ("12", "7けた"), (None, "7けた")]
)
def test_a_code_that_leads_nowhere_is_said_beside_it(round_, code, error):
    browser = Client()
    form = browser.post(FORM, opened(browser, postal_code=code) | {"step": "fill"}).context["form"]
    assert (list(form.errors), error in str(form.errors["postal_code"])) == (["postal_code"], True)
    assert form["city"].value() == TYPED["city"]


def test_a_code_of_two_prefectures_decides_nothing(round_):
    browser = Client()
    form = browser.post(FORM, opened(browser, postal_code="498-0000") | {"step": "fill"}).context["form"]
    assert [form[name].value() for name in ("prefecture", "city")] == [TYPED["prefecture"], TYPED["city"]]


# ── drafts ───────────────────────────────────────────────────────────────────
def test_a_draft_is_kept_as_it_is_and_opened_by_its_link(round_):
    browser = Client()
    data = opened(browser, name=None, motive="まだ", employees="たぶん４０")
    kept = browser.post(FORM, data | {"step": "keep"}, follow=True)
    assert ("お預かりしました" in kept.text, "minamo@example.jp" in kept.text) == (True, True)
    other = Client()
    page = other.get(link_in("resume"))
    form = page.context["form"]
    assert (form["motive"].value(), form["employees"].value()) == ("まだ", "たぶん４０")
    assert (form["hopes"].value(), form["consent_purpose"].value()) == (["people", "development"], "on")
    assert (form.is_bound, "か所、直してください" in page.text) == (False, False)
    again = TYPED | {"round": round_.pk, "mark": form.mark_now, "seen_texts": form.texts_now, "step": "send"}
    with later():
        assert other.post(FORM, again).status_code == 302
    assert (Application.objects.count(), ApplicationDraft.objects.count()) == (1, 0)
    assert "下書きが見つかりません" in other.get(link_in("resume")).text


def test_a_draft_wants_an_address_and_keeps_the_rest(round_):
    browser = Client()
    page = browser.post(FORM, opened(browser, contact_email=None) | {"step": "keep"})
    form = page.context["form"]
    assert (list(form.errors), form["name"].value()) == (["contact_email"], TYPED["name"])
    assert ApplicationDraft.objects.count() == 0


def test_a_draft_that_has_run_out_is_a_plain_page(round_):
    browser = Client()
    browser.post(FORM, opened(browser) | {"step": "keep"})
    with time_machine.travel(NOW + MONTH + MONTH):
        page = browser.get(link_in("resume"))
    assert (page.status_code, "30日が過ぎたか" in page.text) == (404, True)


# ── closed ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("day", [datetime.date(2026, 10, 31), datetime.date(2026, 12, 1)])
def test_out_of_its_days_the_page_says_when(round_, day):
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(12))):
        page = Client().get(FORM)
    assert (page.status_code, "いまは応募できません" in page.text) == (200, True)
    assert Client().get("/recruitment/2019/apply/").status_code == 404


def test_closed_while_one_types_nothing_is_lost(round_):
    browser = Client()
    data = opened(browser)
    with time_machine.travel(datetime.datetime(2026, 11, 30, 15, 0, tzinfo=datetime.UTC)):
        page = browser.post(FORM, data | {"step": "send"})
    assert "受け付けは、終わりました" in page.text
    assert page.context["form"]["motive"].value() == TYPED["motive"]
    assert Application.objects.count() == 0


def test_a_draft_is_not_kept_for_a_call_that_is_over(round_):
    browser = Client()
    data = opened(browser)
    with time_machine.travel(datetime.datetime(2026, 11, 30, 15, 0, tzinfo=datetime.UTC)):
        page = browser.post(FORM, data | {"step": "keep"})
    assert "いまは受け付けていません" in page.text
    assert page.context["form"]["motive"].value() == TYPED["motive"]
    assert (ApplicationDraft.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_draft_opened_after_the_end_says_when_it_was(round_):
    browser = Client()
    browser.post(FORM, opened(browser) | {"step": "keep"})
    with time_machine.travel(datetime.datetime(2026, 11, 30, 15, 0, tzinfo=datetime.UTC)):
        page = Client().get(link_in("resume"))
    assert (page.status_code, "いまは応募できません" in page.text) == (200, True)


def test_what_was_sent_is_no_draft_any_more(round_):
    browser = Client()
    data = opened(browser)
    with later():
        browser.post(FORM, data | {"step": "send"})
        page = browser.post(FORM, data | {"step": "keep"})
    assert "もう送られています" in page.text
    assert ("contact_email" in page.context["form"].errors, ApplicationDraft.objects.count()) == (False, 0)


def test_the_chosen_office_closed_while_one_types_and_another_is_open(round_):
    other = make_round(office=make_office(slug="honbu"), closes_on=datetime.date(2026, 12, 10))
    browser = Client()
    data = opened(browser, round=round_.pk)
    with time_machine.travel(datetime.datetime(2026, 11, 30, 15, 0, tzinfo=datetime.UTC)):
        page = browser.post(FORM, data | {"step": "send"})
        assert list(page.context["form"].errors) == ["round"]
        assert page.context["form"]["motive"].value() == TYPED["motive"]
        assert browser.post(FORM, data | {"step": "send", "round": other.pk}).status_code == 302
    assert Application.objects.get().round == other


def test_sent_once_more_a_second_after_the_end_it_is_the_one_that_was_sent(round_):
    """The answer was lost on its way: whoever tries again is not told to be late."""
    browser = Client()
    data = opened(browser) | {"step": "send"}
    with time_machine.travel(datetime.datetime(2026, 11, 30, 14, 59, 59, tzinfo=datetime.UTC), tick=False):
        assert browser.post(FORM, data).status_code == 302
        assert browser.post(link_in("confirm")).status_code == 302
    with time_machine.travel(datetime.datetime(2026, 11, 30, 15, 0, tzinfo=datetime.UTC), tick=False):
        assert browser.post(FORM, data)["Location"] == f"{FORM}sent/"
        assert "もう受け付けています" in browser.get(f"{FORM}sent/").text
    assert Application.objects.count() == 1


def test_a_wording_that_changed_meanwhile_is_read_again(round_):
    browser = Client()
    data = opened(browser)
    ConsentText.objects.create(kind="purpose", version="2027-01", text="新しい文面です。")
    page = browser.post(FORM, data | {"step": "look"})
    assert ("文面が新しくなりました" in page.text, "新しい文面です。" in page.text) == (True, True)
    assert page.context["form"].texts_now != data["seen_texts"]
