"""What the office, the partner corporation and a group's officers do for others: enter, put right, and send a new link."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from events.exchange.entering import entries, places, twice, waiting
from events.exchange.entering.letters import address_of
from events.exchange.inviting import letters
from events.exchange.inviting.invitees import Invitee, row_of
from events.exchange.inviting.letters import About
from events.models import JointExchange, Registration
from iri_exchange.lib import history, japan

State, Kind = Registration.State, Registration.Kind
CORRECTED = (
    "kind", "affiliation", "name", "kana", "title", "group", "partner_group", "email", "phone", "trade",
    "wants_party", "wants_tables", "words",
)  # fmt: skip
FULL = "この種類の席は、もうありません。定員を超えてよければ、印をつけて、もう一度保存してください。"
ONLY_MEMBERS = "お返事を待っているあいだは、会員のほかの種類には変えられません。"
SHUT = "いまは、参加の申込を受け付けていません。"
ERASED = "お名前などを消した申込は、直せません。"
TWICE = "{}さんは、もう申し込んであります。一覧を確かめてください。"
ANSWERED = "この方からは、もうお返事があります。変えるときは、ご本人か事務局にお知らせください。"


@transaction.atomic
def correct(
    *, registration: Registration, by: Any, names: Collection[str] = CORRECTED, over: bool = False
) -> Registration:
    """Store the fields `names` as they are in `registration`; its state and number stay. Who has a place keeps one, and
    who waits, or has been offered one, as one of a kind that needs none comes in.

    Raises ValidationError for what cannot be stored, for somebody erased, and (code "full") where another kind has no
    place left, unless `over`.
    """
    exchange = places.lock(registration.exchange)
    row = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    if row.erased_at:
        raise ValidationError(ERASED, code="erased")
    before, held = places.pool_of(row.kind), row.state == State.CONFIRMED or row.is_waiting_for_an_answer
    after = places.pool_of(registration.kind)
    if before != after and held and not over and places.free(exchange, registration.kind) == 0:
        raise ValidationError(FULL, code="full")
    for name in names:
        setattr(row, name, getattr(registration, name))
    if row.state == State.INVITED and row.kind != Kind.MEMBER:
        raise ValidationError(ONLY_MEMBERS, code="invited")
    row.full_clean(exclude=["exchange", "person", "membership"])
    with history.step("参加申込を直す", by):
        row.save()
    if before != after:
        waiting.settle(exchange)
    waits = row.state == State.WAITING or row.is_waiting_for_an_answer
    if waits and places.capacity_of(exchange, row.kind) is None:
        row = entries.confirm(registration=row, source=row.source or Registration.Source.OFFICE, by=by)
    return row


@transaction.atomic
def renew_link(*, registration: Registration, by: Any) -> bool:
    """The links there were open nothing any more; the new one goes out by letter, if the person is reached by one: whether."""
    exchange = places.lock(registration.exchange)
    row = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    row.exchange = exchange
    row.generation += 1
    with history.step("リンクを作りなおす", by):
        row.save(update_fields=["generation"])
    if not address_of(row)[0] or exchange.state != JointExchange.State.PUBLISHED:
        return False
    letters.write(kind="exchange_link", about=About(exchange), registration=row)
    return True


@transaction.atomic
def answer_member(
    *, exchange: JointExchange, each: Invitee, comes: bool, by: Any, **values: Any
) -> Registration:
    """An officer of the group writes down what a member said, asked or not: CONFIRMED or WAITING, or DECLINED.

    `values`: of `entries.CHOICES`. Raises ValidationError outside of the period, and where the person has answered.
    """
    locked = places.lock(exchange)
    if not locked.takes_registrations:
        raise ValidationError(SHUT, code="shut")
    row = Registration.objects.filter(exchange=locked, person=each[1]).first()
    if row is None:
        row = row_of(locked, each)
        with history.in_step("グループの役員が、お返事を書きとめる"):
            row.save()
    elif row.state != State.INVITED:
        raise ValidationError(ANSWERED, code="answered")
    row.exchange = locked
    if not comes:
        return entries.decline(registration=row, by=by)
    return entries.confirm(registration=row, source=Registration.Source.GROUP, by=by, **values)


@transaction.atomic
def enter(*, registration: Registration, by: Any, over: bool = False) -> Registration:
    """Somebody whom the office writes down: new and unsaved; CONFIRMED or WAITING. `over`: let in though it is full.

    Who was written down just the same within the last minute is not entered again: that one comes back. Raises
    ValidationError as `entries.confirm` does.
    """
    exchange = places.lock(registration.exchange)
    if there := written_down(exchange, registration):
        return there
    source = Registration.Source.OFFICE
    return entries.confirm(registration=registration, source=source, by=by, over=over)


def written_down(exchange: JointExchange, registration: Registration) -> Registration | None:
    """The same person, as the office entered them within the last minute."""
    about = {name: getattr(registration, name) for name in ("name", "kana", "affiliation", "email")}
    return twice.just_entered(exchange, Registration.Source.OFFICE, **about)


@transaction.atomic
def enter_partner(*, registration: Registration, by: Any, as_office: bool = False) -> Registration:
    """A person of a partner corporation's group: new and unsaved. CONFIRMED or WAITING.

    Raises ValidationError outside of the period, but for the office, and for who is entered already: a second press of
    the button takes no second place.
    """
    exchange = places.lock(registration.exchange)
    registration.kind = Kind.PARTNER
    if as_office or exchange.takes_registrations:
        _refuse_second(registration, exchange)
    source = Registration.Source.OFFICE if as_office else Registration.Source.PARTNER
    return entries.confirm(registration=registration, source=source, by=by)


def namesakes(exchange: JointExchange, name: str) -> list[Registration]:
    """Who takes part, or is asked, under the same name, spaces aside."""
    wanted = "".join(name.split())
    rows = Registration.objects.filter(exchange=exchange).exclude(state__in=[State.CANCELLED, State.LAPSED])
    rows = rows.filter(name__startswith=wanted[:1]) if wanted else rows.none()
    return [row for row in rows if "".join(row.name.split()) == wanted]


def _refuse_second(registration: Registration, exchange: JointExchange) -> None:
    rows = Registration.objects.filter(exchange=exchange, state__in=entries.HAS_ENTERED)
    one = japan.fold(registration.name), japan.fold(registration.affiliation)
    for row in rows.filter(partner_group=registration.partner_group_id):
        if (japan.fold(row.name), japan.fold(row.affiliation)) == one:
            raise ValidationError(TWICE.format(row.name), code="twice")
