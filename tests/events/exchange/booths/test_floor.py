"""The plan of the hall as a text."""

import pytest
from django.core.exceptions import ValidationError

from events.exchange.booths import floor


def test_the_places_are_the_letters_row_by_row():
    plan = floor.read("##=#\n.AB.\n..B")
    assert [(at, cell.letter) for at, cell in plan.places.items()] == [
        ((1, 1), "A"),
        ((1, 2), "B"),
        ((2, 2), "B"),
    ]
    assert plan.letters == ["A", "B"]
    assert plan.rows == ("##=#", ".AB.", "..B.")


def test_what_a_japanese_keyboard_types_is_taken():
    assert floor.read("＃＝．Ａｂ c\r\n\r\n").rows == ("#=.AB.C",)


def test_an_unknown_letter_is_named_with_its_place():
    with pytest.raises(ValidationError) as refused:
        floor.read("...\n.?.")
    assert refused.value.messages == ["2段目の2番目の「?」は、使えません。. # = と A～Z で書いてください。"]


@pytest.mark.parametrize("plan", ["A\n" * 41, "A" * 61])
def test_a_hall_has_its_bounds(plan):
    with pytest.raises(ValidationError, match="40段・60列まで"):
        floor.read(plan)


def test_another_size_keeps_what_fits():
    plan = floor.read("AAA\nBBB")
    assert plan.resized(3, 2).rows == ("AA", "BB", "..")
    assert plan.resized(1, 4).rows == ("AAA.",)


def test_an_empty_plan_has_no_places():
    assert (floor.stored("").rows, floor.stored("").columns, floor.stored("").places) == ((), 0, {})
