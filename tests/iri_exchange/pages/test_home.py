"""The front door, for anyone."""

import pytest
from django.urls import reverse

from tests.factories import make_group, make_membership
from tests.strictness import parse_strictly


def test_the_door_counts_active_groups_and_their_members(visitor, group, launched_group):
    make_membership(group)
    make_group(stage="dormant")
    make_group(stage="forming")

    context = visitor.client.get(reverse("home")).context

    assert (context["group_count"], context["member_count"], context["programme_years"]) == (2, 1, 42)
    assert {str(shown) for shown in context["groups"]} == {"けやき会", "あけぼの会"}


def test_figures_count_what_their_lists_show(visitor, group, launched_group):
    make_membership(group)
    for stage in ("dormant", "forming", "dissolved"):
        make_membership(make_group(stage=stage))

    page = visitor.client.get(reverse("home"))
    groups, members, _ = parse_strictly(page.content).findall(".//div[@class='figures']/a")

    figures = {"groups": groups.findtext("b"), "members": members.findtext("b")}
    assert figures == {"groups": "2", "members": "1"}
    assert (groups.get("href"), members.get("href")) == (
        "/groups/?stage=active",
        "/groups/?stage=active#total",
    )
    total = visitor.client.get("/groups/?stage=active").context["total"]
    assert {name: str(number) for name, number in total.items()} == figures


def test_an_empty_portal_has_a_door_too(visitor):
    assert visitor.client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_the_door_asks_the_same_for_thirty_groups_as_for_one(visitor, django_assert_num_queries, number):
    for _ in range(number):
        make_group()

    with django_assert_num_queries(3):
        visitor.client.get(reverse("home"))


@pytest.mark.parametrize("name", ["help", "privacy", "accessibility"])
def test_the_pages_of_the_footer(visitor, name):
    assert visitor.client.get(reverse(name)).status_code == 200
