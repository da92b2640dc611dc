"""Reading people's tables: what a label says, which rows are none, what is wrong where.

Knows nothing of groups or members: an importer brings its columns.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from iri_exchange.lib.japan import half_width, tidy
from iri_exchange.lib.sheets import Cell, text_of

_OPENING, _CLOSING = re.escape("([{<〔【《〈「『"), re.escape(")]}>〕】》〉」』")
_IN_BRACKETS = re.compile(f"[{_OPENING}]([^{_OPENING}{_CLOSING}]*)[{_CLOSING}]")
# What forms print beside a label: that it is needed, an example, its number.
_ASIDE = re.compile(
    r"(?:入力|記入)?必須(?:項目|入力)?|任意|required|optional|\(?(?:例|記入例)[:].*", re.I | re.S
)
_NUMBERING = re.compile(
    r"\(?(?:[0-9]{1,2}(?!人目|番目|名目|[0-9])[.:、)\s-]*|[a-z][.)]\s*(?=[^\x00-\x7f\s]))(?=\S)", re.I
)
_SIGNS = re.compile(r"[\s.・:*※/_\-,、。'\"~→|]")

_TOTAL = re.compile(
    r"以上(?:[0-9]+[社名件人])?|(?:会員|企業|法人|個人)?[合小総累]?計(?:[社名件人]数?|[0-9])*"
)
_COUNT = re.compile(
    r"(?:以上|[全総計])*(?:会員|企業|社|人)?数?[0-9]+(?:社|名|件|人|会員|企業)+"
    r"|p?[0-9]+(?:/[0-9]+)?(?:ペー?ジ|頁)?目?"
)
_FRAME = re.compile(r"[\s:=()\[\]<>【】~―─—–ー*.,、。・-]")


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell (or, with no column, in one row), for the person who can mend the file.

    `row` is the row's number in the sheet, `column` the label as it stands there.
    """

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Column:
    """A column an importer understands; `read` turns a cell's text into a value (or a Remarked one) or raises
    ValueError.

    `synonyms` are other words for the label, the best first; `weak` ones hold only where no other column has a
    better claim. `examples` and `about` tell people what to write, `needed` who may not leave it empty.
    """

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    read: Callable[[str], Any] = tidy
    weak: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    about: str = ""
    needed: str = ""


@dataclass(frozen=True)
class Remarked:
    """A value that is not simply what the cell says. `remark` tells people how it was understood, if they should
    know; `also` holds what the cell says for other columns, by key; `vague`: it is only roughly known.
    """

    value: Any
    remark: str = ""
    also: Mapping[str, Any] | None = None
    vague: bool = False


@dataclass(frozen=True)
class Header:
    """Where the columns are: the header's row number, key → index and key → label as written, the rest."""

    row: int
    indexes: Mapping[str, int]
    labels: Mapping[str, str]
    unknown: tuple[str, ...]

    def text(self, cells: Sequence[Cell], key: str) -> str:
        """The trimmed text of the cell; '' if the column or the cell is missing or holds only a dash."""
        index = self.indexes.get(key)
        if index is None or index >= len(cells):
            return ""
        text = tidy(text_of(cells[index]))
        return "" if set(half_width(text)) == {"-"} else text


class Label(NamedTuple):
    """What a label says, bare of signs and numbering, in one width and case; and what it says in brackets."""

    main: str
    notes: tuple[str, ...] = ()


def listed(words: str) -> tuple[str, ...]:
    """The words of a list: 会社名、社名."""
    return tuple(words.split("、"))


def label_of(text: str) -> Label:
    """氏名 and カナ of ３．氏　名（カナ）※必須."""
    plain = _ASIDE.sub(" ", unicodedata.normalize("NFKC", text)).strip(" *※\n")
    plain = _NUMBERING.sub("", plain, count=1) if _NUMBERING.match(plain) else plain
    notes = tuple(filter(None, map(bare, _IN_BRACKETS.findall(plain))))
    main = bare(_IN_BRACKETS.sub("", plain))
    return Label(main, notes) if main else Label("".join(notes))


def bare(text: str) -> str:
    """A word as labels are compared by: NFKC, without spaces, signs and case."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def is_noise(cells: Sequence[Cell]) -> bool:
    """Whether the row carries no record: blank, 以上, totals (合計, 計21社), or alone in its row 21社 or a page number."""
    texts = [text for cell in cells if (text := tidy(text_of(cell)))]
    if not texts:
        return True
    plain = _FRAME.sub("", unicodedata.normalize("NFKC", texts[0][:80]).casefold())
    if len(texts) == 1 and isinstance(next(cell for cell in cells if text_of(cell)), str):
        return not plain or _TOTAL.fullmatch(plain) is not None or _COUNT.fullmatch(plain) is not None
    return _TOTAL.fullmatch(plain) is not None
