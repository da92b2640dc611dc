"""Addresses: prefecture, municipality and the rest, to the code point as typed.

The municipality is found by the shape of its name; names that break the shape are listed (names after
総務省's list of local governments). What cannot be split stays whole: a wrong split is worse than none.
"""

import re

from iri_exchange.lib.japan.text import VARIATION_SELECTORS, tidy

_PREFECTURES = """
北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県
新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県
奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県
熊本県 大分県 宮崎県 鹿児島県 沖縄県
"""
PREFECTURES: tuple[str, ...] = tuple(_PREFECTURES.split())

_SPECIAL_WARDS = (
    "千代田|中央|港|新宿|文京|台東|墨田|江東|品川|目黒|大田|世田谷|渋谷|中野|杉並|豊島|北|荒川|板橋"
    f"|練馬|足立|葛[{VARIATION_SELECTORS}]?飾|江戸川"
)
_DESIGNATED_CITIES = (
    "札幌|仙台|さいたま|千葉|横浜|川崎|相模原|新潟|静岡|浜松|名古屋|京都|大阪|堺|神戸|岡山|広島"
    "|北九州|福岡|熊本"
)
# Towns whose name holds 市, 町 or 村 before its end; cities that end twice in 市 (two of them are
# history, but not gone from old rosters).
_TRAP_TOWNS = "余市|下市|上市|市貝|市川三郷|市川|玉村|大町"
_TRAP_CITIES = "四日市|廿日市|野々市|八日市|今市"
_COUNTY = r"(?:余市|高市|[^市郡\d]{1,5})郡"

# The first that fits wins: lists before shapes, counties before cities, cities before bare towns.
_MUNICIPALITY = re.compile(
    f"(?:{_SPECIAL_WARDS})区"
    rf"|(?:{_DESIGNATED_CITIES})市[^区\d]{{1,5}}区"
    f"|(?:{_TRAP_CITIES})市"
    rf"|(?:{_COUNTY})?(?:{_TRAP_TOWNS})町"
    rf"|{_COUNTY}[^市\d]{{1,7}}?[町村]"
    r"|[^市\d]{1,7}市|市[^市\d]{1,5}市"
    r"|[^市区町村\d]{1,6}[町村]"
)


def split_address(text: str) -> tuple[str, str, str, str]:
    """Prefecture, municipality (county and town together, wards with their city), street, building.

    Only a line break sets the building off. Without a prefecture or a municipality the whole text is the
    street, its line breaks turned into spaces.
    """
    first_line, *others = [tidy(line) for line in tidy(text).splitlines()] or [""]
    building = " ".join(line for line in others if line)
    prefecture = next((name for name in PREFECTURES if first_line.startswith(name)), "")
    rest = tidy(first_line.removeprefix(prefecture))
    municipality = _MUNICIPALITY.match(rest) if prefecture else None
    if municipality is None:
        return "", "", " ".join(filter(None, (first_line, building))), ""
    return prefecture, municipality[0], tidy(rest[municipality.end() :]), building
