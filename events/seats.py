"""Open seats: members of other groups come by themselves to a meeting that keeps seats for them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.models import Meeting, Reply
from events.replying import replies
from events.replying.doors import attended, attends
from events.replying.reach import reach_of
from events.telling import renewing
from groups.models import Group, Membership
from groups.standing import standing
from iri_exchange.lib import history

NONE_LEFT = replies.NO_SEAT
SHUT = "この会合の席は、いまは受け付けていません。"
OWN = "この会合は、あなたのグループが開きます。案内から、お返事ください。"
NOBODY = "席をとれるのは、グループの会員の方だけです。"
HAS_ONE = "席は、もうとってあります。"
# A group that was dissolved, or is still to be launched, sends nobody.
COMING_FROM = (Group.Stage.LAUNCHED, Group.Stage.SELF_MANAGED, Group.Stage.DORMANT)


@transaction.atomic
def take(*, meeting: Meeting, by: Any) -> Reply:
    """A seat for the user, who gets the letter with the personal link. From then on as any reply: changed, withdrawn.

    Raises ValidationError where no seat or place is left, after the deadline, for who belongs to the group or to one that
    holds the meeting with it, and for who belongs to none.
    """
    Group.objects.select_for_update(no_key=True).get(pk=meeting.group_id)
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if meeting.open_seats is None or not meeting.takes_replies:
        raise ValidationError(SHUT, code="shut")
    membership = _membership(meeting, by)
    with history.in_step("ほかのグループの会合の席をとる"):
        row = _row(meeting, membership, standing(by).person_id)
        answered: Reply = replies.answer(reply=row, source=Reply.Source.LOGIN, answer=Reply.Answer.YES)
        known = attended().get(pk=answered.pk)
        if not attends(known):
            raise ValidationError(NOBODY, code="nobody")
        if reach_of([known.person])[known.person_id].by_letter:
            renewing.send_link(reply=known)
    return answered


def _row(meeting: Meeting, membership: Membership, person: int | None) -> Reply:
    """The person's reply to the meeting; a withdrawn seat is taken anew."""
    row = Reply.objects.filter(meeting=meeting, person=person).first()
    if row and row.is_seat and row.answer in Reply.COMING:
        raise ValidationError(HAS_ONE, code="has_one")
    if row is None:
        row = Reply(meeting=meeting, person_id=person)  # type: ignore[misc]
    row.meeting, row.membership, row.is_seat, row.answer = meeting, membership, True, ""
    row.source, row.answered_at, row.answered_by = "", None, None
    row.proxy_name, row.guests, row.guest_names = "", 0, ""
    row.entrusts, row.entrusted_to = False, ""
    row.save()
    return row


def _membership(meeting: Meeting, by: Any) -> Membership:
    """Of the user's, the one for which they come."""
    who = standing(by)
    groups = set(who.memberships.values())
    agreed = set(meeting.invited_groups.agreed().values_list("group_id", flat=True))
    if who.person_id and ({meeting.group_id} | agreed) & groups:
        raise ValidationError(OWN, code="own")
    staged = Group.objects.as_of(timezone.localdate()).filter(pk__in=groups, stage__in=COMING_FROM)
    rows = Membership.objects.filter(pk__in=who.memberships, group__in=staged.order_by().values("pk"))
    membership = rows.order_by("joined_on", "pk").first() if who.person_id else None
    if membership is None:
        raise ValidationError(NOBODY, code="nobody")
    return membership
