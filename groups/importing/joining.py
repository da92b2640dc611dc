"""What a row says about a membership's dated states: the day of joining, and coming back."""

import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError

from groups.importing.reading.columns import LABELS
from groups.importing.report import Change
from groups.importing.snapshot import KnownMember
from groups.models import Membership
from iri_exchange.lib import japan, states

ACTIVE, LEFT = Membership.Status.ACTIVE.value, Membership.Status.LEFT.value
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
            member.joined_on, member.joining_put_right = self.joined_on, True
            member.states[0] = (self.joined_on, member.states[0][1])
        return self.changes


NOTHING = Joining([])


def joining_of(member: KnownMember | None, day: datetime.date | None, today: datetime.date) -> Joining:
    """A later file may know the day of joining; of who comes back, the day is the day of coming back.

    Raises Refused where the states that the directory knows stand against it.
    """
    if member is None or member.joining_told or not member.states:
        return NOTHING
    now = member.state_on(today)
    if now and now[1] == LEFT:
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
        if before[0] == since:
            raise ValidationError("退会と同じ日には戻れません。次の日になってから取り込んでください。")
        states.check(Membership.MOVES, before[1], ACTIVE, STATE_LABELS)
        if after:
            states.check(Membership.MOVES, ACTIVE, after[1], STATE_LABELS)
    except ValidationError as error:
        raise Refused("company_name", " ".join(error.messages)) from error


def _is_a_return(member: KnownMember, day: datetime.date) -> bool:
    """Whether the file tells the day of a return, where the directory knows when it all began."""
    return member.joined_on is not None and (day, ACTIVE) in member.states
