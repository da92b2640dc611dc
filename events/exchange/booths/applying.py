"""An exhibitor applies for a booth, corrects it and withdraws it; the office does so for them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.booths import calling, letters
from events.exchange.booths.exhibitors import Exhibitor
from events.exchange.booths.locking import lock, lock_booth, require_ahead
from events.models import Booth, JointExchange
from groups.standing import standing
from iri_exchange.lib import history, states

State = Booth.State
Photo = tuple[str, bytes]
OPEN = (State.APPLIED, State.ACCEPTED)
# What an exhibitor may still change once the office has decided.
AFTERWARDS = (
    "title", "words", "trade", "technologies", "url", "first_person", "second_person", "email", "phone",
)  # fmt: skip
# What the letter to the exhibitor tells: another one has not been told yet.
TOLD = ("exhibitor", "title", "desks", "watts", "number", "place_row", "place_column")
LABELS = {each.name: str(each.verbose_name) for each in Booth._meta.fields}
TWICE = "「{}」の出展は、もう申し込んであります。直すときは、その申込のページを開いてください。"


@transaction.atomic
def apply(
    *, exchange: JointExchange, whose: Exhibitor, by: Any, photo: Photo | None = None,
    late: bool = False, **about: Any,
) -> Booth:  # fmt: skip
    """Take an application in, with a letter that says so. One for each company and group; the partner corporation's
    groups may bring several exhibitors. `late`: the office takes it in, from paper or by telephone, also outside of the
    call.

    Raises ValidationError outside of the period, for a second one, and for what the record refuses.
    """
    exchange = lock(exchange)
    require_ahead(exchange)
    if not late and (shut := calling.why_shut(exchange)):
        raise ValidationError(str(shut), code="closed")
    booth = Booth(exchange=exchange, applied_by=by, **whose.columns, **about)
    booth.picture_format, booth.picture = photo or ("", None)
    booth.full_clean()
    same = Booth.objects.filter(exchange=exchange, state__in=OPEN, **whose.columns)
    if whose.partner_group:
        same = same.filter(exhibitor=booth.exhibitor)
    if same.exists():
        raise ValidationError(TWICE.format(booth.exhibitor), code="twice")
    with history.in_step("出展の申込（事務局が入力）" if late else "出展の申込"):
        booth.save(force_insert=True)
    letters.received(booth)
    return booth


@transaction.atomic
def change(
    *, booth: Booth, by: Any, photo: Photo | None = None, without_photo: bool = False,
    by_office: bool = False, **about: Any,
) -> Booth:  # fmt: skip
    """Correct an application. Before the deadline the exhibitor changes all of it, afterwards and once it is accepted
    `AFTERWARDS` and the picture, until the day begins. What the letter tells makes the booth one that was not told.

    Raises ValidationError for what may not be changed any more, and for what the record refuses.
    """
    booth = lock_booth(booth)
    open_now = columns_open(booth, by_office=by_office)
    changed = [name for name, value in about.items() if getattr(booth, name) != value]
    if not open_now:
        raise ValidationError("この申込は、もう直せません。事務局にご連絡ください。", code="closed")
    if set(changed) - set(open_now):
        labels = "、".join(LABELS[name] for name in changed if name not in open_now)
        raise ValidationError(f"{labels}は、もう変えられません。事務局にご連絡ください。", code="closed")
    for name in changed:
        setattr(booth, name, about[name])
    if photo or without_photo:
        booth.picture_format, booth.picture = photo or ("", None)
    if set(changed) & set(TOLD):
        booth.told_at = None
    booth.full_clean()
    with history.step("出展の訂正", by):
        booth.save()
    return booth


@transaction.atomic
def withdraw(*, booth: Booth, by: Any) -> Booth:
    """Take an application back; its place and number are free again, of which the office is told if it was not the
    office. Raises ValidationError once the day has begun.
    """
    booth = lock_booth(booth)
    require_ahead(booth.exchange)
    if timezone.now() >= booth.exchange.starts_at:
        raise ValidationError("合同交流会が始まったので、取り下げられません。", code="closed")
    if booth.state == State.ACCEPTED and not standing(by).is_staff:
        letters.gone(booth)
    with history.step("出展の取り下げ", by):
        states.advance(booth, State.WITHDRAWN, moves=Booth.MOVES, **NOWHERE)
    return booth


# A booth that is not accepted stands nowhere, and was told nothing.
NOWHERE: dict[str, Any] = {"number": None, "place_row": None, "place_column": None, "told_at": None}


def columns_open(booth: Booth, *, by_office: bool = False) -> tuple[str, ...]:
    """What may be changed now: all, `AFTERWARDS`, or nothing."""
    exchange = booth.exchange
    everything = ("exhibitor", *AFTERWARDS, "desks", "watts", "request")
    if exchange.state in (JointExchange.State.HELD, JointExchange.State.CANCELLED):
        return ()
    if by_office:
        return everything
    if booth.state not in OPEN or timezone.now() >= exchange.starts_at:
        return ()
    return everything if booth.state == State.APPLIED and exchange.takes_booths else AFTERWARDS
