"""How the answers to a 日程調整 stand: for each day how many, and who said what."""

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from django.utils import timezone

from events.models import DatePoll, PollAnswer, PollDate, PollVoter
from groups.unnamed import mask_row

Mark = PollAnswer.Mark


class Day(NamedTuple):
    """One proposed time; `best`: nobody has more who can come, △ counted after ○."""

    date: PollDate
    yes: int
    maybe: int
    no: int
    best: bool


class Said(NamedTuple):
    """One person: for each day, in their order, how it is called (12/9 15:00) and the mark ("" for none)."""

    voter: PollVoter
    marks: list[tuple[str, str]]


def is_hidden(voter: PollVoter, unnamed: Collection[int]) -> bool:
    """Whether the reader knows the voter by number only."""
    return voter.membership_id in unnamed and (voter.answered_at is None or voter.answered_by_id is not None)


class Board(NamedTuple):
    """`off`: those who have not answered and get no letters."""

    days: list[Day]
    said: list[Said]
    silent: list[PollVoter]


def board_of(poll: DatePoll, unnamed: Collection[int] = ()) -> Board:
    """All of it in three queries, however many were asked. Of `unnamed` memberships (groups.unnamed) the reader knows the
    number, until they have answered themselves.
    """
    dates = list(poll.dates.all())
    rows = PollAnswer.objects.filter(voter__poll=poll).values_list("voter_id", "date_id", "mark")
    marks = {(voter, date): mark for voter, date, mark in rows}
    counted = Counter((date, mark) for (_, date), mark in marks.items())
    counts = [tuple(counted[date.pk, mark] for mark in (Mark.YES, Mark.MAYBE, Mark.NO)) for date in dates]
    most = max(((yes, maybe) for yes, maybe, _ in counts), default=(0, 0))
    days = [
        Day(date, yes, maybe, no, best=(yes, maybe) == most and yes > 0)
        for date, (yes, maybe, no) in zip(dates, counts, strict=True)
    ]
    voters = list(
        poll.voters.select_related(
            "membership__company", "membership__group", "person", "answered_by__person"
        )
    )
    for each in voters:
        if is_hidden(each, unnamed):
            mask_row(each)
    named = [(date.pk, f"{timezone.localtime(date.starts_at):%-m/%-d %-H:%M}") for date in dates]
    said = [
        Said(each, [(label, str(marks.get((each.pk, pk), ""))) for pk, label in named])
        for each in voters
        if each.answered_at
    ]
    return Board(days, said, [each for each in voters if not each.answered_at])
