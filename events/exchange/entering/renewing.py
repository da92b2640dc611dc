"""A letter about taking part is sent again: to the same person, with the link that is good now, as it stands with them now.

The text of a secret letter is not kept. Whose it was is known by the person, or by the address where one person has it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.entering import letters
from events.models import JointExchange, Registration
from members.models import Letter

State = Registration.State
UNKNOWN = "この手紙は、もう一度送ることができません。参加申込の一覧からその方を開いて、リンクを作りなおしてください。"
OVER = "合同交流会は終わったか中止になったので、この手紙はもう送れません。"
UNCONFIRMED = (
    "アドレスを確かめる期限が過ぎました。申込フォームから、もう一度お申し込みいただくようお伝えください。"
)
OTHERWISE = "この申込はいま「{state}」なので、この手紙はもう送れません。"
UNREACHED = "この方には、いまメールが届きません。お電話などでお知らせください。"
# What tells how it stands.
LETTERS = {
    State.PENDING: "confirm",
    State.CONFIRMED: "ticket",
    State.WAITING: "waiting",
    State.OFFERED: "offer",
    State.LAPSED: "lapsed",
}


@transaction.atomic
def renew_letter(letter: Letter) -> Letter:
    """The letter of the state that the person is in now. Raises ValidationError with what to do where there is none."""
    row = row_of(letter)
    check_it_lies_ahead(row.exchange)
    kind = LETTERS.get(State(row.state))
    if row.state == State.PENDING and row.confirm_until and row.confirm_until < timezone.now():
        raise ValidationError(UNCONFIRMED, code="unconfirmed")
    if kind is None or (kind == "lapsed" and not row.offered_until):
        raise ValidationError(OTHERWISE.format(state=row.get_state_display()), code="otherwise")
    written = letters.write(kind, row)
    if written is None:
        raise ValidationError(UNREACHED, code="unreached")
    return written


def row_of(letter: Letter, *, after: bool = False) -> Registration:
    """Whose letter it was: of the next exchange when it was written; `after`: of the one that was just over.

    Raises ValidationError for nobody, and where several people share the address.
    """
    rows = Registration.objects.filter(erased_at=None).select_related("exchange__office", "person")
    whose = {"person": letter.person_id} if letter.person_id else {"person": None, "email": letter.to}
    rows, at = rows.filter(**whose), letter.written_at
    if after:
        rows = rows.filter(exchange__ends_at__lte=at).order_by("-exchange__ends_at", "-pk")
    else:
        rows = rows.filter(exchange__ends_at__gt=at).order_by("exchange__ends_at", "-pk")
    row = rows.first()
    if row is None or rows.filter(exchange=row.exchange).count() > 1:
        raise ValidationError(UNKNOWN, code="unknown")
    return row


def check_it_lies_ahead(exchange: JointExchange) -> None:
    """Raises ValidationError once there is nothing to be asked any more."""
    is_over = exchange.ends_at <= timezone.now()
    if exchange.state != JointExchange.State.PUBLISHED or is_over:
        raise ValidationError(OVER, code="over")
