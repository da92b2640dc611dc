"""An application beside the directory: what agrees is told in words, and what is alike only at first sight is not told."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Application, Membership
from groups.recruitment import applying, beside
from groups.recruitment.beside import FORMER, NAME, NUMBER, PHONE
from members import directory
from tests.factories import make_application, make_company, make_membership, make_round

ONE, OTHER = "7000012050002", "1180301018771"


@pytest.fixture
def call(office):
    return make_round(office=office)


def why(application):
    return [(each.company, list(each.why)) for each in beside.companies_like([application])[application.pk]]


def test_number_name_and_telephone_agree_however_they_are_written(call):
    company = make_company(name="株式会社髙橋製作所", corporate_number=ONE, phone="042-555-0001")
    make_company(name="株式会社高橋製作所関東", phone="042-555-0002")
    application = make_application(call, name="㈱高橋製作所", corporate_number=ONE, phone="+81-42-555-0001")
    assert why(application) == [(company, [NUMBER, NAME, PHONE])]


def test_a_former_name_and_a_telephone_alone_are_told_too(call):
    renamed = make_company(name="株式会社ひかり精工", phone="042-555-0003")
    directory.rename_company(
        company=renamed, name="株式会社ヒカリテック", kana="ヒカリテック", on=datetime.date(2020, 4, 1)
    )
    neighbour = make_company(name="有限会社となり", phone="042-555-0009")
    application = make_application(call, name="ひかり精工株式会社", phone="042-555-0009")
    assert why(application) == [(neighbour, [PHONE]), (renamed, [FORMER])] or why(application) == [
        (renamed, [FORMER]),
        (neighbour, [PHONE]),
    ]


def test_nobody_is_like_a_stranger(call):
    make_company(corporate_number=OTHER)
    assert why(make_application(call, corporate_number=ONE)) == []


def test_memberships_now_and_before_are_told(call, group, left_member):
    company = left_member.membership.company
    application = make_application(call, name=company.name, phone="")
    found = beside.companies_like([application])[application.pk][0]
    assert [(each.group, each.status) for each in found.stays] == [(group, Membership.Status.LEFT)]


def test_as_many_queries_for_thirty_as_for_one(call, group):
    rows = [make_application(call) for _ in range(30)]
    make_membership(group, company=make_company(name=rows[0].name))
    make_membership(group, company=make_company(name=rows[29].name))
    for some in (rows[:1], rows):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            beside.companies_like(some)
        assert len(asked) == 3
    assert beside.companies_like([]) == {}


def test_applications_of_the_same_company_are_told_with_why(call, office):
    last_year = make_round(
        office=office,
        fiscal_year=2025,
        opens_on=datetime.date(2025, 4, 1),
        closes_on=datetime.date(2025, 4, 30),
    )
    before = make_application(last_year, name="㈱みどり工房", phone="042-111-2222")
    same = make_application(call, name="株式会社みどり工房", corporate_number=ONE, phone="042-700-0001")
    make_application(call, state=Application.State.DRAFT, corporate_number=ONE)
    application = make_application(
        call, name="みどり工房", corporate_number=ONE, phone="042-111-2222", state="withdrawn"
    )
    found = [(each.application, list(each.why)) for each in beside.applications_like(application)]
    assert found == [(same, [NUMBER, NAME]), (before, [NAME, PHONE])]


def test_the_mark_in_the_list_is_what_applying_knows(call):
    rows = [
        make_application(call, corporate_number=ONE),
        make_application(call, corporate_number=ONE),
        make_application(call, name="㈱ふたば", phone="042-800-0001"),
        make_application(call, name="株式会社ふたば", phone="0428000001"),
        make_application(call, name="ふたば", phone="+81-42-800-0001"),
        make_application(call, name="株式会社ふたば", phone="042-800-9999"),
        make_application(call, corporate_number=ONE, state="withdrawn"),
        make_application(call),
    ]
    marked = beside.with_twins(Application.objects.all(), call.fiscal_year)
    assert {each.pk: each.is_twin for each in marked} == {
        each.pk: bool(applying.twins_of(each)) and each.state != "withdrawn" for each in rows
    }
    assert [each.is_twin for each in marked.order_by("pk")] == [True] * 5 + [False] * 3
