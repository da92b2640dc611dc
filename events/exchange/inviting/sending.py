"""Members are asked to the joint exchange, each by a letter of their own, and those who have not answered once more.

Who is not reached by letter is asked on paper or by telephone, and stands in the list all the same. All of it happens in
one transaction: nobody is asked twice, or by half.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.exchange.entering import places
from events.exchange.inviting import letters
from events.exchange.inviting.invitees import (
    Asked,
    entered_otherwise,
    everybody,
    row_of,
    to_invite,
    with_reach,
)
from events.exchange.inviting.letters import About
from events.models import JointExchange, Registration
from iri_exchange.lib import history

# Nobody is asked twice within this time.
APART = datetime.timedelta(hours=24)
NOBODY_NEW = "まだご案内していない会員はいません。新しい会員が入ったら、もう一度開いてください。"
NOBODY_SILENT = "いまメールでお願いできる方はいません。お願いは、おひとりに1日1通までです。"


@dataclass(frozen=True)
class Sent:
    """How many letters were queued, and how many people are asked otherwise."""

    letters: int
    by_hand: int


@transaction.atomic
def invite(*, exchange: JointExchange, by: Any, words: str = "") -> Sent:
    """Ask all members who were not asked yet. Raises ValidationError for nobody, and outside of the registration period."""
    locked = places.lock(exchange)
    check_open(locked)
    found = with_reach(to_invite(locked))
    if not found:
        raise ValidationError(NOBODY_NEW, code="nobody")
    with history.step("合同交流会のご案内", by):
        rows = [row_of(locked, (each.membership, each.person)) for each in found]
        for row in rows:
            row.invited_at = timezone.now()
        return _tell("exchange_invited", locked, history.create(rows), found, words)


@transaction.atomic
def remind(*, exchange: JointExchange, by: Any, words: str = "") -> Sent:
    """Ask those once more who have not answered and are reached by letter; nobody twice within a day.

    Raises ValidationError for nobody, and outside of the registration period.
    """
    locked = places.lock(exchange)
    check_open(locked)
    waiting = [each for each in silent(locked) if each[1].reach.by_letter]
    if not waiting:
        raise ValidationError(NOBODY_SILENT, code="nobody")
    with history.step("合同交流会のお返事のお願い", by):
        rows = [row for row, _ in waiting]
        for row in rows:
            row.reminded_at = timezone.now()
        history.update(rows, ["reminded_at"])
        return _tell("exchange_reminder", locked, rows, [each for _, each in waiting], words)


def silent(exchange: JointExchange, *, also_just_asked: bool = False) -> list[tuple[Registration, Asked]]:
    """Who was asked, has not answered, belongs to a group still, and was not asked again within a day.

    Who has entered by the form since, under the same address, is not asked again.
    """
    rows = Registration.objects.filter(exchange=exchange, state=Registration.State.INVITED)
    if not also_just_asked:
        before = timezone.now() - APART
        rows = rows.filter(Q(invited_at=None) | Q(invited_at__lte=before))
        rows = rows.filter(Q(reminded_at=None) | Q(reminded_at__lte=before))
    kept = {row.person_id: row for row in rows.select_related("person", "group")}
    there = entered_otherwise(exchange, [row.person for row in kept.values() if row.person])
    members = with_reach(each for each in everybody() if each[1].pk in kept.keys() - there)
    return [(kept[each.person.pk], each) for each in members]


def check_open(exchange: JointExchange) -> None:
    """Raises ValidationError where nobody can answer now."""
    if exchange.state != JointExchange.State.PUBLISHED:
        state = exchange.get_state_display()
        raise ValidationError(
            f"合同交流会は「{state}」なので、ご案内は送れません。先に公開してください。"
            if exchange.state == JointExchange.State.DRAFT
            else f"合同交流会は「{state}」なので、ご案内は送れません。",
            code="shut",
        )
    if timezone.now() < exchange.registration_from:
        raise ValidationError("参加申込の期間がまだ始まっていないので、ご案内は送れません。", code="early")
    if not exchange.takes_registrations:
        raise ValidationError("参加申込の締切を過ぎているので、ご案内は送れません。", code="over")


def _tell(
    kind: str, exchange: JointExchange, rows: list[Registration], asked: list[Asked], words: str
) -> Sent:
    """One letter to each who is reached by one. `rows` and `asked` go side by side."""
    about, sent = About(exchange, words), 0
    for row, each in zip(rows, asked, strict=True):
        if each.reach.by_letter:
            letters.write(kind=kind, about=about, registration=row)
            sent += 1
    return Sent(sent, len(rows) - sent)
