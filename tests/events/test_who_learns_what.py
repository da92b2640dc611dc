"""Words are planted wherever something is written about meetings; every address that there is, is opened by everybody.

Each reader is to learn just what the table says, on pages, in PDFs, sheets and calendars.
"""

import datetime
import io
from collections.abc import Iterator

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from events import library, meetings, urls
from events.models import (
    AgendaItem,
    Attendance,
    DatePoll,
    InvitedGroup,
    LibraryFile,
    Meeting,
    Minutes,
    PollVoter,
    Reply,
    Todo,
)
from events.telling import notices
from groups import memberships
from groups.models import Group
from members.models import User
from tests.conftest import Actor, log_in
from tests.events.pictures import paper
from tests.factories import make_adviser, make_meeting, make_membership, make_officer, make_person

AHEAD, GONE, LONG_GONE = (
    datetime.date(2026, 12, 9),
    datetime.date(2026, 11, 18),
    datetime.date(2026, 10, 14),
)
YESTERDAY = datetime.date(2026, 11, 24)
SOON = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
PUBLIC = {"公開の概要"}
NOTICE = {
    "植えた会場",
    "plant-online",
    "植えたひとこと",
    "植えた次第",
    "開いた資料",
    "中止の訳",
    "招きの会場",
}
INSIDE = {
    "植えた件名",
    "閉じた資料",
    "公開の本文",
    "公開の要約",
    "公開の決定",
    "公開の宿題",
    "飛入植子",
    "予定の会場",
    "会員植男",
}
RUNNING = {
    "下書の本文",
    "下書の要約",
    "下書の概要",
    "下書の宿題",
    "返事の植木",
    "伏せた植吉",
    "日程の植物",
    "下書の決定",
}
EVERYTHING = PUBLIC | NOTICE | INSIDE | RUNNING
# Stands in letters and on paper only.
WORDS = {"添えた植文"}


def named(group: Group, name: str, consent: str):
    person = make_person(family_name=name, given_name="")
    return make_membership(group, representatives=[person], consent=consent), person


def write_minutes(draft, published) -> None:
    for meeting, state, word in ((draft, "draft", "下書"), (published, "published", "公開")):
        at = SOON if state == "published" else None
        Minutes.objects.create(
            meeting=meeting, state=state, published_at=at, body=f"{word}の本文", decisions=f"{word}の決定",
            public_summary=f"{word}の概要",
        )  # fmt: skip
        AgendaItem.objects.create(meeting=meeting, position=1, title="話", summary=f"{word}の要約")
        Todo.objects.create(meeting=meeting, what=f"{word}の宿題")


def ask(group, membership, person, by) -> None:
    poll = DatePoll.objects.create(group=group, title="日程の植物", answer_until=SOON, started_by=by.user)
    PollVoter.objects.create(poll=poll, membership=membership, person=person)


@pytest.fixture
def planted(group, other_group, member, secretary) -> None:
    told = {"place": "植えた会場", "online_url": "https://example.jp/plant-online", "note": "植えたひとこと"}
    ahead = make_meeting(group, AHEAD, title="植えた件名", **told)
    gone, published, off, draft = (
        make_meeting(group, day, place=place)
        for day, place in (
            (GONE, "会議室"),
            (LONG_GONE, "会議室"),
            (AHEAD, "招きの会場"),
            (AHEAD, "予定の会場"),
        )
    )
    AgendaItem.objects.create(meeting=ahead, position=1, title="植えた次第")
    InvitedGroup.objects.create(meeting=ahead, group=other_group, state="agreed")
    InvitedGroup.objects.create(meeting=off, group=other_group, state="agreed")
    for title, is_open in (("開いた資料", True), ("閉じた資料", False)):
        library.keep(
            group=group,
            upload=paper(),
            kind="other",
            title=title,
            by=secretary.user,
            meeting=ahead,
            is_open=is_open,
        )
    seen, known = named(group, "会員植男", "yes")
    hidden, unknown = named(group, "伏せた植吉", "no")
    for meeting in (ahead, off):
        notices.send(meeting=meeting, by=secretary.user, people=[secretary.person, known], words="添えた植文")
    meetings.cancel(meeting=off, reason="中止の訳")
    Reply.objects.filter(meeting=ahead, person=known).update(
        answer="yes", comment="返事の植木", source="link", answered_at=SOON
    )
    write_minutes(gone, published)
    for membership, person in ((seen, known), (hidden, unknown)):
        Attendance.objects.create(meeting=published, membership=membership, person=person, kind="present")
    Attendance.objects.create(meeting=published, name="飛入植子", kind="present")
    Meeting.objects.filter(pk__in=[gone.pk, published.pk]).update(state="held")
    ask(group, seen, known, secretary)
    assert draft.state == "draft"


