"""A joint exchange is prepared, put right, published and closed by the office."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.exchange.holding import copying, programme
from events.models import JointExchange
from iri_exchange.lib import history, japan, states

State = JointExchange.State
# Whoever takes part is told when one of these becomes another.
TOLD = ("starts_at", "ends_at", "place", "address")
ONE_A_YEAR = "この日の年度には、もう合同交流会があります。"
OVER = "終わったか中止になった合同交流会の内容は、変えられません。"
ANOTHER_YEAR = (
    "公開したあとは、別の年度の日には変えられません。中止にして、その年度の合同交流会をつくってください。"
)
PAST = "日がもう過ぎています。「直す」から、これからの日にしてください。"
NOT_YET = "合同交流会の始まりより前には、終了にできません。"


@transaction.atomic
def make(*, by: Any, source: JointExchange | None = None, **facts: Any) -> JointExchange:
    """A draft; nobody but the office sees it. With `source` its programme, floor and circuits are copied.

    `facts`: columns of the record but the fiscal year, which follows from the day. Raises ValidationError with a sentence
    per field, and where that fiscal year has one already.
    """
    exchange = JointExchange(**_with_year(facts), state=State.DRAFT)
    if source:
        exchange.floor = source.floor
    exchange.full_clean()
    with history.step("合同交流会の準備", by):
        _insert(exchange)
        if source:
            copying.copy_circuits(source, exchange)
            programme.copy(source, exchange)
    return exchange


@transaction.atomic
def change(*, exchange: JointExchange, by: Any, **facts: Any) -> list[str]:
    """Put it right: which of `TOLD` have become others since it was published (those raise the sequence of the calendar).

    Raises ValidationError once it is over, and for another fiscal year once it is published.
    """
    stored = lock(exchange)
    if stored.state not in (State.DRAFT, State.PUBLISHED):
        raise ValidationError(OVER, code="over")
    before = {name: getattr(stored, name) for name in TOLD}
    year = stored.fiscal_year
    for name, value in _with_year(facts).items():
        setattr(stored, name, value)
    is_public = stored.state == State.PUBLISHED
    if is_public and stored.fiscal_year != year:
        raise ValidationError(ANOTHER_YEAR, code="another_year")
    changed = [name for name in TOLD if is_public and getattr(stored, name) != before[name]]
    stored.sequence += bool(changed)
    stored.full_clean()
    with history.step("合同交流会の内容を直す", by):
        stored.save()
    return changed


@transaction.atomic
def publish(*, exchange: JointExchange, by: Any) -> JointExchange:
    """From now on everybody sees it. Raises ValidationError if its day has passed."""
    stored = lock(exchange)
    if stored.starts_at <= timezone.now():
        raise ValidationError(PAST, code="past")
    with history.step("合同交流会の公開", by):
        states.advance(stored, State.PUBLISHED, moves=JointExchange.MOVES)
    return stored


@transaction.atomic
def close(*, exchange: JointExchange, by: Any) -> JointExchange:
    """It was held. Raises ValidationError before it has begun."""
    stored = lock(exchange)
    if stored.starts_at > timezone.now():
        raise ValidationError(NOT_YET, code="not_yet")
    with history.step("合同交流会の終了", by):
        states.advance(stored, State.HELD, moves=JointExchange.MOVES)
    return stored


def lock(exchange: JointExchange) -> JointExchange:
    """The exchange as it stands now, locked until the transaction ends."""
    return JointExchange.objects.select_for_update(no_key=True).get(pk=exchange.pk)


def has_begun(exchange: JointExchange) -> bool:
    return exchange.starts_at <= timezone.now()


def missing(exchange: JointExchange) -> list[str]:
    """What people would look for and not find: sentences, none of which keeps anybody from publishing."""
    now, items = timezone.now(), exchange.programme.all()
    doubts = [
        (not exchange.address, "会場の住所がありません。地図が会場の名前でさがすことになります。"),
        (not exchange.introduction, "ご案内の文がありません。"),
        (not exchange.organisers, "主催・共催がありません。"),
        (not items, "プログラムがありません。"),
        (not exchange.floor, "会場図がありません。出展の場所を決められません。"),
        (not exchange.public_capacity, "一般の方の定員が0人です。一般の方は、申し込めません。"),
        (exchange.registration_until <= now, "参加申込の締切が、もう過ぎています。"),
        (exchange.booths_until <= now, "出展の募集の締切が、もう過ぎています。"),
        (exchange.has_party and not exchange.party_place, "懇親会の会場がありません。"),
    ]
    return [sentence for is_so, sentence in doubts if is_so]


def _insert(exchange: JointExchange) -> None:
    try:
        with transaction.atomic():
            exchange.save()
    except IntegrityError as error:  # a colleague has made it at the same moment
        raise ValidationError({"fiscal_year": ONE_A_YEAR}, code="unique") from error


def _with_year(facts: Mapping[str, Any]) -> dict[str, Any]:
    if "starts_at" not in facts:
        return dict(facts)
    return {**facts, "fiscal_year": japan.fiscal_year(timezone.localdate(facts["starts_at"]))}
