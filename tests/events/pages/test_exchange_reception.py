"""/office/joint/<year>/reception/: one box, big counts, who came last, and what is pressed there."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Registration
from members.models import Export
from tests.exchange_factories import DAY, at, make_exchange, make_registration
from tests.strictness import parse_strictly

NOON = at(DAY, 13, 5)
DESK = "/office/joint/2026/reception/"


@pytest.fixture
def exchange(office):
    return make_exchange(has_party=True, member_capacity=2, public_capacity=2)


@pytest.fixture
def on_the_day(exchange, staff):
    with time_machine.travel(NOON, tick=False) as traveller:
        staff.client.force_login(staff.user)
        yield traveller


def page(staff, more: str = "") -> str:
    answer = staff.client.get(DESK + more)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def press(staff, row: Registration, what: str = "arrive/", **sent) -> str:
    answer = staff.client.post(f"/office/joint/registrations/{row.pk}/{what}", sent, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def here() -> int:
    return Registration.objects.filter(arrived_at__isnull=False).count()


def test_who_may(exchange, visitor, member, secretary, adviser, staff):
    for path in (DESK, DESK + "state/", DESK + "walk-in/", DESK.replace("reception/", "reception.pdf")):
        statuses = [
            each.client.get(path).status_code for each in (visitor, member, secretary, adviser, staff)
        ]
        assert statuses == [302, 403, 403, 403, 200]


def test_before_the_day_one_practises(exchange, staff):
    row = make_registration(exchange)
    text = page(staff, "?q=1")
    assert "受付は、当日（令和9年2月10日）からできます。" in text
    assert "練習できます" in text
    assert "架空 花子" in text
    assert "受け付ける</button>" not in text
    assert "受付は、当日" in press(staff, row)
    assert here() == 0


def test_a_number_then_one_button(exchange, on_the_day, staff):
    row = make_registration(exchange)
    text = page(staff, "?q=１")
    assert (text.count("受け付ける</button>"), text.count("架空 花子")) == (1, 1)
    text = press(staff, row)
    assert "No. 1 架空 花子様を受け付けました（13:05）。" in text
    assert 'data-count="all">1</b>' in text
    assert here() == 1


def test_a_number_and_enter_receive_at_once(exchange, on_the_day, staff):
    """What cannot be received at once, and every name, is shown with its buttons."""
    make_registration(exchange)
    make_registration(exchange, "架空 次郎", state="cancelled")
    said = [
        staff.client.post(DESK, {"q": typed}, follow=True).content.decode()
        for typed in ("１", "1", "2", "架空", "9", "")
    ]
    assert "No. 1 架空 花子様を受け付けました（13:05）。" in said[0]
    assert "人数は、増やしていません。" in said[1]
    assert "それでも受け付ける</button>" in said[2]
    assert said[3].count("person-at-door") == 2
    assert "「9」の方は見つかりません" in said[4]
    assert "さがした結果" not in said[5]
    assert here() == 1


def test_before_the_day_a_number_receives_nobody(exchange, staff):
    make_registration(exchange)
    assert "受付は、当日" in staff.client.post(DESK, {"q": "1"}, follow=True).content.decode()
    assert here() == 0


def test_pressed_again_by_the_other_reception(exchange, on_the_day, staff):
    row = make_registration(exchange)
    press(staff, row)
    on_the_day.shift(60)
    text = press(staff, row, other="reception")
    assert "13:05に" in text
    assert "人数は、増やしていません。" in text
    assert here() == 1
    assert "もう一度押す必要はありません" in page(staff, "?q=1")


def test_cancelled_then_let_in_all_the_same(exchange, on_the_day, staff):
    row = make_registration(exchange, state="cancelled")
    text = press(staff, row)
    assert "No. 1 架空 花子様は、参加を取り消しています。" in text
    assert "それでも受け付ける</button>" in text
    assert here() == 0
    press(staff, row, anyway="1")
    assert here() == 1


def test_undone(exchange, on_the_day, staff):
    row = make_registration(exchange)
    press(staff, row)
    assert "取り消す" in page(staff)
    assert "架空 花子様の受付を取り消しました。" in press(staff, row, "arrive/undo/")
    assert "まだ受け付けていません" in press(staff, row, "arrive/undo/", again="1")
    assert here() == 0


def test_nobody_found(exchange, on_the_day, staff):
    assert "「だれも」の方は見つかりません" in page(staff, "?q=だれも")
    assert "この番号の方はいません" in page(staff, "?q=99")


def test_what_the_other_reception_asks_for(exchange, on_the_day, staff):
    press(staff, make_registration(exchange))
    make_registration(exchange, kind="press")
    answer = staff.client.get(DESK + "state/")
    assert answer.json() == {"counts": {"all": [1, 2], "public": [1, 1], "press": [0, 1]}}
    assert answer["Cache-Control"].count("no-store") == 1


def test_queries_do_not_grow(exchange, on_the_day, staff):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(staff, "?q=架空")
        return len(queries)

    make_registration(exchange, arrived_at=NOON, received_by=staff.user)
    page(staff)
    few = asked()
    for _ in range(29):
        make_registration(exchange, arrived_at=NOON, received_by=staff.user)
    assert asked() == few


def test_a_walk_in(exchange, on_the_day, staff):
    text = staff.client.get(DESK + "walk-in/").content.decode()
    assert "定員を超えていても入れます" in text
    sent = {"kind": "public", "name": "仮空 次郎", "affiliation": "青葉製作所", "photo_agreed": "on"}
    answer = staff.client.post(DESK + "walk-in/", sent, follow=True)
    assert "No. 1 仮空 次郎様を受け付けました（13:05）。" in answer.content.decode()
    row = Registration.objects.get()
    assert (row.state, row.source, row.entered_by, row.arrived_at) == ("confirmed", "door", staff.user, NOON)


def test_before_the_day_there_is_no_form_without_a_button(exchange, staff):
    page = staff.client.get(DESK + "walk-in/").content.decode()
    assert "できます。" in page
    assert 'name="affiliation"' not in page


@pytest.mark.parametrize("more", [{}, {"sure": "1"}])
def test_a_walk_in_sent_twice_is_counted_once(exchange, on_the_day, staff, more):
    sent = {"kind": "public", "name": "仮空 次郎", "affiliation": "青葉製作所"}
    staff.client.post(DESK + "walk-in/", sent | more)
    answer = staff.client.post(DESK + "walk-in/", sent | more, follow=True)
    assert answer.redirect_chain == [(DESK, 302)]
    assert "人数は、増やしていません" in answer.content.decode()
    assert list(Registration.objects.filter(name="仮空 次郎").values_list("number", flat=True)) == [1]


def test_a_walk_in_over_the_capacity(exchange, on_the_day, staff):
    for _ in range(2):
        make_registration(exchange)
    answer = staff.client.post(DESK + "walk-in/", {"kind": "public", "name": "仮空 次郎"}, follow=True)
    assert "定員を超えていますが、入っていただきました。" in answer.content.decode()


def test_a_walk_in_who_has_entered_before(exchange, on_the_day, staff):
    make_registration(exchange)
    sent = {"kind": "public", "name": "架空花子"}
    answer = staff.client.post(DESK + "walk-in/", sent)
    parse_strictly(answer.content)
    assert "1名、よく似たお名前の方がいます" in answer.content.decode()
    assert here() == 0
    staff.client.post(DESK + "walk-in/", sent | {"sure": "1"})
    assert here() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "public", "name": ""}, "お名前を入れてください"),
        ({"kind": "", "name": "仮空"}, "種類を選んでください"),
        ({"kind": "x", "name": "仮空"}, "x"),
        ({"kind": "public", "name": "仮空", "group": "OWN"}, "種類を「会員」にしてください"),
    ],
)
def test_a_walk_in_with_a_mistake(exchange, on_the_day, staff, group, sent, said):
    sent = {name: str(group.pk) if value == "OWN" else value for name, value in sent.items()}
    answer = staff.client.post(DESK + "walk-in/", sent)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    assert said in answer.content.decode()
    assert Registration.objects.count() == 0


def test_the_list_on_paper_is_logged_when_it_is_fetched(exchange, staff):
    path = "/office/joint/2026/reception.pdf"
    assert staff.client.head(path).status_code == 200
    assert Export.objects.count() == 0
    answer = staff.client.get(path)
    assert answer.content.startswith(b"%PDF")
    assert Export.objects.count() == 1
