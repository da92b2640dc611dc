"""What a label of a roster may mean. 27 people write 27 kinds of labels: the words are those of the column table,
joined as people join them (担当者 + メールアドレス, 会社 + 住所, 参加者２ + 役職), and never guessed from the cells.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from groups.importing.reading.columns import COLUMNS, LABELS, PARTS
from iri_exchange.lib.importing import Label, label_of, listed

# Running numbers of the file, and our own reasons in a file of bad rows: nothing to say about them.
REASONS = "直すところ"
_COUNTERS = frozenset(
    ["no", "number", "番号", "連番", "通番", "通し番号", "整理番号", "順番", "項番", "#", REASONS]
)

STRONG, WEAK = 0, 1


@dataclass(frozen=True, order=True)
class Claim:
    """How well a label fits a column: strongly or weakly, and by the how manieth of its words."""

    strength: int
    place: int
    key: str


@dataclass(frozen=True)
class Meaning:
    """What one label may mean. `loose`: only its place tells whose フリガナ, 役職, 部署, メール or 携帯 it is.

    `both`: a フリガナ label that names its name, and so may stand over cells that hold the two.
    """

    claims: tuple[Claim, ...] = ()
    loose: str = ""
    word: str = ""
    both: bool = False


NOTHING = Meaning()
KANA_OF = {
    "company_name": "company_kana",
    "person_name": "person_kana",
    "representative_name": "representative_kana",
    "family_name": "family_kana",
    "given_name": "given_kana",
}
_LOOSE = {"company_kana": "kana"} | {key: key for key in ("title", "department", "email", "mobile")}

_KANA = re.compile(
    "フリガナ|ふりがな|フリカナ|ふりかな|よみがな|ヨミガナ|読みがな|読み仮名|読仮名|よみ|ヨミ|読み|カタカナ|カナ|かな|ルビ"
    "|furigana|kana"
)
_WIDTH = re.compile("全角|半角|漢字|のみ|で?(?:記入|入力)")
_HONORIFIC = re.compile("[御貴ごお](?=.)")
_TAIL = re.compile("(?<=.)(?:記入)?欄$|(?<=.)(?:等|など|様|さま|さん)$")
# Ordinals before, inside and behind a label, and in its brackets.
_OF_SECOND = re.compile(
    "^(?:第?[2二](?:人目|番目|名目|人め)?の?(?=[^0-9])|副(?=登録|参加|担当|会員)|サブ)"
    "|(?<=[^0-9])(?:その|第)?(?:2|二)(?:人目|名目)?$|(?<=[^\x00-\x7f])ii$"
)
_OF_FIRST = re.compile(
    "^(?:第?[1一](?:人目|番目|名目|人め)?の?(?=[^0-9])|[正主](?=登録|参加|担当))"
    "|(?<=[^0-9])(?:その|第)?(?:1|一)(?:人目|名目)?$|(?<=[^\x00-\x7f])i$"
)
_INSIDE = re.compile("(?<=[者員])([12])(?=[^0-9])")
_ORDINAL = re.compile("(?:その|第)?([12一二])(?:人目|番目|名目)?")

_NAMES = frozenset(["company_name", "person_name"])
_PAIRS = {
    ("phone", "fax"): "phone",
    ("phone", "mobile"): "phone",
    ("email", "url"): "email",
    ("postal_code", "address"): "address",
    ("title", "person_name"): "person_name",
}
_LONGEST_OF_PAIR = 12
_OR = re.compile("又は|または|もしくは|及び|および|&")
_SAYING_NOTHING = frozenset(
    listed("代表、会社、本社、勤務先、正式名称、正式、年月日、、万円、千円、百万円、円、名、人")
)
_CALLED = frozenset(listed("名、氏名、名前、名称、お名前、ご氏名、芳名、ご芳名、職氏名、役職氏名、氏名役職"))
_ADDRESS = frozenset(["postal_code", "address", "address_2", "prefecture", "city", "street", "building"])
_REACH = frozenset(["phone", "fax", "email", "url"])
_PERSONAL = frozenset(
    ["person_kana", "title", "department", "mobile", "family_name", "given_name", "family_kana", "given_kana"]
)


@dataclass(frozen=True)
class Whose:
    """A word before another one that says whose it is: what it may stand before, and how weak that then is."""

    words: str
    name: str
    strong: frozenset[str]
    weak: frozenset[str] = frozenset()


_WHOSE = (
    Whose(
        "(?:会員|参加|所属|出展|加盟|登録)?(?:企業|会社|法人|事業所|団体|勤務先|所属先|本社|当社|自社|社)",
        "company_name",
        _ADDRESS | _REACH - {"email"} | {"trade", "products", "capital", "employees", "corporate_number"},
        frozenset(["email", "joined_on"]),
    ),
    Whose(
        "(?:連絡|窓口|実務)?(?:参加者|登録者|出席者|担当者|申込者|加入者|会員|本人|窓口|メンバー|参加|担当)",
        "person_name",
        _PERSONAL | {"email", "joined_on"},
        _ADDRESS | {"phone", "fax"},
    ),
    Whose(
        "(?:企業|会社|法人|団体)?代表(?:取締役|者)?|社長|経営者",
        "representative_name",
        frozenset(["title"]),
        _REACH,
    ),
    Whose("自宅|個人|連絡先|連絡用|緊急|日中", "", frozenset(), _ADDRESS | _REACH | {"mobile"}),
    Whose("携帯|モバイル|mobile", "", frozenset(), frozenset(["email"])),
)
_WHOSE_RE = [
    (whose, re.compile(f"(?:{whose.words})(?:情報|概要|関係|様|さま)?(?:での|の)?")) for whose in _WHOSE
]


def _vocabulary() -> dict[str, tuple[Claim, ...]]:
    words: dict[str, set[Claim]] = defaultdict(set)
    for column in COLUMNS:
        for strength, names in ((STRONG, (column.label, *column.synonyms)), (WEAK, column.weak)):
            for place, name in enumerate(names):
                words[label_of(name).main].add(Claim(strength, place, column.key))
    return {word: tuple(sorted(claims)) for word, claims in words.items()}


_VOCABULARY = _vocabulary()
# How a label can end at all: most texts of a roster are none, and are told from one by this.
_ENDS = frozenset(word[-1] for word in (*_VOCABULARY, *_CALLED, *_KANA.pattern.split("|"))) | frozenset(
    "者員口ー当加業社人所体先役長欄等ど様まんe"
)


def is_counter(label: str) -> bool:
    """Whether it is the file's own running number, or ours."""
    return label_of(label).main in _COUNTERS or label.strip() in ("#", "＃")


