"""Many at once: whoever the directory does not know by anything is a new company, and nobody else is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Application
from groups.recruitment import matching, withdrawing
from tests.factories import make_application, make_company, make_round


@pytest.fixture
def call(office):
    return make_round(office=office)


def as_new() -> list[Application]:
    return list(Application.objects.filter(is_new_company=True).order_by("pk"))


def test_strangers_are_new_companies_and_whoever_may_be_known_waits_for_somebody(call):
    strangers = [make_application(call) for _ in range(2)]
    known = make_company(name="ほのか工房株式会社", phone="042-699-0001")
    make_application(call, name="有限会社べつの名前", phone="042-699-0001")
    matched = make_application(call, name=known.name, known_company=known)
    gone = make_application(call)
    withdrawing.withdraw(application=gone)
    assert matching.unknown_in(call) == strangers
    assert matching.match_unknown(round=call) == 2
    assert as_new() == strangers
    matched.refresh_from_db()
    assert matched.known_company == known
    assert matching.match_unknown(round=call) == 0
    assert strangers[0].history.latest().history_change_reason == "名簿にない企業と確かめる"


def test_of_two_applications_of_one_company_neither_is_a_new_one_by_itself(call):
    """Else the second one would be written into the directory beside the first."""
    for _ in range(2):
        make_application(call, name="株式会社ふたご", phone="042-699-0002")
    alone = make_application(call)
    assert matching.unknown_in(call) == [alone]


def test_as_many_queries_for_thirty_as_for_one(call):
    counted = []
    for number in (1, 29):
        for _ in range(number):
            make_application(call)
        with CaptureQueriesContext(connection) as queries:
            found = matching.unknown_in(call)
        counted.append(len(queries))
    assert (len(found), counted[0]) == (30, counted[1])


def test_a_round_larger_than_one_question_is_read_in_parts(call, monkeypatch):
    monkeypatch.setattr(matching, "AT_ONCE", 2)
    rows = [make_application(call) for _ in range(5)]
    assert matching.unknown_in(call) == rows
