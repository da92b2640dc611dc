"""The reply board of those who run a meeting: who has answered what, who is silent, and how to reach them."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from events.models import Delivery, Meeting, Notice, Reply
from events.replying.doors import attended, attends
from events.replying.reach import Reach, reach_of
from events.replying.shown import Counts, counts_of
from events.replying.strangers import Called, Knows, called
from events.replying.words import said, sign_of
from groups.models import OfficerTerm
from members.models import Person

ORDER = [Reply.Answer.OPEN, Reply.Answer.YES, Reply.Answer.PROXY, Reply.Answer.NO]


@dataclass(frozen=True)
class Row:
    """One reply. `who` with the telephone of the person, or of their company; `has_left`: attends no more."""

    reply: Reply
    reach: Reach
    sign: str
    said: list[str]
    who: Called
    has_left: bool


@dataclass(frozen=True)
class Telling:
    """The last that was told (a change, a cancellation …), and who has to be told by telephone."""

    notice: Notice
    letters: int
    by_phone: list[Row]


@dataclass(frozen=True)
class Board:
    """`silent` first those who are not reached by letter; `answered` in the order of the answers, 未定 first."""

    counts: Counts
    silent: list[Row]
    answered: list[Row]
    last: Telling | None

    @property
    def reminded(self) -> list[Row]:
        """The silent to whom a letter can be sent."""
        return [row for row in self.silent if row.reach.by_letter and not row.has_left]


def board_of(meeting: Meeting, *, in_full: bool | Knows = False) -> Board:
    """In a number of queries that does not grow with the members. `in_full` as in `strangers.called`."""
    rows = rows_of(meeting, in_full=in_full)
    silent = [row for row in rows if not row.reply.answer]
    answered = [row for row in rows if row.reply.answer]
    return Board(
        counts=counts_of(meeting),
        silent=sorted(silent, key=lambda row: (row.has_left, row.reach.by_letter)),
        answered=sorted(answered, key=lambda row: ORDER.index(Reply.Answer(row.reply.answer))),
        last=_last_told(meeting, rows),
    )


def rows_of(meeting: Meeting, *, in_full: bool | Knows = False) -> list[Row]:
    """All replies, by member number, the own group's first."""
    replies = (
        attended()
        .asked()
        .filter(meeting=meeting)
        .select_related(
            "meeting__group",
            "membership__company",
            "membership__group",
            "person",
            "caller",
            "answered_by__person",
        )
    )
    found: list[Any] = sorted(replies, key=lambda each: each.membership.group_id != meeting.group_id)
    reach = reach_of([each.person for each in found])
    return [
        Row(
            reply=each,
            reach=reach[each.person_id],
            sign=sign_of(each),
            said=said(each, meeting),
            who=called(
                meeting,
                each.membership,
                each.person,
                answered=bool(each.answer),
                in_full=in_full,
                oneself=each.source in Reply.OWN,
            ),
            has_left=not attends(each),
        )
        for each in found
    ]


def callers_for(meeting: Meeting, person: Person | None) -> list[Person]:
    """Who may be asked to telephone: the officers of today, and whoever looks."""
    today = timezone.localdate()
    terms = OfficerTerm.objects.on(today).filter(group=meeting.group_id).select_related("person")
    found = {term.person_id: term.person for term in terms.order_by("since", "pk")}
    if person:
        found.setdefault(person.pk, person)
    return list(found.values())


def _last_told(meeting: Meeting, rows: list[Row]) -> Telling | None:
    """Of a notice and a reminder the silent are on the board anyway."""
    kinds = [Notice.Kind.CHANGE, Notice.Kind.CANCELLED]
    notice = Notice.objects.filter(meeting=meeting, kind__in=kinds).order_by("-sent_at", "-pk").first()
    if notice is None:
        return None
    channels = dict(Delivery.objects.filter(notice=notice).values_list("reply_id", "channel"))
    by_phone = [row for row in rows if channels.get(row.reply.pk) == Delivery.Channel.PAPER]
    return Telling(notice, len(channels) - len(by_phone), by_phone)