@lru_cache(maxsize=4096)
def meaning(label: str, above: str = "") -> Meaning:
    """What a label means, with the label of the group above it: 参加者 over 役職, 資本金 over （千円）."""
    if above and (found := _meaning(label_of(f"{above}{label}"))).claims:
        return found
    return _meaning(label_of(label))


def _meaning(label: Label) -> Meaning:
    main, notes, second = label.main, list(label.notes), False
    if not main or len(main) > 30 or "取り込まない" in notes:
        return NOTHING
    if main not in _VOCABULARY:
        second, main = _without_number(main)
    for note in label.notes:
        if found := _ORDINAL.fullmatch(note):
            second = found[1] in "2二"
            notes.remove(note)
    meant = _with_notes(main, [_WIDTH.sub("", note) for note in notes])
    return _of_second(meant) if second else meant


def _without_number(main: str) -> tuple[bool, str]:
    """Whether it is about the second person, and the label without its number."""
    if inside := _INSIDE.search(main):
        return inside[1] == "2", _INSIDE.sub("", main, count=1)
    if (rest := _OF_SECOND.sub("", main, count=1)) != main:
        return True, rest
    return False, _OF_FIRST.sub("", main, count=1)


def _of_second(found: Meaning) -> Meaning:
    claims = tuple(
        replace(claim, key=f"{claim.key}_2") for claim in found.claims if f"{claim.key}_2" in LABELS
    )
    if found.loose == "kana":
        claims = (Claim(STRONG, 0, "person_kana_2"),)
    return replace(found, claims=claims, loose="") if claims else NOTHING


def _with_notes(main: str, notes: list[str]) -> Meaning:
    """What stands in brackets may say whose it is (電話（携帯）), which part (住所（建物名）), or that it is the フリガナ."""
    plain = _understood(main)
    for note in notes:
        if _KANA.fullmatch(note) and not plain.loose and (found := _kana_of(main)).claims:
            return found
        parts = {part for claim in plain.claims for part in PARTS.get(claim.key, ())} - {"address"}
        if plain.loose == "kana":
            parts = {"family_name", "given_name", "family_kana", "given_kana"}
        if of_part := [claim for claim in _VOCABULARY.get(note, ()) if claim.key in parts]:
            return Meaning(tuple(of_part)) if plain.loose != "kana" else _kana_of(note)
        if (said := _whose_note(main, plain, note)).claims:
            return said
    if all(note in _SAYING_NOTHING or note.startswith("単位") for note in notes):
        return plain
    # 企業名（英語） gives way to 企業名.
    return replace(plain, claims=tuple(replace(claim, place=claim.place + 1) for claim in plain.claims))


