"""What is planned is called off: meetings, days that are sought, offers on the board, answers to other groups."""

from typing import Any

from django.utils import timezone

from events.joining import asking, offers
from events.models import InvitedGroup
from events.planning import polls
from events.telling import changes
from iri_exchange.lib import states
from iri_exchange.office.endings.foreseeing import Foreseen


def call_off(foreseen: Foreseen, *, why: str, by: Any) -> None:
    """Whoever was told of a meeting is told that it is off, and `why`. Within the step of a verb that holds the lock."""
    for meeting in foreseen.meetings:
        changes.cancel(meeting=meeting, by=by, reason=why)
    for poll in foreseen.polls:
        polls.drop(poll=poll)
    for offer in foreseen.offers:
        offers.close(offer=offer)
    for row in foreseen.asked:
        if asking.is_open(row.meeting):
            asking.answer(invitation=row, by=by, agrees=False, words=why)
        else:  # today's: nobody answers any more, but the record says how it is
            _decline(row, why, by)


def _decline(row: InvitedGroup, why: str, by: Any) -> None:
    answered = {"words": why, "answered_by": by, "answered_at": timezone.now()}
    states.advance(row, InvitedGroup.State.DECLINED, moves=InvitedGroup.MOVES, **answered)
