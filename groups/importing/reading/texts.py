"""What a cell means that holds text: names, フリガナ, addresses, as people type them → as the directory stores them.

The very field that stores a value reads it. What is understood in a way that people should know carries a remark.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from iri_exchange.lib import japan
from iri_exchange.lib.fields import LongTextField, ReadField
from iri_exchange.lib.importing import Remarked, listed
from members.models import Company, Person

Read = Callable[[str], Any]

_FORMULA = ("=", "＝")
_BEHIND_COMPANY = re.compile(r"(?:\s*(?:御中|様|殿)|\s+行)+$")
_BEHIND_PERSON = re.compile(r"(?:\s+(?:様|殿|さん|サマ|氏|先生)|(?<=\S)(?:様|先生))+$")
# How a name that carries a title of respect ends: to look closer only there.
_ENDS_RESPECTFULLY = frozenset("中様殿行んンサマ氏生")
_LEGAL_FORM = re.compile(r"[㈱㍿㈲]|[（(][株有合資名][)）]|(?:株式|有限|合同|合資|合名)会社|.{2,8}法人")
_LEGAL_KANA = re.compile(
    r"\(?(?:カブシキ|ユウゲン|ゴウドウ|ゴウシ|ゴウメイ)[カガ]イシャ\)?|^[カユドシメ]\)|\([カユドシメ]\)?"
)
_SEVERAL = re.compile(r"[、,，;；/／&＆\n]|\s(?:と|and)\s")
_KANA_IN_BRACKETS = re.compile(r"(.*\S)\s*[（(\[［]([ァ-ヺぁ-ゖｦ-ﾟー・･\s]{2,})[）)\]］]", re.DOTALL)
_TITLE = re.compile(
    r".*(?:[長役員表任事問主監司理師務]|取締|CEO|COO|マネージャー|リーダー|ディレクター)", re.DOTALL
)
_TITLE_IN_BRACKETS = re.compile(r"(.*\S)\s*[（(\[［]([^（()）\[\]［］\n]{2,20})[）)\]］]", re.DOTALL)
# What somebody is in the group, and not at work.
OFFICES = frozenset(
    listed(
        "代表幹事、副代表幹事、幹事、幹事長、副幹事長、会計、会計監査、監査、監事、事務局、事務局長、世話人、代表世話人、書記"
    )
)
_POSTAL_CODE_BEFORE = re.compile(
    r"\s*(?:[〒〶]\s*([0-9０-９]{7})|[〒〶]?\s*([0-9０-９]{3}[-－ー‐−―][0-9０-９]{4}))(?![-－0-9０-９])[\s、,]*"
)


def stored_by(model: type[models.Model], name: str) -> Read:
    """A reader that gives exactly what the model's field would store: its fields check all they read."""
    field = model._meta.get_field(name)
    assert isinstance(field, ReadField | LongTextField)
    to_python = field.to_python

    def read(text: str) -> Any:
        try:
            return to_python(text)
        except ValidationError as error:
            raise ValueError(error.messages[0]) from error

    return read


def one_line(read: Read) -> Read:
    """Line breaks and double spaces within a cell are for the eye."""
    return lambda text: read(" ".join(text.split()) if "\n" in text or "  " in text else text)


def visible(text: str) -> str:
    """A number or an address without what nobody sees in it, which came along by copying."""
    return text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "Cf")


_company_name = stored_by(Company, "name")
_company_kana = stored_by(Company, "kana")
_family_name = stored_by(Person, "family_name")
_family_kana = stored_by(Person, "family_kana")
_title = stored_by(Person, "title")
_postal_code = stored_by(Company, "postal_code")
_ADDRESS = {name: stored_by(Company, name) for name in ("prefecture", "city", "street", "building")}


def company_name(text: str) -> Any:
    """A name as typed, on one line; a line of フリガナ above or below it is told apart."""
    if "\n" not in text and text[-1] not in _ENDS_RESPECTFULLY:
        return _name(_company_name, text)
    name, kana = _without_kana_line(text)
    lines = [line for part in name.split("\n") if (line := part.strip())]
    name = ("" if any(map(_LEGAL_FORM.fullmatch, lines)) else " ").join(lines)
    remarks = [f"改行をつめて「{name}」と読みました。"] if len(lines) > 1 else []
    found = _BEHIND_COMPANY.search(name)
    if found and found.start():
        remarks.append(f"「{found[0].strip()}」を除いて読みました。")
        name = name[: found.start()]
    return remarked(_name(_company_name, name), remarks, company_kana=company_kana(kana) if kana else "")


