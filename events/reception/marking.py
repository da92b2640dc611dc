"""Ticking at the door. Several phones at once never disagree: each sends only what was tapped, one field at a time.

The meeting's row is locked, the person's row is read again, the one field is written: the last tap wins by its arrival,
and no other field is touched. A tap bears a number (`op`), by which one that is sent again after a lost answer is known;
otherwise it would win over what somebody else tapped meanwhile (docs/decisions/0028-reception.md).
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events import meetings
from events.models import Attendance, Meeting, Reply
from events.reception.listing import Line, Listing, listing_of, people_at
from groups.models import Membership
from iri_exchange.lib import history

Kind = Attendance.Kind
TICKS = ("party", "fee_paid", "party_fee_paid")
FIELDS = ("kind", "name", *TICKS)
REMEMBERED = 24 * 3600
# Names the guests that a reply announced, so that they are written down once.
ANNOUNCED = uuid.UUID("6d0f4f0c-3c5b-4f0e-9a53-0b6c1f1f7a11")


@dataclass(frozen=True)
class Mark:
    """One tap. `who` is a line's key; `field` one of `FIELDS`; `op` the tap's own number, or "" where there is none."""

    who: str
    field: str
    value: Any
    op: str = ""


class Marked(NamedTuple):
    """How many lines changed, and the taps about people who are not on the list."""

    changed: int
    unknown: list[Mark]


@transaction.atomic
def mark(*, meeting: Meeting, by: Any, marks: Sequence[Mark]) -> Marked:
    """Write down what was tapped, in its order. Raises ValidationError before the day and for a cancelled meeting."""
    _open(meeting)
    known = cache.get_many([_kept(each.op) for each in marks if each.op])
    unknown, changed = [], set()
    with history.in_step("受付"):
        for each in marks:
            if _kept(each.op) in known:
                continue
            row = _row_of(meeting, each.who)
            if row is None or not (row.person_id or _fits_a_guest(each)):
                unknown.append(each)
            elif _set(row, each, by):
                changed.add(each.who)
    # What was not taken is looked at again when it is sent again, and said again.
    cache.set_many({_kept(each.op): 1 for each in marks if each.op and each not in unknown}, REMEMBERED)
    return Marked(len(changed), unknown)


@transaction.atomic
def mark_as_replied(*, meeting: Meeting, by: Any) -> int:
    """Who is not ticked yet is ticked as replied, and the guests whom the replies announce are there; says how many.

    What was ticked before stays. Who gave no clear answer waits to be ticked. Raises ValidationError as `mark` does.
    """
    _open(meeting)
    listing = listing_of(meeting)
    lines = [line for line in listing.expected if line.expected and not line.kind]
    with history.in_step("受付：お返事のとおり"):
        _tick([(line, line.expected) for line in lines], meeting, by)
        known = {line.there.key for line in listing.guests if line.there}
        guests = [each for each in _announced(lines, meeting, by) if each.key not in known]
        history.create(guests)
    return len(lines) + len(guests)


@transaction.atomic
def add_guest(
    *, meeting: Meeting, by: Any, name: str, affiliation: str = "", key: uuid.UUID | None = None
) -> Attendance:
    """Somebody who is no member came. The same `key` once more adds nobody. Raises ValidationError as `mark` does."""
    _open(meeting)
    known = Attendance.objects.filter(meeting=meeting, key=key).first() if key else None
    if known:
        return known
    guest = Attendance(meeting=meeting, name=name, affiliation=affiliation, key=key, **_by(by))
    guest.kind = Kind.PRESENT
    guest.full_clean()
    with history.in_step("受付"):
        guest.save()
    return guest


@transaction.atomic
def finish(*, meeting: Meeting, by: Any) -> int:
    """The reception is over: who is not ticked was absent, and the meeting took place. Says how many were absent so.

    Raises ValidationError as `mark` does. What is put right later is ticked as before.
    """
    with history.in_step("受付の終わり"):
        # First: it locks the group before the meeting, as whatever else changes a meeting does.
        meetings.hold(meeting=meeting)
        _open(meeting)
        lines = [line for line in listing_of(meeting).expected if not line.kind]
        _tick([(line, Kind.ABSENT) for line in lines], meeting, by)
    return len(lines)


def state_of(listing: Listing) -> dict[str, Any]:
    """What every phone shows: {key: [kind, name, party, fee_paid, party_fee_paid]}, and the counts."""
    return {
        "lines": {line.key: told_of(line) for line in listing.lines},
        "ticked": listing.ticked,
        "of": len(listing.expected),
        "there": listing.there,
    }


def told_of(line: Line) -> list[Any]:
    """The line's fields, in the order of `FIELDS`."""
    row = line.there
    fees = [row.fee_paid, row.party_fee_paid] if row else [False, False]
    return [line.kind, line.proxy_name if line.person else "", line.comes_to_the_party, *fees]


