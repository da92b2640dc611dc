"""Who is left out of a handover is named to the officers nowhere, whatever page or file they open."""

import datetime
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from events.models import AgendaItem, Attendance, DatePoll, Meeting, Minutes, PollVoter, Todo, Turn
from events.replying import replies
from events.replying.invitees import invited_people
from events.telling import notices
from groups import bylaws, confirming
from groups.rosters.building import Variant, roster
from groups.rosters.copies import log_copy
from tests.conftest import Actor
from tests.factories import make_meeting
from tests.groups.handed import APRIL, MIDNIGHT, SECRETS, Handed, make_handed
from tests.house.portal.crawling import text_of
from tests.house.portal.objects import pdf

# Who reads pages and papers is asked in the same way on both databases.
pytestmark = pytest.mark.any_database

DAY = datetime.timedelta(days=1)
DECEMBER = MIDNIGHT - 100 * DAY
OF_THE_GROUP = (
    "", "members/", "officers/", "officers/new/", "election/", "readiness/", "history/", "timeline/", "exports/",
    "confirmations/", "invitations/", "turns/", "turns/edit/", "todos/", "attendance/", "attendance.pdf", "files/",
    "roster/", "advisers/", "bylaws/", "meetings/", "meetings/year/", "meetings/new/", "polls/new/", "members/new/",
    "offers/new/", "papers/", "book/", f"members/?date={APRIL - DAY}",
    *(f"roster.{form}?variant={kind}" for form in ("csv", "xlsx") for kind in ("office", "reception", "attendance")),
)  # fmt: skip
OF_A_MEETING = (
    "", "edit/", "notice/", "notice.pdf", "replies/", "callers/", "attendance/", "sheet.pdf", "minutes/", "minutes.pdf",
    "minutes/edit/", "result.pdf", "files/", "remind/", "cancel/", "minutes/versions/",
)  # fmt: skip
OF_A_MEMBERSHIP = ("", "edit/", "rest/", "leave/", "status/", "history/", "representatives/")


@pytest.fixture
def handed(launched_group, staff) -> Handed:
    """After a year with the office, in which those who are left out were told, replied, came and had turns."""
    with time_machine.travel(DECEMBER):
        return make_handed(launched_group, staff)


def people_of(handed: Handed) -> list[tuple[Any, Any]]:
    named = [each.representatives.get() for each in (handed.hidden, handed.nameless)]
    return [*((term.membership, term.person) for term in named), (handed.alone, handed.alone.person)]


def of_the_office(handed: Handed, staff: Actor) -> list[str]:
    """The addresses of what the office left behind."""
    group, rows, now = handed.group, people_of(handed), timezone.now()
    past = make_meeting(group, timezone.localdate() + 2 * DAY)
    ahead = make_meeting(group, datetime.date(2027, 4, 20))
    notices.send(meeting=past, by=staff.user, people=[person for _, person in rows])
    for reply in past.replies.all():
        replies.answer(reply=reply, source="phone", answer="yes", by=staff.user)
    poll = DatePoll.objects.create(
        group=group, title="見学", answer_until=MIDNIGHT + 9 * DAY, started_by=staff.user
    )
    poll.dates.create(starts_at=MIDNIGHT + 30 * DAY, ends_at=MIDNIGHT + 31 * DAY)
    for position, (membership, person) in enumerate(rows, 50):
        about = {"membership": membership, "person": person}
        Attendance.objects.create(
            meeting=past, kind="present", marked_by=staff.user, marked_at=past.starts_at, **about
        )
        PollVoter.objects.create(poll=poll, **about)
        Turn.objects.create(meeting=ahead, membership=membership, role=Turn.Role.DUTY)
        AgendaItem.objects.create(meeting=ahead, membership=membership, position=position, title="発表")
    Minutes.objects.create(
        meeting=past, body="話", state="published", published_at=now, published_by=staff.user
    )
    Todo.objects.create(meeting=past, what="会場をおさえる")
    bylaws.register(
        group=group, upload=ContentFile(pdf(), "会則.pdf"), valid_from=now.date(), note="", by=staff.user
    )
    confirming.start(group=group, by=staff.user)
    copy = log_copy(roster=roster(group, Variant.OFFICE, now.date()), by=staff.user, file_format="pdf")
    meetings = [f"/meetings/{each.pk}/{page}" for each in (ahead, past) for page in OF_A_MEETING]
    voters = [f"/poll-answers/{pk}/" for pk in poll.voters.values_list("pk", flat=True)]
    return [*meetings, *voters, f"/polls/{poll.pk}/", f"/exports/{copy.pk}/"]


def pages_of(handed: Handed) -> list[str]:
    group = [f"/groups/{handed.group.slug}/{page}" for page in OF_THE_GROUP]
    members = [f"/memberships/{pk}/{page}" for pk in sorted(handed.out) for page in OF_A_MEMBERSHIP]
    people = [
        f"/people/{person.pk}/{page}"
        for _, person in people_of(handed)
        for page in ("", "history/", "exports/")
    ]
    companies = [f"/companies/{handed.hidden.company_id}/{page}" for page in ("", "history/", "exports/")]
    asked = [f"/search/?q={secret}" for secret in SECRETS.values()]
    return [*group, *members, *people, *companies, *asked, "/my/", "/events/", "/events/board/"]


def test_no_page_names_them(handed, staff):
    with time_machine.travel(DECEMBER + DAY):
        pages = of_the_office(handed, staff)
    reader = handed.secretary
    with time_machine.travel(MIDNIGHT + 2 * DAY):
        reader.client.force_login(reader.user)
        for meeting in Meeting.objects.filter(group=handed.group, state="draft"):
            notices.send(meeting=meeting, by=reader.user, people=[who for _, who in invited_people(meeting)])
        read = {url: text_of(reader.client.get(url)) for url in [*pages_of(handed), *pages]}
    assert sum(bool(text) for text in read.values()) > 60
    assert [
        f"{url}: {what}"
        for url, text in read.items()
        for what, secret in SECRETS.items()
        if secret in text and secret not in unquote(url)
    ] == []


def test_the_log_says_how_many_it_does_not_name(handed, staff):
    with time_machine.travel(DECEMBER + DAY):
        (url,) = (page for page in of_the_office(handed, staff) if page.startswith("/exports/"))
        staff.client.force_login(staff.user)
        assert SECRETS["person"] in staff.client.get(url).content.decode()
    with time_machine.travel(MIDNIGHT):
        handed.secretary.client.force_login(handed.secretary.user)
        page = handed.secretary.client.get(url).content.decode()
    # Three people and the company that is not to be listed; the other company stands in the roster.
    assert "（人と企業をあわせて4件）" in page
