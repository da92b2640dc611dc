"""Names: a search key that forgives spelling, フリガナ, dictionary order, family and given name.

A name is stored as it was typed. What is made here are keys beside it, never shown.
"""

import re
import unicodedata

import jaconv

from iri_exchange.lib.japan.text import DASHES, tidy

# Kanji that people use for one another in names; the first of each group is the one searched by.
# Selectors (葛󠄀, 辻󠄀) need no entry: the key drops them. The choice is ours, after use in rosters.
_VARIANT_GROUPS = """
高髙 崎﨑嵜碕 浜濱濵 徳德 吉𠮷 辺邊邉 斎齋斉齊 沢澤 真眞 広廣 島嶋嶌 桜櫻 国國圀 竜龍 富冨 滝瀧
峰峯 関關 桑桒 鉄鐵鉃 実實 条條 村邨 松枩 柳栁 槙槇 蔵藏 薮藪籔 豊豐 万萬 礼禮 祢禰 弥彌 穂穗 糸絲
経經 総總 緑綠 聡聰 船舩 芦蘆 荘莊 亀龜 亜亞 伝傳 児兒 巌巖 剣劍劔 勲勳 区區 厳嚴 参參 双雙 号號
台臺 団團 図圖 囲圍 塩鹽 壱壹 売賣 寿壽 奥奧 姫姬 宝寶 寛寬 対對 専專 将將 尭堯 属屬 岳嶽 峡峽
巣巢 帯帶 庁廳 応應 懐懷 払拂 拝拜 拡擴 挙擧 暁曉 昼晝 曽曾 来來 枢樞 様樣 権權 横橫 歓歡 歩步
毎每 気氣 浅淺 浄淨 渋澁 済濟 渓溪 温溫 湾灣 満滿 瀬瀨 灯燈 炉爐 点點 為爲 焼燒 独獨 狭狹 猪豬
畳疊 発發 県縣 研硏 磯礒 禅禪 稲稻 穏穩 笹笧 粋粹 絵繪 継繼 続續 縄繩 声聲 聴聽 旧舊 芸藝 茎莖
薫薰 薬藥 虫蟲 蛍螢 衛衞 装裝 覚覺 覧覽 観觀 訳譯 証證 誉譽 読讀 謡謠 賛贊 転轉 軽輕 辞辭 遥遙
郎郞 郷鄕 醸釀 釈釋 鉱鑛 銭錢 鋳鑄 録錄 鎮鎭 険險 隠隱 隣鄰 雑雜 霊靈 静靜 頼賴 顕顯 館舘 駅驛
駆驅 験驗 鶏鷄 鴎鷗 麦麥 黄黃 黒黑 黙默 歯齒 齢齡 穣穰 渕淵渊 柏栢 桧檜 祷禱 禄祿 讃讚 頚頸 騨驒
会會 円圓 学學 恵惠 栄榮 数數 画畫 単單 医醫 労勞 営營 戦戰 当當 体體 余餘 価價 写寫 ケヶ カヵ
"""
_VARIANTS = str.maketrans({c: group[0] for group in _VARIANT_GROUPS.split() for c in group[1:]})

_ABBREVIATED_FORMS = {
    "株": "株式会社",
    "有": "有限会社",
    "合": "合同会社",
    "同": "合同会社",
    "資": "合資会社",
    "名": "合名会社",
    "社": "社団法人",
    "一社": "一般社団法人",
    "公社": "公益社団法人",
    "財": "財団法人",
    "一財": "一般財団法人",
    "公財": "公益財団法人",
    "学": "学校法人",
    "医": "医療法人",
    "福": "社会福祉法人",
    "宗": "宗教法人",
    "独": "独立行政法人",
    "特非": "特定非営利活動法人",
}
_ABBREVIATION = re.compile(r"\((" + "|".join(_ABBREVIATED_FORMS) + r")\)")

_AS_TYPED = re.compile("[㈱㍿㈲㈾㈴]|[（(](?:" + "|".join(_ABBREVIATED_FORMS) + ")[）)]")

# Spelled as the key spells them: katakana, no punctuation. Longer ones first.
_FORMS = re.compile(
    "地方独立行政法人|独立行政法人|国立大学法人|特定非営利活動法人|npo法人|社会福祉法人|(一般|公益)?[社財]団法人"
    "|学校法人|医療法人|宗教法人|監査法人|(税理士|弁護士|行政書士|司法書士|社会保険労務士|特許業務)法人"
    "|(株式|有限|合同|合資|合名|相互)会社|(カブシキ|ユウゲン|ゴウドウ|ゴウシ|ゴウメイ)[ガカ]イシャ"
)

_DASH = re.compile(f"[{DASHES}]")
# Whatever is neither letter nor digit nor dash.
_SIGN = re.compile(rf"[^\w{re.escape(DASHES)}]|_")
_DASH_IN_NUMBER = re.compile(f"(?<=[0-9])[{DASHES}ー]+(?=[0-9])")

_DAKUTEN, _HANDAKUTEN = "\u3099", "\u309a"
_LONE_VOICING = str.maketrans({"゛": _DAKUTEN, "゜": _HANDAKUTEN})

_AS_STORED = re.compile("[ァ-ヺー・]+(?: [ァ-ヺー・]+)*")

_SORT_KEY_LENGTH = 240
# Rows by letter, vowels by digit: カ is b1. ワ行 lacks ウ; ン has no vowel.
_ROWS = (
    "アイウエオ カキクケコ サシスセソ タチツテト ナニヌネノ "
    "ハヒフヘホ マミムメモ ヤ-ユ-ヨ ラリルレロ ワヰ-ヱヲ"
)
_KANA_CODES = {
    kana: f"{chr(ord('a') + row)}{vowel}"
    for row, letters in enumerate(_ROWS.split())
    for vowel, kana in enumerate(letters, start=1)
    if kana != "-"
} | {"ン": "k1"}
_VOWELLESS = "k1"
_SMALL = str.maketrans("ァィゥェォヵヶッャュョヮ", "アイウエオカケツヤユヨワ")


