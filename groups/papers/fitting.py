"""How much room a text takes on paper: shrunk in steps, then broken, never cut.

Widths are those of the bold cut, the wider one, so that what is said to fit does. Room is in millimetres, type in points.
The engine could break the lines too, but not choose the size in which an address and a name fill one box.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from PIL import ImageFont

from iri_exchange.lib import pdf

MM_PER_POINT = 25.4 / 72
LEADING = 1.3  # as .fit in print_papers.css
LEAD = 0.72  # of its line's size, as .lead there
# What a set of blocks is made smaller by when even broken lines do not find room: texts at their fields' limits.
_TIGHTER = (1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)
_EM = 1000  # pixels at which the font is measured

# A letter with the marks and selectors that belong to it.
_LETTER = re.compile("[^\n][\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*")
# A line never begins with these, and letters and digits that belong together stay so while they can.
_NOT_FIRST = frozenset(
    "、。，．,.・：；:;）)」』】〉》ー－-‐～〜々ゝヽぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ！？!?%号"
)
_NOT_LAST = frozenset("（(「『【〈《〒第")
_TOGETHER = frozenset(
    "0123456789-－ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@_.&'０１２３４５６７８９"
)


@dataclass(frozen=True)
class Text:
    """A text to be set: in the first of `sizes` (points, descending) in which it takes one line, else broken in the last.

    Texts of one `look` share a size. `tail` (様, 御中) stays with the last words; `lead` (a title) stands smaller before
    them, or on lines of its own; `gap` is the room above, in points of the first size.
    """

    text: str
    sizes: tuple[float, ...]
    look: str = ""
    tail: str = ""
    lead: str = ""
    gap: float = 0


@dataclass(frozen=True)
class Block:
    """Lines of one size, not to be broken again: type in points, `gap` above them in points."""

    lines: tuple[str, ...]
    size: float
    look: str = ""
    lead: str = ""
    gap: float = 0

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def height(self) -> float:
        """In millimetres, the gap included."""
        return (len(self.lines) * self.size * LEADING + self.gap) * MM_PER_POINT

    @property
    def rules(self) -> dict[str, str]:
        """{class: what it says}: the same for all blocks that are set alike."""
        gap = {f"g-{round(self.gap * 100)}": f"padding-top: {self.gap:.2f}pt"} if self.gap else {}
        return {f"s-{round(self.size * 100)}": f"font-size: {self.size:.2f}pt"} | gap

    @property
    def classes(self) -> str:
        return " ".join((self.look, *self.rules))


def rules(blocks: Iterable[Block]) -> str:
    """The stylesheet for the classes of some blocks."""
    told: dict[str, str] = {}
    for block in blocks:
        told |= block.rules
    return "".join(f".{name} {{ {says} }}" for name, says in told.items())


def em(text: str) -> float:
    """The width of a text on one line, in em."""
    return sum(map(_width, _LETTER.findall(text)))


def height(blocks: Sequence[Block]) -> float:
    """In millimetres."""
    return sum(block.height for block in blocks)


def set_in(texts: Sequence[Text], width: float, tall: float) -> list[Block]:
    """The texts as blocks, one below the other, in a box of millimetres. Empty texts take no line."""
    texts = [text for text in texts if text.text]
    blocks: list[Block] = []
    for factor in _TIGHTER:
        sizes = _sizes(texts, width, factor)
        blocks = [block for text in texts for block in _blocks(text, sizes[text.look], width)]
        if height(blocks) <= tall:
            break
    return blocks


def lowered(blocks: Sequence[Block], tall: float, share: float) -> list[Block]:
    """The blocks with a share of the spare room of their box above them, in steps of half a point: 0.5 is the middle."""
    spare = max(0.0, tall - height(blocks)) / MM_PER_POINT
    return [replace(each, gap=each.gap + int(2 * spare * share) / 2) for each in blocks[:1]] + [*blocks[1:]]


def scaled(text: Text, factor: float) -> Text:
    """The same text for a larger or smaller sheet."""
    sizes = tuple(round(size * factor, 2) for size in text.sizes)
    return replace(text, sizes=sizes, gap=round(text.gap * factor, 2))


def broken(text: str, most: float, tail: str = "") -> list[str]:
    """A text in lines of at most `most` em; the tail stays with the last of them."""
    text = text.strip(" 　")
    if em(text + tail) <= most:
        return [text + tail]
    lines, rest = [], _LETTER.findall(text)
    while rest:
        end = _end(rest, most)
        if end == len(rest) and em("".join(rest) + tail) > most:
            end = _end(rest, most - em(tail)) if em(tail) < most else end
            end = min(end, len(rest) - 1) or len(rest)
        lines.append("".join(rest[:end]).strip(" 　"))
        rest = rest[end:]
        while rest and rest[0] in " 　":
            rest = rest[1:]
    return [*lines[:-1], lines[-1] + tail] if lines else [tail]


def _sizes(texts: Sequence[Text], width: float, factor: float) -> dict[str, float]:
    """{look: points}: the largest size in which each text of the look takes one line, or the smallest."""
    chosen: dict[str, float] = {}
    for text in texts:
        room, wide = width / MM_PER_POINT / factor, max(map(em, (text.text + text.tail).splitlines()))
        fits = next((size for size in text.sizes if wide * size <= room), text.sizes[-1])
        size = round(fits * factor, 2)
        chosen[text.look] = min(size, chosen.get(text.look, size))
    return chosen


def _blocks(text: Text, size: float, width: float) -> Iterator[Block]:
    """The text broken to the width; the title leads its first line if there is room for both."""
    room = width / MM_PER_POINT / size
    lead, gap = text.lead, text.gap
    if lead and em(lead + "　") * LEAD + em(text.text + text.tail) > room:
        yield Block(tuple(broken(lead, room / LEAD)), round(size * LEAD, 2), "title", gap=gap)
        lead, gap = "", 0
    *others, last = text.text.splitlines()
    lines = [line for paragraph in others for line in broken(paragraph, room)]
    yield Block((*lines, *broken(last, room, text.tail)), size, text.look, lead, gap)


def _end(letters: list[str], most: float) -> int:
    """How many letters stand on the first line: at least one, up to the best place to break."""
    room, full = most, 0
    for letter in letters:
        room -= _width(letter)
        if room < -1e-9:
            break
        full += 1
    full = max(full, 1)
    if full >= len(letters):
        return full
    places = range(full, full // 3, -1)
    at_space = (end for end in places if letters[end - 1] in " 　" or letters[end] in " 　")
    between = (end for end in places if _may_part(letters[end - 1], letters[end]))
    return next(at_space, next(between, full))


def _may_part(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return not (before in _TOGETHER and after in _TOGETHER)


@lru_cache(16_384)
def _width(letter: str) -> float:
    """In em; marks and selectors take no room of their own."""
    return float(_font().getlength(letter[0])) / _EM


@cache
def _font() -> Any:
    return ImageFont.truetype(str(pdf.font_files()[700]), _EM, layout_engine=ImageFont.Layout.BASIC)
