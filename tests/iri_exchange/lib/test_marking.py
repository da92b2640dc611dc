"""What was found is marked in the text as it was typed, whatever spelling found it."""

import pytest

from iri_exchange.lib import japan
from iri_exchange.lib.marking import BEFORE, SHOWN, holds, runs


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("株式会社髙橋製作所", "高橋", ["髙橋"]),
        ("たかはし工房", "タカハシ", ["たかはし"]),
        ("タカ・ハシ", "たかはし", ["タカ・ハシ"]),
        ("青葉と青葉", "青葉", ["青葉", "青葉"]),
        ("ＡＢＣ工業", "abc", ["ＡＢＣ"]),
        ("株式会社青葉", "株式会社", ["株式会社"]),
        ("若葉", "青葉", []),
        ("", "青葉", []),
    ],
)
def test_marks(text, typed, marked):
    told = runs(text, [japan.fold(typed)])
    assert "".join(run for run, _ in told) == text
    assert [run for run, is_marked in told if is_marked] == marked


def test_a_long_text_is_cut_around_the_mark():
    told = runs("前" * 300 + "歯車" + "後" * 300, ["歯車"])
    assert told == [("…" + "前" * BEFORE, False), ("歯車", True), ("後" * (SHOWN - BEFORE - 2) + "…", False)]
    assert runs("前" * 300, ["歯車"]) == [("前" * SHOWN + "…", False)]


def test_holds():
    assert holds("㈱髙橋", [japan.fold("高橋")])
    assert not holds("", ["高"])
    assert not holds("若葉", ["高橋", "青葉"])
