"""The small shapes that the drawn marks are made of."""

import pytest

from iri_exchange.lib import drawing


@pytest.mark.parametrize(
    ("value", "text"),
    [(3, "3"), (2.5, "2.5"), (1 / 3, "0.33"), (-0.001, "0"), (12.0, "12"), (-7.25, "-7.25")],
)
def test_number(value, text):
    assert drawing.number(value) == text


@pytest.mark.parametrize(
    ("turn", "place"), [(0, (32, 22)), (0.25, (42, 32)), (0.5, (32, 42)), (0.75, (22, 32))]
)
def test_at_turns_clockwise_from_the_top(turn, place):
    assert tuple(round(each, 6) for each in drawing.at(turn, 10)) == place


def test_through():
    assert drawing.through([(1, 2), (3, 4)]) == "M1 2L3 4z"
    assert drawing.through([(1, 2), (3, 4)], closed=False) == "M1 2L3 4"


def test_polygon():
    assert drawing.polygon(4, 10) == "M32 22L42 32L32 42L22 32z"


def test_star_has_twice_as_many_corners():
    assert drawing.star(5, 20, 8).count("L") == 9


def test_teeth_have_four_corners_each():
    assert drawing.teeth(12, 30, 24).count("L") == 47


def test_spokes():
    assert drawing.spokes(2, 5, 10) == "M32 27L32 22M32 37L32 42"


def test_hole_is_cut_out_of_a_solid():
    assert drawing.solid(drawing.box(0, 0, 64, 64), drawing.hole(32, 32, 8)) == (
        '<path d="M0 0h64v64h-64zM24 32a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z" fill="currentColor" fill-rule="evenodd"/>'
    )
