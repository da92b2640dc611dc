"""The founding workbench: every move is a button; scenarios decide nothing until they are taken over."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.models import Application, Scenario
from groups.recruitment import deciding, reviewing, scenarios
from tests.factories import make_application, make_round
from tests.strictness import parse_strictly


@pytest.fixture
def call(office):
    return make_round(office=office, capacity=2)


@pytest.fixture
def url(call):
    return f"/office/recruitment/{call.pk}/workbench/"


def page(actor, url: str) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def decisions(*rows):
    return [Application.objects.get(pk=each.pk).decision for each in rows]


def test_only_staff_open_it(member, staff, url):
    assert (member.client.get(url).status_code, staff.client.get(url).status_code) == (404, 200)
    assert "候補は、まだありません" in page(staff, url)


def test_a_button_moves_a_card_and_leads_back_to_it(staff, url, call):
    rows = [make_application(call, products="歯車") for _ in range(3)]
    place = f"/office/recruitment/{call.pk}/place/"
    for row in rows[:2]:
        answer = staff.client.post(place, {"application": row.pk, "decision": "accept"})
        assert answer.url == f"{url}#c{row.pk}"
    answer = staff.client.post(place, {"application": rows[2].pk, "decision": "accept"}, follow=True)
    assert "定員の2社まで、もう採択にしています。" in answer.content.decode()
    staff.client.post(place, {"application": rows[1].pk, "decision": ""})
    assert decisions(*rows) == ["accept", "", ""]
    answer = staff.client.post(place, {"application": 99999, "decision": "accept"}, follow=True)
    assert "この応募は、この募集にはありません。" in answer.content.decode()


def test_the_board_shows_rivals_the_matrix_and_the_trades(staff, url, call):
    rows = [make_application(call, products="歯車") for _ in range(2)]
    for row in rows:
        deciding.decide(application=row, decision="accept", by=staff.user)
    shown = page(staff, url)
    assert f"{rows[0].name} と {rows[1].name}" in shown or f"{rows[1].name} と {rows[0].name}" in shown
    assert '<td class="is-alike">品</td>' in shown
    assert f"{rows[1].name}と重なる（歯車）" in shown


def test_the_waiting_list_moves_by_buttons(staff, url, call):
    rows = [make_application(call) for _ in range(2)]
    for row in rows:
        deciding.decide(application=row, decision="wait", by=staff.user)
    assert "補欠の1番" in page(staff, url)
    answer = staff.client.post(f"/office/applications/{rows[1].pk}/line/", {"to": "up"})
    assert answer.url == f"{url}#c{rows[1].pk}"
    assert list(deciding.waiting_line(call)) == [rows[1], rows[0]]


def test_decisions_are_put_aside_moved_compared_and_taken_over(staff, url, call):
    one, other = make_application(call), make_application(call)
    deciding.decide(application=one, decision="accept", by=staff.user)
    assert "名前を入れてください。" in staff.client.post(url, {"name": ""}).content.decode()
    answer = staff.client.post(url, {"name": "案A"})
    scenario = Scenario.objects.get()
    board = f"/office/scenarios/{scenario.pk}/"
    assert answer.url == board
    assert "これは案です。" in page(staff, board)
    staff.client.post(f"{board}place/", {"application": other.pk, "decision": "wait"})
    assert decisions(one, other) == ["accept", ""]
    compared = page(staff, f"/office/recruitment/{call.pk}/compare/?other={scenario.pk}")
    assert "案A" in compared
    assert f"{other.number}　{other.name}" in compared
    assert "次の1件の採否が変わります。" in page(staff, f"{board}take/")
    answer = staff.client.post(f"{board}take/", follow=True)
    assert "「案A」を採否にしました。1件が変わりました。" in answer.content.decode()
    assert decisions(one, other) == ["accept", "wait"]
    assert "いまの採否と同じです。" in page(staff, f"{board}take/")


def test_a_scenario_is_copied_and_forgotten(staff, call):
    scenario = scenarios.put_aside(round=call, name="案A", by=staff.user)
    board = f"/office/scenarios/{scenario.pk}/"
    again = staff.client.post(board, {"name": "案A"})
    assert "この名前の案は、もうあります。" in again.content.decode()
    staff.client.post(board, {"name": "案B"})
    assert list(Scenario.objects.values_list("name", flat=True)) == ["案A", "案B"]
    staff.client.post(f"{board}forget/")
    assert list(Scenario.objects.values_list("name", flat=True)) == ["案B"]


def test_after_the_announcement_it_is_only_looked_at(staff, url, call):
    row = make_application(call)
    deciding.decide(application=row, decision="wait", by=staff.user)
    call.announced_at = timezone.now()
    call.save()
    shown = page(staff, url)
    assert "ここでは、もう動かせません。" in shown
    assert 'class="board-moves"' not in shown
    place = {"application": row.pk, "decision": "accept"}
    answer = staff.client.post(f"/office/recruitment/{call.pk}/place/", place, follow=True)
    assert deciding.ANNOUNCED in answer.content.decode()


def test_as_many_queries_for_thirty_candidates_as_for_one(staff, url, call):
    make_application(call)
    counted = []
    for _ in range(2):
        staff.client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page(staff, url)
        counted.append(len(queries))
        for _ in range(29):
            make_application(call)
    assert counted[0] == counted[1]


def test_what_cannot_be_moved_is_told_on_the_board(staff, url, call):
    one, asked = make_application(call), make_application(call)
    reviewing.ask(application=asked, question="資本金は。", due=None, by=staff.user)
    place = f"/office/recruitment/{call.pk}/place/"
    for typed, sentence in (
        ({"application": one.pk, "decision": "maybe"}, "この応募は、この募集にはありません。"),
        ({"application": asked.pk, "decision": "wait"}, "お尋ねのお返事を待っています。"),
    ):
        assert sentence in staff.client.post(place, typed, follow=True).content.decode()
    line = staff.client.post(f"/office/applications/{one.pk}/line/", {"to": "up"}, follow=True)
    assert "補欠の順番には入っていません。" in line.content.decode()
    assert decisions(one, asked) == ["", ""]


def test_a_scenario_that_does_not_fit_is_told_and_decides_nothing(staff, url, call):
    rows = [make_application(call) for _ in range(3)]
    scenario = scenarios.put_aside(round=call, name="案A", by=staff.user)
    board = f"/office/scenarios/{scenario.pk}/"
    for row in rows:
        staff.client.post(f"{board}place/", {"application": row.pk, "decision": "accept"})
    told = staff.client.post(f"{board}take/", follow=True).content.decode()
    assert "定員の2社まで、もう採択にしています。" in told
    assert decisions(*rows) == ["", "", ""]
    unknown = staff.client.get(f"/office/recruitment/{call.pk}/compare/?other=99999")
    assert (unknown.status_code, "この値ではしぼり込めません。" in unknown.content.decode()) == (200, True)
