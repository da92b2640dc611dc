"""Coming in at the door. Two receptions at once never count one person twice: the person's row is locked, then read.

The reception opens on the day of the exchange, and stays open for a week: what was ticked on paper is written down
afterwards, and what was wrong is put right.
"""

import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.entering import entries, places, twice
from events.models import JointExchange, Registration
from iri_exchange.lib import history, japan

State, Source = Registration.State, Registration.Source
LATE = datetime.timedelta(days=7)
STEP = "合同交流会の受付"


class WalkedIn(NamedTuple):
    """`over`: there was no place left for the kind, and the person was let in all the same. `is_new`: not let in before."""

    registration: Registration
    over: bool
    is_new: bool = True


def is_open(exchange: JointExchange) -> bool:
    """Whether people are received now: from the day of the exchange on, for a week; in Japan."""
    is_held = exchange.state in (JointExchange.State.PUBLISHED, JointExchange.State.HELD)
    return is_held and exchange.day <= timezone.localdate() <= exchange.day + LATE


def is_ahead(exchange: JointExchange) -> bool:
    """Whether the day is still to come."""
    return exchange.state == JointExchange.State.PUBLISHED and timezone.localdate() < exchange.day


def why_shut(exchange: JointExchange) -> str:
    """Why nobody is received now, in a sentence; "" while people are."""
    if is_open(exchange):
        return ""
    day = japan.wareki(exchange.day)
    if exchange.state == JointExchange.State.CANCELLED:
        return "この合同交流会は中止になったので、受付はできません。"
    if exchange.state == JointExchange.State.DRAFT:
        return "この合同交流会はまだ準備中なので、受付はできません。"
    if timezone.localdate() < exchange.day:
        return f"受付は、当日（{day}）からできます。"
    return f"これは、{day}に開いた合同交流会です。受付は終わっています。"


@transaction.atomic
def receive(*, registration: Registration, by: Any) -> Registration:
    """The person is here; says so of the row as it is now.

    Raises ValidationError where nobody is received now ("shut"), where the person is here already ("already": who received
    them and when), and for whom no place is kept ("no_place": `receive_anyway`).
    """
    row = _locked(registration)
    if row.arrived_at is not None:
        raise ValidationError(already(row), code="already")
    if row.state != State.CONFIRMED:
        raise ValidationError(no_place(row), code="no_place")
    return _arrive(row, by)


@transaction.atomic
def receive_anyway(*, registration: Registration, by: Any) -> Registration:
    """The person is here, and is let in although they cancelled, wait for a place or never answered; also when it is full.

    Raises ValidationError as `receive` does, but for "no_place".
    """
    places.lock(registration.exchange)
    row = _locked(registration)
    if row.arrived_at is not None:
        raise ValidationError(already(row), code="already")
    if row.state != State.CONFIRMED:
        row = entries.confirm(registration=row, source=Source.DOOR, by=by, over=True, tell=False)
    return _arrive(row, by)


@transaction.atomic
def walk_in(*, exchange: JointExchange, by: Any, **about: Any) -> WalkedIn:
    """Somebody came unannounced: entered with the next number, and here. `about`: fields of the registration, `kind` and
    `name` at least. Who comes is let in also when it is full. The same once more within a minute is the same person.

    Raises ValidationError where nobody is received now ("shut"), and for what cannot be stored.
    """
    locked = places.lock(exchange)
    if said := why_shut(locked):
        raise ValidationError(said, code="shut")
    if there := let_in_just_now(locked, **about):
        is_here = there.arrived_at is not None
        return WalkedIn(there if is_here else _arrive(there, by), over=False, is_new=not is_here)
    is_full = places.free(locked, about["kind"]) == 0
    new = Registration(exchange=locked, **about)
    row = entries.confirm(registration=new, source=Source.DOOR, by=by, over=True, tell=False)
    return WalkedIn(_arrive(row, by), is_full)


def let_in_just_now(exchange: JointExchange, **about: Any) -> Registration | None:
    """The same person, as they walked in within the last minute. `about`: as `walk_in` takes it."""
    names = {name: about.get(name) or "" for name in ("name", "kana", "affiliation", "email")}
    return twice.just_entered(exchange, Source.DOOR, **names)


@transaction.atomic
def undo(*, registration: Registration, by: Any) -> Registration:
    """It was somebody else: the person is not here after all. They keep their place.

    Raises ValidationError where nobody is received now, and for a person who is not here.
    """
    row = _locked(registration)
    if row.arrived_at is None:
        raise ValidationError(f"{called(row)}は、まだ受け付けていません。", code="not_here")
    row.arrived_at = row.received_by = None
    with history.step(f"{STEP}：取り消し", by):
        row.save(update_fields=["arrived_at", "received_by"])
    return row


def called(row: Registration) -> str:
    """No. 12 架空 花子様: how the person is named at the door."""
    number = f"No. {row.number} " if row.number else ""
    return f"{number}{row.name}様"


def received(row: Registration) -> str:
    return f"{called(row)}を受け付けました（{timezone.localtime(row.arrived_at):%H:%M}）。"


def already(row: Registration) -> str:
    at = timezone.localtime(row.arrived_at)
    day = "" if at.date() == timezone.localdate() else f"{at.month}月{at.day}日の"
    by = f"{row.received_by}が" if row.received_by else ""
    return f"{called(row)}は、{day}{at:%H:%M}に{by}受け付けています。人数は、増やしていません。"


def no_place(row: Registration) -> str:
    """Why no place is kept for the person."""
    told = {
        State.CANCELLED: "参加を取り消しています",
        State.WAITING: "補欠で、まだ席がありません",
        State.OFFERED: "空いた席のご案内に、まだお返事がありません",
        State.PENDING: "申込のアドレスを、まだ確かめていません",
        State.LAPSED: "申込の期限が切れています",
        State.INVITED: "まだお返事がありません",
        State.DECLINED: "「参加しない」とお返事しています",
    }
    return f"{called(row)}は、{told[State(row.state)]}。"


def _locked(registration: Registration) -> Registration:
    """The row, read under its lock. Raises ValidationError where nobody is received now."""
    rows = Registration.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("exchange", "received_by").get(pk=registration.pk)
    if said := why_shut(row.exchange):
        raise ValidationError(said, code="shut")
    return row


def _arrive(row: Registration, by: Any) -> Registration:
    row.arrived_at, row.received_by = timezone.now(), by
    with history.step(STEP, by):
        row.save(update_fields=["arrived_at", "received_by"])
    return row
