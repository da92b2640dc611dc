"""What a meeting costs its volunteers: one tap to reply, six to tell everybody, twelve for attendance and minutes."""

import datetime
from typing import Any

import pytest
import time_machine

from events.models import Attendance, Meeting, Minutes, Reply
from events.replying import replies
from events.replying.invitees import invited_people
from events.telling import notices
from tests.factories import make_meeting, make_membership, make_person
from tests.journeys.conftest import JAPAN
from tests.journeys.post import Post
from tests.journeys.test_effort import tell
from tests.journeys.walking import Walker

DAY = datetime.date(2026, 12, 9)
MOST_FOR_A_NOTICE, MOST_FOR_A_MEETING = 6, 12
Sheet = dict[str, str]


def taps(walker: Walker) -> int:
    """Links, buttons, keys and boxes: all but what is typed."""
    return len(walker.did) + walker.touched - len(walker.typed)


def count(capsys: Any, what: str, walker: Walker) -> int:
    tell(capsys, f"{what}: {taps(walker)} taps: {'  '.join(walker.did)}")
    return taps(walker)


def called(group: Any, secretary: Any, members: int) -> Meeting:
    """A meeting to which `members` were invited by mail, the secretary among them."""
    for _ in range(members - group.memberships.count()):
        make_membership(group, representatives=[make_person()])
    meeting = make_meeting(group, DAY)
    people = [person for _, person in invited_people(meeting)]
    assert len(people) == members
    notices.send(meeting=meeting, by=secretary.user, people=people)
    return meeting


def at_the_door(secretary: Any) -> Walker:
    """The reception's page, from the secretary's own."""
    secretary.client.force_login(secretary.user)
    walker = Walker("secretary", secretary.client).open("/my/")
    walker.follow("出席をとる")
    return walker


def test_a_reply_is_one_tap(group, secretary, capsys):
    meeting, post = called(group, secretary, 3), Post()
    post.goes_out()
    reply = meeting.replies.exclude(person=secretary.person)[0]
    member = Walker("member").open(post.link(reply.person.email, "第1回 定例会のご案内"))
    member.send("この内容で返事をする").reads("お返事を受け取りました", "出席")
    reply.refresh_from_db()
    assert reply.answer == Reply.Answer.YES
    assert count(capsys, "replying by the letter's link", member) == 1


def test_a_reply_of_somebody_who_is_logged_in_is_one_tap(group, secretary, capsys):
    meeting = called(group, secretary, 3)
    walker = Walker("secretary", secretary.client).open("/my/")
    walker.send("○ 出席")
    assert meeting.replies.get(person=secretary.person).answer == Reply.Answer.YES
    assert count(capsys, "replying on the own page", walker) == 1


def test_a_notice_like_last_months(group, secretary, capsys):
    """From the group's page to letters that have gone out."""
    called(group, secretary, 20)
    walker = Walker("secretary", secretary.client).open(f"/groups/{group.slug}/")
    walker.follow("会合の").follow("前回と同じ内容で次の会合をつくる").send("保存して、案内を確かめる")
    walker.send("手紙と人数を確かめる").send("20名に案内を送る").reads("20名にメールで案内を送りました")
    assert count(capsys, "a notice like last month's", walker) <= MOST_FOR_A_NOTICE


@pytest.fixture
def evening() -> Any:
    with time_machine.travel(datetime.datetime(2026, 12, 9, 16, tzinfo=JAPAN)) as clock:
        yield clock


def answered(meeting: Meeting, *answers: str) -> None:
    """As many replies as answers; the others stay silent."""
    for reply, answer in zip(meeting.replies.order_by("pk"), answers, strict=False):
        replies.answer(reply=reply, source=Reply.Source.LINK, answer=answer)


def test_a_meeting_of_twenty_with_its_minutes(group, secretary, capsys, request):
    """Three are otherwise than they said; the minutes have decisions, a to-do and a sentence for the public."""
    meeting = called(group, secretary, 20)
    answered(meeting, *["yes"] * 15, *["no"] * 3)
    request.getfixturevalue("evening")
    walker = at_the_door(secretary).send("お返事のとおりにつける")
    late, silent, absent = (walker.names("k-")[number] for number in (0, 18, 5))
    walker.send("保存する", **{late: "late", silent: "present", absent: "absent"})
    walker.follow("受付を終える").send("受付を終える").follow("議事録を書く")
    todo: Sheet = {"new-todo-0-what": "会場をおさえる", "new-todo-0-who": "青木"}
    walker.send("保存して、公開へ進む", decisions="1月は見学。", public_summary="相談しました。", **todo)
    walker.send("公開する").reads("会場をおさえる")
    meeting.refresh_from_db()
    minutes = Minutes.objects.get(meeting=meeting)
    assert (meeting.state, minutes.state) == (Meeting.State.HELD, Minutes.State.PUBLISHED)
    assert Attendance.objects.filter(meeting=meeting).exclude(kind="").count() == 20
    assert count(capsys, "a meeting of 20 with its minutes", walker) <= MOST_FOR_A_MEETING


@pytest.mark.parametrize(("said", "most"), [(22, 4), (0, 25)])
def test_the_reception_of_25(group, secretary, capsys, request, said, most):
    """One press for all who replied, a key for each who did not; without scripts, the save button once on top."""
    meeting = called(group, secretary, 25)
    answered(meeting, *["yes"] * said)
    request.getfixturevalue("evening")
    walker = at_the_door(secretary)
    if said:
        walker.send("お返事のとおりにつける")
    known = Attendance.objects.filter(meeting=meeting).exclude(kind="")
    ticked = {f"k-p{each.person_id}" for each in known}
    walker.send("保存する", **{name: "present" for name in walker.names("k-") if name not in ticked})
    assert Attendance.objects.filter(meeting=meeting, kind="present").count() == 25
    pressed = walker.touched + walker.did.count("● お返事のとおりにつける")
    tell(capsys, f"the reception of 25, of whom {said} had replied: {pressed} taps")
    assert pressed <= most
