"""The one box at the desk: numbers as people type them, pieces of names, squares."""

import pytest

from events.exchange.day.finding import MOST, find, received_now, scanned
from events.links import token_of
from tests.exchange_factories import make_exchange, make_registration


@pytest.fixture
def people(exchange):
    return [
        make_registration(exchange, "架空 花子", kana="カクウ ハナコ", affiliation="株式会社青葉製作所"),
        make_registration(exchange, "髙橋 一郎", kana="タカハシ イチロウ"),
        make_registration(exchange, "仮空 三郎", kana="カクウ サブロウ", state="cancelled"),
    ]


@pytest.mark.parametrize("typed", ["2", "２", " ２ ", "002", "No.2", "No. 2", "ＮＯ．２", "#2"])
def test_a_number_is_one_person(exchange, people, typed):
    found = find(exchange, typed)
    assert (found.hits, found.by_number) == ([people[1]], True)


@pytest.mark.parametrize("typed", ["99", "99999999999999999999"])
def test_a_number_of_nobody(exchange, people, typed):
    assert find(exchange, typed).hits == []


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("はなこ", [0]),
        ("高橋", [1]),
        ("㈱青葉", [0]),
        ("花子 架空", [0]),
        ("カクウ", [0, 2]),
        ("だれも", []),
        ("・", []),
    ],
)
def test_a_piece_of_a_name(exchange, people, typed, places):
    """Who comes stands before who has cancelled."""
    assert find(exchange, typed).hits == [people[place] for place in places]


def test_only_of_this_exchange(exchange, people):
    other = make_exchange(fiscal_year=2027, day=exchange.day.replace(year=2028))
    make_registration(other, "架空 花子", kana="カクウ ハナコ")
    assert find(exchange, "花子").hits == [people[0]]


def test_not_more_than_can_be_looked_at(exchange):
    for _ in range(MOST + 1):
        make_registration(exchange, "架空 花子")
    found = find(exchange, "架空")
    assert (len(found.hits), found.more) == (MOST, True)


def test_the_query_is_one(exchange, people, django_assert_num_queries):
    for typed in ("1", "花子"):
        with django_assert_num_queries(1):
            assert [str(row.group) for row in find(exchange, typed).hits] == ["None"]


def test_a_square(exchange, people):
    token = token_of(people[0])
    assert (scanned(token).registration, scanned(token).is_old) == (people[0], False)
    people[0].generation = 2
    people[0].save()
    assert (scanned(token).registration, scanned(token).is_old) == (people[0], True)
    assert scanned(token + "x").registration is None


def test_which_reception_is_open(exchange):
    assert received_now() is None


def test_the_one_of_the_day(exchange, on_the_day):
    assert received_now() == exchange
