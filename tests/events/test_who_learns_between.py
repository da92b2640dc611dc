"""What an asked, a declined and an agreed group's officer and member learn of a meeting, and who is of neither group."""

import pytest

from events.joining import asking
from events.models import InvitedGroup, Meeting, Minutes
from events.planning import making
from events.telling import notices
from members.models import Letter
from tests.conftest import log_in
from tests.events.calendars.test_feeds import seen
from tests.events.joining.making import fresh, officer_of
from tests.events.joining.test_asking import HOURS
from tests.factories import make_group, make_membership

WORDS = {"植えた会場", "植えた件名", "植えたひとこと", "plant-online", "植えた議事"}
NOTICE = WORDS - {"植えた議事"}
ON_THE_PAGE = NOTICE - {"plant-online"}


@pytest.fixture
def planted(group, other_group, secretary, outsider) -> Meeting:
    """Held together with みなと会, if that has agreed."""
    about = {"place": "植えた会場", "title": "植えた件名", "note": "植えたひとこと"}
    meeting = making.plan(
        group=group, invited=[other_group], by=secretary.user, online_url="https://example.jp/plant-online",
        **about, **HOURS,
    )  # fmt: skip
    Minutes.objects.create(
        meeting=meeting, body="植えた議事", published_at=HOURS["ends_at"], state="published"
    )
    return meeting


def learned(actor, meeting: Meeting) -> set[str]:
    pages = [
        "", "joint/", "reply/", "replies/", "minutes/", "minutes.pdf", "meeting.ics", "files/", "edit/", "notice/",
    ]  # fmt: skip
    addresses = [f"/meetings/{meeting.pk}/{page}" for page in pages]
    addresses += ["/my/", "/events/", "/calendar.ics", "/events/board/"]
    addresses += [
        f"/groups/{slug}/{page}"
        for slug in ("keyaki", "minato")
        for page in ("", "meetings/", "calendar.ics")
    ]
    said = "".join(b"".join(actor.client.get(each)).decode(errors="replace") for each in addresses)
    letters = Letter.objects.filter(person=actor.person).values_list("subject", "text")
    told = "".join(f"{subject}{text}" for subject, text in letters)
    return {word for word in WORDS if word in said.replace("\r\n ", "") + told}


def third():
    """Of neither group."""
    return log_in((of := make_membership(make_group())).representatives.get().person, of)


def say(meeting: Meeting, officer, state: str) -> None:
    if state != "asked":
        row = InvitedGroup.objects.get(meeting=meeting)
        asking.answer(invitation=row, by=officer.user, agrees=state == "agreed", words="考えました")


@pytest.mark.parametrize(
    ("state", "officer_learns", "member_learns"),
    [("asked", ON_THE_PAGE, set()), ("declined", set(), set()), ("agreed", NOTICE, NOTICE)],
)
def test_of_a_meeting_of_which_the_host_has_told(
    state, officer_learns, member_learns, planted, other_group, outsider, secretary
):
    officer = officer_of(other_group)
    say(planted, officer, state)
    people = [secretary.person, *([outsider.person, officer.person] if state == "agreed" else [])]
    notices.send(meeting=planted, by=secretary.user, people=people)
    got = [learned(each, planted) for each in (officer, outsider, third())]
    assert got == [officer_learns, member_learns, set()]


@pytest.mark.parametrize(
    ("state", "officer_learns"), [("asked", ON_THE_PAGE), ("declined", set()), ("agreed", ON_THE_PAGE)]
)
def test_before_the_notice_the_officers_alone(state, officer_learns, planted, other_group, outsider):
    officer = officer_of(other_group)
    say(planted, officer, state)
    got = [learned(each, planted) for each in (officer, outsider, third())]
    assert got == [officer_learns, set(), set()]


@pytest.mark.parametrize(("state", "stands"), [("asked", False), ("declined", False), ("agreed", True)])
def test_in_the_lists_of_both_groups_once_agreed(state, stands, planted, other_group, outsider, visitor):
    say(planted, officer_of(other_group), state)
    joint = "合同：けやき会・みなと会"
    for path in ("/groups/minato/", "/groups/minato/meetings/", "/events/", "/groups/minato/calendar.ics"):
        text = outsider.client.get(path).text.replace("\r\n ", "")
        assert (joint in text, f"/meetings/{planted.pk}/" in text) == (stands, stands or path == "/events/")
    own = visitor.client.get("/groups/keyaki/meetings/").text
    assert (joint in own) is stands


def test_what_the_other_groups_said_is_the_hosts(planted, other_group, outsider, secretary, member):
    say(planted, officer_of(other_group), "declined")
    pages = [each.client.get(f"/meetings/{planted.pk}/").text for each in (secretary, member, outsider)]
    assert ["考えました" in page for page in pages] == [True, False, False]
    assert ["見送り" in page for page in pages] == [True, False, False]


def test_the_feed_of_who_was_only_asked_is_empty(planted, outsider):
    from events.calendars import feeds

    assert seen(feeds.start(user=fresh(outsider))) == []
