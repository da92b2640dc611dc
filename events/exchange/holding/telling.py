"""Who takes part, waits or exhibits is told that a joint exchange changes, or is off: one letter to one address."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from events.exchange.holding.facts import contact_of, in_letters
from events.exchange.holding.making import has_begun, lock
from events.models import Booth, JointExchange, Registration
from events.replying.reach import Reach, phone_of, reach_of
from iri_exchange.lib import history, japan, states
from members import letters
from members.models import Person

State = Registration.State
EXPECTING = [State.CONFIRMED, State.WAITING, State.OFFERED]
# Who was asked and has not answered hears that it is off, and of nothing else.
ALSO_ASKED = [*EXPECTING, State.INVITED]
EXHIBITING = [Booth.State.APPLIED, Booth.State.ACCEPTED]
OVER = "この合同交流会は、公開中ではないので、お知らせを送れません。"
EXHIBITOR = "出展"
BEGUN = "始まった合同交流会は、中止にできません。終わったら「終了」にしてください。"
NO_REASON = "中止の理由を入れてください。"


@dataclass(frozen=True)
class Told:
    """Somebody who is to be told; without an `email` by telephone. `why`: what they are here, as people read it."""

    name: str
    email: str
    phone: str
    person: Person | None = None
    why: str = ""


@transaction.atomic
def cancel(*, exchange: JointExchange, by: Any, reason: str) -> int:
    """It is off: how many letters say so, also to who was only asked. Of an address that was never confirmed nobody is told.

    Raises ValidationError without a reason, once it has begun, or unless it is published.
    """
    stored = lock(exchange)
    if not reason.strip():
        raise ValidationError(NO_REASON, code="required")
    if has_begun(stored):
        raise ValidationError(BEGUN, code="begun")
    with history.step("合同交流会の中止", by):
        states.advance(
            stored,
            JointExchange.State.CANCELLED,
            moves=JointExchange.MOVES,
            cancel_reason=reason,
            sequence=stored.sequence + 1,
        )
        everybody = concerned(stored, also_asked=True)
        return _write("events/exchange_cancelled", stored, {"理由": reason}, everybody)


@transaction.atomic
def tell_change(*, exchange: JointExchange, by: Any, words: str) -> int:
    """The facts as they are now go to everybody concerned: how many letters. Raises ValidationError unless published."""
    stored = lock(exchange)
    if stored.state != JointExchange.State.PUBLISHED:
        raise ValidationError(OVER, code="over")
    with history.step("合同交流会の変更のお知らせ", by):
        return _write("events/exchange_changed", stored, {"ことば": words}, concerned(stored))


def concerned(exchange: JointExchange, *, also_asked: bool = False) -> list[Told]:
    """Who comes, waits for a place, has been offered one, has applied for a booth or exhibits; each address once.

    `also_asked`: and the members who have not answered. A member is written to at the address of today, if they take
    letters.
    """
    states = ALSO_ASKED if also_asked else EXPECTING
    rows = exchange.registrations.filter(state__in=states, erased_at=None)
    found = list(rows.select_related("person", "membership__company").order_by("sort_key", "pk"))
    reached = reach_of([row.person for row in found if row.person])
    people = [_told(row, reached) for row in found]
    booths = exchange.booths.filter(state__in=EXHIBITING).order_by("pk").defer("picture")
    exhibitors = (Told(row.exhibitor, row.email, row.phone, why=EXHIBITOR) for row in booths)
    return list(_once([*people, *exhibitors]))


def unconfirmed(exchange: JointExchange) -> int:
    """How many have typed an address that was never confirmed: they are told nothing, and their link tells them."""
    return exchange.registrations.filter(state=State.PENDING).count()


def counted(people: Iterable[Told]) -> list[tuple[str, int]]:
    """[(what they are, how many)], in the order of the states, exhibitors last."""
    many = Counter(each.why for each in people)
    labels = [str(state.label) for state in ALSO_ASKED] + [EXHIBITOR]
    return [(label, many[label]) for label in labels if many[label]]


def _told(row: Registration, reached: Mapping[int, Reach]) -> Told:
    person, why = row.person, row.get_state_display()
    if person is None:
        return Told(row.name, row.email, row.phone, why=why)
    email = person.email if reached[person.pk].by_letter else ""
    return Told(row.name, email, phone_to(row), person, why)


def phone_to(row: Registration) -> str:
    """What was entered, or else the person's own, or the company's. Reads `person` and `membership.company`."""
    if row.phone or row.person is None:
        return row.phone
    return phone_of(row.person, row.membership) if row.membership else row.person.phone


def _once(everybody: Iterable[Told]) -> Iterable[Told]:
    seen: set[str] = set()
    for each in everybody:
        key = each.email.lower()
        if key and key in seen:
            continue
        seen.add(key)
        yield each


def _write(kind: str, exchange: JointExchange, more: dict[str, str], everybody: list[Told]) -> int:
    exchange.office = JointExchange.objects.select_related("office").get(pk=exchange.pk).office
    same = {
        "合同交流会": exchange.title,
        "日": japan.full_date(exchange.day),
        "内容": in_letters(exchange),
        "連絡先": contact_of(exchange),
        **more,
    }
    link = settings.SITE_URL + reverse("exchange", args=[exchange.fiscal_year])
    by_letter = [each for each in everybody if each.email]
    for each in by_letter:
        values = {"お名前": each.name, **same}
        letters.write(kind=kind, to=each.email, values=values, person=each.person, link=link)
    return len(by_letter)
