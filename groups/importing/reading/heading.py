"""Where the header of a roster stands and which column is what: by the labels and their order, never by the cells."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from groups.importing.reading.columns import COLUMNS
from groups.importing.reading.words import KANA_OF, NOTHING, STRONG, WEAK, Claim, Meaning, meaning
from iri_exchange.lib.sheets import Cell, Row, text_of

# Title lines above a header, and no more.
LOOKED_AT = 50
_MOST_COLUMNS = 100
_LONGEST_LABEL = 80

_ADDED = re.compile("[(（][^注※0-9０-９()（）]{1,8}[)）]|(?:百万|千|万|億)?円|[人名社]")

_PERSONS = ("person_name", "family_name", "given_name")
_NAMES = ("company_name", *_PERSONS, *(f"{key}_2" for key in _PERSONS), "representative_name")
# A reader's question first: whose names are there?
_ORDER = (*_NAMES, *(column.key for column in COLUMNS if column.key not in _NAMES))
# What a loose label is, beside which name.
_BESIDE = {
    "kana": {name: KANA_OF[name] for name in ("company_name", "person_name", "representative_name")}
    | {"family_name": "person_kana", "given_name": "person_kana", "person_name_2": "person_kana_2"}
    | {"family_name_2": "person_kana_2", "given_name_2": "person_kana_2"},
    **{
        key: dict.fromkeys(_PERSONS, key) | {f"{name}_2": f"{key}_2" for name in _PERSONS}
        for key in ("title", "department", "email", "mobile")
    },
}
_BESIDE["title"] |= {"representative_name": "representative_title"}
_PROMOTED = {"representative_title": "title", "representative_kana": "person_kana"}


@dataclass(frozen=True)
class Heading:
    """A header: the number of its row, and of each column the label and the key ("" for one nobody knows)."""

    row: int
    labels: list[str]
    keys: list[str]
    meanings: tuple[Meaning, ...] = ()
    lines: int = 1

    def without(self, index: int) -> "Heading":
        """The header if nobody knew what this column is."""
        meanings = [NOTHING if place == index else meant for place, meant in enumerate(self.meanings)]
        return replace(self, keys=assign(meanings))

    @property
    def known(self) -> int:
        return sum(map(bool, self.keys))


def find_heading(rows: Sequence[Row]) -> Heading | None:
    """The row of the first fifty with the most known labels, the first of equals; None if none has two."""
    headings = [heading_of(rows, position) for position in range(min(len(rows), LOOKED_AT))]
    best = max(headings, key=lambda heading: heading.known, default=None)
    if best is None or best.known < 2:
        return None
    position = headings.index(best) + 1
    if position < len(headings) and _goes_on(rows[position], headings[position], best):
        return headings[position]
    return best


def _goes_on(row: Row, lower: Heading, upper: Heading) -> bool:
    """Whether a row below the header only adds to it: units, or remarks in brackets."""
    labels = [label for label in labels_of(row.cells) if label]
    return lower.lines == 2 and lower.known >= upper.known and all(map(_ADDED.fullmatch, labels))


def heading_of(rows: Sequence[Row], position: int) -> Heading:
    """The row read as a header: alone, or with the row above as the upper line of its labels."""
    row = rows[position]
    alone = _heading(row.number, [(label, "") for label in labels_of(row.cells)], 1)
    if position == 0 or rows[position - 1].number != row.number - 1:
        return alone
    pairs = list(_pairs(labels_of(rows[position - 1].cells), labels_of(row.cells)))
    both = _heading(row.number, pairs, 2)
    return both if _says_more(both, alone, pairs) else alone


def labels_of(cells: Sequence[Cell]) -> list[str]:
    """The cells as labels: on one line, too long ones cut, and no more than any roster has."""
    return [" ".join(text_of(cell).split())[:_LONGEST_LABEL] for cell in cells[:_MOST_COLUMNS]]


def _pairs(upper: list[str], lower: list[str]) -> Iterator[tuple[str, str]]:
    """(label, the label of the group above it). A group reaches over the empty cells to its right that have
    labels below; what stands alone above is a label itself.
    """
    group = ""
    for index in range(max(len(upper), len(lower))):
        above = upper[index] if index < len(upper) else ""
        below = lower[index] if index < len(lower) else ""
        group = above or (group if below else "")
        yield (below, group) if below else (above, "")


def _says_more(both: Heading, alone: Heading, pairs: list[tuple[str, str]]) -> bool:
    """Whether two lines make a better header: they name more columns, or make clear whose a column is."""
    if both.known != alone.known:
        return both.known > alone.known
    joined = any(above and meaning(label, above) != meaning(label) for label, above in pairs)
    return joined and both.keys != alone.keys


def _heading(row: int, pairs: list[tuple[str, str]], lines: int) -> Heading:
    meanings = [meaning(label, above) for label, above in pairs]
    labels = [f"{above} {label}" if above else label for label, above in pairs]
    return Heading(row, labels, assign(meanings), tuple(meanings), lines)


def assign(meanings: Sequence[Meaning]) -> list[str]:
    """The key of each column, "" for one that nobody knows; no key twice.

    Names come first, and the better word wins: 代表者 is the participant only where nobody else is. Then what says
    itself whose it is, then フリガナ, 役職, 部署, メール and 携帯 by the name they stand beside.
    """
    return _Assignment(list(meanings)).keys


@dataclass
class _Assignment:
    meanings: list[Meaning]
    keys: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = [""] * len(self.meanings)
        self._let_kana_labels_name()
        self._claim(_NAMES)
        self._take_the_same_word_for_a_second_person()
        self._promote_the_representative()
        self._claim(_ORDER[len(_NAMES) :])
        self._place_kana_of_both_parts()
        for attached in (True, False):
            self._place_loose(attached=attached)
        self._drop_what_belongs_to_nobody()

    def _claim(self, keys: Sequence[str]) -> None:
        """Each key takes the column with its best word, strong words of all keys before weak ones."""
        claims: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        for index, meant in enumerate(self.meanings):
            for claim in () if meant.loose else meant.claims:
                claims[claim.key, claim.strength].append((claim.place, index))
        for strength in (STRONG, WEAK):
            for key in keys:
                found = [pair for pair in claims[key, strength] if not self.keys[pair[1]]]
                if found and key not in self.keys:
                    self.keys[min(found)[1]] = key

    def _let_kana_labels_name(self) -> None:
        """企業名（フリガナ） is the name's own column where no other one is."""
        for name, kana in KANA_OF.items():
            if any(_claims(meant, name) for meant in self.meanings):
                continue
            for index, meant in enumerate(self.meanings):
                if meant.both and _claims(meant, kana):
                    claims = [Claim(STRONG, 0, name)]
                    if name == "representative_name":
                        claims = [Claim(WEAK, 0, "person_name"), Claim(WEAK, 0, name)]
                    self.meanings[index] = replace(meant, claims=tuple(claims))
                    break

    def _take_the_same_word_for_a_second_person(self) -> None:
        """氏名 twice, or 姓 and 名 twice: two people."""
        for key in _PERSONS:
            if key in self.keys and f"{key}_2" not in self.keys:
                first = self.meanings[self.keys.index(key)]
                for index, meant in enumerate(self.meanings):
                    if meant == first and not self.keys[index]:
                        self.keys[index] = f"{key}_2"
                        break

    def _promote_the_representative(self) -> None:
        """Of a roster that names nobody else, the head of the company takes part: with 役職 and フリガナ."""
        index = self.keys.index("person_name") if "person_name" in self.keys else None
        if index is None or not _claims(self.meanings[index], "representative_name"):
            return
        for place, meant in enumerate(self.meanings):
            claims = tuple(replace(claim, key=_PROMOTED.get(claim.key, claim.key)) for claim in meant.claims)
            self.meanings[place] = replace(meant, claims=claims)

    def _place_kana_of_both_parts(self) -> None:
        """姓, フリガナ, 名, フリガナ."""
        if not {"family_name", "given_name"} <= set(self.keys):
            return
        places = [self.keys.index(name) + 1 for name in ("family_name", "given_name")]
        if all(place < len(self.keys) and self.meanings[place].loose == "kana" for place in places):
            self.keys[places[0]], self.keys[places[1]] = "family_kana", "given_kana"

    def _place_loose(self, *, attached: bool) -> None:
        names = [(index, key) for index, key in enumerate(self.keys) if key in _NAMES]
        free = {loose: set(beside.values()) - set(self.keys) for loose, beside in _BESIDE.items()}
        for index, meant in enumerate(self.meanings):
            if not meant.loose or self.keys[index] or not free[meant.loose] or self._is_a_strangers(index):
                continue
            for name in self._names_beside(index) if attached else _nearest(names, index):
                key = _BESIDE[meant.loose].get(name)
                if key in free[meant.loose]:
                    self.keys[index] = key
                    free[meant.loose].remove(key)
                    break

    def _names_beside(self, index: int) -> Iterator[str]:
        """The names that a column stands beside, but for other loose columns: first to the left, then to the right."""
        for step in (-1, 1):
            place = index + step
            while 0 <= place < len(self.keys) and self.meanings[place].loose:
                place += step
            if 0 <= place < len(self.keys) and self.keys[place] in _NAMES:
                yield self.keys[place]

    def _is_a_strangers(self, index: int) -> bool:
        """Whether it stands behind somebody whom we do not take. A mail finds its way in any case."""
        before = index - 1
        while before >= 0 and self.meanings[before].loose:
            before -= 1
        stranger = before >= 0 and not self.keys[before] and _claims(self.meanings[before], "person_name")
        return stranger and self.meanings[index].loose != "email"

    def _drop_what_belongs_to_nobody(self) -> None:
        """名 without 姓; 役職 and メール of a second person, or of anybody, who has no name here."""
        for second in ("", "_2"):
            names = {f"{key}{second}" for key in _PERSONS} & set(self.keys)
            if names in ({f"given_name{second}"}, set()):
                personal = (
                    "given_name",
                    "given_kana",
                    "family_kana",
                    "person_kana",
                    "title",
                    "department",
                    "email",
                    "mobile",
                )
                lost = {f"{key}{second}" for key in personal}
                self.keys = ["" if key in lost else key for key in self.keys]


def _claims(meant: Meaning, key: str) -> bool:
    return any(claim.key == key for claim in meant.claims)


def _nearest(names: Sequence[tuple[int, str]], index: int) -> list[str]:
    """The names to the left before those to the right, the nearest first."""
    return [key for *_, key in sorted((place > index, abs(place - index), key) for place, key in names)]
