"""The verbs of a reply: answered, the caller named, the personal link made anew.

Whoever answers locks the meeting first and the reply then, so that the last place is given once (docs/decisions/0027).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from events.models import Meeting, Reply
from iri_exchange.lib import history
from members.models import Person

Answer, Source = Reply.Answer, Reply.Source
ANSWERED = frozenset(
    {"answer", "proxy_name", "party", "guests", "guest_names", "comment", "entrusts", "entrusted_to"}
)
OVER = "お返事の期限が過ぎました。"
PARTY_OVER = "懇親会のお返事の期限が過ぎました。"
SHUT = "この会合は「{state}」なので、お返事を受けられません。"
NO_SEAT = "ほかのグループの方の席は、もう空いていません。"
CHOOSE = "出席・欠席・代理・未定の、どれかを選んでください。"


@transaction.atomic
def answer(*, reply: Reply, source: str, by: Any = None, **values: Any) -> Reply:
    """What somebody says, by `source`; `by` wrote it down for them. What is not in `values` stays as it was.

    `values`: what of `ANSWERED`. Raises ValidationError after the deadline (not for who writes it down for another),
    for a meeting that is not announced, for a proxy without a name, and where no place is left.
    """
    if unknown := set(values) - ANSWERED:
        raise TypeError(f"not part of a reply: {sorted(unknown)}")
    row = _locked(reply)
    party_before, places_before = row.party, places_of(row)
    for name, value in values.items():
        setattr(row, name, value)
    _check_the_door(row, by is not None, set(values), party_before)
    _settle(row)
    _find_room(row, places_before)
    row.source, row.answered_by, row.answered_at = source, by, timezone.now()
    row.full_clean(exclude=["meeting", "membership", "person", "caller"])
    with history.in_step(f"出欠の回答（{Source(source).label}）"):
        row.save()
    return row


@transaction.atomic
def renew_link(*, reply: Reply) -> Reply:
    """The personal links there were open nothing any more; the next one is good."""
    row = _locked(reply)
    row.generation += 1
    with history.in_step("お返事のリンクを作りなおす"):
        row.save(update_fields=["generation"])
    return row


@transaction.atomic
def assign_caller(*, meeting: Meeting, replies: list[Reply], caller: Person | None) -> int:
    """Who asks those by telephone; None takes it back. Returns how many; raises ValidationError for none chosen."""
    if not replies:
        raise ValidationError("電話でたずねる相手を、1人以上選んでください。", code="nobody")
    _wait_for(meeting)
    rows = Reply.objects.select_for_update(no_key=True).filter(
        meeting=meeting, pk__in=[each.pk for each in replies]
    )
    with history.in_step("電話でたずねる人を決める"):
        for row in rows:
            row.caller = caller
            row.save(update_fields=["caller"])
    return len(rows)


def places_of(reply: Reply) -> int:
    """How many places of the meeting the reply takes."""
    return 1 + reply.guests if reply.answer in Reply.COMING else 0


def places_taken(meeting: Meeting, but: Reply | None = None) -> int:
    """How many places are taken, guests included; without those of one reply."""
    rows = Reply.objects.asked().filter(meeting=meeting, answer__in=Reply.COMING)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return rows.aggregate(places=Sum(1 + F("guests")))["places"] or 0


def seats_left(meeting: Meeting, but: Reply | None = None) -> int:
    """How many of the seats for other groups' members are free; without counting those of one reply."""
    rows = Reply.objects.filter(meeting=meeting, is_seat=True, answer__in=Reply.COMING)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    taken = rows.aggregate(seats=Sum(1 + F("guests")))["seats"] or 0
    return max((meeting.open_seats or 0) - taken, 0)


def _wait_for(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)


def _locked(reply: Reply) -> Reply:
    meeting = _wait_for(reply.meeting)
    row = Reply.objects.select_for_update(no_key=True).get(pk=reply.pk)
    row.meeting = meeting
    return row


def _check_the_door(row: Reply, for_another: bool, given: set[str], party_before: str) -> None:
    meeting = row.meeting
    if meeting.state != Meeting.State.ANNOUNCED:
        raise ValidationError(SHUT.format(state=meeting.get_state_display()), code="shut")
    if for_another:
        return
    if not meeting.takes_replies and given - {"party"}:
        raise ValidationError(OVER, code="over")
    if row.party != party_before and not meeting.takes_party_replies:
        raise ValidationError({"party": ValidationError(PARTY_OVER, code="over")})


def _settle(row: Reply) -> None:
    """What belongs to another answer is taken out: who stays away brings nobody."""
    if not row.answer:
        raise ValidationError({"answer": ValidationError(CHOOSE, code="required")})
    if row.answer != Answer.PROXY:
        row.proxy_name = ""
    elif not row.proxy_name:
        raise ValidationError(
            {"proxy_name": ValidationError("代理の方のお名前を入れてください。", code="required")}
        )
    if row.answer not in Reply.COMING:
        row.guests, row.guest_names = 0, ""
    if not row.guests:
        row.guest_names = ""
    if row.answer != Answer.NO or row.meeting.kind != Meeting.Kind.GENERAL:
        row.entrusts = False
    if not row.entrusts:
        row.entrusted_to = ""
    if not row.meeting.has_party:
        row.party = ""


def _find_room(row: Reply, before: int) -> None:
    """Who takes no more places than before is let in, though the room may have become smaller meanwhile."""
    capacity, wanted = row.meeting.capacity, places_of(row)
    if wanted <= before:
        return
    if row.is_seat and wanted > (seats := seats_left(row.meeting, but=row)):
        text = f"空いている席は、{seats}名分です。ごいっしょの方も数えてください。" if seats else NO_SEAT
        raise ValidationError(text, code="no_seat")
    if capacity is None:
        return
    left = max(capacity - places_taken(row.meeting, but=row), 0)
    if wanted <= left:
        return
    if left:
        text = f"定員{capacity}名のうち、残りは{left}名分です。ごいっしょの方も数えて、{left}名までにしてください。"
    else:
        text = (
            f"定員{capacity}名に達しました。空きを待つときは「未定」でお返事して、事務局へお知らせください。"
        )
    raise ValidationError(text, code="full")
