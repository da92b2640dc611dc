"""/groups/<slug>/exports/: the log of a group's copies, for those who keep its register."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.groups.test_copies import take, take_paper
from tests.strictness import parse_strictly

URL = reverse("group_exports", args=["keyaki"])


def words(answer) -> str:
    assert answer.status_code == 200
    tree = parse_strictly(answer.content)
    (main,) = tree.iter("main")
    return " ".join("".join(main.itertext()).split())


def test_who_when_what_for_and_for_whom(group, member, secretary, staff):
    take(group, secretary, purpose="総会の<配付>", receiver="濵田 隆")
    for reader in (secretary, staff):
        told = words(reader.client.get(URL))
        for each in (
            "001", "けやき会の会員名簿", "会員用 PDF 令和8年11月25日現在", "2026/11/25 10:00",
            str(secretary.person), "お渡し先：濵田 隆", "目的：総会の<配付>", "No.、役職、企業名、氏名・役職、所在地",
        ):  # fmt: skip
            assert each in told


@pytest.mark.parametrize(
    ("who", "status"),
    [("visitor", 302), ("member", 403), ("adviser", 403), ("outsider", 403), ("left_member", 403)],
)
def test_it_is_nobody_elses(request, group, who, status):
    assert request.getfixturevalue(who).client.get(URL).status_code == status


def test_copies_of_other_lists_are_not_there(group, other_group, office, staff):
    take(other_group)
    take_paper(office, "offices/tama/labels")
    answer = staff.client.get(URL)
    assert answer.context["copies"] == []
    assert "名簿は、まだ一部も出ていません" in words(answer)


def test_a_long_log_has_pages_and_the_same_number_of_queries(group, member, staff):
    counts = []
    for more in (1, 59):
        for _ in range(more):
            take(group, staff)
        with CaptureQueriesContext(connection) as queries:
            answer = staff.client.get(URL)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert [copy.number for copy in answer.context["copies"]] == [
        f"{number:03}" for number in range(60, 10, -1)
    ]
    assert "60部のうち1–50部" in words(answer)
    last = staff.client.get(URL, {"page": "2"})
    assert [copy.number for copy in last.context["copies"]][-1] == "001"


def test_the_tools_of_the_group_lead_there(group, staff, secretary, member):
    page = reverse("group", args=["keyaki"])
    assert [URL in actor.client.get(page).content.decode() for actor in (staff, secretary, member)] == [
        True,
        True,
        False,
    ]


def test_it_is_only_looked_at(group, staff):
    assert staff.client.post(URL).status_code == 405
