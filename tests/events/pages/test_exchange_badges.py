"""/office/joint/<year>/badges/: two presses for twenty-three badges."""

import pytest

from events.models import Registration
from members.models import Export
from tests.events.exchange.day.reading import pages_of
from tests.exchange_factories import make_exchange, make_registration
from tests.strictness import parse_strictly

PAGE = "/office/joint/2026/badges/"


@pytest.fixture
def exchange(office):
    return make_exchange()


def test_who_may(exchange, visitor, member, secretary, adviser, staff):
    statuses = [each.client.get(PAGE).status_code for each in (visitor, member, secretary, adviser, staff)]
    assert statuses == [302, 403, 403, 403, 200]


def test_twenty_three_in_two_presses(exchange, staff, group):
    for number in range(23):
        make_registration(exchange, f"架空 花子{number}", kind="member", group=group)
    answer = staff.client.get(PAGE)
    parse_strictly(answer.content)
    assert "まだ刷っていない方は、23名です。" in answer.content.decode()
    assert (
        'value="new" checked' in " ".join(answer.content.decode().split())
        or "checked" in answer.content.decode()
    )
    sent = {"what": "new", "layout": "10", "blanks": "0"}
    answer = staff.client.post(PAGE, sent)
    assert answer.status_code == 302
    sheets = staff.client.get(answer["Location"])
    assert len(pages_of(sheets.content)) == 3
    assert set(Registration.objects.values_list("badge_prints", flat=True)) == {1}
    assert staff.client.head(answer["Location"]).status_code == 200
    assert Export.objects.count() == 1
    assert "まだ刷っていない方は、いません。" in staff.client.get(PAGE).content.decode()


def test_of_one(exchange, staff):
    row = make_registration(exchange)
    answer = staff.client.post(f"/office/joint/registrations/{row.pk}/badge/", follow=True)
    assert answer.content.startswith(b"%PDF")
    row.state = "cancelled"
    row.save()
    answer = staff.client.post(f"/office/joint/registrations/{row.pk}/badge/", {"x": "1"}, follow=True)
    assert "参加の決まっていない方の名札は、刷れません。" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "刷る名札を選んでください"),
        ({"what": "new", "layout": "10"}, "まだ刷っていない名札は、ありません。"),
        ({"what": "chosen", "layout": "10"}, "種類かグループを選んでください。"),
        ({"what": "blank", "layout": "10"}, "白い名札の枚数を入れてください。"),
        ({"what": "blank", "layout": "10", "blanks": "51"}, "50"),
    ],
)
def test_mistakes(exchange, staff, sent, said):
    answer = staff.client.post(PAGE, sent | {"sent": "1"})
    assert answer.status_code == 200
    parse_strictly(answer.content)
    assert said in answer.content.decode()


def test_a_print_whose_day_is_over(exchange, staff):
    answer = staff.client.get("/office/joint/2026/badges.pdf?print=x", follow=True)
    assert "もう一度選んでください" in answer.content.decode()
