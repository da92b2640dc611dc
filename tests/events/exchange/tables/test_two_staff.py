"""Two of the staff set the tables right at once: neither loses the other's change, and nobody sits twice or nowhere."""

from collections import Counter
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from events.exchange.tables import making, seating
from events.models import JointExchange, TableSeat
from members.models import User
from tests.events.exchange.day.test_two_receptions import at_once
from tests.exchange_factories import make_exchange, make_registration
from tests.factories import make_login, make_office, make_person, make_staff

TIMES = 6


def seats_at(*tables: int) -> list[TableSeat]:
    """One seat of each of these tables of the first round."""
    return [TableSeat.objects.filter(round=1, table=table).order_by("pk")[0] for table in tables]


def where(*seats: TableSeat) -> list[int]:
    return [TableSeat.objects.get(pk=seat.pk).table for seat in seats]


def test_a_page_drawn_before_the_others_change_changes_nothing(exchange, plan, staff):
    one, two, three = seats_at(1, 2, 3)
    url = reverse("exchange_table_seat", args=[2026, one.pk])
    page = staff.client.get(f"{url}?all=1").content.decode()
    assert page.count('name="seen" value="1"') == page.count('name="do"')
    assert f'name="other" value="{three.pk}"><input type="hidden" name="other_seen" value="3">' in page
    seating.swap(exchange=exchange, one=one, other=two, by=staff.user)
    for sent in (
        {"do": "swap", "other": three.pk, "seen": 1, "other_seen": 3},
        {"do": "move", "table": 3, "seen": 1},
        {"do": "lock", "seen": 1},
    ):
        answer = staff.client.post(url, sent, follow=True)
        assert "ほかの方がこの席を変えました" in answer.content.decode()
        assert where(one, two, three) == [2, 1, 3]
    staff.client.post(url, {"do": "swap", "other": three.pk, "seen": 2, "other_seen": 3})
    assert where(one, two, three) == [3, 1, 2]


def test_the_one_to_be_exchanged_with_may_have_moved_too(exchange, plan, staff):
    one, two, three = seats_at(1, 2, 3)
    seating.move(exchange=exchange, seat=two, table=3, by=staff.user)
    with pytest.raises(ValidationError, match="ほかの方がこの席を変えました"):
        seating.swap(exchange=exchange, one=one, other=two, by=staff.user, seen=(1, 2))
    assert where(one, two, three) == [1, 3, 3]


def test_what_others_do_elsewhere_is_in_nobodys_way(exchange, plan, staff):
    one, two, three, four = seats_at(1, 2, 3, 4)
    seating.swap(exchange=exchange, one=one, other=two, by=staff.user, seen=(1, 2))
    seating.swap(exchange=exchange, one=three, other=four, by=staff.user, seen=(3, 4))
    assert where(one, two, three, four) == [2, 1, 4, 3]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite whoever writes is alone")
@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_one_wins_and_the_other_is_told():
    office = make_office(name="多摩テクノプラザ", short_name="多摩", slug="tama")
    exchange, staff = make_exchange(office=office), [make_login(make_person()) for _ in range(2)]
    for number in range(24):
        make_registration(exchange, f"架空 {number:02}", affiliation=f"架空工業{number}")
    make_staff(staff[0].person, office=office)
    making.ask(exchange=exchange, by=staff[0])
    sizes = Counter(TableSeat.objects.values_list("round", "table"))
    for _ in range(TIMES):
        seats = seats_at(1, 2, 3)
        ends = at_once(
            [partial(press, exchange, seats, number, by) for number, by in enumerate(staff, start=1)]
        )
        assert sorted(type(end).__name__ for end in ends) == ["NoneType", "ValidationError"]
        assert where(*seats) in ([2, 1, 3], [3, 2, 1])
        assert Counter(TableSeat.objects.values_list("round", "table")) == sizes


def press(exchange: JointExchange, seats: list[TableSeat], number: int, by: User) -> None:
    """The first seat for that of another table, as both stood on the page."""
    seating.swap(exchange=exchange, one=seats[0], other=seats[number], by=by, seen=(1, number + 1))
