"""The admin's door: our log-in page for visitors, straight on for those it is open to."""

import pytest
from django.urls import reverse

LOGIN = reverse("admin:login")
INDEX = reverse("admin:index")


@pytest.mark.parametrize(
    ("goal", "leads_to"),
    [
        (None, INDEX),
        ("", INDEX),
        ("/admin/members/company/?q=a", "/admin/members/company/?q=a"),
        ("https://evil.example.com/", INDEX),
        ("//evil.example.com/", INDEX),
        ("javascript:alert(1)", INDEX),
    ],
)
def test_staff_who_are_in_already_go_on(staff, goal, leads_to):
    answer = staff.client.get(LOGIN, {} if goal is None else {"next": goal})
    assert (answer.status_code, answer["Location"]) == (302, leads_to)


def test_others_are_told_that_it_is_not_theirs(member, secretary):
    assert [actor.client.get(LOGIN).status_code for actor in (member, secretary)] == [403, 403]


def test_a_visitor_logs_in_first(visitor):
    answer = visitor.client.get(LOGIN, {"next": "/admin/members/company/"})
    assert answer["Location"] == reverse("account_login") + "?next=/admin/members/company/"
    assert visitor.client.get(LOGIN)["Location"] == reverse("account_login") + f"?next={LOGIN}"
