"""Somebody of the public enters by the form: nothing holds until the address is confirmed by the letter's link.

The same name with the same address is the same person: they get the letter they had once more, and never a second place.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.entering import entries, letters, places
from events.models import JointExchange, Registration
from iri_exchange.lib import history, japan
from members.models import ConsentText

State = Registration.State
TIME_TO_CONFIRM = datetime.timedelta(hours=24)
CONSENT = "joint_entry"
FIELDS = frozenset(entries.CHOICES | entries.ABOUT)
# What was answered to whom has entered already: the letter of the state they are in.
LETTERS = {State.CONFIRMED: "ticket", State.WAITING: "waiting", State.OFFERED: "offer"}
NO_PUBLIC = "この合同交流会では、一般の方の参加は受け付けていません。"


def text_now() -> ConsentText | None:
    """The wording that is agreed to today."""
    return ConsentText.objects.filter(kind=CONSENT).order_by("version", "pk").last()


@transaction.atomic
def apply(*, exchange: JointExchange, text: ConsentText | None, **values: Any) -> Registration:
    """What was typed waits, PENDING, for its address to be confirmed within 24 hours; a letter asks for it.

    `text`: the wording that was shown and agreed to. Who had entered before is told again how it stands, and what is typed
    now changes nothing. Raises ValidationError outside of the period, without places for the public, and for what cannot
    be stored.
    """
    if unknown := set(values) - FIELDS:
        raise TypeError(f"not part of the form: {sorted(unknown)}")
    exchange = places.lock(exchange)
    _check_it_is_open(exchange)
    row = known(exchange, values["name"], values["email"])
    if row is not None and row.state in LETTERS:
        letters.write(LETTERS[State(row.state)], row)
        return row
    row = row or Registration(exchange=exchange, kind=Registration.Kind.PUBLIC)
    for name, value in values.items():
        setattr(row, name, value)
    row.state, row.source, row.ended_at = State.PENDING, Registration.Source.WEB, None
    row.confirm_until = (timezone.now() + TIME_TO_CONFIRM).replace(second=0, microsecond=0)
    row.consent_text, row.consented_at, row.made_at = text, timezone.now(), timezone.now()
    row.full_clean(exclude=["exchange", "consent_text"])
    with history.step("申込フォームから"):
        row.save()
    letters.write("confirm", row)
    return row


def known(exchange: JointExchange, name: str, email: str) -> Registration | None:
    """Who of the public entered with this address and this name, however it was spaced and spelt."""
    rows = Registration.objects.select_for_update(no_key=True).filter(
        exchange=exchange, kind=Registration.Kind.PUBLIC, email__iexact=email, erased_at=None
    )
    wanted = japan.fold(name)
    for row in rows.order_by("pk"):
        if japan.fold(row.name) == wanted:
            row.exchange = exchange
            return row
    return None


def _check_it_is_open(exchange: JointExchange) -> None:
    if not exchange.takes_registrations:
        raise ValidationError(entries.NOT_OPEN, code="not_open")
    if not exchange.public_capacity:
        raise ValidationError(NO_PUBLIC, code="no_public")
