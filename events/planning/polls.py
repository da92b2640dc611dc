"""日程調整: some days are proposed, everybody answers ○△× by a link of their own, and one day becomes a meeting.

Who has no address for letters is asked otherwise, and whoever runs the meetings writes the answer down.
"""

import datetime
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events import links, meetings
from events.models import DatePoll, Meeting, PollAnswer, PollDate, PollVoter
from events.planning import making, poll_letters
from events.planning.beginning import besides, last_of
from events.planning.people import attends_for, people_of
from groups.models import Group
from iri_exchange.lib import history, states

State = DatePoll.State
CLOSED = "この日程調整は、もう受け付けていません。"
Times = Sequence[tuple[datetime.datetime, datetime.datetime]]


class Door(Enum):
    """What a link opens. LATE: the last day is over; ENDED: a day was chosen, or the asking was dropped."""

    OPEN, LATE, ENDED, UNKNOWN = range(4)


class Started(NamedTuple):
    """How many letters went out, and how many people have no address for one."""

    poll: DatePoll
    letters: int
    without: int


@transaction.atomic
def start(*, group: Group, by: Any, times: Times, **about: Any) -> Started:
    """Ask everybody who belongs to the group today. `about`: kind, title, place, note, answer_until.

    Raises ValidationError without a time, for a deadline that is over, for a group without members, and for a day on
    which the group rests.
    """
    if not times:
        raise ValidationError("候補の日を、1つは入れてください。", code="required")
    meetings.refuse_rest(group, (timezone.localdate(starts_at) for starts_at, _ in times))
    people = people_of(group, timezone.localdate())
    if not people:
        raise ValidationError("会員がいないので、たずねる方がいません。", code="nobody")
    poll = DatePoll(group=group, started_by=by, **about)
    poll.full_clean()
    if poll.answer_until <= timezone.now():
        raise ValidationError({"answer_until": "これからの日にしてください。"})
    with history.in_step("日程調整を始める"):
        poll.save()
        for starts_at, ends_at in times:
            date = PollDate(poll=poll, starts_at=starts_at, ends_at=ends_at)
            date.full_clean(exclude=["poll"])
            date.save()
        voters = [PollVoter(poll=poll, membership=each.membership, person=each.person) for each in people]
        history.create(voters)
    sent = sum(poll_letters.ask(voter=voter, by=by) for voter in poll_letters.voters_of(poll))
    return Started(poll, sent, len(voters) - sent)


@transaction.atomic
def answer(*, voter: PollVoter, marks: Mapping[int, str], comment: str = "", by: Any = None) -> PollVoter:
    """{date id: ○△×} for every date; it can be changed while the asking runs. `by`: who wrote it down for the person.

    Raises ValidationError for a date without a mark, and once it is closed; late is only who answers by the link.
    """
    poll = DatePoll.objects.select_for_update(no_key=True).get(pk=voter.poll_id)
    if poll.state != State.OPEN or not (by or poll.answer_until >= timezone.now()):
        raise ValidationError(CLOSED, code="closed")
    dates = {date.pk: date for date in poll.dates.all()}
    if set(marks) != set(dates):
        raise ValidationError("すべての候補の日に、○△×のどれかをつけてください。", code="required")
    with history.in_step("日程調整のお返事"):
        row = PollVoter.objects.select_for_update(no_key=True).get(pk=voter.pk)
        row.comment, row.answered_at, row.answered_by = comment, timezone.now(), by
        row.full_clean(exclude=["poll", "membership", "person"])
        row.save()
        known = {each.date_id: each for each in row.answers.all()}
        for pk, mark in marks.items():
            _mark(known.get(pk) or PollAnswer(voter=row, date=dates[pk]), mark)
    return row


@transaction.atomic
def decide(*, date: PollDate) -> Meeting:
    """This is the day: it becomes a meeting of the group, of which nobody has been told yet; the links are shut.

    Raises ValidationError once a day was chosen or the asking was dropped, and as `meetings.plan` does.
    """
    poll = _open(date.poll)
    last = last_of(poll.group, poll.kind)
    day = timezone.localdate(date.starts_at)
    with history.in_step("日程の決定"):
        meeting = making.plan(
            group=poll.group,
            kind=poll.kind,
            title=poll.title,
            starts_at=date.starts_at,
            ends_at=date.ends_at,
            place=poll.place,
            note=poll.note,
            **besides(last, day, poll.place),
        )
        states.advance(poll, State.DECIDED, moves=DatePoll.MOVES, meeting=meeting)
    return meeting


@transaction.atomic
def drop(*, poll: DatePoll) -> DatePoll:
    """No day is chosen; the links are shut. Raises ValidationError if it has ended already."""
    with history.in_step("日程調整の取りやめ"):
        states.advance(_open(poll), State.DROPPED, moves=DatePoll.MOVES)
    return poll


@transaction.atomic
def remind(*, poll: DatePoll, by: Any) -> int:
    """A letter to those who have not answered, to nobody twice on a day: how many. Raises ValidationError once closed."""
    if _open(poll).answer_until < timezone.now():
        raise ValidationError(CLOSED, code="closed")
    still = [asked.person for asked in people_of(poll.group, timezone.localdate())]
    silent = poll_letters.voters_of(poll).filter(answered_at=None, person__in=still)
    return sum(poll_letters.ask(voter=voter, by=by, again=True) for voter in silent)


def voter_of(token: str) -> PollVoter | None:
    """Whose link it is, if it is still the newest one."""
    key = links.key_of(PollVoter, token)
    if key is None:
        return None
    rows = PollVoter.objects.filter(pk=key[0], generation=key[1])
    return rows.select_related("poll__group", "membership", "person").first()


def door(voter: PollVoter | None) -> Door:
    """What the link comes to now; who has left the group, or attends for its member no more, is asked no longer."""
    if voter is None:
        return Door.UNKNOWN
    if not attends_for(voter.membership, voter.person, timezone.localdate()):
        return Door.ENDED
    if voter.poll.state != State.OPEN:
        return Door.ENDED
    return Door.OPEN if voter.poll.answer_until >= timezone.now() else Door.LATE


def _open(poll: DatePoll) -> DatePoll:
    """The asking as it is stored, locked after its group, as meetings are."""
    Group.objects.select_for_update(no_key=True).get(pk=poll.group_id)
    poll.refresh_from_db()
    if poll.state != State.OPEN:
        raise ValidationError(CLOSED, code="closed")
    return poll


def _mark(answer: PollAnswer, mark: str) -> None:
    if answer.pk and answer.mark == mark:
        return
    answer.mark = mark
    answer.full_clean(exclude=["voter", "date"])
    answer.save()
