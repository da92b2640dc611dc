"""Whoever applies in the journeys, as they would type it: invented companies."""

from typing import Any

TICKED = {
    "no_antisocial_ties": True,
    "consent_purpose": True,
    "consent_roster": True,
}


def sheet(
    name: str, kana: str, family: str, given: str, reading: tuple[str, str], **more: Any
) -> dict[str, Any]:
    """A form filled in as far as it must be, and somewhat further; what is None is left alone."""
    typed = {
        "name": name,
        "kana": kana,
        "industry": "製造業",
        "sme_category": "製造業その他",
        "p1_family_name": family,
        "p1_given_name": given,
        "p1_family_kana": reading[0],
        "p1_given_kana": reading[1],
        **TICKED,
    }
    return {key: value for key, value in (typed | more).items() if value is not None}


MINAMO = sheet(
    "株式会社みなも計器", "みなもけいき", "水面", "渡", ("ミナモ", "ﾜﾀﾙ"),
    postal_code="１９００００２", phone="０４２－６００－７７０１", employees="４２名", in_tokyo="ある",
    products="水位計、流量計", contact_email="minamo@example.jp", hopes=["people", "development"],
    motive="計器のほかの分野の方と、月に一度、話をしたいと思いました。",
)  # fmt: skip
HIKARI = sheet(
    "有限会社ひかり光学", "ひかりこうがく", "光岡", "明", ("みつおか", "あきら"),
    postal_code="192-0046", phone="042-600-7702", employees="18", in_tokyo="選んでください",
    products="レンズの研磨", contact_email="hikari@example.jp",
    motive="医療のお仕事をされている会社と知り合い、新しい用途を探したいです。",
)  # fmt: skip
NAGARE = sheet(
    "株式会社ながれ計測", "ながれけいそく", "流", "静", ("ナガレ", "シズカ"),
    postal_code="186-0002", phone="042-600-7703", employees="55", in_tokyo="ある",
    products="流量計の校正", contact_email="nagare@example.jp",
    motive="校正の仕事だけでは先が見えず、ほかの業種から学びたいと考えています。",
)  # fmt: skip
KASHIWA = sheet(
    "かしわ樹脂株式会社", "かしわじゅし", "柏木", "実", ("カシワギ", "ミノル"),
    postal_code="197-0003", phone="042-600-7704", employees="30", in_tokyo="ある",
    corporate_number="4012301004567", products="樹脂の成形", contact_email="kashiwa@example.jp",
    motive="前のグループがなくなってから、仲間と話す場がありませんでした。",
)  # fmt: skip
YUKI = sheet(
    "ゆき食品株式会社", "ゆきしょくひん", "雪野", "泉", ("ユキノ", "イズミ"),
    postal_code="207-0012", phone="042-600-7705", employees="12", in_tokyo="ある",
    products="冷凍のそうざい", contact_email="yuki@example.jp",
    motive="包装や冷凍の技術を持つ方と、新しい食べものをつくりたいです。",
)  # fmt: skip
TSUBAME = sheet(
    "つばめ運輸株式会社", "つばめうんゆ", "燕", "翔", ("ツバメ", "ショウ"), industry="運輸業、郵便業",
    sme_category="製造業その他", postal_code="196-0015", phone="042-600-7706", employees="400",
    in_tokyo="ない", products="貨物の輸送", contact_email="tsubame@example.jp",
    motive="荷主になってくださる会社を、たくさん見つけたいと思い応募しました。",
)  # fmt: skip
# By FAX, and without an address for mail.
AOZORA = sheet(
    "あおぞら木工有限会社", "あおぞらもっこう", "青空", "林", ("アオゾラ", "ハヤシ"),
    postal_code="205-0001", phone="042-600-7707", fax="042-600-7717", employees="6", in_tokyo="ある",
    products="木の家具", prefecture="東京都", city="羽村市", street="小作台9-8",
    motive="職人だけの会社なので、よその経営者の考えを聞かせてほしい。",
)  # fmt: skip
# As much as somebody writes who takes the time: what must be there, and what is usually filled in.
IN_FULL = sheet(
    "株式会社はるか医科工業", "はるかいかこうぎょう", "遥", "真理子", ("ハルカ", "マリコ"),
    postal_code="198-0042", corporate_number="3012801023456", building="かえでビル3階", phone="042-600-7708", fax="042-600-7718",
    email="info@haruka.example.jp", url="https://haruka.example.jp", representative_title="代表取締役",
    representative_name="遥 真理子", representative_kana="ハルカ マリコ", in_tokyo="ある",
    trade="医療用の鋼製器具の製造", employees="38", capital="3000", founded="1988-04",
    products="外科用のはさみ、鉗子、ピンセットの製造と修理。病院からの注文で、一つから作っています。",
    strengths="ステンレス鋼の研磨と、手に合わせた調整。0.01ミリの仕上げができる職人が6人います。",
    seeking="刃物の表面処理をされている会社、病院に納めている商社、3次元の測定ができる会社。",
    p1_title="専務取締役", p1_department="製造部", p1_email="mariko@haruka.example.jp",
    p1_phone="090-0000-7708", hopes=["people", "development", "sales"], source="都産技研の職員",
    motive=(
        "病院のお客さまから、鋼だけでは応えられない相談が増えています。樹脂や電子の会社の方と日ごろから話ができれば、"
        "お断りせずにすむ仕事があると感じています。また、職人の高齢化が進み、技術をどう伝えるかが一番の悩みです。"
        "業種はちがっても同じ悩みをお持ちの経営者の方のお話をうかがい、当社の経験もお話ししたいと思い、応募しました。"
    ),
    contact_email="oubo@haruka.example.jp", contact_phone="042-600-7798", consent_public_profile=True,
)  # fmt: skip
