"""Consents: dated answers; the last of a day holds, and its history keeps the others."""

import datetime

import pytest

from members.consents import answer_consent, current_texts
from members.models import Consent, ConsentText
from tests.factories import make_company, make_person

pytestmark = pytest.mark.django_db
DAY, LATER = datetime.date(2026, 4, 1), datetime.date(2026, 11, 25)


def test_an_earlier_answer_stays_and_the_last_of_a_day_holds():
    person = make_person()
    first = answer_consent(kind="mail", given=True, since=DAY, person=person, note="電話")
    for given in (True, False):
        answer_consent(kind="mail", given=given, since=LATER, person=person)
    assert list(person.consents.values_list("since", "given")) == [(DAY, True), (LATER, False)]
    assert [row.given for row in person.consents.get(since=LATER).history.all()] == [False, True]
    assert first.history.count() == 1


def test_answers_of_a_company_and_of_others_are_apart():
    one, other, company = make_person(), make_person(), make_company()
    answer_consent(kind="mail", given=True, since=DAY, person=one)
    answer_consent(kind="mail", given=False, since=DAY, person=other)
    answer_consent(kind="photograph", given=False, since=DAY, person=one)
    answer_consent(kind="public_profile", given=True, since=DAY, company=company)
    assert Consent.objects.count() == 4


def test_the_highest_version_is_shown():
    ConsentText.objects.create(kind="mail", version="2027-04", text="新しい文面")
    ConsentText.objects.create(kind="mail", version="2005-04", text="古い文面")
    texts = current_texts()
    assert (texts["mail"].version, texts["roster"].version) == ("2027-04", "2026-11")
