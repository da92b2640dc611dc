"""The kinds of letters to who takes part in the joint exchange (events/exchange/entering/letters.py)."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from members.letter_kind import LINK, NAME, Kind

EXCHANGE = {
    "合同交流会": "合同交流会の名称",
    "日": "合同交流会の日",
    "連絡先": "問い合わせを受ける拠点と、その電話番号",
}
FACTS = {"内容": "日時・会場など。何行かになります"}
NUMBER = {"番号": "参加番号"}
PAGE = {LINK: "受け取る方だけの、参加のページのアドレス"}


def _entering(
    key: str,
    label: str,
    others: Mapping[str, str] = MappingProxyType({}),
    useful_for: datetime.timedelta | None = None,
) -> Kind:
    """The link stands for the person who entered: nobody else may have it."""
    return Kind(
        f"events/exchange_{key}",
        label,
        {**NAME, **EXCHANGE, **others, **PAGE},
        secret=True,
        renewed_by="events.exchange.entering.renewing.renew_letter",
        useful_for=useful_for,
        blocks=frozenset({"内容"} & others.keys()),
    )


ABOUT_ENTERING = [
    _entering(
        "confirm",
        "合同交流会の申込の確認のお願い",
        FACTS | {"期限": "アドレスを確かめる期限"},
        useful_for=datetime.timedelta(hours=24),
    ),
    _entering("ticket", "合同交流会の参加の受付", FACTS | NUMBER),
    _entering("waiting", "合同交流会の補欠の受付", FACTS | NUMBER),
    _entering("offer", "合同交流会の席のご案内", FACTS | {"期限": "席をとっておく期限"}),
    _entering("lapsed", "合同交流会の席のご案内の期限切れ"),
    Kind(
        "events/exchange_withdrawn",
        "合同交流会の参加の取消の受付",
        {**NAME, **EXCHANGE, **NUMBER, LINK: "合同交流会のページのアドレス"},
    ),
]
