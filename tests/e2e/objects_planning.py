"""What stands in the addresses of planning: a 日程調整 of a group of the demo, somebody who is asked, an offer."""

import datetime
from typing import Any

from django.utils import timezone

from events.joining import offers
from events.links import token_of
from events.planning import polls
from groups.models import Group
from members.models import User


def polling(group: Group, staff: User) -> dict[str, Any]:
    now = timezone.now()
    days = [now + datetime.timedelta(days=number) for number in (20, 27)]
    poll = polls.start(
        group=group,
        by=staff,
        times=[(day, day + datetime.timedelta(hours=2)) for day in days],
        kind="regular",
        title="ためしの日程調整",
        place="",
        note="",
        answer_until=now + datetime.timedelta(days=7),
    ).poll
    voter = poll.voters.all()[0]
    offer = offers.post(
        group=group,
        by=staff,
        topic="たがいの工場を見る",
        first_month=_month(now, 0),
        last_month=_month(now, 4),
    )
    return {
        "polls/:pk": poll.pk,
        "poll-answers/:pk": voter.pk,
        "poll/:token": token_of(voter),
        "offers/:pk": offer.pk,
    }


def _month(now: datetime.datetime, later: int) -> datetime.date:
    number = now.year * 12 + now.month - 1 + later
    return datetime.date(number // 12, number % 12 + 1, 1)
