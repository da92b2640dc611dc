"""Competitors: the same trade, or telling words that two companies share; what everybody says counts for nothing."""

import pytest

from groups.recruitment.rivals import Likeness, Profile, common_words, rivals_of, words_of
from members.models import Company


def profile(name="甲", **facts):
    return Profile(Company(name=name, **facts))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("精密歯車の製造・販売", {"精密歯車"}),
        ("ﾌﾟﾗｽﾁｯｸ成形、金型設計製作", {"プラスチック", "成形", "金型"}),
        ("電子部品の組立加工", {"電子"}),
        ("各種部品の加工、サービス", set()),
        ("ＬＥＤ照明（LED照明）", {"led", "照明"}),
        ("お茶、もの", set()),
        ("", set()),
    ],
)
def test_the_telling_words_of_a_text(text, words):
    assert words_of(text) == words


def test_of_a_word_inside_of_another_the_shorter_is_shared():
    assert common_words({"精密歯車", "ギヤ"}, {"歯車", "樹脂"}) == ["歯車"]
    assert common_words({"歯車"}, {"樹脂"}) == []


def test_the_same_trade_is_told_as_it_is_called():
    mine = profile(trade="金属プレス加工業", industry="E", industry_middle="24")
    assert mine.likeness(profile(industry="E", industry_middle="24")) == Likeness("金属プレス加工業", [])
    assert mine.likeness(profile(trade="金属プレス加工業")).trade == "金属プレス加工業"
    assert not mine.likeness(profile(industry="E", industry_middle="25"))
    assert not mine.likeness(profile(industry="D", industry_middle="24"))
    # What nobody has filled in is not the same.
    assert not profile().likeness(profile())


def test_the_closest_rival_comes_first_and_nobody_competes_with_itself():
    mine = profile("甲", trade="歯車製造業", products="歯車、減速機")
    word, trade, stranger = (
        profile("乙", products="減速機の設計"),
        profile("丙", trade="歯車製造業"),
        profile("丁", products="清酒"),
    )
    found = rivals_of(mine, [mine, stranger, word, trade])
    assert [(each.other.name, each.likeness.trade, list(each.likeness.words)) for each in found] == [
        ("丙", "歯車製造業", ["歯車"]),
        ("乙", "", ["減速機"]),
    ]
