"""Replies to look at, of a meeting of the demo's group to which its people were just invited."""

import datetime
from typing import Any

from django.utils import timezone

from events.links import token_of
from events.replying.invitees import invited_people
from events.telling import notices
from groups.models import Group
from members.models import User
from tests.factories import make_meeting


def asked(group: Group, by: User) -> dict[str, Any]:
    """A reply that somebody still owes, and its link."""
    day = timezone.localdate() + datetime.timedelta(days=20)
    meeting = make_meeting(group, day, kind="exchange", title="みなと会との交流会", has_party=True)
    notices.send(meeting=meeting, by=by, people=[person for _, person in invited_people(meeting)])
    reply, another = meeting.replies.order_by("pk")[:2]
    today = make_meeting(group, timezone.localdate(), title="受付をためす会")
    return {
        "answered": token_of(another),
        "received": today.pk,
        "replies/:pk": reply.pk,
        "reply/:token": token_of(reply),
        "replied": [f"/meetings/{meeting.pk}/{page}/" for page in ("replies", "notice", "remind")],
    }
