"""The kinds of letters to members who are asked to the joint exchange (events/exchange/inviting/letters.py)."""

from collections.abc import Mapping
from types import MappingProxyType

from members.letter_kind import LINK, NAME, Kind


def _inviting(key: str, label: str, others: Mapping[str, str] = MappingProxyType({})) -> Kind:
    """The link stands for the person who is asked: nobody else may have it."""
    return Kind(
        f"events/exchange_{key}",
        label,
        {
            **NAME,
            "合同交流会": "合同交流会の名称",
            "日": "合同交流会の日",
            "内容": "日時・会場など。何行かになります",
            **others,
            "連絡先": "問い合わせを受ける拠点と、その電話番号",
            LINK: "受け取る方だけの、参加のページのアドレス",
        },
        secret=True,
        renewed_by="events.exchange.inviting.letters.renew_letter",
        blocks=frozenset({"内容", "ことば"} & {"内容", *others}),
    )


_ASKING = {
    "ことば": "送る人が添えたことば。ないこともあります",
    "期限": "参加申込の締切の日",
}

ABOUT_INVITING = [
    _inviting("invited", "合同交流会の会員へのご案内", _ASKING),
    _inviting("reminder", "合同交流会のお返事のお願い", _ASKING),
    _inviting("link", "合同交流会の、新しいリンク"),
]
