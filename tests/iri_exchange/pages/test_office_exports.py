"""/office/exports/: every copy that left, and the search for whom a copy may hold."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Export
from tests.factories import make_company, make_person
from tests.groups.pages.test_group_exports import words
from tests.groups.test_copies import take, take_paper

URL = reverse("office_exports")


@pytest.fixture
def copies(group, other_group, office, staff, secretary) -> None:
    """Four copies: three of today, and one of 1 April, a minute after midnight in Tokyo."""
    with time_machine.travel(datetime.datetime(2026, 3, 31, 15, 1, tzinfo=datetime.UTC)):
        take(group, secretary)
    take(group, staff, file_format="csv")
    take(other_group, staff, file_format="xlsx")
    take_paper(office, "offices/tama/labels")


def found(staff, **asked) -> list[str]:
    answer = staff.client.get(URL, asked)
    assert answer.status_code == 200
    return [f"{copy.name} {copy.number}" for copy in answer.context["copies"]]


def test_all_copies_the_newest_first(copies, staff):
    assert found(staff) == [
        "多摩テクノプラザの宛名ラベル 001",
        "みなと会の会員名簿 001",
        "けやき会の会員名簿 002",
        "けやき会の会員名簿 001",
    ]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"group": "keyaki"}, [2, 1]),
        ({"since": "令和8年4月1日"}, [4, 3, 2, 1]),
        ({"since": "2026-04-02"}, [4, 3, 2]),
        ({"until": "2026-04-01"}, [1]),
        ({"until": "2026-03-31"}, []),
        ({"file_format": "csv"}, [2]),
        ({"by": "職田"}, [3, 2]),
        ({"by": "しょくた"}, [3, 2]),
        ({"by": "だれでもない"}, []),
        ({"group": "keyaki", "by": "職田"}, [2]),
    ],
)
def test_filters(copies, staff, asked, numbers):
    answer = staff.client.get(URL, asked)
    order = list(Export.objects.order_by("pk").values_list("pk", flat=True))
    assert [order.index(copy.pk) + 1 for copy in answer.context["copies"]] == numbers
    assert ("あてはまる写しは、ありません" in words(answer)) == (not numbers)


def test_who_took_it_is_found_by_the_login_too(copies, staff, secretary):
    assert found(staff, by=secretary.user.email.upper()) == ["けやき会の会員名簿 001"]


def test_an_unreadable_day_is_told(copies, staff):
    assert "「きのう」は日付として読めません" in words(staff.client.get(URL, {"since": "きのう"}))


def test_pages_keep_the_filter(group, staff):
    for _ in range(51):
        take(group, staff)
    answer = staff.client.get(URL, {"group": "keyaki"})
    assert "51部のうち1–50部" in words(answer)
    assert "?group=keyaki&amp;page=2" in answer.content.decode()
    assert found(staff, group="keyaki", page="2") == ["けやき会の会員名簿 001"]


def test_whom_a_name_may_mean(group, staff):
    company = make_company(name="株式会社髙橋精機", kana="タカハシセイキ")
    person = make_person(
        family_name="高橋", family_kana="タカハシ", given_name="花子", given_kana="ハナコ", company=company
    )
    make_person(family_name="髙橋", family_kana="タカハシ", given_name="太郎", given_kana="タロウ")
    answer = staff.client.get(URL, {"whom": "高橋"})
    told = words(answer)
    assert [str(each) for each in answer.context["candidates"].people] == ["髙橋 太郎", "高橋 花子"]
    assert answer.context["candidates"].companies == [company]
    assert reverse("person_exports", args=[person.pk]) in answer.content.decode()
    assert reverse("company_exports", args=[company.pk]) in answer.content.decode()
    assert "株式会社髙橋精機" in told


@pytest.mark.parametrize("whom", ["だれでもない", "％", "a" * 5000, "x " * 300, "\x00"])
def test_nobody_is_found(staff, whom):
    assert staff.client.get(URL, {"whom": whom}).status_code == 200


def test_many_of_one_name(staff):
    for number in range(21):
        make_person(family_name="佐藤", given_name=f"{number}")
    answer = staff.client.get(URL, {"whom": "佐藤"})
    assert len(answer.context["candidates"].people) == 20
    assert "もう少し長い言葉でさがしてください。" in words(answer)


def test_as_many_queries_for_one_as_for_thirty(group, member, staff):
    counts = []
    for more in (1, 29):
        for _ in range(more):
            take(group, staff)
            make_person(family_name="佐藤", company=make_company())
        with CaptureQueriesContext(connection) as queries:
            staff.client.get(URL, {"whom": "佐藤"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_desk_leads_there(staff):
    assert URL in staff.client.get(reverse("office_desk")).content.decode()


@pytest.mark.parametrize(("who", "status"), [("visitor", 302), ("secretary", 403), ("member", 403)])
def test_it_is_the_offices(request, who, status):
    assert request.getfixturevalue(who).client.get(URL).status_code == status