def company_name_and_kana(text: str) -> Any:
    """A cell of a column that holds both: 青葉精機（アオバセイキ）, or one above the other."""
    found = _KANA_IN_BRACKETS.fullmatch(text)
    return company_name(f"{found[1]}\n{found[2]}" if found else text)


def company_kana(text: str) -> Any:
    """フリガナ without the legal form, which would bring half of all companies under カ."""
    try:
        whole = _company_kana(text)
    except ValueError:
        plain = japan.kana(" ".join(text.split()))
        short = _LEGAL_KANA.sub("", plain).strip(" ・") or plain
        if short == plain:
            return _company_kana(plain)
    else:
        short = _LEGAL_KANA.sub("", whole).strip(" ・") if "シャ" in whole else whole
        if not short or short == whole:
            return whole
    return Remarked(_company_kana(short), "会社の種類（「カブシキガイシャ」など）を除いて読みました。")


def person_name(text: str) -> Any:
    """(氏, 名), split at the only space; a フリガナ or a 役職 in brackets beside it is told apart."""
    if text[-1] in _ENDS_RESPECTFULLY or text[-1] in "）)］]" or _SEVERAL.search(text):
        return _person_name_with_more(text)
    return _split_person_name(text)


def _person_name_with_more(text: str) -> Any:
    found = _KANA_IN_BRACKETS.fullmatch(text)
    name, kana = (found[1], found[2]) if found else _without_kana_line(text)
    name, before = _without_title_of_respect(name)
    name, title, remarks = _without_title(name)
    name, behind = _without_title_of_respect(name)
    if _names_several(name):
        raise ValueError("2人以上の名前が入っているようです。1人ずつ、行か列を分けてください。")
    value = _split_person_name(" ".join(name.split("\n")))
    return remarked(
        value, [*before, *remarks, *behind], person_kana=person_kana(kana) if kana else "", title=title
    )


def _without_title(text: str) -> tuple[str, str, list[str]]:
    """The name, and what 青葉 一郎（専務） is at work; what somebody is in the group is only told."""
    found = _TITLE_IN_BRACKETS.fullmatch(text)
    if not found or not (found[2] in OFFICES or _TITLE.fullmatch(found[2])):
        return text, "", []
    if found[2] in OFFICES:
        return found[1], "", [f"「{found[2]}」を除いて読みました。"]
    return found[1], str(_title(found[2])), []


def _split_person_name(text: str) -> tuple[str, str]:
    if not text[0].isalpha() and not any(character.isalpha() for character in text):
        raise ValueError(f"「{text[:20]}」は氏名として読めません。氏名を入れてください。例：青葉　一郎")
    family, given = (text, "") if "," in text else japan.split_name(text)
    return _name(_family_name, family), str(_family_name(given)) if given else ""


def person_name_and_title(text: str) -> Any:
    """A cell of a column that holds both: 代表取締役 青葉一郎, or one above the other."""
    first, _, behind = text.partition("\n") if "\n" in text else text.partition(" ")
    before, _, last = text.rpartition("\n") if "\n" in text else text.rpartition(" ")
    if behind and _TITLE.fullmatch(first.strip()):
        title, name = first, behind
    elif before and _TITLE.fullmatch(last.strip()):
        name, title = before, last
    else:
        return person_name(text)
    read = person_name(name.strip())
    known = read if isinstance(read, Remarked) else Remarked(read)
    return Remarked(known.value, known.remark, {**(known.also or {}), "title": _title(title.strip())})


def person_kana(text: str) -> Any:
    remarks: list[str] = []
    if text[-1] in _ENDS_RESPECTFULLY:
        text, remarks = _without_title_of_respect(text)
    family, given = japan.split_name(text)
    if "\n" in family:
        family = " ".join(text.split())
    return remarked((_family_kana(family), _family_kana(given) if given else ""), remarks)


