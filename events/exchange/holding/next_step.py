"""The one thing that the office does next for a joint exchange that is public: its page's main button."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from events.models import Booth, JointExchange
from iri_exchange.lib import japan

State = JointExchange.State


@dataclass(frozen=True)
class Next:
    """`closes`: the button closes the exchange, and leads to no page."""

    title: str
    why: str
    action: str
    url: str
    closes: bool = False


def next_of(exchange: JointExchange) -> Next | None:
    """By the state, the day and what has been done; None for a draft and for one that is off. In at most two queries."""
    if exchange.state == State.HELD:
        return _to(
            exchange,
            "お礼・アンケート・報告に進みます",
            "来場した方へのお礼とアンケート、出展した方への結果のお願い、報告書は、次のページから行います。",
            "お礼と報告へ",
            "exchange_after",
        )
    if exchange.state != State.PUBLISHED:
        return None
    if exchange.ends_at <= timezone.now():
        return _to(
            exchange,
            "終わったら、「終了」にします",
            "「終了」にすると、参加と出展の申込は閉じ、お礼、アンケート、報告に進みます。元には戻せません。",
            "終了にする",
            "exchange_close",
            closes=True,
        )
    if exchange.day <= timezone.localdate():
        return _to(
            exchange,
            "きょうが当日です",
            "受付票の二次元コードか番号で、来場した方を受け付けます。",
            "受付のページへ",
            "exchange_reception",
        )
    return _before(exchange)


def _before(exchange: JointExchange) -> Next:
    """In the order of the year, what is not done yet first."""
    asked = exchange.registrations.filter(invited_at__isnull=False)
    if exchange.takes_registrations and not asked.exists():
        return _to(
            exchange,
            "会員に案内します",
            "まだ、どの会員にもご案内を送っていません。次のページで、だれに何が届くかを確かめてから送ります。",
            "会員に案内する",
            "exchange_invite",
        )
    if applied := exchange.booths.filter(state=Booth.State.APPLIED).count():
        return _to(
            exchange,
            f"出展の申込が{applied}件あります",
            "受けるか決めて、番号と場所を決めます。お返事をお待ちの方がいます。",
            "出展を受けるか決める",
            "exchange_office_booths",
        )
    now = timezone.now()
    if now < exchange.registration_from:
        day = japan.wareki(timezone.localdate(exchange.registration_from))
        why = f"会員への案内は、参加申込が始まる{day}から送れます。それまでに、内容とプログラムを整えます。"
        return _to(exchange, "参加申込の始まりを待っています", why, "プログラムを書く", "exchange_programme")
    return _collecting(exchange) if exchange.takes_registrations else _closed(exchange)


def _collecting(exchange: JointExchange) -> Next:
    day = japan.wareki(timezone.localdate(exchange.registration_until))
    return _to(
        exchange,
        "参加申込を受けています",
        f"{day}に締め切ります。お電話やFAXのお返事は、一覧から書きとめます。",
        "参加申込の一覧を見る",
        "exchange_registrations",
    )


def _closed(exchange: JointExchange) -> Next:
    if exchange.table_rounds and exchange.tables_shown_at is None:
        return _to(
            exchange,
            "分散会の席を決めます",
            "参加申込を締め切りました。席を決め、確かめてから、参加する方に見せます。",
            "分散会の席を決める",
            "exchange_tables",
        )
    return _to(
        exchange,
        "受付名簿を刷って、当日に備えます",
        "フリガナ順の名簿です。当日、機械が使えなくても、これで受け付けられます。",
        "受付名簿を印刷する（PDF）",
        "exchange_reception_pdf",
    )


def _to(
    exchange: JointExchange, title: str, why: str, action: str, name: str, *, closes: bool = False
) -> Next:
    return Next(title, why, action, reverse(name, args=[exchange.fiscal_year]), closes)
