"""All members of all groups: found by any word, filtered, as many as the desk says."""

import datetime

import pytest
from django.urls import reverse

from groups import memberships
from groups.models import Membership
from members import directory
from tests.factories import make_company, make_membership, make_person


def found(staff, **asked):
    page = staff.client.get(reverse("office_members"), asked).context["page"]
    return [str(membership.member) for membership in page]


@pytest.fixture
def two(group, other_group):
    first = make_company(name="株式会社髙橋精機", kana="タカハシセイキ", products="ばね")
    make_membership(group, company=first)
    make_membership(
        other_group, person=make_person(family_name="吉岡", given_name="德子", family_kana="ヨシオカ")
    )


@pytest.mark.parametrize("words", ["高橋", "たかはし", "タカハシ", "㈱高橋精機", "ばね", "高橋 精機"])
def test_a_company_is_found_however_it_is_written(staff, two, words):
    assert found(staff, q=words) == ["株式会社髙橋精機"]


def test_a_company_is_found_by_the_name_it_had(staff, two):
    company = Membership.objects.get(company__isnull=False).company
    directory.rename_company(
        company=company, name="株式会社ばね工房", kana="バネコウボウ", on=datetime.date(2026, 4, 1)
    )

    assert found(staff, q="高橋精機") == ["株式会社ばね工房"]


def test_filters(staff, two):
    assert found(staff) == ["株式会社髙橋精機", "吉岡 德子"]
    assert found(staff, group="minato") == ["吉岡 德子"]
    assert found(staff, office="tama", q="吉岡") == ["吉岡 德子"]
    assert found(staff, q="どこにもない") == []


def test_those_who_left_are_shown_when_asked_for(staff, two):
    membership = Membership.objects.get(company__isnull=False)
    memberships.leave(membership=membership, since=datetime.date(2026, 10, 1), reason="busy")

    assert found(staff) == ["吉岡 德子"]
    assert found(staff, status="left") == ["株式会社髙橋精機"]
    assert len(found(staff, status="all")) == 2


@pytest.mark.parametrize(
    ("gap", "names"),
    [
        ("consent", ["株式会社髙橋精機", "吉岡 德子"]),
        ("kana", []),
        ("contact", []),
        ("joined", []),
        ("nobody", []),
        ("nonsense", ["株式会社髙橋精機", "吉岡 德子"]),
    ],
)
def test_gaps(staff, two, gap, names):
    assert found(staff, gap=gap) == names


def test_a_search_is_a_few_words(staff, two):
    """More than anybody types is refused in words, and filters nothing."""
    for words in ("髙橋 " + "ば " * 8, "ば" * 5000):
        answer = staff.client.get(reverse("office_members"), {"q": words, "group": "keyaki"})
        assert "さがす言葉は、100字・8語までにしてください。" in answer.content.decode()
        assert [str(row.member) for row in answer.context["page"]] == ["株式会社髙橋精機"]


@pytest.mark.parametrize("name", ["q", "group", "office", "status", "gap", "page"])
def test_a_nul_asks_for_nothing(staff, two, name):
    assert found(staff, **{name: "\0"}) == ["株式会社髙橋精機", "吉岡 德子"]


def test_a_nul_names_no_group(staff, group):
    assert staff.client.get(reverse("office_group"), {"slug": "\0"}).status_code == 404


@pytest.mark.parametrize("page", ["-1", "0", "99", "x"])
def test_a_page_that_does_not_exist_is_still_a_page(staff, two, page):
    assert staff.client.get(reverse("office_members"), {"page": page}).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_much_for_thirty_as_for_one(staff, group, django_assert_num_queries, number):
    for _ in range(number):
        make_membership(group)

    with django_assert_num_queries(7):
        staff.client.get(reverse("office_members"))