def addresses() -> Iterator[str]:
    """Every address of meetings, about every record that there is."""
    about = {
        "meetings/<int:pk>/": Meeting, "polls/<int:pk>/": DatePoll, "poll-answers/<int:pk>/": PollVoter,
        "replies/<int:pk>/": Reply, "files/<int:pk>/": LibraryFile, "todos/<int:pk>/": Todo,
    }  # fmt: skip
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        if "<slug:slug>" in route:
            yield from ("/" + route.replace("<slug:slug>", slug) for slug in ("keyaki", "minato"))
        elif kept := [model for start, model in about.items() if route.startswith(start)]:
            yield from (
                "/" + route.replace("<int:pk>", str(pk))
                for pk in kept[0].objects.values_list("pk", flat=True)
            )
        elif "<" not in route:
            yield f"/{route}"
    yield from ("/", "/my/", "/groups/keyaki/", "/groups/keyaki/history/", "/office/")


def text_of(answer) -> str:
    kind, content = answer.headers.get("Content-Type", ""), b"".join(answer)
    if "pdf" in kind and content:
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")
    if "spreadsheet" in kind and content:
        cells = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.values for cell in row]
        return " ".join(map(str, cells))
    return content.decode(errors="replace").replace("\r\n ", "")


def learned(actor: Actor) -> set[str]:
    said = "\n".join(text_of(actor.client.get(path)) for path in addresses())
    return {word for word in EVERYTHING | WORDS if word in said}


def resting(group: Group, other_group: Group) -> Actor:
    membership = make_membership(group, consent="yes")
    memberships.rest(membership=membership, since=YESTERDAY)
    return log_in(membership.representatives.get().person, membership)


def former_adviser(group: Group, other_group: Group) -> Actor:
    person = make_person()
    make_adviser(group, person, until=YESTERDAY)
    return log_in(person)


def former_officer(group: Group, other_group: Group) -> Actor:
    person = make_person()
    make_officer(group, person, until=YESTERDAY)
    return log_in(person)


def superuser(group: Group, other_group: Group) -> Actor:
    user = User.objects.create(email="root@example.jp", is_superuser=True)
    client = Client()
    client.force_login(user)
    return Actor(user, None, client)


@pytest.mark.parametrize(
    ("who", "learns"),
    [
        ("visitor", PUBLIC),
        ("left_member", PUBLIC),
        ("staff", PUBLIC),
        (former_adviser, PUBLIC),
        (former_officer, PUBLIC),
        (superuser, PUBLIC),
        ("outsider", PUBLIC | NOTICE | {"植えた件名"}),
        ("adviser", PUBLIC | NOTICE | INSIDE),
        ("member", PUBLIC | NOTICE | INSIDE),
        (resting, PUBLIC | NOTICE | INSIDE),
        ("secretary", EVERYTHING),
    ],
)
def test_each_learns_what_is_theirs(who, learns, request, planted, group, other_group):
    actor = request.getfixturevalue(who) if isinstance(who, str) else who(group, other_group)
    assert learned(actor) == learns


@pytest.mark.parametrize(
    ("who", "granted", "learns"),
    [
        ("visitor", None, PUBLIC),
        ("staff", None, EVERYTHING),
        ("member", None, PUBLIC | NOTICE | INSIDE),
        ("secretary", None, PUBLIC | NOTICE | INSIDE),
        ("secretary", datetime.date(2026, 11, 25), EVERYTHING),
    ],
)
def test_in_the_launch_year_the_office_runs_the_meetings(who, granted, learns, request, planted, group):
    group.stages.filter(state=Group.Stage.SELF_MANAGED).delete()
    Group.objects.filter(pk=group.pk).update(officers_run_meetings_from=granted)
    assert learned(request.getfixturevalue(who)) == learns
