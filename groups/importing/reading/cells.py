"""What one cell of a roster says: a value, nothing, the same as above, or something that nobody can read.

Each column has a memo: a cell that was seen before costs one look.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from groups.importing.reading.columns import INDIVIDUAL
from groups.importing.reading.texts import person_name
from iri_exchange.lib.importing import Remarked, listed
from iri_exchange.lib.sheets import Cell, text_of

# What people write into a cell that they would have to leave empty.
_EMPTY = frozenset(
    listed(
        "なし、無し、無、ナシ、ありません、該当なし、電話なし、FAXなし、メールなし、該当無し、不明、未定、未登録、未記入、未確認、非公開、非公表、空欄、準備中、作成中、工事中、"
        "?、??、N/A、NONE、NULL、×、〒、年月日、様、御中"
    )
)
_RULES = "-‐‑‒–—―−─━ー－ｰ・.。* \n"
_BRACKETS = "（）()【】[]「」<>＜＞ 　"
_DITTO = frozenset(
    listed("同上、上に同じ、上と同じ、上記と同じ、上記に同じ、〃、々、\"、”、“、″、''、´´、↑、ノ")
)
_ELSEWHERE = frozenset(
    listed(
        "同左、左に同じ、左と同じ、同右、右に同じ、同じ、同、電話と同じ、電話に同じ、TELと同じ、TELに同じ、兼用、電話兼用、"
        "代表者と同じ、代表者に同じ、会社と同じ、←、→"
    )
)
_SHEET_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)|##+")
_LINE_BREAK = re.compile("_x000[dD]_\n?|\r\n?|[\v\f\x85\u2028\u2029]")
_TO_MEND = re.compile("_x000|[\r\t\v\f\x85\u2028\u2029]")
# Most texts need no closer look.
_SAYING_NOTHING_BEGINS = frozenset([*(word[0] for word in _EMPTY), *_RULES, *_BRACKETS, *"#？nｎＮfｆＦﾅﾒ"])
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
# 青葉 一郎（個人会員） instead of a company.
_ALONE = re.compile(f"(.*[^\\s])\\s*[（(](?:{'|'.join(INDIVIDUAL)})[)）]")
_ALONE_ENDS = frozenset(word[-1] for word in INDIVIDUAL) | frozenset(_BRACKETS)
_SHORT, _LONGEST = 12, 1_000


@dataclass(slots=True)
class Odd:
    """What a cell says that is not simply a value: nothing, a problem, 同上, a value with a remark, or that somebody
    is there `alone`, without a company.
    """

    problem: str = ""
    ditto: bool = False
    alone: bool = False
    value: Any = None
    remark: str = ""
    also: Mapping[str, Any] = field(default_factory=dict)
    vague: bool = False


NOTHING = Odd()


class Memo(dict[Any, Any]):
    """What each cell of a column says: a value, or Odd. A cell that was seen before costs one look."""

    def __init__(self, known: Mapping[Cell, Any], read: Callable[[Any], Any]) -> None:
        super().__init__(known)
        self.read = read

    def __missing__(self, cell: Any) -> Any:
        said = self[cell] = self.read(cell)
        return said


def plain(cell: Cell) -> str:
    """The cell's text, trimmed, with plain line breaks; "" if it says that there is nothing. ValueError if the
    spreadsheet itself failed there.
    """
    if isinstance(cell, float) and not math.isfinite(cell):
        raise ValueError("計算できない数になっています。正しい値を入れてください。")
    if not isinstance(cell, str):
        return text_of(cell)
    text = cell
    if _TO_MEND.search(text):
        text = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    if not (text[:1].isalnum() and text[-1:].isalnum()):
        text = _trimmed(text)
    if text[:1] in _SAYING_NOTHING_BEGINS:
        if _SHEET_ERROR.fullmatch(text):
            raise ValueError(f"表計算のエラー（{text}）になっています。正しい値を入れてください。")
        word = unicodedata.normalize("NFKC", text).strip(_BRACKETS).upper()
        if word in _EMPTY or not word.strip(_RULES + _BRACKETS + "〒"):
            return ""
    return text


def _trimmed(text: str) -> str:
    """Without white space, unseen characters, and the quotes that spreadsheets put before texts."""
    start, end = 0, len(text)
    while start < end and (text[start] == "'" or _is_unseen(text[start])) and text[start:] != "''":
        start += 1
    while end > start and _is_unseen(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_unseen(character: str) -> bool:
    if character.isalnum():
        return False
    return character.isspace() or unicodedata.category(character) in ("Cf", "Cc")


def _said(text: str, read: Callable[[str], Any], *, may_be_alone: bool = False) -> Any:
    """What a text says in its column."""
    if not text:
        return NOTHING
    if len(text) <= _SHORT:
        if text in _DITTO:
            return Odd(ditto=True)
        if text in _ELSEWHERE:
            return Odd(f"「{text}」ではなく、値そのものを入れてください。")
    if len(text) > _LONGEST:
        return Odd(f"長すぎます（{len(text):,}文字）。短くしてください。")
    if may_be_alone and text[-1] in _ALONE_ENDS:
        if text.strip(_BRACKETS) in INDIVIDUAL:
            return Odd(alone=True)
        if found := _ALONE.fullmatch(text):
            named = _odd_or_value(person_name, found[1])
            return named if isinstance(named, Odd) else Odd(alone=True, also={"person_name": named})
    return _odd_or_value(read, text)


def _odd_or_value(read: Callable[..., Any], *texts: str) -> Any:
    try:
        value = read(*texts)
    except ValueError as error:
        return Odd(str(error))
    if isinstance(value, Remarked):
        also = value.also or {}
        return Odd(value=value.value, remark=value.remark, also=also, vague=value.vague)
    return value if value or value == 0 else NOTHING


def single(key: str, read: Callable[[str], Any], known: Mapping[Cell, Any]) -> Memo:
    """A column that says one thing. `known` are cells whose value is known already."""
    may_be_alone, may_be_a_day = key == "company_name", key == "joined_on"

    def read_cell(cell: Cell) -> Any:
        try:
            text = plain(cell)
            if text[4:5] == "-" and not may_be_a_day and _DAY.fullmatch(text):
                return Odd(
                    f"日付（{text}）になっています。セルの書式を「文字列」にして、入れ直してください。"
                )
            return _said(text, read, may_be_alone=may_be_alone)
        except ValueError as error:
            return Odd(str(error))

    return Memo(known, read_cell)


def joined(read: Callable[..., Any]) -> Memo:
    """Several columns that together say one thing; `read` takes the text of each, "" where there is none."""

    def read_cells(cells: tuple[Cell, ...]) -> Any:
        try:
            texts = [plain(cell) for cell in cells]
        except ValueError as error:
            return Odd(str(error))
        filled = [text for text in texts if text]
        if not filled:
            return NOTHING
        if any(text in _DITTO for text in filled):
            alike = all(text in _DITTO for text in filled)
            return Odd("" if alike else "「同上」ではなく、値そのものを入れてください。", ditto=alike)
        return _odd_or_value(read, *texts)

    return Memo({}, read_cells)
