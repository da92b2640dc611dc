"""What whoever runs a group's meetings does next: about one meeting, and about the group."""

import datetime
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from events.joining import asking
from events.models import InvitedGroup, Meeting, Minutes
from events.planning.beginning import last_of
from groups.models import Group

State = Meeting.State
LATELY = datetime.timedelta(days=60)
SOON = datetime.timedelta(days=28)


class Step(NamedTuple):
    """The one action that comes next. `page`: the name of its address, of the meeting or (`of_group`) of the group."""

    page: str
    label: str
    why: str
    of_group: bool = False


NOTICE = Step(
    "meeting_notice",
    "案内を送る",
    "まだ、だれにも案内していません。送る前に、届く内容と宛先を確かめられます。",
)
BOARD = Step(
    "meeting_replies", "お返事を見る", "案内を送ってあります。電話やFAXのお返事も、ここに書きとめます。"
)
ATTENDANCE = Step("attendance", "出席をとる", "開く日になりました。来た方に印をつけます。")
MINUTES = Step("minutes_edit", "議事録を書く", "次第にそって、まとめと決まったことを書きます。")
JOINT = Step("meeting_joint", "返事をする", "いっしょに開きませんかと、たずねられています。")
AGAIN = Step("meeting_new", "同じ内容で次の会合をつくる", "この会合のことは、済みました。", of_group=True)


def next_step(meeting: Meeting) -> Step:
    """About one meeting, by its state and its day."""
    today = timezone.localdate()
    if meeting.state == State.CANCELLED:
        return AGAIN._replace(why="この会合は、中止になりました。")
    if meeting.state == State.HELD:
        return AGAIN if _is_told(meeting) else MINUTES
    if meeting.day > today:
        return NOTICE if meeting.state == State.DRAFT else BOARD
    return ATTENDANCE


def step_of(question: InvitedGroup) -> Step:
    """A group is asked to another's meeting."""
    why = f"{question.group.name}が、いっしょに開きませんかと、たずねられています。"
    return JOINT._replace(why=why)


class Next(NamedTuple):
    """About the group: the meeting with which something is to be done, and what (None: nothing); the one of which
    nobody was told yet, and the one after which the next is made (None: there is none).
    """

    meeting: Meeting | None
    step: Step | None
    to_announce: Meeting | None
    like: Meeting | None


def next_of(group: Group) -> Next:
    """What another group asks comes first; then what is over: who was there, the minutes; only then the meeting ahead."""
    ahead = group.meetings.upcoming()
    questions = asking.waiting_for([group.pk])
    meeting = questions[0].meeting if questions else _unfinished(group) or ahead.first()
    draft = ahead.filter(state=State.DRAFT).first()
    step = JOINT if questions else next_step(meeting) if meeting else None
    return Next(meeting, step, draft if draft != meeting else None, last_of(group))


def waiting_in(groups: Collection[int]) -> Iterator[tuple[Meeting, Step]]:
    """The meetings of these groups (ids) with which something is to be done by now, and what: first what other groups
    ask; then all that are over, and the next of which nobody was told four weeks before. Where the replies are awaited,
    nothing is to be done.
    """
    if not groups:
        return
    for question in asking.waiting_for(groups):
        yield question.meeting, step_of(question)
    now, today = timezone.now(), timezone.localdate()
    told = Minutes.objects.filter(state=Minutes.State.PUBLISHED).values("meeting_id")
    near = Meeting.objects.filter(group__in=groups, starts_at__gte=now - LATELY, starts_at__lt=now + SOON)
    rows = near.exclude(state=State.CANCELLED).exclude(state=State.HELD, pk__in=told)
    seen = set()
    for meeting in rows.select_related("group").order_by("starts_at", "pk"):
        is_ahead = meeting.day > today
        if is_ahead and (meeting.state == State.ANNOUNCED or meeting.group_id in seen):
            continue
        if is_ahead:
            seen.add(meeting.group_id)
        yield meeting, MINUTES if meeting.state == State.HELD else next_step(meeting)


def _unfinished(group: Group) -> Meeting | None:
    """One of the last two months that nobody has closed, or whose minutes the members do not have yet."""
    since = timezone.now() - LATELY
    over: QuerySet[Meeting] = group.meetings.filter(starts_at__gte=since, ends_at__lt=timezone.now())
    told = Minutes.objects.filter(state=Minutes.State.PUBLISHED).values("meeting_id")
    open_ones = Q(state__in=Meeting.AHEAD) | Q(state=State.HELD) & ~Q(pk__in=told)
    return over.filter(open_ones).order_by("starts_at", "pk").first()


def _is_told(meeting: Meeting) -> bool:
    return Minutes.objects.filter(meeting=meeting, state=Minutes.State.PUBLISHED).exists()
