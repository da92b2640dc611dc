"""What a row says about a membership's dated states: the day of joining, and coming back."""

import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError

from groups.importing.reading.columns import LABELS
from groups.importing.report import Change
from groups.importing.snapshot import LEFT, KnownMember
from groups.models import Membership
from iri_exchange.lib import japan, states

ACTIVE = Membership.Status.ACTIVE.value
STATE_LABELS = {str(value): str(label) for value, label in Membership.Status.choices}


class Refused(ValueError):
    """The directory cannot take the row; `key` is the column it is about."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key, self.sentence = key, sentence


class Joining(NamedTuple):
    """What becomes of a member's states; `apply` once nothing else stands against the row."""

    changes: list[Change]
    came_back_on: datetime.date | None = None
    joined_on: datetime.date | None = None

    def apply(self, member: KnownMember) -> list[Change]:
        if self.came_back_on:
            member.came_back_on = self.came_back_on
            member.states = sorted([*member.states, (self.came_back_on, ACTIVE)])
        if self.joined_on:
            member.begin_on(self.joined_on)
            member.joining_put_right = True
        return self.changes


NOTHING = Joining([])


def merely_named(
    member: KnownMember | None, day: datetime.date | None, today: datetime.date
) -> datetime.date | None:
    """Since when the member has left whom the file names, but with no later `day` of joining: it may be an old file."""
    now = member.state_on(today) if member else None
    if member is None or now is None or now[1] != LEFT or _comes_back(member, today):
        return None
    return None if day and now[0] < day else now[0]


def joining_of(member: KnownMember | None, day: datetime.date | None, today: datetime.date) -> Joining:
    """A later file may know the day of joining; of who comes back, the day is the day of coming back.

    Raises Refused where the states that the directory knows stand against it.
    """
    if member is None or member.joining_told or not member.states:
        return NOTHING
    now = member.state_on(today)
    if now and now[1] == LEFT:
        if _comes_back(member, today):
            return NOTHING
        since = day if day and now[0] < day else today
        _check_return(member, since)
        return Joining([Change("状態", STATE_LABELS[LEFT], STATE_LABELS[ACTIVE])], came_back_on=since)
    if not day or member.joined_on == day or _is_a_return(member, day):
        return NOTHING
    if len(member.states) > 1 and member.states[1][0] <= day:
        raise Refused("joined_on", "入会日を、休会や退会の日より前にしてください。")
    was = japan.wareki(member.joined_on) if member.joined_on else ""
    return Joining([Change(LABELS["joined_on"], was, japan.wareki(day))], joined_on=day)


def _check_return(member: KnownMember, since: datetime.date) -> None:
    before = next(state for state in reversed(member.states) if state[0] <= since)
    after = next((state for state in member.states if state[0] > since), None)
    try:
        states.check(Membership.MOVES, before[1], ACTIVE, STATE_LABELS)
        if after:
            states.check(Membership.MOVES, ACTIVE, after[1], STATE_LABELS)
    except ValidationError as error:
        raise Refused("joined_on", " ".join(error.messages)) from error


def _comes_back(member: KnownMember, today: datetime.date) -> bool:
    """Whether it is known already that the member will be back."""
    return any(since > today and state == ACTIVE for since, state in member.states)


def _is_a_return(member: KnownMember, day: datetime.date) -> bool:
    """Whether the file tells the day of a return, where the directory knows when it all began."""
    return member.joined_on is not None and (day, ACTIVE) in member.states
