"""Which rows below a header are no members: totals, the header again, notes, headings of parts, numbered empty lines.

What carries text and is skipped is told; nothing is dropped that could be a member.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from groups.importing.reading.columns import INDIVIDUAL
from groups.importing.reading.heading import Heading, labels_of
from groups.importing.reading.words import is_counter
from iri_exchange.lib.importing import Problem, bare, is_noise
from iri_exchange.lib.japan import INDUSTRIES
from iri_exchange.lib.sheets import Cell, Row, text_of

_MARK = re.compile(r"[※*＊【〔［\[<＜《〈■□●◆◇◎▼▽▲△★☆▶►―─━]|[（(]?注[)）:：意\s]|備考|凡例")
_KIND_OF_MEMBER = re.compile(r"(?:正|準|賛助|特別|一般|個人|法人|団体|名誉|顧問|OB|休会|新規?)会員(?:の部)?")
# Heads the part of those who are gone, or rest: 退会者, 休会会員（3名）, OB.
_GONE_HEADING = re.compile(
    r"(?:退会|休会|脱会)(?:済み?|中|予定)?(?:者|会員|企業)?(?:一覧|名簿|リスト|の部)?|(?:旧|元)会員|OB(?:会員|の部)?"
)
_COUNT_BEHIND = re.compile(r"[\s:：・]*[（(]?\s*[0-9０-９]+\s*[社名件人]?\s*[)）]?$")
# What a column that is not imported may say of somebody who is gone.
_GONE = re.compile(r"退会|休会|脱会|除名|(?<![a-z])ob(?![a-z])", re.IGNORECASE)
_HEADINGS = frozenset(INDUSTRIES.values()) | INDIVIDUAL
_NUMBER = re.compile(r"(?:no\.?|第)?\s*[0-9０-９]+[.)号]?", re.IGNORECASE)
# How 以上, 会員計, 総合計 begin, and the frames around them: a name that begins otherwise needs no closer look.
_OF_TOTALS = frozenset("以会企法個合小総累計ー・")
# From this many cells on a row is looked at only if it begins like a total or a header.
_MANY = 4


_TAKE_OUT = "取込では退会や休会を記録しません。会員でない方の行は、消してから取り込んでください。"


class Sieve:
    """Lets the members of a table through. `warnings` are the skipped rows that say something."""

    def __init__(self, heading: Heading, keys: Sequence[str], rows_above: Sequence[Row]) -> None:
        self.keys, self.labels = keys, heading.labels
        lines = [labels_of(row.cells) for row in rows_above[len(rows_above) - heading.lines :]]
        self.header_lines = [[bare(label) for label in line] for line in lines]
        self.header_words = {word for line in self.header_lines for word in line if word}
        above = rows_above[: len(rows_above) - heading.lines]
        self.titles = {bare(text_of(cell)) for row in above for cell in row.cells}
        self.warnings: list[Problem] = []
        self.closed = False
        self.begins_plainly: dict[Cell, bool] = {}
        self.beginnings = _OF_TOTALS | {word[0] for word in self.header_words}

    def members(self, rows: Sequence[Row]) -> list[Row]:
        return [row for row in rows if self._is_member(row)]

    def _is_member(self, row: Row) -> bool:
        cells = row.cells
        filled = [index for index, cell in enumerate(cells) if cell is not None and cell != ""]
        if not filled:
            return False
        first = cells[filled[0]]
        plain = self.begins_plainly.get(first)
        if plain is None:
            plain = self.begins_plainly[first] = self._begins_plainly(first)
        if plain and len(filled) > _MANY:
            return True
        return self._is_member_after_all(row, [index for index in filled if text_of(cells[index]).strip()])

    def _begins_plainly(self, first: Cell) -> bool:
        if not isinstance(first, str):
            return True
        if "ぁ" <= first[0] <= "鿿" and first[0] not in self.beginnings:
            return True
        return bool(first.strip()) and not is_noise([first, 1]) and bare(first) not in self.header_words

    def _is_member_after_all(self, row: Row, filled: list[int]) -> bool:
        if is_noise(row.cells):
            self.closed = self.closed or "以" in text_of(row.cells[filled[0]]) if filled else self.closed
            return False
        if self._is_header_again(row):
            self.closed = False
            return False
        texts = [index for index in filled if not _is_number(row.cells[index])]
        known = [index for index in filled if index < len(self.keys) and self.keys[index]]
        if (not texts and not known) or _numbers_the_columns([row.cells[index] for index in filled]):
            return False
        if known and not (self.closed and len(filled) <= 2) and not self._is_remark(row, filled):
            return True
        if texts and bare(text_of(row.cells[texts[0]])) not in self.titles:
            self._tell(row, texts[0])
        return False

    def _is_header_again(self, row: Row) -> bool:
        words = [bare(label) for label in labels_of(row.cells)]
        said = sum(map(bool, words))
        for line in self.header_lines:
            same = sum(bool(word) and word == label for word, label in zip(words, line, strict=False))
            if same >= 2 and same >= 0.8 * said:
                return True
        return False

    def _is_remark(self, row: Row, filled: list[int]) -> bool:
        """A text alone in its row: a note, the heading of a part, a title. A company's name may stand alone."""
        if len(filled) != 1:
            return False
        index, text = filled[0], text_of(row.cells[filled[0]]).strip()
        if _heads_the_gone(text):
            return True
        if sum(map(bool, self.keys)) < 3:
            return False
        if _MARK.match(text) or bare(text) in self.titles:
            return True
        if self.keys[index] == "company_name":
            word = text.strip("（）()")
            return word in _HEADINGS or _KIND_OF_MEMBER.fullmatch(word) is not None
        return self.keys[index] != "person_name"

    def _tell(self, row: Row, index: int) -> None:
        shown = _short(row.cells[index])
        label = self.labels[index] if index < len(self.labels) else ""
        sentence = f"「{shown}」の行は、会員の行ではないと見て、読みとばしました。"
        if _heads_the_gone(shown):
            sentence += f"その下の行は読みます。{_TAKE_OUT}"
        self.warnings.append(Problem(row.number, label, sentence))


