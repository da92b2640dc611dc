"""Small numbers and millimetres as people type them; what cannot be read is refused with what to do."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from groups.forms.papers.fields import Choice, NumberField, ShiftField


def refused(field, value) -> str:
    with pytest.raises(ValidationError) as error:
        field.clean(value)
    return error.value.messages[0]


@pytest.mark.parametrize(("typed", "meant"), [("", 5), ("０", 0), (" 12 ", 12), ("50", 50)])
def test_numbers(typed, meant):
    assert NumberField(least=0, most=50, usual=5).clean(typed) == meant


@pytest.mark.parametrize("typed", ["51", "-1", "x", "1.5", "9" * 30])
def test_what_is_no_such_number(typed):
    field = NumberField(least=0, most=50, usual=5)
    assert refused(field, typed) == "0から50までの数を入れてください。"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("", "0"), ("1.5", "1.5"), ("−０．５", "-0.5"), ("+2mm", "2"), ("-20", "-20"), ("20.0", "20.0")],
)
def test_shifts(typed, meant):
    assert ShiftField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["20.1", "1.55", "x", "1e1", "NaN", "--1"])
def test_what_is_no_shift(typed):
    assert refused(ShiftField(), typed) == ("-20から20までのmmを、0.1きざみで入れてください。例：1.5、-0.5")


def test_the_first_choice_when_nothing_is_said():
    field = Choice(choices=[("a", "あ"), ("b", "い")])
    assert (field.clean(""), field.clean("b")) == ("a", "b")
    assert refused(field, "c") == "一覧から選んでください。"
