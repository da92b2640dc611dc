"""/joint/ticket/<token>/wishes/ and …/seats/: by the personal link."""

import pytest

from events.exchange.tables import making, seating
from events.links import token_of
from events.models import JointExchange, Wish
from tests.exchange_factories import make_exchange, make_registration


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange(office=office)


@pytest.fixture
def party(exchange) -> list:
    return [
        make_registration(exchange, f"架空 {number:02}", affiliation=f"工業{number}", is_listed=True)
        for number in range(12)
    ]


def page_of(row, what="wishes") -> str:
    return f"/joint/ticket/{token_of(row)}/{what}/"


def text(answer) -> str:
    return answer.content.decode()


def test_five_at_most_are_chosen_and_nothing_typed_is_lost(visitor, party):
    page = page_of(party[0])
    assert "架空 01" in text(visitor.client.get(page))
    answer = visitor.client.post(page, {"wanted": [row.pk for row in party[1:7]]})
    assert answer.status_code == 200
    assert "いま6名を選んでいます" in text(answer)
    assert text(answer).count(" checked") == 6
    assert Wish.objects.count() == 0
    answer = visitor.client.post(page, {"wanted": [row.pk for row in party[1:6]]})
    assert answer.status_code == 302
    assert Wish.objects.filter(wisher=party[0]).count() == 5
    assert text(visitor.client.get(page)).count(" checked") == 5


def test_a_search_keeps_those_who_are_chosen(visitor, party):
    page = page_of(party[0])
    visitor.client.post(page, {"wanted": [party[3].pk]})
    shown = text(visitor.client.get(f"{page}?q=工業7"))
    assert "架空 03" in shown
    assert "架空 07" in shown
    assert "架空 05" not in shown
    assert "見つかりません" in text(visitor.client.get(f"{page}?q=ない名前"))


def test_who_is_not_listed_is_not_shown(visitor, exchange, party):
    make_registration(exchange, "無言 一郎")
    assert "無言 一郎" not in text(visitor.client.get(page_of(party[0])))


def test_a_look_changes_nothing_and_a_false_link_opens_nothing(visitor, party):
    assert visitor.client.get(page_of(party[0])).status_code == 200
    assert Wish.objects.count() == 0
    for what in ("wishes", "seats"):
        answer = visitor.client.get(f"/joint/ticket/1-1.false/{what}/", follow=True)
        assert answer.status_code == 404


def test_the_seats_are_there_when_they_are_shown(visitor, exchange, party, staff):
    page = page_of(party[0], "seats")
    making.ask(exchange=exchange, by=staff.user)
    assert "まだ決まっていません" in text(visitor.client.get(page))
    seating.show(exchange=exchange, by=staff.user)
    shown = text(visitor.client.get(page))
    assert [f"第{number}回" in shown for number in (1, 2, 3)] == [True] * 3
    assert "同じ卓の方" in shown
    exchange.refresh_from_db()
    late = make_registration(exchange, "遅れ 太郎")
    assert "当日お知らせします" in text(visitor.client.get(page_of(late, "seats")))
    watching = make_registration(exchange, "見学 太郎", wants_tables=False)
    assert "席はありません" in text(visitor.client.get(page_of(watching, "seats")))
