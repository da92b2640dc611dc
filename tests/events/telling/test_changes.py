"""A meeting that is called off while others change it, or send its notice, at the same moment."""

import pytest

from events import meetings
from events.models import Delivery, Meeting, Notice
from events.replying.invitees import invited_people
from events.telling import changes, notices
from members.models import Letter
from tests.conftest import NOW
from tests.events.told import DAY, told_meeting
from tests.factories import make_meeting


@pytest.fixture
def meeting(group, member, secretary) -> Meeting:
    return make_meeting(group, DAY)


def test_whoever_was_told_a_moment_before_is_told_that_it_is_off(meeting, secretary, monkeypatch):
    """The notice is sent while the one who cancels waits for the lock."""
    waits = meetings._lock

    def sent_meanwhile(group) -> None:
        monkeypatch.setattr(meetings, "_lock", waits)
        everybody = [person for _, person in invited_people(meeting)]
        notices.send(meeting=Meeting.objects.get(pk=meeting.pk), by=secretary.user, people=everybody)
        waits(group)

    monkeypatch.setattr(meetings, "_lock", sent_meanwhile)
    assert changes.cancel(meeting=meeting, by=secretary.user, reason="大雪のため") is True
    told = Delivery.objects.filter(notice__kind=Notice.Kind.CANCELLED)
    assert told.count() == 2


def test_of_a_plan_that_nobody_was_told_of_nobody_is_told(meeting, secretary):
    assert changes.cancel(meeting=meeting, by=secretary.user, reason="大雪のため") is False
    assert (Notice.objects.count(), Letter.objects.count()) == (0, 0)


def test_the_revision_counts_on_from_what_is_stored(meeting):
    """A phone takes no revision that is not newer than its own."""
    seen_before = Meeting.objects.get(pk=meeting.pk)
    meetings.move(meeting=meeting, place="別の会議室")
    meetings.cancel(meeting=seen_before, reason="大雪のため")
    assert Meeting.objects.get().sequence == 2


def test_what_is_still_to_be_sent_about_a_meeting_that_is_off_is_not_sent(group, member, secretary):
    meeting = told_meeting(group, secretary.user)
    out = Letter.objects.filter(person=secretary.person).get()
    Letter.objects.filter(pk=out.pk).update(state=Letter.State.SENT, sent_at=NOW, text="", html="")
    changes.cancel(meeting=meeting, by=secretary.user, reason="大雪のため")
    states = sorted(Letter.objects.values_list("kind", "person", "state"))
    assert states == sorted(
        [
            ("events/notice", member.person.pk, "stopped"),
            ("events/notice", secretary.person.pk, "sent"),
            ("events/cancelled", member.person.pk, "queued"),
            ("events/cancelled", secretary.person.pk, "queued"),
        ]
    )