def is_open(meeting: Meeting) -> bool:
    """Whether it may be ticked: from the meeting's day on, unless it is cancelled."""
    return meeting.state != Meeting.State.CANCELLED and meeting.day <= timezone.localdate()


def _open(meeting: Meeting) -> None:
    """Who ticks at the same moment waits here."""
    locked = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    meeting.state, meeting.starts_at = locked.state, locked.starts_at
    if locked.state == Meeting.State.CANCELLED:
        raise ValidationError("この会合は中止になったので、出席をつけられません。", code="cancelled")
    if not is_open(locked):
        raise ValidationError("出席は、会合の日からつけられます。", code="too_early")


def _row_of(meeting: Meeting, who: str) -> Attendance | None:
    """The row of a line as it stands, or a new one; None for somebody who is not expected."""
    kind, digits = who[:1], who[1:]
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 18):
        return None
    number = int(digits)
    rows = Attendance.objects.filter(meeting=meeting)
    if kind == "g":
        return rows.filter(pk=number, person=None).first()
    row = rows.filter(person=number).first()
    if kind != "p" or row:
        return row
    asked = (
        Reply.objects.asked()
        .filter(meeting=meeting, person=number)
        .select_related("person", "membership")
        .first()
    )
    expected = people_at(meeting, [asked] if asked else [])
    for person, membership in expected.items():
        if person.pk == number:
            return _new(Line(membership, person, asked), meeting)
    return None


def _set(row: Attendance, said: Mark, by: Any) -> bool:
    """Whether it was something else before."""
    was = [getattr(row, name) for name in FIELDS]
    setattr(row, said.field, said.value)
    _keep_the_proxy(row)
    if row.pk and [getattr(row, name) for name in FIELDS] == was:
        return False
    row.marked_by, row.marked_at = by, timezone.now()
    row.save()
    return True


def _fits_a_guest(said: Mark) -> bool:
    """A guest is known by the name alone, and sends nobody."""
    return (said.field, said.value) not in (("kind", Kind.PROXY), ("name", ""))


def _keep_the_proxy(row: Attendance) -> None:
    """The name of who stands in goes with the proxy: the one promised, until another is typed."""
    if not row.person_id:
        return
    if row.kind != Kind.PROXY:
        row.name = ""
    elif not row.name:
        asked = Reply.objects.filter(meeting=row.meeting_id, person=row.person_id).first()
        row.name = asked.proxy_name if asked else ""


def _tick(lines: Sequence[tuple[Line, str]], meeting: Meeting, by: Any) -> None:
    """The same for many, at the price of a few."""
    new: list[Attendance] = []
    old: list[Attendance] = []
    for line, kind in lines:
        row = line.there or _new(line, meeting)
        row.kind, row.marked_by, row.marked_at = kind, by, timezone.now()
        row.name = line.proxy_name if kind == Kind.PROXY else ""
        row.party = row.party and kind != Kind.ABSENT
        (old if row.pk else new).append(row)
    history.create(new)
    history.update(old, ["kind", "name", "party", "marked_by", "marked_at"])


def _new(line: Line, meeting: Meeting) -> Attendance:
    membership: Membership = line.membership  # type: ignore[assignment]
    party = meeting.has_party and line.comes_to_the_party
    return Attendance(meeting=meeting, membership=membership, person=line.person, party=party)


def _announced(lines: Sequence[Line], meeting: Meeting, by: Any) -> Iterator[Attendance]:
    """The guests of those who come, by the names that were given."""
    for line in lines:
        if line.reply is None or line.expected == Kind.ABSENT or not line.reply.guests:
            continue
        names = [
            each.strip() for each in line.reply.guest_names.replace(",", "、").split("、") if each.strip()
        ]
        for place in range(line.reply.guests):
            named = names[place] if place < len(names) else f"{line.name}様のごいっしょの方{place + 1}"
            yield Attendance(
                meeting=meeting,
                membership=line.membership,
                name=named[:80],
                affiliation=line.where_from[:80],
                kind=Kind.PRESENT,
                key=uuid.uuid5(ANNOUNCED, f"{line.reply.pk}-{place}"),
                **_by(by),
            )


def _by(user: Any) -> dict[str, Any]:
    return {"marked_by": user, "marked_at": timezone.now()}


def _kept(op: str) -> str:
    return f"reception:{op}"
