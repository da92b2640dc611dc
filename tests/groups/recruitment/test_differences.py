"""Where an application says something else than the directory: told part by part, and taken over one at a time."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups.recruitment import differences
from groups.recruitment.admission import admit
from members.models import Company
from tests.factories import make_company, make_person
from tests.groups.recruitment.closed_rounds import ACCEPT, TODAY, closed_round, decided

YESTERDAY = datetime.date(2026, 11, 24)


HANAKO = {
    "family_name": "児玉",
    "given_name": "花子",
    "family_kana": "コダマ",
    "given_kana": "ハナコ",
}


@pytest.fixture
def admitted(office, staff):
    """The directory knows the company by another name, elsewhere; and whom it sends, by another address."""
    company = make_company(
        name="青葉精機有限会社",
        kana="アオバセイキ",
        postal_code="196-0033",
        city="昭島市",
        street="東町9",
        building="青葉ビル",
        phone="042-600-0001",
        products="歯車",
    )
    make_person(company=company, email="old@example.jp", **HANAKO)
    application = decided(
        closed_round(office),
        ACCEPT,
        staff.user,
        known_company=company,
        name="株式会社アオバテック",
        kana="アオバテック",
        phone="0426000001",
        products="歯車と軸",
        contact_name="児玉 花子",
        contact_email="",
    )
    application.participants.update(email="new@example.jp", **HANAKO)
    admit(application=application, since=TODAY, by=staff.user)
    return application


def told(application):
    return {each.key: (each.kept, each.said) for each in differences.differences(application)}


def test_what_disagrees_is_told_and_what_is_only_written_otherwise_is_not(admitted):
    assert told(admitted) == {
        "name": ("青葉精機有限会社 アオバセイキ", "株式会社アオバテック アオバテック"),
        "address": ("196-0033 東京都 昭島市 東町9 青葉ビル", "190-0012 東京都 立川市 曙町1-1"),
        "products": ("歯車", "歯車と軸"),
        "1.email": ("old@example.jp", "new@example.jp"),
    }


def test_a_name_and_an_address_are_taken_and_the_old_ones_kept(admitted):
    company = admitted.known_company
    for key in ("name", "address", "products"):
        differences.take(application=admitted, key=key)
    company.refresh_from_db()
    assert (company.name, company.kana, company.address, company.phone, company.products) == (
        "株式会社アオバテック",
        "アオバテック",
        "東京都立川市曙町1-1",
        "042-600-0001",
        "歯車と軸",
    )
    former = company.former_names.get()
    assert (former.name, former.until) == ("青葉精機有限会社", YESTERDAY)
    assert company.former_addresses.get().address == "東京都昭島市東町9　青葉ビル"
    assert list(told(type(admitted).objects.get(pk=admitted.pk))) == ["1.email"]


def test_an_address_of_a_person_is_taken(admitted):
    differences.take(application=admitted, key="1.email")
    assert admitted.membership.representatives.get().person.email == "new@example.jp"


@pytest.mark.parametrize("key", ["phone", "1.phone", "", "search_key"])
def test_nothing_else_is_taken(admitted, key):
    with pytest.raises(ValidationError, match="もうありません"):
        differences.take(application=admitted, key=key)


def test_without_a_membership_nothing_is_compared(office, staff):
    application = decided(closed_round(office), ACCEPT, staff.user, known_company=make_company())
    assert differences.differences(application) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"corporate_number": "7000012050002"}, {"corporate_number": "7000012050002", "name": "乙"}, True),
        ({"corporate_number": "7000012050002"}, {"corporate_number": "1180301018771"}, False),
        ({}, {}, True),
        ({}, {"phone": "03-1"}, True),
        ({}, {"phone": "03-1", "street": "西町2"}, False),
        ({}, {"name": "株式会社乙"}, False),
        ({"phone": "", "street": "", "prefecture": "", "city": ""}, {"phone": "", "street": "1"}, False),
    ],
)
def test_one_company_by_its_number_or_by_name_and_place(one, other, same):
    usual = {
        "name": "株式会社甲",
        "phone": "03-0000-0000",
        "prefecture": "東京都",
        "city": "昭島市",
        "street": "1",
    }
    found = differences.same_company(Company(**usual | one), Company(**usual | {"name": "㈱甲"} | other))
    assert found is same


def test_as_many_queries_for_many_companies_as_for_one(office, staff, django_assert_num_queries):
    call = closed_round(office)
    for count in (1, 9):
        for _ in range(count):
            application = decided(
                call, ACCEPT, staff.user, known_company=make_company(products="歯車"), products="軸"
            )
            application.state = "accepted"
            application.save()
            admit(application=application, since=TODAY, by=staff.user)
        with django_assert_num_queries(3):
            rows = differences.to_decide(call)
    assert [[each.key for each in differing] for _, differing in rows].count([]) == 0
    assert len(rows) == 10