def whole_name(model: type[models.Model], name: str) -> Read:
    """A person's name that the directory keeps in one piece."""
    read = stored_by(model, name)

    def read_name(text: str) -> Any:
        plain, remarks = _without_title_of_respect(" ".join(text.split("\n")))
        return remarked(_name(read, plain), remarks)

    return read_name


def joined_name(read: Read) -> Callable[[str, str], Any]:
    """A reader of a name whose two parts stand in columns of their own."""
    return lambda family, given: read(" ".join(filter(None, (family, given))))


def address(text: str) -> Any:
    """The parts of an address that are there; a postal code before it is told apart."""
    found = _POSTAL_CODE_BEFORE.match(text) if text[0] in "〒〶 " or text[0].isdigit() else None
    rest = text[found.end() :] if found else text.removeprefix("〒")
    split = (rest, "", "", "") if rest in japan.PREFECTURES else japan.split_address(rest)
    parts = zip(_ADDRESS.items(), split, strict=True)
    value = {name: read(part) for (name, read), part in parts if part}
    return remarked(value, [], postal_code=_postal_code(found[1] or found[2]) if found else "")


def address_of_parts(prefecture: str, city: str, whole: str, more: str, street: str, building: str) -> Any:
    """An address in several columns: `whole` is what 所在地 says, whatever it still lacks, `more` its next line."""
    if prefecture and (city or not street) and not (whole or more):
        given = (prefecture, city, street, building)
        return {
            name: read(" ".join(part.split()))
            for (name, read), part in zip(_ADDRESS.items(), given, strict=True)
            if part
        }
    line = "".join(part for part in (prefecture, city) if part not in whole) + whole
    # A second line goes on where the first stops short of a number; behind one it is the building.
    line += f"\n{more}" if more and re.search(r"[0-9０-９〇一二三四五六七八九十]", whole) else more
    read = address(f"{line}{street}") if line or street else {}
    known = read if isinstance(read, Remarked) else Remarked(read)
    if building:
        name = " ".join(filter(None, (known.value.get("building", ""), " ".join(building.split()))))
        known = Remarked({**known.value, "building": _ADDRESS["building"](name)}, also=known.also)
    return known if known.also else known.value


def remarked(value: Any, remarks: Sequence[str], **also: Any) -> Any:
    """The bare value if there is nothing to add; `also` are values for other columns."""
    if not remarks and not any(also.values()):
        return value
    remark = "".join(remarks)
    known: dict[str, Any] = {}
    for key, other in also.items():
        if isinstance(other, Remarked):
            remark += other.remark
        if value_of(other):
            known[key] = value_of(other)
    return Remarked(value, remark, known or None) if remark or known else value


def value_of(read: Any) -> Any:
    return read.value if isinstance(read, Remarked) else read


def _name(read: Read, text: str) -> str:
    """A name; one that begins like a formula is most likely a slip of the spreadsheet."""
    if text.startswith(_FORMULA):
        raise ValueError("数式（=で始まる内容）になっています。名前そのものを入れてください。")
    return str(read(text))


def _without_kana_line(text: str) -> tuple[str, str]:
    """The name, and the フリガナ that stands above or below it in the same cell."""
    lines = [line for part in text.split("\n") if (line := part.strip("（）() 　"))] if "\n" in text else []
    if len(lines) != 2:
        return text, ""
    first, second = (japan.is_kana(japan.kana(line)) for line in lines)
    if first == second:
        return text, ""
    return (lines[1], lines[0]) if first else (lines[0], lines[1])


def _without_title_of_respect(text: str) -> tuple[str, list[str]]:
    found = _BEHIND_PERSON.search(text)
    if not found or not text[: found.start()].strip():
        return text, []
    return text[: found.start()], [f"「{found[0].strip()}」を除いて読みました。"]


def _names_several(text: str) -> bool:
    """Whether several people stand in one cell; a line break between 氏 and 名 is for the eye."""
    parts = [part for part in _SEVERAL.split(text) if part.strip()]
    if len(parts) < 2 or text.isascii():
        return False
    return "\n" not in text or len(parts) > 2 or all(len(part.split()) > 1 for part in parts)
