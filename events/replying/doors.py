"""What opening a personal link comes to now. Looking it up writes nothing."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Greatest, TruncDate
from django.utils import timezone

from events import links
from events.models import Meeting, Reply
from events.models.reply import is_asked
from groups.models import Membership, MembershipStatus, OfficerTerm, Representative


class Door(Enum):
    """PARTY: only the 懇親会 may still be answered; RENEWED: a newer link was made; GONE: the person attends no more."""

    OPEN, PARTY, OVER, CANCELLED, ENDED, RENEWED, GONE, UNKNOWN = range(8)


SHOWN = (Door.OPEN, Door.PARTY, Door.OVER)


@dataclass(frozen=True)
class Opened:
    """`reply` is there but for an UNKNOWN link; how much of it may be told, the door says."""

    door: Door
    reply: Reply | None = None


def opened(token: str) -> Opened:
    """In one query."""
    key = links.key_of(Reply, token)
    reply = attended().filter(pk=key[0]).first() if key else None
    if key is None or reply is None:
        return Opened(Door.UNKNOWN)
    return Opened(door_of(reply, key[1]), reply)


def attended() -> Any:
    """Replies with what their pages show, annotated with what `attends` reads.

    The day is that of `invitees.day_of`: who joins before the meeting answers today, who leaves before it does not.
    """
    day: Any = OuterRef("day_of")
    statuses = MembershipStatus.objects.filter(membership=OuterRef("membership"), since__lte=day)
    represents = Representative.objects.on(day).filter(
        membership=OuterRef("membership"), person=OuterRef("person")
    )
    leads = OfficerTerm.objects.on(day).filter(group=OuterRef("membership__group"), person=OuterRef("person"))
    rows = Reply.objects.select_related(
        "meeting__group__office", "membership__company", "membership__group", "person"
    )
    today = Value(timezone.localdate(), output_field=DateField())
    return rows.annotate(day_of=Greatest(TruncDate("meeting__starts_at"), today)).annotate(
        status_then=Subquery(statuses.order_by("-since").values("state")[:1]),
        still=Exists(represents) | Exists(leads) | Q(membership__person=F("person")),
        is_asked=ExpressionWrapper(is_asked(), output_field=BooleanField()),
    )


def door_of(reply: Any, generation: int) -> Door:
    """`reply`: one of `attended`."""
    meeting = reply.meeting
    if not attends(reply):
        return Door.GONE
    if meeting.state == Meeting.State.CANCELLED:
        # A link is made anew where somebody else holds it.
        return Door.CANCELLED if generation == reply.generation else Door.UNKNOWN
    if meeting.state != Meeting.State.ANNOUNCED or meeting.ends_at <= timezone.now():
        return Door.ENDED
    if generation != reply.generation:
        return Door.RENEWED
    if meeting.takes_replies:
        return Door.OPEN
    return Door.PARTY if reply.answer and meeting.takes_party_replies else Door.OVER


def attends(reply: Any) -> bool:
    """Whether the person attends for that member, and its group is at it still (or the person has a seat); `reply`: one of `attended`."""
    return bool(reply.status_then in Membership.BELONGING and reply.still and reply.is_asked)
