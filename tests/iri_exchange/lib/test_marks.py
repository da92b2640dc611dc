"""The drawn marks: well-formed, in one colour, on their sheet, with keys that fit the database."""

import re
from xml.etree import ElementTree

import pytest

from groups.models import Group
from iri_exchange.lib.marks import MARKS, NO_MARK

ALL = {**MARKS, "": NO_MARK}
ATTRIBUTES = {
    "path": {"d", "fill", "fill-rule", "stroke", "stroke-linejoin", "stroke-width"},
    "circle": {"cx", "cy", "r", "fill", "stroke", "stroke-width"},
}


def elements(key):
    return list(ElementTree.fromstring(f"<svg>{ALL[key].shapes}</svg>"))


def test_marks_that_groups_of_the_source_documents_take():
    assert {"gear_t", "plaza", "rings", "geta", "dots"} <= set(MARKS)


def test_there_is_one_for_each_of_thirty_groups():
    assert len(MARKS) >= 30
    assert len({mark.shapes for mark in MARKS.values()}) == len(MARKS)
    assert len({mark.label for mark in MARKS.values()}) == len(MARKS)


@pytest.mark.parametrize("key", MARKS)
def test_key_and_label_fit(key):
    assert len(key) <= Group._meta.get_field("mark").max_length
    assert re.fullmatch(r"[a-z_]+", key)
    assert MARKS[key].label


@pytest.mark.parametrize("key", ALL)
def test_draws_plain_shapes_in_the_current_colour(key):
    shapes = elements(key)
    assert shapes
    for shape in shapes:
        assert set(shape.attrib) <= ATTRIBUTES[shape.tag]
        assert {shape.get("fill"), shape.get("stroke")} <= {"currentColor", "none", None}


@pytest.mark.parametrize("key", ALL)
def test_stays_on_its_sheet(key):
    """Absolute coordinates; relative ones follow from them."""
    for shape in elements(key):
        if shape.tag == "circle":
            x, y, r = (float(shape.get(name)) for name in ("cx", "cy", "r"))
            assert r <= x <= 64 - r
            assert r <= y <= 64 - r
        else:
            for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", shape.get("d")):
                assert 0 <= float(x) <= 64
                assert 0 <= float(y) <= 64
