"""The verbs of taking part: entered, put right, given up. All take the row lock of the exchange first, then the row's.

A place is given where one is free and nobody waits for it; who comes later waits. Whatever frees a place offers it to the
next at once, in the same transaction (`events.exchange.entering.waiting`).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.exchange.entering import letters, places, waiting
from events.models import JointExchange, Registration
from groups.models import Membership, Representative
from iri_exchange.lib import history, japan, states

State, Source = Registration.State, Registration.Source
# What who takes part may say and change about it.
CHOICES = frozenset({"wants_party", "wants_tables", "is_listed", "photo_agreed", "mail_agreed", "words"})
ABOUT = frozenset({"affiliation", "name", "kana", "title", "email", "phone", "trade"})
CONSENT = frozenset({"consent_text", "consented_at"})
# The office may enter people after the period and vouches for an address; who stands at the door is let in.
ANY_TIME = frozenset({Source.OFFICE, Source.DOOR})
HAS_ENTERED = frozenset({State.CONFIRMED, State.OFFERED, State.WAITING})

NOT_OPEN = "参加の申込は、いま受け付けていません。"
SHUT = "この合同交流会は「{state}」なので、申込を受けられません。"
OVER = "この合同交流会は、終わりました。"
TOO_LATE = "繰り上げのご案内の期限が過ぎました。もう一度お申し込みになると、補欠としてお待ちいただけます。"
NOT_CONFIRMED = (
    "アドレスを確かめる期限が過ぎました。お手数ですが、申込フォームから、もう一度お申し込みください。"
)
HAS_COME = "もう来場されているので、取り消せません。"
NOTHING = "この申込は「{state}」なので、取り消すものがありません。"
LEFT = "いまは会員ではないので、このリンクからは申し込めません。一般の方の申込フォームをお使いください。"


@transaction.atomic
def confirm(
    *,
    registration: Registration,
    source: str,
    by: Any = None,
    over: bool = False,
    tell: bool = True,
    **values: Any,
) -> Registration:
    """Somebody takes part: CONFIRMED where there is a place, else WAITING; with a number, and a letter that tells.

    `registration` may be new and unsaved (a walk-in, a guest). `by` entered it for them; `over`: let in though it is full;
    `tell` False writes no letter; `values`: of `CHOICES`, `ABOUT` and `CONSENT`. Who has a place, or waits, keeps it, and
    nothing is written twice. A member who had entered by the public form gives that up with a place of the members, and keeps
    its wishes. Raises ValidationError outside of the period and after the deadline of an offer or of an
    unconfirmed address (the office and the door are bound to neither), and for what cannot be stored.
    """
    if unknown := set(values) - CHOICES - ABOUT - CONSENT:
        raise TypeError(f"not part of a registration: {sorted(unknown)}")
    row = _locked(registration, settled=True)
    if row.state == State.CONFIRMED or (row.state == State.WAITING and not _may_come_in(row, source, over)):
        return row
    _check_the_door(row, source)
    former = _entered_otherwise(row)
    kept = {name: getattr(former, name) for name in CHOICES} if former else {}
    for name, value in (kept | values).items():
        setattr(row, name, value)
    has_place = row.state == State.OFFERED or over or _may_come_in(row, source, over)
    _enter(row, State.CONFIRMED if has_place else State.WAITING, source, by)
    if former and has_place:  # who has to wait as a member keeps what they have
        cancel(registration=former, by=by, tell=False)
    if tell:
        letters.write("ticket" if has_place else "waiting", row)
    return row


@transaction.atomic
def change(*, registration: Registration, by: Any = None, **values: Any) -> Registration:
    """Other wishes and agreements (`CHOICES`); `by` writes them down for them. The place stays.

    Raises ValidationError once it is over, or where nothing was entered.
    """
    if unknown := set(values) - CHOICES:
        raise TypeError(f"not to be changed: {sorted(unknown)}")
    row = _locked(registration)
    _check_it_lies_ahead(row.exchange)
    if row.state not in HAS_ENTERED:
        raise ValidationError("お申し込みいただいたあとに、変えられます。", code="not_entered")
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    with history.step("参加の希望を変える", by):
        row.save()
    return row


@transaction.atomic
def cancel(*, registration: Registration, by: Any = None, tell: bool = True) -> Registration:
    """Somebody does not come after all, and is told so; the place goes to who waits, at once. A second time nothing happens.
    `tell` False writes them no letter.

    Raises ValidationError for who has arrived, and once it is over.
    """
    row = _locked(registration)
    if row.state == State.CANCELLED:
        return row
    _check_it_lies_ahead(row.exchange)
    if row.arrived_at:
        raise ValidationError(HAS_COME, code="has_come")
    if State.CANCELLED not in Registration.MOVES[row.state]:
        raise ValidationError(NOTHING.format(state=row.get_state_display()), code="nothing")
    had_entered = row.state in HAS_ENTERED
    row.state, row.ended_at, row.offered_until = State.CANCELLED, timezone.now(), None
    with history.step("参加を取り消す", by):
        row.save()
    if had_entered and tell:
        letters.write("withdrawn", row)
    waiting.settle(row.exchange)
    return row


@transaction.atomic
def decline(*, registration: Registration, by: Any = None) -> Registration:
    """Who was asked says no, and may still change their mind. Raises ValidationError where they had answered otherwise."""
    row = _locked(registration)
    if row.state == State.DECLINED:
        return row
    _check_it_lies_ahead(row.exchange)
    states.check(Registration.MOVES, row.state, State.DECLINED, dict(State.choices))
    row.state, row.ended_at = State.DECLINED, timezone.now()
    with history.step("不参加のお返事", by):
        row.save()
    return row


def _locked(registration: Registration, *, settled: bool = False) -> Registration:
    """The row as it stands now, with its exchange, both locked; a new one as it is. `settled`: what is due lapses first."""
    exchange = places.lock(registration.exchange)
    if settled:
        waiting.settle(exchange, asking=registration.pk)
    if registration.pk is None:
        registration.exchange = exchange
        return registration
    row = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    row.exchange = exchange
    return row


def _entered_otherwise(row: Registration) -> Registration | None:
    """What a member entered as anybody may, under the same address and name: one person holds one place."""
    if not (row.person_id and row.email):
        return None
    rows = Registration.objects.filter(exchange=row.exchange, person=None, email__iexact=row.email)
    there = rows.filter(
        kind__in=Registration.OF_THE_PUBLIC, state__in=HAS_ENTERED, arrived_at=None, erased_at=None
    ).order_by("pk")
    return next((each for each in there if japan.fold(each.name) == japan.fold(row.name)), None)


def _check_the_door(row: Registration, source: str) -> None:
    """Whether anybody may enter now; who was offered a place in time, or asked in time for one, may confirm it."""
    exchange = row.exchange
    if source == Source.DOOR:
        return  # the reception itself says until when it lets people in (events.exchange.day.receiving)
    _check_it_lies_ahead(exchange)
    if row.state in (State.OFFERED, State.WAITING) or source in ANY_TIME:
        return
    if row.state == State.LAPSED and row.number is None:
        raise ValidationError(NOT_CONFIRMED, code="not_confirmed")
    if row.state == State.PENDING:
        if row.confirm_until and row.confirm_until < timezone.now():
            raise ValidationError(NOT_CONFIRMED, code="not_confirmed")
        return
    if source == Source.LINK and row.person_id and not _is_member(row.person_id):
        raise ValidationError(LEFT, code="left")
    if not exchange.takes_registrations:
        late = row.state == State.LAPSED
        raise ValidationError(TOO_LATE if late and source == Source.LINK else NOT_OPEN, code="not_open")


def _is_member(person: int) -> bool:
    """Whether a person (its id) belongs to a group today, for themselves or as who represents a company."""
    day = timezone.localdate()
    represents = Representative.objects.on(day).filter(person=person).values("membership")
    rows = Membership.objects.belonging(day).filter(Q(person=person) | Q(pk__in=represents))
    return rows.exists()


def _check_it_lies_ahead(exchange: JointExchange) -> None:
    if exchange.state != JointExchange.State.PUBLISHED:
        raise ValidationError(SHUT.format(state=exchange.get_state_display()), code="shut")
    if exchange.ends_at <= timezone.now():
        raise ValidationError(OVER, code="over")


def _may_come_in(row: Registration, source: str, over: bool) -> bool:
    """Whether a place is free for this one: who waits goes first, as long as offers are made; at the door nobody waits."""
    if over:
        return True
    left = places.free(row.exchange, row.kind)
    if left is None:
        return True
    waits = waiting.deadline(row.exchange) is not None and source != Source.DOOR
    if row.state == State.WAITING and waits:
        return False
    queue = places.waiting(row.exchange, places.pool_of(row.kind)).exclude(pk=row.pk)
    return left > 0 and not (waits and queue.exists())


def _enter(row: Registration, to: str, source: str, by: Any) -> None:
    """Write it down, with the next number unless the person has one."""
    states.check(Registration.MOVES, row.state if row.pk else "", to, dict(State.choices))
    row.state, row.offered_until, row.ended_at = to, None, None
    row.source, row.entered_by = source, by
    if to == State.WAITING:
        row.waiting_since = timezone.now()
    if row.number is None:
        row.number = places.next_number(row.exchange)
    _check(row)
    with history.step(f"参加の申込（{Source(source).label}）", by):
        row.save()


def _check(row: Registration) -> None:
    if row.wants_party and not row.exchange.has_party:
        row.wants_party = False
    # What the database refuses by itself is not asked of it twice: all this happens while others wait for the lock.
    related = ["exchange", "person", "membership", "group", "partner_group", "consent_text", "entered_by"]
    row.full_clean(exclude=related, validate_unique=False, validate_constraints=False)
