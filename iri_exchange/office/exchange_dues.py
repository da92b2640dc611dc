"""What the joint exchange asks of the office, as the desk says it."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from events.exchange.entering import phoning
from events.models import Booth, JointExchange
from iri_exchange.lib import japan
from iri_exchange.office.dues import Due

State = JointExchange.State
# From this month on the office prepares the exchange of the fiscal year.
FIRST_MONTH, EXCHANGE_MONTH = 9, 2


def of_exchanges(today: datetime.date) -> Iterable[Due]:
    """That of this fiscal year is made, if there was one before, and published; who is offered a place without a letter is
    telephoned; booths are decided on; it is closed once it was held.
    """
    year = japan.fiscal_year(today)
    rows = list(JointExchange.objects.defer("introduction", "floor", "report_words"))
    is_time = today.month >= FIRST_MONTH or today.month < EXCHANGE_MONTH
    if is_time and rows and all(each.fiscal_year < year for each in rows):
        yield Due(
            day=datetime.date(year + 1, EXCHANGE_MONTH, 1),
            what=f"{japan.fiscal_year_label(year)}の合同交流会をつくる",
            why="毎年2月に開きます。11月ごろから、出展と参加を受け付けます。前の年から写せます。",
            action="合同交流会の準備へ",
            url=reverse("office_exchanges"),
            is_late=False,
        )
    for exchange in rows:
        if exchange.state in (State.DRAFT, State.PUBLISHED):
            yield from _of(exchange, today)


def _of(exchange: JointExchange, today: datetime.date) -> Iterable[Due]:
    url = reverse("exchange_office", args=[exchange.fiscal_year])
    opens = timezone.localdate(min(exchange.booths_from, exchange.registration_from))
    if exchange.state == State.DRAFT:
        why = "公開すると、どなたにも見えて、出展と参加を受け付けられます。"
        yield Due(opens, "合同交流会を確かめて、公開する", why, "準備のページへ", url, opens < today)
    elif exchange.day < today:
        why = "お礼、アンケート、報告に進めます。"
        yield Due(exchange.day, "合同交流会を「終了」にする", why, "準備のページへ", url, is_late=True)
    else:
        yield from _calls(exchange, today)
        waiting = exchange.booths.filter(state=Booth.State.APPLIED).count()
        closes = timezone.localdate(exchange.booths_until)
        if waiting and closes < today:
            yield Due(
                day=closes,
                what=f"出展の申込{waiting}件を受けるか決める",
                why="出展の募集は終わりました。お返事をお待ちの方がいます。",
                action="出展を見る",
                url=reverse("exchange_office_booths", args=[exchange.fiscal_year]),
                is_late=True,
            )


def _calls(exchange: JointExchange, today: datetime.date) -> Iterable[Due]:
    """Of offers that no letter tells of, and of those that lapsed: who does not know of it."""
    if to_phone := phoning.to_phone(exchange):
        day = timezone.localdate(to_phone[0].until)
        yield Due(
            day=day,
            what=f"席が空いたことを、{len(to_phone)}名に電話で知らせる",
            why="補欠の方に席をご案内していますが、メールが届きません。期限までにお返事がないと、次の方に移ります。",
            action="電話をする方を見る",
            url=reverse("exchange_registrations", args=[exchange.fiscal_year]),
            is_late=to_phone[0].is_over,
        )
