"""The pages for what went wrong: in our frame, with something to do; three of them know nothing of the request."""

import pytest
from django.template.loader import get_template
from django.test import Client

from tests.strictness import parse_strictly


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("400.html", "受け取れませんでした"),
        ("403_csrf.html", "もう一度お試しください"),
        ("500.html", "うまくいきませんでした"),
    ],
)
def test_page_without_context(name, heading):
    html = get_template(name).render({})
    tree = parse_strictly(html)
    assert [h1.text for h1 in tree.iter("h1")] == [heading]
    # Who is asking is not known here: neither log-in nor log-out is offered.
    assert "ログイン</a>" not in html
    assert "<form" not in html


def test_500_does_not_ask_the_database(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        get_template("500.html").render({})


def test_404_offers_a_visitor_to_log_in_and_come_back(visitor):
    answer = visitor.client.get("/groups/nai/?a=1")
    assert answer.status_code == 404
    links = [link.get("href") for link in parse_strictly(answer.content).iter("a")]
    assert "/accounts/login/?next=%2Fgroups%2Fnai%2F%3Fa%3D1" in links


def test_404_of_a_member_leads_to_their_page(member):
    answer = member.client.get("/groups/nai/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "マイページへ" in text
    assert "?next=" not in text


def test_403_says_whom_to_ask(member):
    answer = member.client.get("/office/")
    assert answer.status_code == 403
    assert [h1.text for h1 in parse_strictly(answer.content).iter("h1")] == ["ここから先には進めません"]


@pytest.mark.django_db
def test_form_without_its_token():
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.jp"})
    assert answer.status_code == 403
    assert "もう一度お試しください" in answer.content.decode()


@pytest.mark.django_db
def test_too_many_requests_are_answered_in_japanese(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    asked = {"login": "nobody@example.jp", "password": "wrong"}

    client.post("/accounts/login/", asked)
    response = client.post("/accounts/login/", asked)

    assert response.status_code == 429
    assert "5分ほどたってから、もう一度お試しください。" in response.content.decode()
