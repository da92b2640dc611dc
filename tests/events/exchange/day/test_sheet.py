"""The reception on paper."""

import pytest

from events.exchange.day.sheet import BLANKS, coming, print_sheet
from members.models import Export
from tests.events.exchange.day.reading import text_of
from tests.exchange_factories import make_registration


def test_in_the_order_of_their_reading(exchange):
    names = [("架空 花子", "カクウ ハナコ"), ("相川 一郎", "アイカワ イチロウ"), ("濵田 隆", "ハマダ タカシ")]
    for name, kana in names:
        make_registration(exchange, name, kana=kana)
    for state in ("waiting", "cancelled"):
        make_registration(exchange, "来ない 人", state=state)
    assert [row.name for row in coming(exchange)] == ["相川 一郎", "架空 花子", "濵田 隆"]


def test_what_stands_on_it_and_that_it_is_logged(exchange, group, staff, member):
    make_registration(
        exchange, kind="member", group=group, person=member.person, kana="カクウ ハナコ",
        affiliation="青葉製作所", wants_party=True,
    )  # fmt: skip
    make_registration(exchange, "仮空 次郎", photo_agreed=True)
    text = text_of(print_sheet(exchange=exchange, by=staff.user))
    for told in (
        "受付名簿",
        "フリガナ順",
        "参加 2名",
        "懇親会 1名",
        "カクウ ハナコ",
        "けやき会",
        "青葉製作所",
        "不可",
    ):
        assert told in text
    assert text.count("不可") == 1
    assert text.count("□") == 2 + BLANKS
    copy = Export.objects.get()
    assert (copy.subject, copy.copy_number, copy.row_count, copy.taken_by) == (
        "joint/2026/reception-list",
        1,
        2,
        staff.user,
    )
    assert list(copy.people.all()) == [member.person]


@pytest.mark.parametrize("count", [1, 30])
def test_queries(exchange, group, staff, count, django_assert_max_num_queries):
    for _ in range(count):
        make_registration(exchange, kind="member", group=group)
    with django_assert_max_num_queries(9):
        print_sheet(exchange=exchange, by=staff.user)
