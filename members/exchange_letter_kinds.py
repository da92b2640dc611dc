"""The kinds of letters about the joint exchange as a whole (events/exchange/holding/telling.py)."""

from collections.abc import Mapping

from members.letter_kind import LINK, NAME, Kind


def _about(key: str, label: str, others: Mapping[str, str]) -> Kind:
    return Kind(
        f"events/exchange_{key}",
        label,
        {
            **NAME,
            "合同交流会": "合同交流会の名称",
            "日": "合同交流会の日",
            "内容": "日時・会場など。何行かになります",
            "連絡先": "問い合わせを受ける拠点と、その電話番号",
            **others,
            LINK: "合同交流会のページのアドレス。どなたにも見えます",
        },
        blocks=frozenset({"内容", *(others.keys() & {"ことば"})}),
    )


ABOUT_EXCHANGES = [
    _about("changed", "合同交流会の変更のお知らせ", {"ことば": "職員が添えたことば。ないこともあります"}),
    _about("cancelled", "合同交流会の中止のお知らせ", {"理由": "中止の理由"}),
]
