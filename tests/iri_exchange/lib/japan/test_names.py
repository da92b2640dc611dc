"""The search key, フリガナ, dictionary order and the splitting of names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iri_exchange.lib import japan
from iri_exchange.lib.japan import names

IVS = "\U000e0100"
NAMELIKE = st.text(
    alphabet=f"株式会社有限(㈱)（）髙高﨑葛{IVS}かがガｶﾞカブシキイャ"
    "ァーｰ-−・ゝヽヾ゛\u3099 　ABbＣ1２가éß\u0345"
)


@pytest.mark.parametrize(
    "spellings",
    [
        "株式会社立川印刷|㈱立川印刷|(株)立川印刷|（株）立川印刷|立川印刷株式会社|立川印刷（株）|株式會社立川印刷",
        "有限会社日の出|㈲日の出|(有)日の出|日の出㈲|日の出",
        "一般社団法人多摩|（一社）多摩|多摩",
        "カブシキガイシャタチカワ|タチカワ|ﾀﾁｶﾜ|たちかわ|カブシキカイシャ　タチカワ",
        "髙橋|高橋",
        "山﨑|山崎|山嵜",
        "濵田|浜田|濱田",
        "德永|徳永",
        "𠮷田|吉田",
        f"葛{IVS}西|葛西",
        f"辻{IVS}|辻|辻\ufe00",
        "渡邊|渡邉|渡辺",
        "齋藤|齊藤|斎藤|斉藤",
        "小澤|小沢",
        "眞廣|真広",
        "中嶋|中島|中嶌",
        "\ufa19|神",
        "\uf9dc|隆",
        "箱根ヶ崎|箱根ケ崎",
        "ＡＢＣ　Tech|ABCTECH|abc-tech|a.b.c.tech|ａｂｃ・ｔｅｃｈ",
        "センター|ｾﾝﾀｰ|せんたー",
        "ガラス|ｶﾞﾗｽ|カ\u3099ラス|がらす",
    ],
)
def test_spellings_meet(spellings: str) -> None:
    assert len({japan.fold(spelling) for spelling in spellings.split("|")}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("㈱立川印刷", "立川印刷"),
        ("髙橋　誠", "高橋誠"),
        ("エー・ビー・シー", "エービーシー"),
        ("2-15－20", "2-15-20"),
        ("２ - 15ー20", "2-15-20"),
        ("TAMA-24", "tama24"),
        ("株式会社", "株式会社"),
        ("㈱", "株式会社"),
        ("株式株式会社会社", "株式会社"),
        ("・", "・"),
        ("　", ""),
        ("", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert japan.fold(text) == expected


def test_different_names_stay_apart() -> None:
    names = ("高橋", "高崎", "ハート", "ハト", "カラス", "ガラス", "柴崎町1-11", "柴崎町11-1")
    assert len({japan.fold(name) for name in names}) == len(names)


@given(st.one_of(st.text(), NAMELIKE))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = japan.fold(text)
    assert japan.fold(once) == once


@given(st.one_of(st.text(), NAMELIKE))
def test_fold_is_empty_for_blank_text_only(text: str) -> None:
    visible = any(unicodedata.category(c)[0] in "LN" for c in text)
    assert not (visible and japan.fold(text) == "")


def test_the_table_of_variants_is_sound() -> None:
    groups = names._VARIANT_GROUPS.split()
    characters = "".join(groups)
    assert sorted(set(characters)) == sorted(characters), "a kanji stands in two groups"
    assert unicodedata.normalize("NFKC", characters) == characters, "a variant that NFKC takes away first"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ﾋﾉﾃﾞｲﾝｻﾂ", "ヒノデインサツ"),
        ("たちかわけいそく", "タチカワケイソク"),
        (" すずき　　まこと ", "スズキ マコト"),
        ("センタ-", "センター"),
        ("センタ−", "センター"),
        ("ｾﾝﾀｰ", "センター"),
        ("カ゛", "ガ"),
        ("ハ\u309a", "パ"),
        ("ゔぁ", "ヴァ"),
        ("ｴｰ･ﾋﾞｰ", "エー・ビー"),
        ("ＡＢＣ株", "ABC株"),
    ],
)
def test_kana(text: str, expected: str) -> None:
    assert japan.kana(text) == expected
    assert japan.kana(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("スズキ マコト", True),
        ("エー・ビー", True),
        ("ヴァヷヺヵヶ", True),
        ("スズキ　マコト", False),
        ("すずき", False),
        ("ｽｽﾞｷ", False),
        ("ABC", False),
        ("ー", False),
        ("", False),
        ("スズキ\n", False),
    ],
)
def test_is_kana(text: str, expected: bool) -> None:
    assert japan.is_kana(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("髙橋　誠", ("髙橋", "誠")),
        (" 葛󠄀西  昭　", ("葛󠄀西", "昭")),
        ("𠮷田\u00a0恵", ("𠮷田", "恵")),
        ("髙橋誠", ("髙橋誠", "")),
        ("ジョン　F　ケネディ", ("ジョン　F　ケネディ", "")),
        ("", ("", "")),
    ],
)
def test_split_name(text: str, expected: tuple[str, str]) -> None:
    assert japan.split_name(text) == expected


@pytest.mark.parametrize(
    "ordered",
    [
        ["アオキ", "イトウ", "ウエダ", "エンドウ", "オオタ", "カトウ", "ワダ", "ヲノ", "ン"],
        ["ハアト", "バアト", "パアト", "ハアトウ"],
        ["ハート", "ハァト", "ハアト", "バート"],
        ["カヽ", "カカ", "カガ", "ガカ", "カキ"],
        ["サトウ", "サトウ マリ", "サトウダ ジロウ"],
        ["キヤノン", "キユーピー"],
        ["ビョウイン", "ビヨウイン", "ヒラノ"],
        ["1カ", "ABC", "アオキ"],
        ["ウエダ", "ヴェルデ", "ウオ"],
    ],
)
def test_dictionary_order(ordered: list[str]) -> None:
    keys = [japan.sort_key(text) for text in ordered]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_kinds_of_kana_and_middle_dots_do_not_matter() -> None:
    spellings = ("エー・ビー", "えーびー", "ｴｰ･ﾋﾞｰ", "エービー")
    assert len({japan.sort_key(text) for text in spellings}) == 1


def test_without_kana_the_name_takes_its_place() -> None:
    entries = [
        ("サトウ", "佐藤"),
        ("", "株式会社サンライズ"),
        ("シミズ", "清水"),
        ("ンンン", ""),
        ("", "ABC"),
        ("", "一番"),
        ("", "㈱佐藤"),
    ]
    assert sorted(entries, key=lambda entry: japan.sort_key(*entry)) == entries


@given(st.one_of(st.text(), NAMELIKE, st.text(alphabet="ァアガパーヽヾン ", min_size=50)), st.text())
def test_sort_keys_are_plain_and_short(kana: str, fallback: str) -> None:
    key = japan.sort_key(kana, fallback)
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789")
    assert 0 < len(key) <= 240
