"""Which column is read as what: the guess by the labels, corrected by people, told to them, and made into readers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from groups.importing.reading import numbers, texts
from groups.importing.reading.cells import joined, single
from groups.importing.reading.columns import COLUMNS, LABELS, PARTS
from groups.importing.reading.heading import Heading
from groups.importing.reading.rows import RowReader
from groups.importing.reading.words import is_counter
from groups.importing.report import ColumnRead
from iri_exchange.lib.importing import Header, Problem, bare
from iri_exchange.lib.sheets import Cell, Row, text_of

# Samples are looked for in so many rows, and told as long as this.
_SAMPLED, _SAMPLES, _LONGEST = 500, 3, 40
_UNIT = re.compile("百万円|千円|万円|億円|円")
_READERS = {column.key: column.read for column in COLUMNS}


@dataclass(frozen=True)
class Mapped:
    """The key of each column, its name, what the plan calls them by, and what is to say about them."""

    keys: list[str]
    names: list[str]
    header: Header
    warnings: list[Problem]


def letter(index: int) -> str:
    """A for 0, AA for 26: how a spreadsheet names a column."""
    name = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        name, index = chr(ord("A") + rest) + name, index - 1
    return name


def map_columns(heading: Heading, mapping: Mapping[int, str] | None, rows: Sequence[Row]) -> Mapped:
    """The guess, but for the columns that `mapping` names: there it decides, as far as it makes sense."""
    width = max([len(heading.labels), *(len(row.cells) for row in rows)])
    labels = [*heading.labels, *[""] * (width - len(heading.labels))]
    names = [label or f"{letter(index)}列" for index, label in enumerate(labels)]
    said: dict[int, str] = {}
    if mapping is None and (offices := _column_of_offices(heading, rows)) is not None:
        said[offices] = "会の役職の列と見て、取り込みません。"
        heading = heading.without(offices)
    keys = [*heading.keys, *[""] * (width - len(heading.keys))]
    _correct(keys, mapping or {}, said)
    _drop_parts_beside_the_whole(keys, said)
    unknown = [index for index, key in enumerate(keys) if not key and index not in (mapping or {})]
    for index in unknown:
        if labels[index] and not is_counter(labels[index]):
            said.setdefault(index, f"「{labels[index]}」の列は取り込みません。")
        elif heading.labels and not labels[index] and _holds_text(rows, index):
            said.setdefault(index, "見出しのない列は取り込みません。")
    warnings = [Problem(heading.row, names[index], text) for index, text in sorted(said.items())]
    rest = tuple(labels[index] for index in unknown if labels[index])
    return Mapped(keys, names, _header(heading.row, keys, labels, rest), warnings)


def _header(row: int, keys: list[str], labels: list[str], unknown: tuple[str, ...]) -> Header:
    indexes = {key: index for index, key in enumerate(keys) if key}
    for whole, parts in PARTS.items():
        if whole not in indexes and (first := next((part for part in parts if part in indexes), None)):
            indexes[whole] = indexes[first]
    names = {key: labels[index] or f"{LABELS[key]}（{letter(index)}列）" for key, index in indexes.items()}
    return Header(row, indexes, names, unknown)


def _correct(keys: list[str], mapping: Mapping[int, str], said: dict[int, str]) -> None:
    """What people said of a column counts; what makes no sense (any more) is passed over."""
    taken: dict[str, int] = {}
    for index in sorted(index for index in mapping if 0 <= index < len(keys)):
        key = mapping[index]
        if key in LABELS and key in taken:
            said[index] = f"「{LABELS[key]}」は{letter(taken[key])}列で読むので、この列は取り込みません。"
            keys[index] = ""
        elif key in LABELS or not key:
            keys[index] = key
            taken |= {key: index} if key else {}
    for index, key in enumerate(keys):
        if key in taken and taken[key] != index:
            keys[index] = ""


def _drop_parts_beside_the_whole(keys: list[str], said: dict[int, str]) -> None:
    """姓 and 名 say nothing beside 氏名, and 名 nothing without 姓."""
    for whole, parts in PARTS.items():
        needless = set(parts) if whole in keys and whole not in parts else set()
        if not needless and whole not in parts and parts[0] not in keys:
            needless = {parts[1]}
        for index, key in enumerate(keys):
            if key in needless:
                said.setdefault(index, f"「{LABELS[key]}」だけでは氏名にならないので、取り込みません。")
                keys[index] = ""


def _column_of_offices(heading: Heading, rows: Sequence[Row]) -> int | None:
    """The 役職 column whose cells are offices of the group: 代表幹事, 会計 …"""
    if "title" not in heading.keys:
        return None
    index = heading.keys.index("title")
    words = [word for row in rows[:_SAMPLED] if (word := _text(row, index))]
    return index if words and sum(word in texts.OFFICES for word in words) * 2 >= len(words) else None


def _holds_text(rows: Sequence[Row], index: int) -> bool:
    return any(re.search(r"[^\W\d_]", _text(row, index)) for row in rows[:_SAMPLED])


def _text(row: Row, index: int) -> str:
    return " ".join(text_of(row.cells[index]).split()) if index < len(row.cells) else ""


def column_reads(heading: Heading, keys: Sequence[str], rows: Sequence[Row]) -> list[ColumnRead]:
    """The columns as people are told: all up to the last label, then those that hold something."""
    samples: list[list[str]] = [[] for _ in keys]
    for row in rows[:_SAMPLED]:
        for index, found in enumerate(samples[: len(row.cells)]):
            text = _text(row, index)[:_LONGEST] if len(found) < _SAMPLES else ""
            if text and text not in found:
                found.append(text)
    labels = heading.labels
    return [
        ColumnRead(index, letter(index), labels[index] if index < len(labels) else "", key, samples[index])
        for index, key in enumerate(keys)
        if index < len(labels) or samples[index] or key
    ]


def row_reader(
    columns: Sequence[ColumnRead], header: Header, seeds: Mapping[str, Mapping[Cell, Any]]
) -> RowReader:
    """What reads the rows of these columns. `seeds` are cells by column whose value is known already."""
    by_key = {column.key: column for column in columns if column.key}
    singles, joins = [], []
    for whole, parts in PARTS.items():
        present = [part for part in parts if part in by_key]
        if present and present != [whole]:
            indexes = tuple(by_key[part].index if part in by_key else -1 for part in parts)
            joins.append((indexes, whole, joined(_reader_of_parts(whole))))
            by_key = {key: column for key, column in by_key.items() if key not in parts}
    for key, column in sorted(by_key.items(), key=lambda item: item[1].index):
        read, as_stored = _reader(key, column.label)
        known = seeds.get(key, {}) if as_stored else {}
        singles.append((column.index, key, single(key, read, known)))
    counters = frozenset(column.index for column in columns if not column.key and _counts(column))
    return RowReader(header, singles, joins, counters)


def _counts(column: ColumnRead) -> bool:
    if column.label:
        return is_counter(column.label)
    return bool(column.samples) and all(sample.isdecimal() for sample in column.samples)


def unit_of(label: str) -> str:
    """千円 for 資本金（千円） and for 資本金(千); "" if the label says none."""
    unit = _UNIT.search(bare(label))
    alone = re.search("[(（](百万|千|万|億)[)）]", label)
    return unit[0] if unit else f"{alone[1]}円" if alone else ""


def _reader(key: str, label: str) -> tuple[texts.Read, bool]:
    """The reader of a column, and whether it reads what the directory stores as the same."""
    word = bare(label)
    if key == "capital":
        unit = unit_of(label)
        return numbers.capital(unit), unit in ("", "万円")
    if key == "phone" and re.search("fax|ファックス|ファクス", word):
        return numbers.phone_and_fax, True
    if key == "company_name" and re.search("フリガナ|ふりがな|カナ|かな", word):
        return texts.company_name_and_kana, True
    if key.startswith("person_name") and re.search("役職|職氏名", word):
        return texts.person_name_and_title, True
    return _READERS[key], True


def _reader_of_parts(whole: str) -> Any:
    return texts.address_of_parts if whole == "address" else texts.joined_name(_READERS[whole])
