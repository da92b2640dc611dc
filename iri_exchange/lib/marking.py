"""Where in a text as typed a folded piece was found: for the eye, so that a list can say why it lists."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from iri_exchange.lib import japan

# A run of text, and whether it is what was searched for.
Run = tuple[str, bool]
# Of a long text only so much is told, around the first place found.
SHOWN, BEFORE = 60, 20


def holds(text: str, pieces: Iterable[str]) -> bool:
    """Whether one of the folded pieces is in the text."""
    key = japan.fold(text) if text else ""
    return any(piece in key for piece in pieces)


def runs(text: str, pieces: Sequence[str]) -> list[Run]:
    """The text in runs, each marked or not; a long one cut around the first mark.

    Letter by letter: a piece that reaches over something the key leaves out (株式会社) has no mark, and a text
    without marks is told from its beginning.
    """
    keys = [_alone(letter) for letter in text]
    joined = "".join(keys)
    origin = [place for place, key in enumerate(keys) for _ in key]
    marks = [False] * len(text)
    for piece in pieces:
        begin = joined.find(piece) if piece else -1
        while begin >= 0:
            first, last = origin[begin], origin[begin + len(piece) - 1]
            marks[first : last + 1] = [True] * (last + 1 - first)
            begin = joined.find(piece, begin + len(piece))
    return _cut(text, marks)


def _cut(text: str, marks: list[bool]) -> list[Run]:
    begin = max(0, marks.index(True) - BEFORE) if len(text) > SHOWN and True in marks else 0
    end = begin + SHOWN if len(text) > begin + SHOWN else len(text)
    letters = [("…", False)] if begin else []
    letters += zip(text[begin:end], marks[begin:end], strict=True)
    letters += [("…", False)] if end < len(text) else []
    found: list[Run] = []
    for letter, mark in letters:
        if found and found[-1][1] == mark:
            found[-1] = (found[-1][0] + letter, mark)
        else:
            found.append((letter, mark))
    return found


@lru_cache(maxsize=4096)
def _alone(letter: str) -> str:
    """The key of one letter, "" for a sign: behind a letter, since a sign by itself keeps itself."""
    return japan.fold(f"ア{letter}")[1:]