def in_full(name: str) -> str:
    """株式会社青葉 for ㈱青葉 or (株)青葉: the legal form spelled out, and nothing else changed. For a hint only."""
    return _AS_TYPED.sub(lambda found: _spelled_out(found[0]), name)


def _spelled_out(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign).strip("()")
    return _ABBREVIATED_FORMS.get(plain, plain)


def legal_form(name: str) -> str:
    """株式会社 for 株式会社青葉, ㈱青葉 and 青葉(株); "" for a name without a legal form."""
    found = _FORMS.search(unicodedata.normalize("NFKC", in_full(name)).casefold())
    return found[0] if found else ""


def fold(text: str) -> str:
    """The key under which different spellings of one name meet; empty only for text without any sign.

    Width, case, kind of kana, kanji variants, selectors, spaces, punctuation, dashes (but ー, and any
    dash between digits: 1-11 is not 11-1) and corporate forms do not count. Text that is nothing but
    a form (株式会社) or signs keeps them. Folding twice changes nothing.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    usual = jaconv.hira2kata(plain).translate(_VARIANTS)
    katakana = _ABBREVIATION.sub(lambda found: _ABBREVIATED_FORMS[found[1]], usual)
    signless = _SIGN.sub("", katakana)
    dashless = _DASH.sub("", _DASH_IN_NUMBER.sub("\0", signless)).replace("\0", "-")
    # Again, since a form taken out may have stood between ー and a digit.
    key = _DASH_IN_NUMBER.sub("-", _without_forms(dashless))
    return unicodedata.normalize("NFKC", key) or "".join(katakana.split())


def _without_forms(key: str) -> str:
    """Again and again, since taking one out can join another; but never down to nothing."""
    while (shorter := _FORMS.sub("", key)) and shorter != key:
        key = shorter
    return key


def kana(text: str) -> str:
    """Full-width katakana of hiragana and half-width kana; one half-width space for each run of spaces.

    A hyphen or dash after a kana is taken for ー. Other characters stay, for `is_kana` to refuse.
    """
    if _AS_STORED.fullmatch(text):
        return text  # nearly every フリガナ of a roster: the same answer, many times faster
    long = re.sub(f"(?<=[ァ-ヺー])[{DASHES}]", "ー", _katakana(text))
    return re.sub(r"\s+", " ", tidy(long))


def _katakana(text: str) -> str:
    return jaconv.hira2kata(unicodedata.normalize("NFKC", text.translate(_LONE_VOICING)))


def is_kana(text: str) -> bool:
    """Whether the text is as `kana` should give it: full-width katakana, ー, ・, half-width spaces."""
    return re.fullmatch(r"[ァ-ヺ][ァ-ヺー・ ]*", text) is not None


def split_name(text: str) -> tuple[str, str]:
    """Family and given name as typed, split at the only run of spaces; else everything and nothing."""
    parts = tidy(text).split()
    return (parts[0], parts[1]) if len(parts) == 2 else (tidy(text), "")


def sort_key(kana: str, fallback: str = "") -> str:
    """A key of at most 240 characters a-z0-9 in the order of a Japanese dictionary, after JIS X 4061.

    First the bare kana (ガ as カ, ァ as ア, ー as the vowel before it), then voicing, then size. Digits
    and Latin come before kana, a space before everything, so that families stay together; ・ does not
    count. Without kana the folded `fallback` is the text: in its place if it begins with kana, else
    after all kana by code point. Every database and collation sorts these keys alike.
    """
    text, after_kana = tidy(kana), ""
    if not text:
        text = fold(fallback)
        after_kana = "" if is_kana(text[:1]) else "z"
    codes, voicing, sizes = _coded(text)
    return (after_kana + "".join(codes) + "00" + "".join(voicing) + "".join(sizes))[:_SORT_KEY_LENGTH]


def _coded(text: str) -> tuple[list[str], list[str], list[str]]:
    """Per character its code, voicing (1 dakuten, 2 handakuten) and size (0 ー, 1 small, 2 ヽ, 3)."""
    codes: list[str] = []
    voicing: list[str] = []
    sizes: list[str] = []
    for character in unicodedata.normalize("NFD", _katakana(text).casefold()):
        if character in (_DAKUTEN, _HANDAKUTEN) and voicing:
            voicing[-1] = "1" if character == _DAKUTEN else "2"
            continue
        code, size = _code_and_size(character, codes[-1] if codes else "")
        if code:
            codes.append(code)
            voicing.append("0")
            sizes.append(size)
    return codes, voicing, sizes


def _code_and_size(character: str, before: str) -> tuple[str, str]:
    """The code (empty for what does not count) and the size; `before` is the code before it."""
    large = character.translate(_SMALL)
    if large in _KANA_CODES:
        return _KANA_CODES[large], "3" if large == character else "1"
    follows_kana = "a" <= before[:1] <= "k"
    if character == "ー":
        return (f"a{before[1]}" if follows_kana and before != _VOWELLESS else ""), "0"
    if character == "ヽ":
        return (before if follows_kana else ""), "2"
    if character.isspace():
        return "01", "3"
    if character.isascii() and character.isalnum():
        return ("1" if character.isdigit() else "2") + character, "3"
    counts = unicodedata.category(character)[0] in "LN"
    return f"z{ord(character):06x}" if counts else "", "3"
