"""The form and programs: what nobody sees, no time to read, a forged mark; and how many letters go out at all."""

import datetime

import pytest
import time_machine
from django.test import Client

from groups.models import Application, ApplicationDraft
from groups.views import recruitment_limits
from members.models import Letter
from tests.conftest import NOW
from tests.factories import make_round
from tests.groups.recruitment.by_hand import FORM, TYPED, opened, sent


@pytest.fixture
def round_(office):
    return make_round()


def test_too_quick_for_a_person(round_):
    browser = Client()
    page = browser.post(FORM, opened(browser) | {"step": "send"})
    assert ("もう一度" in page.text, Application.objects.count()) == (True, 0)


@pytest.mark.parametrize("change", [{"nickname": "bot"}, {"mark": "forged"}, {"mark": None}])
def test_a_trap_and_a_forged_mark(round_, change):
    page = sent(Client(), **change)
    assert (page.status_code, Application.objects.count()) == (200, 0)
    assert page.context["form"]["motive"].value() == TYPED["motive"]


@pytest.mark.parametrize("change", [{"nickname": "bot"}, {"mark": "forged"}])
def test_for_a_program_no_draft_is_kept_and_no_letter_written(round_, change):
    browser = Client()
    page = browser.post(FORM, opened(browser, **change) | {"step": "keep"})
    assert (page.status_code, page.context["form"]["motive"].value()) == (200, TYPED["motive"])
    assert (ApplicationDraft.objects.count(), Letter.objects.count()) == (0, 0)


def test_so_many_letters_to_one_address_and_no_more(round_):
    for _ in range(8):
        assert sent(Client()).status_code == 302
    page = sent(Client())
    assert (page.status_code, recruitment_limits.TOO_MANY in page.text) == (429, True)
    assert page.context["form"]["name"].value() == TYPED["name"]
    assert sent(Client(), contact_email="other@example.jp").status_code == 302


def test_nor_more_than_so_many_in_a_day(round_):
    for hour in range(3):
        with time_machine.travel(NOW + datetime.timedelta(hours=2 * hour)):
            answers = [sent(Client()).status_code for _ in range(8)]
    assert answers == [302] * 4 + [429] * 4


def test_an_address_spelled_otherwise_is_the_same_address(round_):
    for spelled in (
        "minamo@example.jp",
        " minamo@example.jp",
        "ｍｉｎａｍｏ@example.jp",
        "MINAMO@example.jp",
    ) * 2:
        assert sent(Client(), contact_email=spelled).status_code == 302
    assert sent(Client(), contact_email="minamo＠example.jp ").status_code == 429
    browser = Client()
    kept = browser.post(FORM, opened(browser, contact_email="　minamo@example.jp") | {"step": "keep"})
    assert kept.status_code == 429


def test_nobodys_address_is_not_counted(round_):
    """Whoever forgets it is told so, however many have forgotten it."""
    for _ in range(9):
        browser = Client()
        page = browser.post(FORM, opened(browser, contact_email=None) | {"step": "keep"})
        assert (page.status_code, "送る先のメールアドレスを入れて" in page.text) == (200, True)


def test_so_many_from_one_network(round_, monkeypatch):
    monkeypatch.setitem(recruitment_limits.LIMITS, "network", "2/h/key")
    answers = [
        sent(Client(REMOTE_ADDR=f"192.0.2.{last}"), contact_email=f"a{last}@example.jp") for last in (1, 2, 3)
    ]
    assert [each.status_code for each in answers] == [302, 302, 429]
    assert sent(Client(REMOTE_ADDR="198.51.100.1"), contact_email="b@example.jp").status_code == 302
