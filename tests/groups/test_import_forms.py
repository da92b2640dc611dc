"""What the page of the preview sends back about rows that the importer would not guess."""

import pytest

from groups.import_forms import read_answers


def test_answers_are_rows_and_companies():
    assert read_answers({"answer-3": "12", "answer-４": "０", "csrfmiddlewaretoken": "x"}) == {3: 12, 4: 0}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("answer-3", "9" * 5000),
        ("answer-" + "9" * 5000, "3"),
        ("answer-3", "9" * 12),
        ("answer-3", "-1"),
        ("answer-3", "\0"),
        ("answer-", "3"),
        ("3", "3"),
    ],
)
def test_anything_else_is_no_answer(name, value):
    assert read_answers({name: value}) == {}
