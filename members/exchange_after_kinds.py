"""The kinds of letters after the joint exchange (events/exchange/after/letters.py)."""

import datetime

from members.letter_kind import LINK, NAME, Kind

DAY = {
    "合同交流会": "合同交流会の名称",
    "日": "合同交流会の日",
    "期限": "お答えの期限",
    "連絡先": "問い合わせを受ける拠点と、その電話番号",
}
USEFUL_FOR = datetime.timedelta(days=60)

ABOUT_AFTER = [
    Kind(
        "events/exchange_thanks",
        "合同交流会のお礼とアンケート",
        NAME | DAY | {LINK: "受け取る方だけの、アンケートのページのアドレス"},
        secret=True,
        renewed_by="events.exchange.after.thanking.renew_letter",
        useful_for=USEFUL_FOR,
    ),
    Kind(
        "events/exchange_result",
        "出展の結果のお願い",
        NAME
        | DAY
        | {
            "出展者": "出展した企業かグループの名前",
            "見出し": "展示の見出し",
            LINK: "結果を書くページのアドレス（ログインして開きます）",
        },
        useful_for=USEFUL_FOR,
    ),
]
