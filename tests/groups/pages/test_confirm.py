"""The link of a letter: shows one company and one person, changes nothing until something is pressed."""

import datetime
import re

import pytest
import time_machine
from django.test import Client

from groups import confirming
from groups.models import Confirmation, ConfirmationLink
from members.models import Letter
from tests.conftest import NOW
from tests.factories import make_company, make_membership


@pytest.fixture
def link(group, staff):
    """What stands in the letter of the first of two members; the company of the second is nobody's to see."""
    first = make_membership(group, company=make_company(name="株式会社わが社"))
    make_membership(group, company=make_company(name="株式会社よその社"))
    confirming.start(group=group, by=staff.user)
    letter = Letter.objects.get(person=first.representatives.get().person)
    return re.search(r"(/confirm/[\w-]+/)", letter.text)[1]


def row():
    return Confirmation.objects.get(membership__company__name__startswith="株式会社わが社")


def typed_in(form):
    """As a browser would send the parts back."""
    return {
        part.add_prefix(name): str(value)
        for part in form.parts
        for name, field in part.fields.items()
        if (value := part.get_initial_for_field(field, name)) not in (None, "", False)
    }


def test_looking_changes_nothing_and_shows_nobody_else(link):
    browser = Client()
    shown = browser.get(link)
    assert shown.status_code == 200
    assert ("株式会社わが社" in shown.text, "よその社" in shown.text) == (True, False)
    assert "no-store" in shown["Cache-Control"]
    browser.head(link)
    browser.get(f"{link}correct/")
    assert (row().confirmed_at, row().person.confirmed_on) == (None, None)


def test_one_tap_confirms_and_a_second_says_thank_you(link):
    browser = Client()
    assert browser.post(link).headers["Location"] == link
    assert (row().source, row().person.confirmed_on) == ("link", NOW.date())
    person = row().person
    assert person.history.first().history_change_reason == "登録内容の確認（メールのリンク）"
    page = browser.get(link).text
    assert ("ありがとうございました" in page, "わが社" in page) == (True, False)
    assert browser.post(link).status_code == 200
    assert browser.post(f"{link}correct/", {"person-family_name": "悪意"}).status_code == 200
    person.refresh_from_db()
    assert person.family_name != "悪意"


def test_corrects_both_records_and_loses_nothing_on_an_error(link):
    browser = Client()
    form = browser.get(f"{link}correct/").context["form"]
    data = typed_in(form) | {"company-phone": "042-500-7777", "person-title": "工場長"}
    wrong = browser.post(f"{link}correct/", data | {"person-email": "まちがい"})
    parts = wrong.context["form"].parts
    assert (parts[0].errors.keys(), parts[1]["phone"].value()) == ({"email"}, "042-500-7777")
    assert row().confirmed_at is None
    assert (
        browser.post(f"{link}correct/", data | {"company-corporate_number": "7000012050002"}).status_code
        == 302
    )
    done = row()
    company = done.membership.company
    assert (done.corrected, company.phone, company.corporate_number) == (True, "042-500-7777", None)
    assert (done.person.title, done.person.confirmed_on) == ("工場長", NOW.date())


def test_a_new_address_still_thanks(link):
    browser = Client()
    form = browser.get(f"{link}correct/").context["form"]
    browser.post(f"{link}correct/", typed_in(form) | {"person-email": "new@example.jp"})
    assert row().person.email == "new@example.jp"
    assert "ありがとうございました" in browser.get(link).text


def test_one_that_has_run_out_sends_a_new_one_to_the_same_address(link):
    browser = Client()
    assert browser.post(f"{link}renew/").status_code == 200
    before = ConfirmationLink.objects.count()
    with time_machine.travel(NOW + datetime.timedelta(days=31)):
        shut = browser.get(link)
        assert ("30日がたちました" in shut.text, "わが社" in shut.text) == (True, False)
        assert browser.post(link).status_code == 200
        assert browser.post(f"{link}renew/").status_code == 200
    assert (ConfirmationLink.objects.count() - before, row().confirmed_at) == (1, None)
    assert browser.get("/confirm/unknown/").status_code == 404


def test_who_saved_meanwhile_is_not_named_to_a_link(link, staff):
    """Of the office one reads that it was the office, with a login or without."""
    browser = Client()
    form = browser.get(f"{link}correct/").context["form"]
    company = row().membership.company
    company.phone = "042-500-1111"
    company._history_user = staff.user
    company.save()
    versions = {part.names["version"]: part.record_version for part in form.parts}
    said = browser.post(f"{link}correct/", typed_in(form) | versions | {"company-phone": "042-500-2222"})
    assert said.context["form"].company.conflict.by == staff.user
    assert ("事務局　" in said.text, staff.person.name in said.text) == (True, False)
