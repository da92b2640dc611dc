"""What concerns a reader of replies: on a meeting's page, and on their own page."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from events.models import Meeting, Reply
from events.replying.doors import attended, attends
from events.replying.shown import Counts, Told, counts_of, told
from events.replying.words import said
from groups.models import Membership
from groups.standing import standing


@dataclass(frozen=True)
class Desk:
    """`own` is the reader's own reply, if they were asked; `counts` for those who run the meeting."""

    own: Reply | None
    said: list[str]
    counts: Counts | None
    told: Told


def own_reply(user: Any, meeting: Meeting) -> Any:
    """The reader's own reply to an announced meeting; None for who was not asked, or attends no more."""
    person = standing(user).person_id
    if not person or meeting.state == Meeting.State.DRAFT:
        return None
    reply = attended().filter(meeting=meeting, person=person).first()
    return reply if reply and attends(reply) else None


def desk_of(user: Any, meeting: Meeting, *, runs: bool) -> Desk:
    """Nothing for a meeting of which nobody was told, and for readers whom it does not concern."""
    if meeting.state == Meeting.State.DRAFT:
        return Desk(None, [], None, Told())
    own = own_reply(user, meeting)
    reader = None if own and own.is_seat else own.membership if own else _membership(user, meeting)
    return Desk(
        own=own,
        said=said(own, meeting) if own else [],
        counts=counts_of(meeting) if runs else None,
        told=told(meeting, reader) if reader and not runs else Told(),
    )


def told_to(user: Any, meeting: Meeting) -> Told:
    """What a member who does not run the meeting is told of all replies to it."""
    reader = _membership(user, meeting)
    return told(meeting, reader) if reader else Told()


def open_replies(user: Any) -> list[Reply]:
    """Those that the reader has not given yet, and still can: the nearest deadline first."""
    person = standing(user).person_id
    if not person:
        return []
    rows = attended().filter(person=person, answer="", meeting__state=Meeting.State.ANNOUNCED)
    rows = rows.filter(meeting__starts_at__gt=timezone.now())
    found = [each for each in rows if each.meeting.takes_replies and attends(each)]
    return sorted(found, key=lambda each: each.meeting.reply_until or each.meeting.starts_at)


def _membership(user: Any, meeting: Meeting) -> Membership | None:
    """One of the reader's: in the meeting's group, or else in one that agreed to it."""
    mine = standing(user).memberships
    own = [pk for pk, group in mine.items() if group == meeting.group_id]
    if not own and mine:
        guests = set(meeting.invited_groups.agreed().values_list("group_id", flat=True))
        own = [pk for pk, group in mine.items() if group in guests]
    return Membership.objects.filter(pk=own[0]).first() if own else None