def _whose_note(main: str, plain: Meaning, note: str) -> Meaning:
    whose = next((whose for whose, words in _WHOSE_RE if words.fullmatch(note)), None)
    names = any(claim.key in _NAMES for claim in plain.claims) or plain.loose == "title"
    # 代表 in brackets behind a telephone is its switchboard.
    if whose and (whose.name != "representative_name" or names):
        return _understood(f"{note}{main}")
    if plain.loose == "kana" and _VOCABULARY.get(note):
        return _kana_of(note)
    if any(words.fullmatch(main) for _, words in _WHOSE_RE) and _VOCABULARY.get(note):
        return _understood(f"{main}{note}")
    return NOTHING


def _understood(main: str) -> Meaning:
    if main[-1:] not in _ENDS:
        return NOTHING
    if claims := _VOCABULARY.get(main):
        keys = {claim.key for claim in claims}
        loose = _LOOSE.get(claims[0].key, "") if len(keys) == 1 and not _names_owner(main) else ""
        return Meaning(claims, loose, main)
    if kana := _KANA.search(main):
        return _kana_of(main[: kana.start()] + main[kana.end() :])
    for whose, words in _WHOSE_RE:
        if (found := words.match(main)) and (result := _of(whose, found[0], main[found.end() :])):
            return result
    if pair := _pair(main):
        return pair
    for pattern in (_HONORIFIC, _TAIL):
        if (shorter := pattern.sub("", main, count=1)) != main and shorter:
            return _understood(shorter)
    return NOTHING


def _pair(main: str) -> Meaning | None:
    """TEL／FAX, メール・URL, 〒・住所, 役職・氏名: one column of two things, which its reader tells apart. And two words
    for one thing: 会社名・団体名.
    """
    main = _OR.sub("", main)
    for cut in range(1, min(len(main), _LONGEST_OF_PAIR)):
        first, second = _VOCABULARY.get(main[:cut]), _VOCABULARY.get(main[cut:])
        if first and second:
            said = {claim.key: claim for claim in (*second, *first)}
            if first[0].key == second[0].key:
                return Meaning(
                    (replace(first[0], place=first[0].place + 50),), _LOOSE.get(first[0].key, ""), main
                )
            for pair, key in _PAIRS.items():
                if said.keys() >= set(pair):
                    return Meaning((replace(said[key], place=said[key].place + 50),), word=main)
    return None


def _names_owner(main: str) -> bool:
    """会社での役職 and 企業名フリガナ say themselves whose they are."""
    return any(words.match(main) for _, words in _WHOSE_RE[:3]) and main not in (
        "代表メール",
        "代表メールアドレス",
    )


def _kana_of(rest: str) -> Meaning:
    if not rest:
        return Meaning((Claim(STRONG, 0, "company_kana"),), "kana", "フリガナ")
    claims = _understood(rest).claims
    if any(claim.key == "representative_name" for claim in claims):
        return Meaning((Claim(STRONG, 0, "representative_kana"),), word=rest, both=True)
    kana = {replace(claim, key=KANA_OF.get(claim.key, claim.key)) for claim in claims}
    kana = {claim for claim in kana if claim.key in KANA_OF.values()}
    return Meaning(tuple(sorted(kana)), word=rest, both=True) if kana else NOTHING


def _of(whose: Whose, said: str, rest: str) -> Meaning | None:
    """企業 + 名, 担当者 + メール, 自宅 + 住所; None if the two do not go together."""
    if not rest and said.endswith(("情報", "概要", "関係")):
        return None
    if whose.name and (not rest or rest in _CALLED):
        known = _VOCABULARY.get(said) or _VOCABULARY.get(f"{said}名")
        if not known and whose.name == "representative_name":
            known = Claim(WEAK, 90, "person_name"), Claim(WEAK, 90, whose.name)
        return Meaning(known or (Claim(STRONG, 90, whose.name),), word=said)
    claims = []
    for claim in _understood(rest).claims:
        if whose.name == "representative_name" and claim.key == "title":
            claims.append(replace(claim, key="representative_title"))
        elif claim.key in whose.strong:
            claims.append(claim)
        elif claim.key in whose.weak:
            claims.append(replace(claim, strength=WEAK, place=claim.place + 50))
    return Meaning(tuple(claims), "", f"{said}{rest}") if claims else None
