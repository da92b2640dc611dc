"""The two pages of a meeting that are opened most: the reply of one member by the link of a letter, and the reception of
twenty-five, against the least that Django does with one row and with fifty.
"""

import datetime
from collections.abc import Iterator

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from events.links import token_of
from events.models import Meeting
from events.replying.invitees import invited_people
from events.telling import notices
from groups.models import Group
from members.models import User
from tests.bench import rosters
from tests.bench.book import maker_of_all
from tests.bench.measuring import Figure
from tests.bench.pages import fill, minimal, opened
from tests.factories import make_group, make_meeting

MEMBERS = 25


def figures(times: int) -> Iterator[Figure]:
    """Works on a directory of 25 companies, which nothing else may fill; the group is in its launch year."""
    call_command("collectstatic", interactive=False, verbosity=0)
    group = make_group(name="速さの会", capacity=MEMBERS, stage=Group.Stage.LAUNCHED)
    # The floor's list has fifty rows: the directory holds them, the meeting's group half of them.
    fill(make_group(name="ほかの会", capacity=MEMBERS), rosters.rows(2 * MEMBERS)[MEMBERS:])
    fill(group, rosters.rows(MEMBERS))
    maker, staff, member = maker_of_all(), Client(HTTP_HOST="127.0.0.1"), Client(HTTP_HOST="127.0.0.1")
    staff.force_login(maker)
    meeting = _announced(group, maker)
    floor, detail = minimal(times)
    framed, framed_detail = minimal(times, maker)
    reply = opened(member, f"/reply/{token_of(meeting.replies.latest('pk'))}/", times)
    yield Figure("a reply by its link", reply, "one × 11, minimal", detail, most_ratio=2)
    yield Figure("a reply by its link", reply, "one × 11, through the frame", framed_detail)
    reception = opened(staff, f"/meetings/{meeting.pk}/attendance/", times)
    what = f"reception of {MEMBERS}"
    yield Figure(what, reception, "50 × 11, minimal", floor, most_ratio=1.5)
    yield Figure(what, reception, "50 × 11, through the frame", framed)


def _announced(group: Group, by: User) -> Meeting:
    """In two weeks, to all of the group."""
    day = timezone.localdate() + datetime.timedelta(days=14)
    meeting = make_meeting(group, day)
    notices.send(meeting=meeting, by=by, people=[person for _, person in invited_people(meeting)])
    return meeting
