"""Minutes are published: the members read them from then on, and are told if the secretary wants it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events import meetings
from events.minutes import general
from events.minutes.reading import minutes_of, wait_for
from events.models import AgendaItem, Meeting, Minutes
from events.replying.invitees import invited_people
from events.replying.reach import reach_of
from events.telling import notices
from iri_exchange.lib import history, states
from members.models import Person

State = Minutes.State
NOTHING = "議事録に、まだ何も書いていません。「議事録を書く」から書いてください。"
TOO_EARLY = "会合が始まる前の議事録は、公開できません。"
NOT_PUBLISHED = "議事録を公開してから、知らせてください。"


@dataclass(frozen=True)
class Told:
    """How many get a letter, and who hears of it otherwise."""

    letters: int
    by_hand: list[Person]


def why_not(meeting: Meeting) -> str:
    """Why the minutes cannot be published now, as a sentence; "" if they can."""
    minutes = minutes_of(meeting)
    if meeting.state == Meeting.State.CANCELLED:
        return "中止になった会合の議事録は、公開できません。"
    if minutes is None or not _says_something(minutes):
        return NOTHING
    return TOO_EARLY if meeting.starts_at > timezone.now() else ""


@transaction.atomic
def publish(*, meeting: Meeting, by: Any, tell: bool = True) -> Minutes:
    """The members read them; the meeting was held. `tell`: each of the group's people gets a letter.

    Of a 総会 the numbers of that day are written down with them. Raises ValidationError where `why_not` says why, and
    for minutes that are published already.
    """
    meeting = wait_for(meeting)
    if said := why_not(meeting):
        raise ValidationError(said, code="not_now")
    minutes = meeting.minutes
    with history.step("議事録の公開", by=by):
        written = {"published_at": timezone.now(), "published_by": by} | _numbers(meeting, minutes)
        states.advance(minutes, State.PUBLISHED, moves=Minutes.MOVES, **written)
        if meeting.state in Meeting.AHEAD:
            meetings.hold(meeting=meeting)
    if tell:
        notices.tell_minutes(meeting=meeting, by=by)
    return minutes


@transaction.atomic
def tell_again(*, meeting: Meeting, by: Any) -> None:
    """After a correction: the members are told once more. Raises ValidationError for a draft."""
    meeting = wait_for(meeting)
    minutes = minutes_of(meeting)
    if minutes is None or minutes.state != State.PUBLISHED:
        raise ValidationError(NOT_PUBLISHED, code="draft")
    notices.tell_minutes(meeting=meeting, by=by, again=True)


def members_told(meeting: Meeting) -> Told:
    """Whom a letter would reach now, and whom not."""
    own = [person for group_of, person in invited_people(meeting) if group_of.group_id == meeting.group_id]
    reach = reach_of(own)
    by_letter = [person for person in own if reach[person.pk].by_letter]
    return Told(len(by_letter), [person for person in own if not reach[person.pk].by_letter])


def _numbers(meeting: Meeting, minutes: Minutes) -> dict[str, int]:
    if meeting.kind != Meeting.Kind.GENERAL:
        return {}
    counted = general.count(meeting)
    return {"voters": counted.voters, "quorum": counted.quorum}


def _says_something(minutes: Minutes) -> bool:
    texts = (minutes.body, minutes.decisions, minutes.public_summary)
    return any(texts) or AgendaItem.objects.filter(meeting=minutes.meeting_id).exclude(summary="").exists()
