"""The founding workbench: who would be in the group, who waits in which order, how the trades overlap."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Application
from groups.recruitment import deciding, workbench
from tests.factories import make_application, make_company, make_membership, make_round

ACCEPT, WAIT = Application.Decision.ACCEPT, Application.Decision.WAIT


@pytest.fixture
def call(office):
    return make_round(office=office, capacity=3)


def now(call):
    rows = list(workbench.candidates(call))
    return workbench.board(call, rows, workbench.places_of(rows))


def test_everybody_who_takes_part_stands_in_a_column(call, staff):
    rows = [make_application(call) for _ in range(5)]
    gone = make_application(call, state="withdrawn")
    deciding.decide(application=rows[3], decision=WAIT, by=staff.user)
    deciding.decide(application=rows[1], decision=WAIT, by=staff.user)
    deciding.decide(application=rows[0], decision=ACCEPT, by=staff.user)
    board = now(call)
    assert {column.title: [card.application for card in column.cards] for column in board.columns} == {
        "採択": [rows[0]],
        "補欠": [rows[3], rows[1]],
        "不採択": [],
        "まだ決めていない": [rows[2], rows[4]],
    }
    assert (board.taken, board.left) == (1, 2)
    assert gone not in [card.application for column in board.columns for card in column.cards]


def test_the_matrix_tells_what_two_of_the_group_have_in_common(call, staff):
    gears = make_application(call, products="歯車")
    sake = make_application(call, products="清酒", industry="I")
    more = make_application(call, products="精密歯車")
    for each in (gears, sake, more):
        deciding.decide(application=each, decision=ACCEPT, by=staff.user)
    board = now(call)
    cells = [[None if cell is None else list(cell.words) for cell in row.cells] for row in board.matrix]
    assert cells == [[None, [], ["歯車"]], [[], None, []], [["歯車"], [], None]]
    assert board.trades == [("製造業", 2), ("卸売業、小売業", 1)]


def test_who_is_in_the_group_already_is_a_rival_too(call):
    company = make_company(products="歯車", trade="")
    make_membership(call.group, company=company, on=call.opens_on)
    application = make_application(call, products="歯車の加工")
    assert [rival.other for rival in workbench.rivals_in_round(application)] == [company]
    assert [card.rivals[0].other for card in now(call).columns[-1].cards] == [company]


def test_one_application_beside_those_that_are_accepted(call, staff):
    accepted, mine = make_application(call, products="歯車"), make_application(call, products="歯車")
    deciding.decide(application=accepted, decision=ACCEPT, by=staff.user)
    assert [rival.other for rival in workbench.rivals_in_round(mine)] == [accepted]
    assert workbench.rivals_in_round(accepted) == []


def test_sizes_are_counted():
    rows = [Application(employees=number) for number in (20, 21, 100, 301, None)]
    assert workbench.sizes_of(rows) == [
        ("20人まで", 1),
        ("21〜100人", 2),
        ("101〜300人", 0),
        ("301人以上", 1),
        ("人数が未記入", 1),
    ]


def test_one_query_however_many_there_are(call):
    for _ in range(30):
        make_application(call)
    rows = list(workbench.candidates(call))
    with CaptureQueriesContext(connection) as asked:
        workbench.board(call, rows, {})
    assert len(asked) == 1
