"""The verbs of a reply: what stays, what is refused, who writes for whom."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events import meetings
from events.models import Meeting, Reply
from events.replying import replies
from tests.events.told import PARTY, UNTIL, link_of, reply_of, told_meeting

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def meeting(group, member, secretary) -> Meeting:
    return told_meeting(group, secretary.user, capacity=3, **PARTY)


@pytest.fixture
def reply(meeting, member) -> Reply:
    return reply_of(meeting, member)


def code_of(**about) -> str:
    with pytest.raises(ValidationError) as refused:
        replies.answer(**about)
    error = refused.value
    return error.code if hasattr(error, "code") else next(iter(error.error_dict.values()))[0].code


def test_what_is_not_said_stays(reply):
    replies.answer(reply=reply, source="link", answer="yes", party="yes", guests=1, comment="遅れます")
    row = replies.answer(reply=reply, source="login", answer="open")
    assert (row.answer, row.party, row.guests, row.comment) == ("open", "yes", 0, "遅れます")
    assert [each.answer for each in row.history.order_by("history_id")] == ["", "yes", "open"]
    assert row.history.latest().history_change_reason == "出欠の回答（ログインして）"


def test_up_to_the_last_moment_and_not_after_it(reply, secretary):
    with time_machine.travel(UNTIL - MINUTE):
        replies.answer(reply=reply, source="link", answer="yes")
    with time_machine.travel(UNTIL + MINUTE):
        assert code_of(reply=reply, source="link", answer="no") == "over"
        assert code_of(reply=reply, source="link", party="yes") == "over"
        assert replies.answer(reply=reply, source="phone", by=secretary.user, answer="no").answer == "no"


def test_of_a_cancelled_meeting_nobody_writes_anything(meeting, reply, secretary):
    meetings.cancel(meeting=meeting)
    assert code_of(reply=reply, source="link", answer="yes") == "shut"
    assert code_of(reply=reply, source="phone", by=secretary.user, answer="yes") == "shut"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"party": "yes"}, "required"),
        ({"answer": "proxy"}, "required"),
        ({"answer": "maybe"}, "invalid_choice"),
        ({"answer": "yes", "guests": 3}, "full"),
    ],
)
def test_what_is_refused(reply, values, code):
    assert code_of(reply=reply, source="link", **values) == code
    reply.refresh_from_db()
    assert (reply.answer, reply.history.count()) == ("", 1)


def test_guests_take_places_and_who_is_in_stays_in(reply, meeting, secretary):
    other = reply_of(meeting, secretary)
    replies.answer(reply=other, source="link", answer="yes", guests=1)
    replies.answer(reply=reply, source="link", answer="yes")
    assert replies.places_taken(meeting) == 3
    assert code_of(reply=reply, source="link", guests=1) == "full"
    Meeting.objects.update(capacity=2)
    assert replies.answer(reply=other, source="link", comment="少し遅れます").guests == 1
    assert replies.answer(reply=other, source="link", guests=0).guests == 0
    assert code_of(reply=other, source="link", guests=1) == "full"


def test_what_is_no_answer_is_a_programmer_s_error(reply):
    with pytest.raises(TypeError):
        replies.answer(reply=reply, source="link", caller=None)


def test_a_renewed_link_is_another_one(reply):
    before = link_of(reply)
    assert replies.renew_link(reply=reply).generation == 2
    reply.refresh_from_db()
    assert link_of(reply) != before
