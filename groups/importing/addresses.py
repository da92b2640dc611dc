"""Two addresses of one record, the stored one and the file's: the same, a poorer one, a better one, or another.

A file often has less than the directory: no building, no prefecture, 東京都 alone. What is known is not lost to it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from groups.importing.snapshot import ADDRESS
from iri_exchange.lib import japan

_KANJI_NUMBER = re.compile("([一二三四五六七八九]?十)?([一二三四五六七八九]?)(?=丁目)")
_KANJI = "〇一二三四五六七八九"
# 3丁目2番地の1号 is 3-2-1, but 3号室 and 3番館 are a room and a building.
_BETWEEN_NUMBERS = re.compile("(?<=[0-9])(?:(?:丁目|番地|番)[ノ-]?|ノ)(?=[0-9])")
_BEHIND_NUMBERS = re.compile("(?<=[0-9])(?:番地?|号)(?![館室棟街]|[0-9])")
_OTHER_TOWN = re.compile("[^0-9０-９市区郡]{1,6}[市区郡]")


def put_over(stored: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str] | None:
    """The stored address once the file's is put over it; None if the file's says less. One that is only written
    differently stays as it is stored.
    """
    old = [stored[name] for name in ADDRESS]
    new = _completed(old, [told.get(name, "") for name in ADDRESS])
    if _key(old) == _key(new):
        new = old
    elif _says_less(new, old) or (_erases(new, old) and not (old[2] and new[2])):
        return None
    return dict(zip(ADDRESS, new, strict=True))


def adds(stored: Mapping[str, str], told: Mapping[str, str]) -> bool:
    """Whether the file's address is the stored one, and more."""
    return _says_less([stored[name] for name in ADDRESS], [told.get(name, "") for name in ADDRESS])


def alike(one: Sequence[str], other: Sequence[str]) -> bool | None:
    """Whether two addresses are one place, with the building or without; None if one says too little to tell."""
    if not (one[2] and other[2]):
        return None
    one, other = _completed(other, list(one)), _completed(one, list(other))
    short, long = sorted((_key(one), _key(other)), key=len)
    behind = long[len(short) :] if _begins(long, short) else "-"
    if short == long or (behind[0] != "-" and any(map(str.isdigit, short))):
        return True
    return None if _says_less(one, other) or _says_less(other, one) else False


def on_one_line(parts: Mapping[str, str]) -> str:
    """The address as it is written on an envelope."""
    *line, building = (parts.get(name, "") for name in ADDRESS)
    return "　".join(filter(None, ["".join(line), building]))


def _completed(old: Sequence[str], new: list[str]) -> list[str]:
    """The file's address with the prefecture and the city that it leaves out, where they can be no other ones."""
    street = new[2]
    if new[0] or not old[0] or not street or street.startswith(japan.PREFECTURES):
        return new
    if old[1] and (street.startswith(old[1]) or not _OTHER_TOWN.match(street)):
        return [old[0], old[1], street.removeprefix(old[1]).strip(), new[3]]
    split = japan.split_address(old[0] + street)
    return [*split[:3], new[3]] if not old[1] and split[1] else new


def _says_less(poor: Iterable[str], rich: Sequence[str]) -> bool:
    """Whether one address is a piece of the other, from one of its parts on: without building, prefecture, number."""
    piece = _key(poor)
    return any(_begins(_key(rich[start:]), piece) for start in range(len(rich)))


def _begins(text: str, piece: str) -> bool:
    """東町1-10 does not begin with 東町1-1."""
    rest = text[len(piece) :]
    return text.startswith(piece) and not (rest[:1].isdigit() and piece[-1:].isdigit())


def _erases(new: Iterable[str], old: Iterable[str]) -> bool:
    return any(was and not now for now, was in zip(new, old, strict=True))


def _key(parts: Iterable[str]) -> str:
    """What an address is compared by. A number behind a number, 1-1 3F, stays apart from it."""
    key = ""
    for word in (word for part in parts for word in part.split()):
        folded = japan.fold(_KANJI_NUMBER.sub(_as_digits, word))
        key += f"|{folded}" if key[-1:].isdigit() and folded[:1].isdigit() else folded
    return _BEHIND_NUMBERS.sub("", _BETWEEN_NUMBERS.sub("-", key))


def _as_digits(found: re.Match[str]) -> str:
    """12 for 十二, 20 for 二十."""
    tens, ones = found[1], found[2]
    if not tens and not ones:
        return ""
    number = 10 * (_KANJI.index(tens[0]) if tens and len(tens) > 1 else bool(tens))
    return str(number + (_KANJI.index(ones) if ones else 0))
