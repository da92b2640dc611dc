"""/office/recruitment/: the calls, what is open, and how much came."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import RecruitmentRound
from tests.factories import make_application, make_office, make_round
from tests.strictness import parse_strictly

URL = reverse("office_recruitment")


def page(actor):
    answer = actor.client.get(URL)
    assert answer.status_code == 200
    parse_strictly(answer.content.decode())
    return answer


def test_without_a_call_the_page_says_what_to_do(staff):
    assert "募集は、まだありません" in page(staff).content.decode()


def test_each_call_stands_with_its_phase_and_its_counts(staff, office):
    call = make_round(office=office)
    make_application(call)
    make_round(
        office=make_office(slug="honbu"),
        announced_at=timezone.now(),
        closes_on=datetime.date(2026, 11, 10),
    )
    answer = page(staff)
    assert [(row["phase"], row["round"].received) for row in answer.context["rows"]] == [
        ("open", 1),
        ("announced", 0),
    ]
    text = answer.content.decode()
    assert f'href="{reverse("round_inbox", args=[call.pk])}"' in text
    assert text.count(reverse("round_edit", args=[call.pk])) == 1
    assert text.count("直す<") == 1


def test_a_call_that_is_copied_already_is_not_offered_again(staff, office):
    call = make_round(office=office)
    assert "次の年度の募集をつくる<" in page(staff).content.decode()
    staff.client.post(reverse("round_copy", args=[call.pk]))
    assert [row["may_copy"] for row in page(staff).context["rows"]] == [True, False]
    assert RecruitmentRound.objects.count() == 2


@pytest.mark.parametrize("number", [1, 10])
def test_the_list_asks_as_much_for_ten_calls_as_for_one(staff, django_assert_max_num_queries, number):
    for place in range(number):
        make_round(office=make_office(slug=f"office-{place}"))
    with django_assert_max_num_queries(6):
        page(staff)


@pytest.mark.parametrize("who", ["member", "secretary", "adviser"])
def test_the_calls_are_the_offices(request, who):
    assert request.getfixturevalue(who).client.get(URL).status_code == 403


def test_the_header_leads_there(staff, member):
    link = f'<a href="{URL}">募集</a>'
    assert (link in staff.client.get("/groups/").text, link in member.client.get("/groups/").text) == (
        True,
        False,
    )
