"""Texts shrink in two steps, then break; nothing is lost and nothing is wider than its room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from groups.papers.fitting import Block, Text, broken, em, height, lowered, rules, scaled, set_in
from iri_exchange.lib import pdf

SIZES = (12, 10, 8)
MM = 72 / 25.4


def set_alone(text: str, width: float, tall: float = 100, **fields) -> list[Block]:
    return set_in([Text(text, SIZES, **fields)], width, tall)


@pytest.mark.parametrize(
    ("letters", "expected"),
    [(5, (12, 1)), (6, (10, 1)), (7, (8, 1)), (8, (8, 2)), (15, (8, 3))],
)
def test_two_steps_then_broken(letters, expected):
    width = 5 * 12 / MM + 0.1  # five letters of the largest size
    (block,) = set_alone("あ" * letters, width)
    assert (block.size, len(block.lines)) == expected
    assert "".join(block.lines) == "あ" * letters


def test_texts_of_one_look_share_a_size():
    texts = [Text("あ" * 7, SIZES, "street"), Text("あ", SIZES, "street"), Text("あ", SIZES, "name")]
    assert [block.size for block in set_in(texts, 5 * 12 / MM + 0.1, 100)] == [8, 8, 12]


def test_an_empty_text_takes_no_line():
    assert set_in([Text("", SIZES)], 50, 50) == []


def test_a_box_too_low_makes_everything_smaller():
    (block,) = blocks = set_alone("あ" * 120, 20, 15)
    assert block.size < 8
    assert height(blocks) <= 15
    assert "".join(block.lines) == "あ" * 120


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("瑞穂町箱根ケ崎910-4 プラザ3階", 12, ["瑞穂町箱根ケ崎910-4", "プラザ3階"]),
        ("昭島市東町123-4567", 9, ["昭島市東町", "123-4567"]),
        ("あいうえお、か", 5, ["あいうえ", "お、か"]),
        ("髙葛\U000e0100葛\U000e0100", 2, ["髙葛\U000e0100", "葛\U000e0100"]),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 9, ["ABCDEFGHIJKLM", "NOPQRSTUVWXYZ"]),
    ],
)
def test_lines_break_where_one_reads_on(text, most, expected):
    assert broken(text, most) == expected


def test_the_honorific_stays_with_the_name():
    assert broken("青木 一郎", 4.5, "　様") == ["青木", "一郎　様"]
    assert broken("青木一郎", 5, "　様") == ["青木一", "郎　様"]
    assert broken("青", 1, "　様") == ["青　様"]


def test_a_text_of_several_lines_is_as_wide_as_its_widest():
    (block,) = set_alone("あい\nあいうえお", 5 * 12 / MM + 0.1)
    assert (block.size, block.lines) == (12, ("あい", "あいうえお"))


def test_the_title_leads_the_name_if_both_find_room():
    (block,) = set_alone("青葉 一郎", 80, tail="　様", lead="代表取締役")
    assert (block.lead, block.text, block.size) == ("代表取締役", "青葉 一郎　様", 12)
    own, name = set_alone("青葉 一郎", 30, tail="　様", lead="代表取締役")
    assert (own.text, own.lead, name.text) == ("代表取締役", "", "青葉 一郎　様")
    assert own.size < name.size


def test_blocks_are_lowered_by_a_share_of_what_is_spare():
    blocks = [Block(("あ",), 10), Block(("い",), 10)]
    first, second = lowered(blocks, height(blocks) + 20, 0.5)
    assert (first.gap, second.gap) == (28, 0)
    assert lowered(blocks, 1, 0.5) == blocks


def test_blocks_set_alike_share_their_rules():
    blocks = [
        Block(("あ",), 10.5, "name", gap=3.5),
        Block(("い", "う"), 10.5, "name", gap=3.5),
        Block(("え",), 8),
    ]
    assert [block.classes for block in blocks] == ["name s-1050 g-350"] * 2 + [" s-800"]
    assert rules(blocks) == (
        ".s-1050 { font-size: 10.50pt }.g-350 { padding-top: 3.50pt }.s-800 { font-size: 8.00pt }"
    )


def test_scaled():
    assert scaled(Text("あ", SIZES, gap=4), 1.5) == Text("あ", (18, 15, 12), gap=6)


LETTERS = [*"あ髙A1-。、 　（@w", "葛\U000e0100"]


@given(st.lists(st.sampled_from(LETTERS), max_size=60).map("".join), st.floats(4, 30))
def test_nothing_is_lost_and_no_line_is_too_wide(text, most):
    lines = broken(text, most, "　様")
    assert "".join("".join(lines).split()) == "".join((text + "様").split())
    assert max(map(em, lines)) <= most + 1e-6


def test_nothing_is_wider_in_print_than_it_was_reckoned():
    """The bold cut is the wider one, and the engine sets no line wider than the sum of its letters."""
    plain = ImageFont.truetype(str(pdf.font_files()[400]), 1000)
    bold = ImageFont.truetype(str(pdf.font_files()[700]), 1000)
    letters = [chr(code) for code in range(0x20, 0x7F)] + list("あ亜ｱ①ー、（髙﨑𠮷")
    texts = [*letters, "株式会社AVテクノ（第1工場）", "To: Wave 11-77 Ltd."]
    wider = [
        text for text in texts if max(plain.getlength(text), bold.getlength(text)) > (em(text) + 0.006) * 1000
    ]
    assert wider == []


def test_marks_and_selectors_take_no_room():
    assert em("葛\U000e0100は\u3099") == em("葛は") == 2
