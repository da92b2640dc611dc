"""What stands in the addresses of what groups do together: an offer of the group, and a meeting it asks another to."""

import datetime
from typing import Any

from events.joining import offers
from events.models import GroupOffer, InvitedGroup, Meeting, OfferAnswer
from groups.models import Group
from tests.conftest import Actor

FIRST, LAST = datetime.date(2026, 12, 1), datetime.date(2027, 3, 1)


def offered(group: Group, staff: Actor) -> dict[str, Any]:
    """Of two offers the other group has answered the first."""
    answered(post(group, staff), staff)
    return {"offers/:pk": post(group, staff).pk}


def post(group: Group, staff: Actor) -> GroupOffer:
    return offers.post(
        group=group,
        by=staff.user,
        topic="たがいの工場を見る",
        words="年に一度、たがいの工場を見ます。",
        first_month=FIRST,
        last_month=LAST,
        hosts=True,
        place="工場の食堂",
    )


def answered(offer: GroupOffer, staff: Actor) -> OfferAnswer:
    return offer.answers.create(group=other_than(offer.group), words="ぜひ。", answered_by=staff.user)


def ask_to(meeting: Meeting) -> InvitedGroup:
    """Its officers see the question, nobody else of the other group."""
    return meeting.invited_groups.create(group=other_than(meeting.group), words="まだ決めていません。")


def other_than(group: Group) -> Group:
    """The other one of the world's two groups."""
    return Group.objects.exclude(pk=group.pk).earliest("pk")
