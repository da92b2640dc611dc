"""The office's page once the day is over: what is sent, to how many, and never twice."""

import pytest
from django.urls import reverse

from members.models import Letter
from tests.events.exchange.after.over import make_guest, make_recent, make_shown, make_today
from tests.factories import make_company

PAGE = "/office/joint/2026/after/"


@pytest.fixture
def exchange(office, staff):
    made = make_recent()
    make_guest(made, "架空 花子")
    make_guest(made, "住所 無子", email="")
    make_shown(made, make_company(), staff.user)
    make_shown(made, make_company(), staff.user, number=2, email="", exhibitor="電話社")
    return made


def test_counts_first_then_sends(exchange, staff):
    page = staff.client.get(PAGE).text
    assert "お礼とアンケートを送る（1名）" in page
    assert "手紙では送れない方（1名）" in page
    assert "結果をたずねる（1件）" in page
    assert "電話社" in page
    assert staff.client.post(reverse("exchange_thank", args=[2026])).url == PAGE
    assert staff.client.post(reverse("exchange_ask_results", args=[2026])).url == PAGE
    page = staff.client.get(PAGE).text
    assert "お礼とアンケートを送る（" not in page
    assert "結果をたずねる（" not in page
    staff.client.post(reverse("exchange_thank", args=[2026]))
    assert sorted(Letter.objects.values_list("kind", flat=True)) == [
        "events/exchange_result", "events/exchange_thanks"
    ]  # fmt: skip


def test_before_the_end_nothing_can_be_sent(office, staff):
    make_guest(make_today())
    page = staff.client.get(PAGE).text
    assert "合同交流会が終わってから、送れます。" in page
    assert "お礼とアンケートを送る（" not in page
    answer = staff.client.post(reverse("exchange_thank", args=[2026]), follow=True)
    assert "合同交流会が終わってから、行えます。" in answer.text
    assert not Letter.objects.exists()


def test_as_many_queries_for_thirty(exchange, staff, django_assert_max_num_queries):
    for n in range(30):
        make_guest(exchange, f"多い {n}人", email="" if n % 2 else f"n{n}@example.jp")
    with django_assert_max_num_queries(25):
        staff.client.get(PAGE)
