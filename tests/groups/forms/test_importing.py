"""What the page of the preview sends back: answers, a sheet, columns."""

import pytest

from groups.forms.importing import AnswersForm, ColumnsForm, SheetForm, read_answers, reading_form
from tests.groups.batches import LAYOUT

AS_READ = {"header_row": "3", "column-0": "company_name", "column-1": "phone", "column-2": ""}


def test_answers_are_rows_and_records():
    posted = {
        "answer-3": "12",
        "answer-４": "０",
        "answer-5": "-1",
        "answer-6": "-4",
        "csrfmiddlewaretoken": "x",
    }
    assert read_answers(posted) == {3: 12, 4: 0, 5: -1, 6: -4}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("answer-3", "9" * 5000),
        ("answer-" + "9" * 5000, "3"),
        ("answer-3", "9" * 12),
        ("answer-3", "--1"),
        ("answer-3", "-"),
        ("answer-3", ""),
        ("answer-3", "²"),
        ("answer--3", "3"),
        ("answer-3", "\0"),
        ("answer-", "3"),
        ("3", "3"),
    ],
)
def test_anything_else_is_no_answer(name, value):
    assert read_answers({name: value}) == {}


@pytest.mark.parametrize(
    ("posted", "layout", "form"),
    [
        ({"sheet": "予算"}, LAYOUT, SheetForm),
        (AS_READ, LAYOUT, ColumnsForm),
        ({"answer-3": "1"}, LAYOUT, AnswersForm),
        ({}, LAYOUT, AnswersForm),
        (AS_READ | {"sheet": "予算"}, None, AnswersForm),
    ],
)
def test_the_form_is_the_one_that_was_sent(posted, layout, form):
    assert type(reading_form(posted, layout)) is form


@pytest.mark.parametrize(
    ("posted", "chosen"),
    [
        ({"sheet": "予算"}, {"sheet": "予算"}),
        (AS_READ, {"header_row": 3, "mapping": {0: "company_name", 1: "phone", 2: ""}}),
        (AS_READ | {"header_row": "１"}, {"header_row": 1}),
        (
            AS_READ | {"header_row": "0", "column-2": "trade"},
            {"header_row": 0, "mapping": {0: "company_name", 1: "phone", 2: "trade"}},
        ),
        (
            {"header_row": "3", "column-0": "person_name"},
            {"header_row": 3, "mapping": {0: "person_name", 1: "", 2: ""}},
        ),
        (
            {"header_row": "3", "column-0": "family_name", "column-1": "given_name"},
            {"header_row": 3, "mapping": {0: "family_name", 1: "given_name", 2: ""}},
        ),
        ({"answer-3": "1", "answer-4": "x"}, {"answers": {3: 1}}),
        ({"forget": "1"}, {"answers": {}}),
        ({}, {}),
    ],
)
def test_what_was_chosen_is_what_the_reader_is_told(posted, chosen):
    form = reading_form(posted, LAYOUT)
    assert form.is_valid()
    assert form.chosen == chosen


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        (
            {"column-1": "company_name"},
            {"column-1": ["「企業名」はA列でも選ばれています。どちらかを変えてください。"]},
        ),
        ({"column-0": ""}, {"__all__": ["「企業名」か「参加者氏名」（または「姓」）の列を選んでください。"]}),
        (
            {"column-0": "given_name"},
            {"__all__": ["「企業名」か「参加者氏名」（または「姓」）の列を選んでください。"]},
        ),
        ({"column-0": "pk"}, {"column-0": ["この中から選んでください。"]}),
        ({"header_row": "-1"}, {"header_row": ["数字だけで入れてください。例：50"]}),
    ],
)
def test_what_cannot_be_is_said(changed, errors):
    form = ColumnsForm(AS_READ | changed, LAYOUT)
    assert {name: error for name, error in form.errors.items() if name in errors} == errors
