"""The inbox: by number, with what to look at; every figure counts what its question lists."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from groups.forms.inbox import InboxFilter
from groups.models import Application
from groups.recruitment import deciding, inbox
from tests.factories import make_application, make_company, make_round


@pytest.fixture
def call(office):
    return make_round(office=office)


def asked(call, question):
    return list(InboxFilter(QueryDict(question.lstrip("?")), inbox.received(call)).qs)


def test_in_the_order_of_the_numbers_without_what_nobody_confirmed(call, office):
    make_application(call, state="draft")
    second, first = make_application(call, serial=2), make_application(call, serial=1)
    assert list(inbox.received(call)) == [first, second]


def test_what_to_look_at(call):
    plain = make_application(call, is_new_company=True)
    odd = make_application(call, in_tokyo=None, sme_category="", contact_email="")
    assert inbox.flags_of(plain) == []
    assert inbox.flags_of(odd) == [
        inbox.FLAGS[flag] for flag in (inbox.UNMATCHED, inbox.OUTSIDE, inbox.SIZE, inbox.NO_MAIL)
    ]


@pytest.mark.parametrize("flag", [*inbox.FLAGS])
def test_a_flag_lists_exactly_the_rows_that_show_it(call, flag):
    known = make_company()
    sizes = [("", None, None), ("retail", 5_000, 900), ("retail", None, 51), ("service", 5_001, 101)]
    for category, capital, employees in sizes:
        make_application(call, sme_category=category, capital=capital, employees=employees)
    make_application(call, in_tokyo=False, known_company=known)
    make_application(call, in_tokyo=None, is_new_company=True)
    make_application(call, contact_email="")
    for _ in range(2):
        make_application(call, corporate_number="7000012050002")
    wanted = [row.pk for row in inbox.received(call) if inbox.FLAGS[flag] in inbox.flags_of(row)]
    assert [row.pk for row in asked(call, f"flag={flag}")] == wanted
    assert 0 < len(wanted) < Application.objects.count()


def test_every_figure_counts_what_its_question_lists(call, staff):
    rows = [make_application(call) for _ in range(6)]
    for row, decision in zip(rows, ["accept", "accept", "wait", "decline"], strict=False):
        deciding.decide(application=row, decision=decision, by=staff.user)
    make_application(call, state="withdrawn", decision="accept", decided_by=staff.user)
    make_application(call, state="info_requested")
    figures = inbox.figures(call)
    assert [(each.label, each.number) for each in figures] == [
        ("届いた応募", 8),
        ("受付", 2),
        ("審査中", 4),
        ("追加照会中", 1),
        ("取下げ", 1),
        ("採択にする", 2),
        ("補欠にする", 1),
        ("不採択にする", 1),
        ("まだ決めていない", 3),
    ]
    assert [len(asked(call, each.query)) for each in figures] == [each.number for each in figures]


def test_what_waits_for_a_second_person(call, staff):
    row = make_application(call)
    deciding.decide(application=row, decision="accept", by=staff.user)
    assert asked(call, "decision=unapproved") == []
    call.needs_two = True
    call.save()
    assert asked(call, "decision=unapproved") == [row]


def test_narrowed_by_name_trade_prefecture_and_route(call, staff):
    odd = make_application(
        call,
        name="㈱みなかみ酒造",
        industry="I",
        prefecture="埼玉県",
        route="fax",
        entered_by=staff.user,
    )
    make_application(call)
    for question in ("q=みなかみ", "industry=I", "prefecture=埼玉県", "route=fax"):
        assert asked(call, question) == [odd]


def test_as_many_queries_for_thirty_rows_as_for_one(call):
    make_application(call)
    make_company(phone="042-600-0001")
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            inbox.lines(list(inbox.received(call)))
            inbox.figures(call)
        counted.append(len(queries))
        for _ in range(29):
            make_application(call)
    assert counted == [5, 5]
