"""/recruitment/<year>/: the button is there from the first second to the last one, in Japan."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_office, make_round
from tests.strictness import parse_strictly

URL = reverse("recruitment_year", args=[2026])
APPLY = f'href="{reverse("apply", args=[2026])}"'


def page(actor):
    text = actor.client.get(URL).content.decode()
    parse_strictly(text)
    return text


@pytest.mark.parametrize(
    ("now", "takes", "says"),
    [
        ("2026-10-31T23:59:59", False, "受付は令和8年（2026年）11月1日（日）からです"),
        ("2026-11-01T00:00:00", True, "あと29日"),
        ("2026-11-30T23:59:59", True, "きょうです"),
        ("2026-12-01T00:00:00", False, "結果は、令和8年（2026年）12月18日（金）ごろに"),
    ],
)
def test_the_page_turns_by_itself_to_the_second(visitor, office, now, takes, says):
    make_round(office=office, results_on=datetime.date(2026, 12, 18))
    with time_machine.travel(datetime.datetime.fromisoformat(f"{now}+09:00"), tick=False):
        text = page(visitor)
    assert (APPLY in text) == takes
    assert says in text


def test_one_office_that_is_open_is_enough(visitor, office):
    make_round(office=office, closes_on=datetime.date(2026, 11, 10))
    make_round(office=make_office(slug="honbu"))
    assert APPLY in page(visitor)


def test_an_announced_call_says_so(visitor, office):
    make_round(office=office, closes_on=datetime.date(2026, 11, 10), announced_at=timezone.now())
    text = page(visitor)
    assert "結果を、応募された皆さまへお知らせしました" in text
    assert "apply/" not in text


def test_a_year_without_a_call_is_not_there(visitor, office):
    assert visitor.client.get(URL).status_code == 404
