"""The questionnaire by the personal link."""

import datetime

import pytest
from django.urls import reverse

from events import links
from events.models import Feedback
from tests.events.exchange.after.over import AFTER, LAST, make_guest, make_over, on
from tests.exchange_factories import make_registration

GIVEN = {
    "satisfaction": "5",
    "useful": ["talks"],
    "met": "１２",
    "talks_on": "maybe",
    "comes_again": "yes",
    "words": "=SUM(1)",
}


@pytest.fixture
def exchange(office):
    return make_over()


def address(row):
    return reverse("exchange_feedback", args=[links.token_of(row)])


def test_one_page_one_answer_put_right(exchange, visitor):
    row = make_guest(exchange)
    with on(AFTER.date(), 10):
        page = visitor.client.get(address(row))
        assert (page.status_code, Feedback.objects.count()) == (200, 0)
        assert "架空 花子 様" in page.text
        assert visitor.client.post(address(row), GIVEN).status_code == 302
        again = visitor.client.get(address(row)).text
        assert "書き直す" in again
        assert "=SUM(1)" in again
        visitor.client.post(address(row), GIVEN | {"satisfaction": "2", "comes_again": ""})
    said = Feedback.objects.get()
    assert (said.satisfaction, said.met, said.talks_on, said.comes_again) == (2, 12, "maybe", None)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"satisfaction": ""}, "1から5のどれかを選んでください。"),
        ({"met": "たくさん"}, "数字で入れてください。"),
        ({"met": "1000"}, "999までの数を入れてください。"),
        ({"words": "あ" * 1001}, "1000"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(exchange, visitor, wrong, says):
    row = make_guest(exchange)
    with on(AFTER.date(), 10):
        page = visitor.client.post(address(row), GIVEN | {"words": "書いたもの"} | wrong)
    assert page.status_code == 200
    assert says in page.text
    assert "words" in wrong or "書いたもの" in page.text
    assert not Feedback.objects.exists()


def test_shut_for_others(exchange, visitor):
    absent = make_registration(exchange)
    there = make_guest(exchange)
    with on(AFTER.date(), 10):
        assert "アンケートは、まだありません" in visitor.client.get(address(absent)).text
        assert visitor.client.get("/joint/ticket/1-1.wrong/feedback/").status_code == 404
    with on(LAST + datetime.timedelta(days=1), 0):
        page = visitor.client.post(address(there), GIVEN)
    assert "アンケートは、締め切りました" in page.text
    assert "架空 花子" not in page.text
    assert not Feedback.objects.exists()