def told_gone(rows: Sequence[Row], keys: Sequence[str], names: Sequence[str]) -> Iterator[Problem]:
    """Where a column that is not imported says that somebody has left, or rests: 備考, 区分, 退会日."""
    for index, key in enumerate(keys):
        if key or is_counter(names[index]):
            continue
        is_day = "退会" in names[index] or "脱会" in names[index]
        told: dict[Cell, bool] = {None: False}
        for number, cells in rows:
            cell = cells[index] if index < len(cells) else None
            if cell not in told:
                text = unicodedata.normalize("NFKC", text_of(cell))
                told[cell] = bool(_GONE.search(text)) or (is_day and any(map(str.isalnum, text)))
            if told[cell]:
                yield Problem(number, names[index], f"「{_short(cell)}」とあります。{_TAKE_OUT}")


def _heads_the_gone(text: str) -> bool:
    word = _COUNT_BEHIND.sub("", unicodedata.normalize("NFKC", text)).strip(
        "（）()【】[]「」<>《》〈〉■□●◆◇*※ 　"
    )
    return _GONE_HEADING.fullmatch(word) is not None


def _short(cell: Cell) -> str:
    """The cell on one line, and not more than the beginning of a long one."""
    text = " ".join(text_of(cell).split())
    return f"{text[:30]}…" if len(text) > 30 else text


def _is_number(cell: Cell) -> bool:
    return not isinstance(cell, str) or _NUMBER.fullmatch(cell.strip()) is not None


def _numbers_the_columns(cells: Sequence[Cell]) -> bool:
    """(1), (2), (3) … below a header."""
    words = [unicodedata.normalize("NFKC", text_of(cell)).strip(" ().") for cell in cells]
    first = int(words[0]) if re.fullmatch("[0-9]", words[0]) else -1
    return len(words) > 2 and words == [str(number) for number in range(first, first + len(words))]
