"""The kinds of letters to the exhibitors of the joint exchange (events/exchange/booths/letters.py)."""

from members.letter_kind import LINK, NAME, Kind

BOOTH = NAME | {
    "出展者": "出展する企業かグループの名前",
    "見出し": "展示の見出し",
    "交流会": "合同交流会の名前",
    "日": "合同交流会の日",
    "連絡先": "事務局の拠点と、その電話番号",
    LINK: "出展のページのアドレス",
}
WORDS = {"ことば": "事務局が添えたことば。ないこともあります"}

ABOUT_BOOTHS = [
    Kind("events/exchange_booth_received", "出展の申込の控え", BOOTH | {"期限": "申込を直せる期限"}),
    Kind(
        "events/exchange_booth_declined",
        "出展をお断りするお知らせ",
        BOOTH | WORDS,
        blocks=frozenset({"ことば"}),
    ),
    Kind(
        "events/exchange_booth",
        "出展のご案内",
        BOOTH | WORDS | {"内容": "日時・会場・番号・場所・机・電源など。何行かになります"},
        blocks=frozenset({"内容", "ことば"}),
    ),
    Kind(
        "events/exchange_booth_gone",
        "出展の取り下げのお知らせ（事務局あて）",
        NAME
        | {
            "出展者": "取り下げた企業かグループの名前",
            "見出し": "展示の見出し",
            "交流会": "合同交流会の名前",
            "日": "合同交流会の日",
            "空いた場所": "空いた番号・場所・机・電源。何行かになります",
            LINK: "その出展の、事務局のページのアドレス",
        },
        blocks=frozenset({"空いた場所"}),
    ),
]
