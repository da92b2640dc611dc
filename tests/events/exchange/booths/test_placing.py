"""The plan, the places and the numbers."""

from unittest import mock

import pytest
from django.core.exceptions import ValidationError

from events.exchange.booths import floor, placing, power
from events.models import Booth, JointExchange
from tests.events.exchange.booths.conftest import accepted, places, put
from tests.exchange_factories import FLOOR, make_booth
from tests.factories import make_company


def change(exchange, by, plan, **watts):
    return placing.change_floor(exchange=exchange, plan=plan, watts=watts, by=by.user)


def test_the_plan_is_kept_with_its_circuits(exchange, staff):
    change(exchange, staff, "AC\n.C", A=2000)
    assert JointExchange.objects.get().floor == "AC\n.C"
    assert placing.limits_of(exchange) == {"A": 2000, "C": 1500}


def test_no_booth_loses_its_place(exchange, staff):
    put(accepted(exchange, staff, exhibitor="架空精機"), 3, 2, staff)
    with pytest.raises(ValidationError) as refused:
        change(exchange, staff, "#####=\n.AAA..\n......\n......")
    assert refused.value.messages == [
        "4段目の3番目の「架空精機」の場所がなくなります。先に場所を移すか、外してください。"
    ]
    change(exchange, staff, "AAAAA=\n.AAA..\n......\n..C...")
    assert (JointExchange.objects.get().floor[:5], Booth.objects.get().place_row) == ("AAAAA", 3)


def test_not_fewer_places_than_exhibitors(exchange, staff):
    for _ in range(2):
        accepted(exchange, staff)
    with pytest.raises(ValidationError, match="出展と決めたのは2件なのに、場所が1しか"):
        change(exchange, staff, "A")


@pytest.mark.parametrize("watts", [99, 100_001])
def test_a_circuit_carries_something_sensible_or_nothing_is_kept(exchange, staff, watts):
    with pytest.raises(ValidationError):
        change(exchange, staff, "A", A=watts)
    assert JointExchange.objects.get().floor == FLOOR


def test_a_place_is_given_once(exchange, staff):
    put(accepted(exchange, staff, title="一", exhibitor="架空精機"), 1, 1, staff)
    second = accepted(exchange, staff, title="二")
    with pytest.raises(ValidationError) as refused:
        put(second, 1, 1, staff)
    assert refused.value.messages == [placing.TAKEN.format("2段目の2番目", "架空精機")]
    put(second, 1, 2, staff)
    assert places(exchange) == [("一", 1, 1, None), ("二", 1, 2, None)]


def test_only_places_are_places_and_only_exhibitors_stand(exchange, staff):
    with pytest.raises(ValidationError, match="出展の場所ではありません"):
        put(accepted(exchange, staff), 0, 0, staff)
    with pytest.raises(ValidationError) as refused:
        put(make_booth(exchange, company=make_company(), applied_by=staff.user), 1, 1, staff)
    assert refused.value.messages == [placing.NOT_ACCEPTED]


def test_a_number_is_given_once(exchange, staff):
    placing.number(booth=accepted(exchange, staff), to=7, by=staff.user)
    with pytest.raises(ValidationError) as refused:
        placing.number(booth=accepted(exchange, staff), to=7, by=staff.user)
    assert refused.value.messages == ["この番号は、別の出展が使っています。"]


def test_another_place_or_number_was_not_told(exchange, staff):
    booth = put(accepted(exchange, staff), 1, 1, staff)
    for change_it in (
        lambda booth: put(booth, 1, 2, staff),
        lambda booth: placing.number(booth=booth, to=3, by=staff.user),
    ):
        Booth.objects.update(told_at=exchange.booths_from)
        assert put(booth, 1, 1, staff).told_at == exchange.booths_from  # nothing changed
        change_it(booth)
        assert Booth.objects.get().told_at is None
        put(booth, 1, 1, staff)


def test_numbers_follow_the_places_and_keep_those_given_by_hand(exchange, staff):
    for title, row, column in (("い", 3, 1), ("ろ", 1, 3), ("は", 1, 1), ("に", 1, 2)):
        put(accepted(exchange, staff, title=title), row, column, staff)
    accepted(exchange, staff, title="ほ")
    placing.number(booth=Booth.objects.get(title="に"), to=2, by=staff.user)
    placing.number(booth=Booth.objects.get(title="ほ"), to=9, by=staff.user)
    placing.number_all(exchange=exchange, by=staff.user)
    assert {row[0]: row[3] for row in places(exchange)} == {"は": 1, "に": 2, "ろ": 3, "い": 4, "ほ": 9}


def test_afresh_all_numbers_follow_the_places(exchange, staff):
    for number, (title, column) in enumerate((("い", 3), ("ろ", 2), ("は", 1)), start=1):
        placing.number(
            booth=put(accepted(exchange, staff, title=title), 1, column, staff), to=number, by=staff.user
        )
    changed = placing.number_all(exchange=exchange, by=staff.user, afresh=True)
    assert {row[0]: row[3] for row in places(exchange)} == {"は": 1, "ろ": 2, "い": 3}
    assert len(changed) == 2


def test_all_are_placed_and_those_placed_stay(exchange, staff):
    put(accepted(exchange, staff, title="い"), 3, 3, staff)
    for title in "ろはに":
        accepted(exchange, staff, title=title)
    assert len(placing.place_all(exchange=exchange, by=staff.user)) == 3
    assert places(exchange)[0] == ("い", 3, 3, None)
    assert len({row[1:3] for row in places(exchange)}) == 4


def test_all_are_placed_or_none(exchange, staff):
    for title in "いろ":
        accepted(exchange, staff, title=title)
    real = Booth.save
    calls = []

    def failing(self, **how):
        calls.append(self)
        if len(calls) == 2:
            raise RuntimeError
        real(self, **how)

    with mock.patch.object(Booth, "save", failing), pytest.raises(RuntimeError):
        placing.place_all(exchange=exchange, by=staff.user)
    assert [row[1] for row in places(exchange)] == [None, None]


def test_the_load_of_each_circuit_is_told_in_words(exchange, staff):
    for column, watts in ((1, 1000), (2, 800)):
        put(accepted(exchange, staff, watts=watts), 1, column, staff)
    put(accepted(exchange, staff, watts=1500), 3, 1, staff)
    found = power.loads(
        floor.stored(exchange.floor), placing.accepted_of(exchange), placing.limits_of(exchange)
    )
    assert [(each.letter, each.used, each.limit, each.over, each.booths, each.places) for each in found] == [
        ("A", 1800, 1500, 300, 2, 3),
        ("B", 1500, 1500, 0, 1, 3),
    ]
    assert [each.warning for each in found] == [
        "回路Aは、1500Wまでのところ、1800Wです。300W多すぎます。電気を使う出展を、別の回路の場所に移してください。",
        "",
    ]
