"""May you see it: the meetings whose group you see. How much of one is told, its page asks the rules."""

from typing import Any

from django.db.models import DateField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Least, TruncDate
from django.utils import timezone

from events.models import (
    Booth,
    DatePoll,
    GroupOffer,
    InvitedGroup,
    JointExchange,
    Meeting,
    Notice,
    PartnerGroup,
    PartnerTerm,
    PollVoter,
    Registration,
    Reply,
)
from events.partners import is_partner
from groups.models import Group, GroupStage
from groups.standing import standing
from groups.visibility import groups_visible_to

INSTITUTES = (Group.Stage.FORMING, Group.Stage.LAUNCHED)
# Groups that hold meetings: those can be asked, and offer.
MEETING = (Group.Stage.LAUNCHED, Group.Stage.SELF_MANAGED)


def with_stage(meetings: QuerySet[Any]) -> Any:
    """Annotate `stage_then`: the stage of its group on the day of each meeting in Japan, of one that lies ahead today's.

    So a group that is to be handed over prepares the first meetings of its own year as before, until the day itself.
    """
    day = Least(TruncDate("starts_at"), Value(timezone.localdate(), output_field=DateField()))
    rows = GroupStage.objects.filter(group=OuterRef("group"), since__lte=OuterRef("day_then"))
    stage = Subquery(rows.order_by("-since").values("state")[:1])
    return meetings.annotate(day_then=day, stage_then=stage)


def was_the_institutes(meeting: Meeting) -> bool:
    """Whether the institute was the secretariat on the day of the meeting, or is today, if that lies ahead; reads
    `stage_then` where it is there.
    """
    known: Any = getattr(meeting, "stage_then", None)
    return (known or meeting.group.stage_on(min(meeting.day, timezone.localdate()))) in INSTITUTES


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


def concerns_guest(user: Any) -> Q:
    """Meetings of other groups that the user is at: a group of theirs agreed to them, or they have a seat."""
    who = standing(user)
    agreed = InvitedGroup.objects.agreed().filter(meeting=OuterRef("pk"), group__in=who.member_of)
    seats = Reply.objects.filter(
        meeting=OuterRef("pk"), is_seat=True, person=who.person_id, membership__in=who.memberships
    )
    return Q(Exists(agreed)) | Q(Exists(seats))


def of_group(group: Group) -> Q:
    """Meetings that stand in the group's list: its own, and those that it holds together with others."""
    agreed = InvitedGroup.objects.agreed().filter(meeting=OuterRef("pk"), group=group)
    return Q(group=group) | Q(Exists(agreed))


def with_partners(meetings: QuerySet[Any]) -> Any:
    """Read along which groups hold them together, for `partners_of`."""
    agreed = InvitedGroup.objects.agreed().select_related("group")
    return meetings.prefetch_related(Prefetch("invited_groups", agreed, to_attr="agreed_ones"))


def partners_of(meeting: Any) -> list[Group]:
    """The groups that hold the meeting together, whose meeting it is first; none where it is one group's alone."""
    rows = getattr(meeting, "agreed_ones", None)
    if rows is None:
        rows = meeting.invited_groups.agreed().select_related("group")
    others = [row.group for row in rows]
    return [meeting.group, *others] if others else []


def board_offers_visible_to(user: Any) -> QuerySet[GroupOffer]:
    """The board's: what groups that meet offer each other, for members of any group and for staff."""
    who = standing(user)
    if not (who.is_staff or who.member_of):
        return GroupOffer.objects.none()
    groups = Group.objects.as_of(who.day).filter(stage__in=MEETING).order_by().values("pk")
    this_month = who.day.replace(day=1)
    offers = GroupOffer.objects.open().filter(last_month__gte=this_month, group__in=groups)
    return offers.select_related("group__office", "posted_by__person")


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


def exchanges_visible_to(user: Any) -> QuerySet[JointExchange]:
    """Once published everybody sees it; staff prepare it before."""
    exchanges = JointExchange.objects.select_related("office")
    if standing(user).is_staff:
        return exchanges
    return exchanges.exclude(state=JointExchange.State.DRAFT)


def booths_visible_to(user: Any) -> QuerySet[Booth]:
    """Staff see all; who represents the company, officers of the group and the partner corporation their own, whatever
    became of them; everybody those that exhibit. Without the pictures themselves.
    """
    booths = Booth.objects.select_related("exchange__office", "company", "group", "partner_group")
    booths = booths.defer("picture")
    who = standing(user)
    if who.is_staff:
        return booths
    seen = Q(state=Booth.State.ACCEPTED) & ~Q(exchange__state=JointExchange.State.DRAFT)
    own = Q(company__in=who.own_companies) | Q(group__in=who.officer_of)
    if is_partner(user):
        own |= Q(partner_group__isnull=False)
    return booths.filter(seen | own)


def registrations_visible_to(user: Any) -> QuerySet[Registration]:
    """One by one: staff see all, the partner corporation those of its groups, everybody their own."""
    registrations = Registration.objects.select_related("exchange__office", "group", "partner_group")
    who = standing(user)
    if who.is_staff:
        return registrations
    own = Q(person=who.person_id) if who.person_id else Q(pk__in=())
    if is_partner(user):
        own |= Q(kind=Registration.Kind.PARTNER)
    return registrations.filter(own)


def partner_terms_visible_to(user: Any) -> QuerySet[PartnerTerm]:
    """Staff keep the list of the partner corporation's people; nobody else sees it."""
    terms = PartnerTerm.objects.select_related("person")
    return terms if standing(user).is_staff else terms.none()


def partner_groups_visible_to(user: Any) -> QuerySet[PartnerGroup]:
    """The list as staff keep it; the partner corporation's own page shows its people."""
    return PartnerGroup.objects.all() if standing(user).is_staff else PartnerGroup.objects.none()
