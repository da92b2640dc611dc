"""/companies/: those a reader may see, in the order of their kana."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups import memberships
from members.models import Consent
from tests.factories import make_company, make_membership
from tests.strictness import parse_strictly

URL = reverse("company_list")


def public(group, name: str, **fields):
    company = make_company(name=name, **fields)
    Consent.objects.create(
        company=company, kind="public_profile", given=True, since=datetime.date(2020, 1, 1)
    )
    return make_membership(group, company=company)


def listed(answer) -> list[str]:
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return [company.name for company in answer.context["page"]]


def test_by_right(visitor, member, outsider, staff, group):
    public(group, "公の社")
    mine, theirs = member.membership.company.name, outsider.membership.company.name
    assert listed(visitor.client.get(URL)) == ["公の社"]
    assert set(listed(member.client.get(URL))) == {"公の社", mine}
    assert set(listed(outsider.client.get(URL))) == {"公の社", theirs}
    assert set(listed(staff.client.get(URL))) == {"公の社", mine, theirs}


def test_who_left_every_group_is_found_by_staff_only(visitor, staff, group):
    memberships.leave(membership=public(group, "去った社"), since=datetime.date(2026, 1, 1), reason="busy")
    assert listed(visitor.client.get(URL)) == []
    assert listed(staff.client.get(URL)) == ["去った社"]


def test_filters(visitor, group, other_group):
    public(group, "株式会社青葉", kana="アオバ", industry="E", prefecture="東京都", products="歯車")
    public(other_group, "株式会社わかば", kana="ワカバ", industry="G", prefecture="埼玉県")
    found = {
        "?q=(株)青葉": ["株式会社青葉"], "?q=歯車": ["株式会社青葉"], "?industry=G": ["株式会社わかば"],
        "?prefecture=東京都": ["株式会社青葉"], "?group=minato": ["株式会社わかば"], "?industry=G&prefecture=東京都": [],
        "?industry=ZZ": ["株式会社青葉", "株式会社わかば"], "?group=nobody": ["株式会社青葉", "株式会社わかば"],
    }  # fmt: skip
    assert {query: listed(visitor.client.get(URL + query)) for query in found} == found


def test_a_no_in_one_group_is_not_found_through_the_filter(
    visitor, member, outsider, staff, group, other_group
):
    company = public(group, "二つの社", kana="フ").company
    make_membership(other_group, company=company, consent="no")
    for actor, found in ((visitor, []), (member, []), (outsider, [outsider.membership.company.name])):
        assert listed(actor.client.get(URL, {"group": "minato"})) == found
        answer = actor.client.get(URL, {"q": "二つの社"})
        ((_, groups),) = answer.context["lines"]
        assert groups == [(group.slug, group.name)]
    assert "二つの社" in listed(staff.client.get(URL, {"group": "minato"}))


@pytest.mark.parametrize("q", ["社 " * 1200, "社" * 101])
def test_a_search_that_nobody_types_is_told_and_filters_nothing(visitor, group, q):
    public(group, "公の社")
    answer = visitor.client.get(URL, {"q": q})
    assert listed(answer) == ["公の社"]
    assert "invalid-feedback" in answer.content.decode()


def test_texts_for_the_group_are_not_searched(visitor, group):
    public(group, "公の社", strengths="ひみつの技術", strengths_for="group")
    assert listed(visitor.client.get(URL, {"q": "ひみつ"})) == []


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("-1", 1), ("0", 1), ("2", 2), ("99", 2), ("x", 1), ("²", 1), ("9" * 30, 1)],
)
def test_pages(visitor, group, asked, number):
    for place in range(51):
        public(group, f"社{place:02}", kana="シャ")
    answer = visitor.client.get(URL, {"page": asked, "q": "社"})
    assert (answer.context["page"].number, len(listed(answer))) == (number, {1: 50, 2: 1}[number])
    assert "51社のうち" in answer.content.decode()


def test_empty_results_help(visitor, db):
    assert "グループを見る" in visitor.client.get(URL).content.decode()
    assert "しぼり込みを外す" in visitor.client.get(URL, {"q": "ない"}).content.decode()


def test_sixty_companies_cost_every_reader_as_many_queries_as_one(
    visitor, member, secretary, adviser, staff, group
):
    """Session, login and standing included."""
    readers = (visitor, member, secretary, adviser, staff)
    public(group, "社0")
    first = [_queries(actor, "") for actor in readers]
    for number in range(1, 60):
        public(group, f"社{number}")
    assert first == [_queries(actor, "") for actor in readers] == [3, 6, 6, 6, 6]
    assert first == [_queries(actor, "2") for actor in readers]


def _queries(actor, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert actor.client.get(URL, {"page": page}).status_code == 200
    return len(queries)
