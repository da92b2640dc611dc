"""Labels lie where their sheet says, to the hundredth of a millimetre, from the first that is left, as shifted."""

import datetime
from decimal import Decimal

import pytest

from groups.models import LabelFormat
from groups.papers.addressing import Addressee
from groups.papers.job import Job
from groups.papers.labels import SIDE, Sheet, print_labels, print_test
from groups.papers.selection import Readers, members
from members.models import Export
from tests.factories import make_company, make_group, make_membership
from tests.groups.papers.sheets import outside, pages, sizes, text_of

TODAY = datetime.date(2026, 11, 25)
# name of the seeded format → left and top of its first and of its last label
CORNERS = {
    (2, 5): ((18.6, 21.5), (105.0, 224.7)),
    (2, 6): ((18.6, 21.6), (105.0, 233.1)),
    (3, 6): ((7.2, 8.7), (139.2, 241.7)),
    (3, 7): ((7.2, 15.1), (139.2, 243.7)),
    (3, 8): ((7.2, 12.9), (139.2, 250.2)),
}


@pytest.fixture
def keyaki(db):
    group = make_group(name="けやき会", slug="keyaki", number_prefix="KY")
    for number in range(5):
        company = make_company(name=f"株式会社第{number}", postal_code=f"196-000{number}", kana="")
        make_membership(group, company=company, representatives=[])
    return group


def job(group) -> Job:
    return Job((group,), group, TODAY, None)


def printed(group, sheet) -> bytes:
    present = members([group], TODAY, Readers.OFFICE)
    return print_labels(job=job(group), sheet=sheet, members=present, addressee=Addressee.COMPANY)


def codes(content: bytes) -> list[list[tuple[str, float, float]]]:
    """The postal codes of each page, with the corners of their texts."""
    return [
        [(each.text, each.x, each.y) for each in page if each.text.startswith("〒")]
        for page in pages(content)
    ]


def test_the_seeded_sheets(db):
    found = {
        (kind.columns, kind.rows): (
            Sheet(kind).corner(0),
            Sheet(kind).corner(kind.columns * kind.rows - 1),
        )
        for kind in LabelFormat.objects.all()
    }
    assert {
        key: [tuple(round(at, 2) for at in corner) for corner in both] for key, both in found.items()
    } == {key: list(both) for key, both in CORNERS.items()}


@pytest.mark.parametrize(("columns", "rows"), CORNERS)
def test_text_stands_at_the_pitch_of_the_sheet(keyaki, columns, rows):
    kind = LabelFormat.objects.get(columns=columns, rows=rows)
    (page,) = codes(printed(keyaki, Sheet(kind)))
    corners = [Sheet(kind).corner(place) for place in range(5)]
    _, first_x, first_top = page[0]
    assert first_x == pytest.approx(corners[0][0] + SIDE, abs=0.01)
    for (_, x, y), (left, top) in zip(page, corners, strict=True):
        assert x - first_x == pytest.approx(left - corners[0][0], abs=0.011)
        assert y - first_top == pytest.approx(top - corners[0][1], abs=0.011)


def test_a_partly_used_sheet_begins_at_the_first_label_that_is_left(keyaki):
    kind = LabelFormat.objects.get(columns=2, rows=6)
    first, second = codes(printed(keyaki, Sheet(kind, start=10)))
    assert [text for text, _, _ in first] == ["〒196-0000", "〒196-0001", "〒196-0002"]
    whole = codes(printed(keyaki, Sheet(kind)))[0]
    assert [at[1:] for at in second] == [at[1:] for at in whole[:2]]
    assert first[0][1] == second[1][1]  # the tenth is on the right


def test_a_shift_moves_everything_by_its_millimetres(keyaki):
    kind = LabelFormat.objects.get(columns=3, rows=7)
    (still,) = codes(printed(keyaki, Sheet(kind)))
    (moved,) = codes(printed(keyaki, Sheet(kind, right=Decimal("1.5"), down=Decimal("-0.7"))))
    for (_, x, y), (_, to_x, to_y) in zip(still, moved, strict=True):
        assert (to_x - x, to_y - y) == (pytest.approx(1.5, abs=0.011), pytest.approx(-0.7, abs=0.011))


def test_the_number_of_the_copy_stands_below_the_labels(keyaki):
    kind = LabelFormat.objects.get(columns=2, rows=6)
    for number in ("001", "002"):
        told = pages(printed(keyaki, Sheet(kind)))[0][-1]
        assert told.text == f"けやき会　宛名ラベル　令和8年11月25日現在　部数番号 {number}　1／1"
        assert told.y > Sheet(kind).bottom


def test_a_sheet_full_to_its_edge_bears_the_number_in_its_title_alone(keyaki):
    full = LabelFormat(
        columns=2, rows=10, width=105, height=Decimal("29.7"), left=0, top=0, column_gap=0, row_gap=0
    )
    content = printed(keyaki, Sheet(full))
    assert "部数番号" not in text_of(content)
    assert outside(content) == []


def test_nobody_is_said_in_words(db):
    empty = make_group(name="みなと会", number_prefix="MN")
    kind = LabelFormat.objects.get(columns=2, rows=6)
    assert text_of(printed(empty, Sheet(kind))) == "宛名にする会員は、いません。"


def test_the_test_print_tells_of_nobody_and_is_not_logged(keyaki):
    kind = LabelFormat.objects.get(columns=3, rows=8)
    content = print_test(sheet=Sheet(kind, right=Decimal("0.5")))
    text = text_of(content)
    assert (sizes(content), outside(content)) == ({(210.0, 297.0)}, [])
    assert "右へ0.5mm、下へ0mm" in text
    assert {each.text for each in pages(content)[0]} >= {str(number) for number in range(1, 25)}
    assert Export.objects.count() == 0
