"""The office's pages: deciding, the floor plan, places and numbers, telling, cards."""

import pytest
from django.urls import reverse

from events.models import Booth, JointExchange
from members.models import Export, Letter
from tests.exchange_factories import FLOOR, make_booth, make_exchange
from tests.factories import make_company


@pytest.fixture
def exchange(office):
    return make_exchange(office=office)


def booth_of(exchange, by, **fields):
    usual = {"company": make_company(), "applied_by": by.user, "email": "taro@example.jp"}
    return make_booth(exchange, **usual | fields)


def address(name, *args):
    return reverse(name, args=args or [2026])


def text(actor, url, *args, **how):
    return actor.client.get(url, *args, **how).content.decode()


def test_the_whole_way_from_application_to_letter(exchange, staff):
    booths = [booth_of(exchange, staff, title=f"展示{number}", watts=500) for number in range(3)]
    assert "印をつけた申込を、出展と決める" in text(staff, address("exchange_office_booths"))
    staff.client.post(
        address("exchange_booths_decide"), {"act": "accept", "booth": [each.pk for each in booths]}
    )
    assert "3件を自動で並べる" in text(staff, address("exchange_places"))
    staff.client.post(address("exchange_places"), {"act": "place"})
    assert "番号のない3件に" in text(staff, address("exchange_places"))
    staff.client.post(address("exchange_places"), {"act": "number"})
    assert "3件に送る" in text(staff, address("exchange_booths_tell"))
    staff.client.post(address("exchange_booths_tell"), {"booth": [each.pk for each in booths]})
    assert Letter.objects.filter(kind="events/exchange_booth").count() == 3
    assert list(Booth.objects.order_by("number").values_list("number", "place_row", "place_column")) == [
        (1, 1, 1), (2, 1, 2), (3, 1, 3),
    ]  # fmt: skip
    assert "案内を待っている出展は、ありません" in text(staff, address("exchange_booths_tell"))


def test_more_than_there_is_room_for_is_warned_of_and_refused(exchange, staff):
    booths = [booth_of(exchange, staff) for _ in range(7)]
    assert "受付の7件に対して、空いている場所は6です。1件は受けられません。" in text(
        staff, address("exchange_office_booths")
    )
    typed = {"act": "accept", "booth": [each.pk for each in booths], "words": "入口の近くです。"}
    page = staff.client.post(address("exchange_booths_decide"), typed).content.decode()
    assert "会場図の場所は6、空いているのは6です。7件は受けられません。" in page
    assert (page.count(" checked>"), "入口の近くです。</textarea>" in page) == (7, True)
    assert Booth.objects.filter(state="accepted").count() == 0


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({}, 302),
        ({"act": "eat"}, 302),
        ({"act": "accept", "booth": "x"}, 200),
        ({"act": "accept", "booth": "9" * 30}, 200),
    ],
)
def test_odd_decisions_change_nothing(exchange, staff, typed, status):
    booth_of(exchange, staff)
    assert staff.client.post(address("exchange_booths_decide"), typed).status_code == status
    assert Booth.objects.get().state == "applied"


def test_one_booth_is_placed_and_numbered_by_hand(exchange, staff):
    booth = booth_of(exchange, staff, state="accepted")
    other = booth_of(exchange, staff, state="accepted", place_row=1, place_column=1, number=5)
    url = address("exchange_office_booth", booth.pk)
    page = text(staff, url)
    assert ('value="1-2"' in page, 'value="1-1"' in page) == (True, False)
    staff.client.post(url, {"place": "1-2", "number": "7"})
    kept = Booth.objects.get(pk=booth.pk)
    assert (kept.place_row, kept.place_column, kept.number) == (1, 2, 7)
    refused = staff.client.post(url, {"place": "1-3", "number": "5"}).content.decode()
    assert "この番号は、別の出展が使っています。" in refused
    assert Booth.objects.get(pk=booth.pk).place_column == 2
    assert "いまは空いていません" in staff.client.post(url, {"place": "1-1", "number": "7"}).content.decode()
    assert other.pk


def test_the_plan_is_drawn_without_being_kept_then_kept(exchange, staff):
    url = address("exchange_floor")
    page = text(staff, url)
    assert ("回路Aで使える電力" in page, "<svg" in page) == (True, True)
    looked = staff.client.post(url, {"floor": "CC\nＤ.", "look": "1"}).content.decode()
    assert "回路Dで使える電力" in looked
    assert JointExchange.objects.get().floor == FLOOR
    sized = staff.client.post(url, {"floor": "CC", "rows": "2", "columns": "3", "resize": "1"})
    assert sized.context["form"]["floor"].value() == "CC.\n..."
    staff.client.post(url, {"floor": "CC\r\nＤ.", "watts_C": "2000", "watts_D": "1000"})
    kept = JointExchange.objects.get()
    assert (kept.floor, list(kept.circuits.values_list("letter", "watts"))) == (
        "CC\nD.",
        [("C", 2000), ("D", 1000)],
    )


@pytest.mark.parametrize(("plan", "said"), [("A?", "1段目の2番目"), ("A" * 61, "60列まで")])
def test_a_plan_that_cannot_be_read_stays_as_typed(exchange, staff, plan, said):
    page = staff.client.post(address("exchange_floor"), {"floor": plan}).content.decode()
    assert (said in page, plan in page) == (True, True)
    assert JointExchange.objects.get().floor == FLOOR


def test_the_overload_is_warned_of(exchange, staff):
    for column in (1, 2):
        booth_of(exchange, staff, state="accepted", watts=1000, place_row=1, place_column=column)
    assert "回路Aは、1500Wまでのところ、2000Wです。" in text(staff, address("exchange_places"))


def test_the_cards_are_logged_by_get_alone(exchange, staff):
    booth = booth_of(exchange, staff, state="accepted", number=1)
    booth_of(exchange, staff, state="accepted", number=2)
    url = address("exchange_booth_cards")
    assert (staff.client.head(url).status_code, Export.objects.count()) == (200, 0)
    assert staff.client.get(url).headers["Content-Type"] == "application/pdf"
    staff.client.get(url, {"booth": booth.pk})
    assert list(Export.objects.order_by("pk").values_list("row_count", flat=True)) == [2, 1]


def test_the_rooms_are_the_offices(exchange, visitor, member, secretary, staff):
    names = ["exchange_office_booths", "exchange_floor", "exchange_places", "exchange_booths_tell"]
    for actor, status in ((visitor, 302), (member, 403), (secretary, 403), (staff, 200)):
        assert [actor.client.get(address(name)).status_code for name in names] == [status] * 4


def test_the_list_asks_as_much_of_thirty_as_of_one(exchange, staff, django_assert_max_num_queries):
    booth_of(exchange, staff)
    with django_assert_max_num_queries(16) as one:
        staff.client.get(address("exchange_office_booths"))
    for _ in range(29):
        booth_of(exchange, staff)
    with django_assert_max_num_queries(len(one.captured_queries)):
        staff.client.get(address("exchange_office_booths"))
