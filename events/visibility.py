"""May you see it: the meetings whose group you see. How much of one is told, its page asks the rules."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from events.models import DatePoll, Meeting, Notice, PollVoter, Reply
from groups.models import Group, GroupStage
from groups.standing import standing
from groups.visibility import groups_visible_to

INSTITUTES = (Group.Stage.FORMING, Group.Stage.LAUNCHED)


def with_stage(meetings: QuerySet[Any]) -> Any:
    """Annotate `day_then`, in Japan, and `stage_then`: the stage of its group on the day of each meeting."""
    rows = GroupStage.objects.filter(group=OuterRef("group"), since__lte=OuterRef("day_then"))
    stage = Subquery(rows.order_by("-since").values("state")[:1])
    return meetings.annotate(day_then=TruncDate("starts_at"), stage_then=stage)


def was_the_institutes(meeting: Meeting) -> bool:
    """Whether the institute was the secretariat on the day of the meeting; reads `stage_then` where it is there."""
    known: Any = getattr(meeting, "stage_then", None)
    return (known or meeting.group.stage_on(meeting.day)) in INSTITUTES


def meetings_visible_to(user: Any) -> QuerySet[Meeting]:
    """Of a group that is being formed the office alone sees what is planned."""
    groups = groups_visible_to(user).order_by().values("pk")
    meetings = Meeting.objects.filter(group__in=groups).select_related("group__office")
    found: QuerySet[Meeting] = with_stage(meetings)
    return found


def was_told_to_guests() -> Q:
    """Meetings of which invited groups were told; of one that was given up before its notice they learn nothing."""
    notices = Notice.objects.filter(meeting=OuterRef("pk"))
    told = Q(state__in=[Meeting.State.ANNOUNCED, Meeting.State.HELD])
    return told | Q(state=Meeting.State.CANCELLED) & Q(Exists(notices))


def polls_visible_to(user: Any) -> QuerySet[DatePoll]:
    """As the meetings they may become; who may see what was answered, the page asks the rules."""
    groups = groups_visible_to(user).order_by().values("pk")
    return DatePoll.objects.filter(group__in=groups).select_related("group__office", "meeting")


def replies_visible_to(user: Any) -> QuerySet[Reply]:
    """One by one, for those who run the meeting: the group's officers, and staff, whom the rule tells which are theirs."""
    who = standing(user)
    replies = Reply.objects.select_related(
        "meeting__group__office", "membership__company", "membership__group", "person"
    )
    return replies if who.is_staff else replies.filter(meeting__group__in=who.runs_meetings_of)


def poll_voters_visible_to(user: Any) -> QuerySet[PollVoter]:
    """Those who are asked for days that suit, of the groups one sees."""
    polls = polls_visible_to(user).order_by().values("pk")
    voters = PollVoter.objects.filter(poll__in=polls)
    return voters.select_related("poll__group__office", "person", "membership__company", "membership__group")
