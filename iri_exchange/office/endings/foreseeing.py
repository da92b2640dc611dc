"""What a rest or a dissolution will end, worked out before anything is written: the page shows it, the verbs do it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from events.models import DatePoll, GroupOffer, InvitedGroup, Meeting, Notice
from groups.models import (
    Adviser,
    AdviserRequest,
    ConfirmationRound,
    Group,
    GroupStage,
    Membership,
    OfficerTerm,
    Representative,
)
from iri_exchange.lib import japan

Stage = Group.Stage
ONE_DAY = datetime.timedelta(days=1)
LONGEST = datetime.timedelta(days=366)  # ahead


@dataclass(frozen=True)
class Foreseen:
    """What ends with a group's new stage from `since` on. `stages`: what was registered for later, and is dropped."""

    group: Group
    since: datetime.date
    meetings: Sequence[Meeting] = ()
    polls: Sequence[DatePoll] = ()
    offers: Sequence[GroupOffer] = ()
    asked: Sequence[InvitedGroup] = ()
    rounds: Sequence[ConfirmationRound] = ()
    requests: Sequence[AdviserRequest] = ()
    memberships: Sequence[Membership] = ()
    representatives: Sequence[Representative] = ()
    offices: Sequence[OfficerTerm] = ()
    advisers: Sequence[Adviser] = ()
    stages: Sequence[GroupStage] = field(default=())

    @property
    def last_day(self) -> datetime.date:
        """The last day as it was."""
        return self.since - ONE_DAY

    @property
    def announced(self) -> list[Meeting]:
        """The meetings of which people were told: these are told again."""
        return [meeting for meeting in self.meetings if meeting.state == Meeting.State.ANNOUNCED]

    @property
    def told_again(self) -> int:
        """How many of the other groups' and the own people were told of one of these meetings, each meeting counted."""
        notices = Notice.objects.filter(meeting__in=self.announced, kind=Notice.Kind.NOTICE)
        return notices.values("meeting", "deliveries__reply").distinct().count()

    @property
    def terms(self) -> list[Any]:
        return [*self.representatives, *self.offices, *self.advisers]


def of_rest(group: Group, since: datetime.date) -> Foreseen:
    """Nothing is planned any more; who is in the group and who leads it stays, so that somebody can wake it."""
    return Foreseen(group=group, since=since, **_between(group, since))


def of_dissolution(group: Group, since: datetime.date) -> Foreseen:
    """Everything ends the day before; what would have begun later never does."""
    last_day = since - ONE_DAY
    running = ~Q(until__lte=last_day) | Q(until=None)
    related = "membership__company", "membership__person", "person"
    attending = Representative.objects.filter(running, membership__group=group).select_related(*related)
    offices = OfficerTerm.objects.filter(running, group=group).select_related("person")
    advisers = Adviser.objects.filter(running, group=group).select_related("person")
    members = Membership.objects.belonging(since).filter(group=group)
    return Foreseen(
        group=group,
        since=since,
        **_between(group, since),
        rounds=list(ConfirmationRound.objects.filter(group=group, ended_at=None)),
        requests=list(group.adviser_requests.filter(state=AdviserRequest.State.ASKED)),
        memberships=list(members.select_related("company", "person", "group").order_by("sequence")),
        representatives=list(attending),
        offices=list(offices),
        advisers=list(advisers),
        stages=list(_later(group, since)),
    )


def stage_before(group: Group, since: datetime.date) -> str:
    """The stage that would be left on a day, without what is registered for later."""
    row = group.stages.exclude(pk__in=_later(group, since).values("pk")).order_by("since").last()
    return row.state if row else ""


def first_day(group: Group) -> datetime.date:
    """The earliest day on which a new stage can begin."""
    today = timezone.localdate()
    last = group.stages.order_by("since").last()
    return max(today, last.since + ONE_DAY) if last else today


def why_not(group: Group, since: datetime.date, *, dropping: bool = False) -> str:
    """Why this is no day for a new stage, in a sentence; empty if it is one. `dropping`: what comes later is dropped."""
    today = timezone.localdate()
    if since < today:
        return "今日か、これからの日にしてください。過ぎた日にさかのぼると、その日からの権限と記録が合わなくなります。"
    if since > today + LONGEST:
        return "1年より先の日は登録できません。近くなってから登録してください。"
    rows = group.stages.exclude(pk__in=_later(group, since).values("pk")) if dropping else group.stages
    last = rows.order_by("since").last()
    if last and since <= last.since:
        return f"{japan.wareki(last.since)}からの「{last.get_state_display()}」より後の日にしてください。"
    return ""


def _later(group: Group, since: datetime.date) -> QuerySet[GroupStage]:
    """Stages that are only planned, and that a dissolution on a day leaves no room for."""
    return GroupStage.objects.filter(group=group, since__gte=since, since__gt=timezone.localdate())


def _between(group: Group, since: datetime.date) -> dict[str, Any]:
    """What is planned from a day on, by the group itself and with others."""
    midnight = timezone.make_aware(datetime.datetime.combine(since, datetime.time()))
    ahead = Meeting.objects.filter(state__in=Meeting.AHEAD, ends_at__gte=timezone.now())
    sought = DatePoll.objects.filter(state=DatePoll.State.OPEN, group=group, dates__starts_at__gte=midnight)
    open_states = [InvitedGroup.State.ASKED, InvitedGroup.State.AGREED]
    asked = InvitedGroup.objects.filter(group=group, state__in=open_states)
    asked = asked.filter(meeting__in=ahead.filter(starts_at__gte=midnight).values("pk"))
    return {
        "meetings": list(ahead.filter(group=group, starts_at__gte=midnight)),
        "polls": list(sought.distinct()),
        "offers": list(GroupOffer.objects.open().filter(group=group, last_month__gte=since.replace(day=1))),
        "asked": list(asked.select_related("meeting__group")),
    }
