"""Two replies at once, on a database that locks rows: the last place is given once, and no reply is a mixture of two."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from events.models import Meeting, Reply
from events.replying import replies
from tests.events.told import PARTY, many_members, told_meeting
from tests.factories import make_group
from tests.groups.importing.racing import Running, waiting

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]
MANY = 8


@pytest.fixture
def meeting() -> Meeting:
    group = make_group()
    many_members(group, MANY)
    return told_meeting(group, capacity=1)


def naive(*, reply: Reply, source: str, answer: str) -> Reply:
    """The planted twin: it counts, and then writes, without a lock."""
    left = reply.meeting.capacity - replies.places_taken(reply.meeting)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.2)")
    if left < 1:
        raise ValidationError("full")
    reply.answer, reply.source, reply.answered_at = answer, source, timezone.now()
    reply.save()
    return reply


def all_say_yes(meeting: Meeting, verb) -> list:
    def say(pk: int):
        with transaction.atomic():
            return verb(reply=Reply.objects.get(pk=pk), source="link", answer="yes")

    running = [Running(lambda pk=reply.pk: say(pk)) for reply in meeting.replies.all()]
    return [each.result for each in running]


def test_the_last_place_is_given_once(meeting):
    results = all_say_yes(meeting, replies.answer)
    assert sum(isinstance(each, ValidationError) for each in results) == MANY - 1
    assert replies.places_taken(meeting) == 1


def test_without_the_lock_it_would_be_noticed(meeting):
    all_say_yes(meeting, naive)
    assert replies.places_taken(meeting) > 1


def two_phones(reply: Reply, verb) -> tuple[int, str]:
    """One says who comes along, the other that there is a party: guests and party as they are in the end."""
    sent = [{"guests": 2, "guest_names": "山田・鈴木"}, {"party": "yes"}]
    running = [Running(lambda said=said: verb(reply=reply, source="link", **said)) for said in sent]
    assert [each.result for each in running if isinstance(each.result, Exception)] == []
    reply.refresh_from_db()
    return reply.guests, reply.party


@pytest.fixture
def coming(meeting) -> Reply:
    Meeting.objects.update(capacity=None, **PARTY)
    return replies.answer(reply=meeting.replies.all()[0], source="link", answer="yes", party="no")


def test_what_two_phones_of_one_person_say_is_kept(coming):
    assert two_phones(coming, replies.answer) == (2, "yes")


def test_of_two_phones_without_the_lock_one_is_not_heard(coming):
    together = threading.Barrier(2, timeout=20)

    def as_read(*, reply: Reply, source: str, **said: object) -> None:
        row = Reply.objects.get(pk=reply.pk)
        together.wait()
        for name, value in said.items():
            setattr(row, name, value)
        row.save()

    assert two_phones(coming, as_read) != (2, "yes")


def test_two_answers_to_one_reply_are_one_or_the_other(meeting):
    Meeting.objects.update(capacity=None)
    reply = meeting.replies.all()[0]
    mine = {"answer": "proxy", "proxy_name": "髙橋 花子", "comment": "代わりに行きます"}
    theirs = {"answer": "yes", "guests": 2, "guest_names": "山田・鈴木", "comment": ""}
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        running = [
            waiting(lambda said=said: replies.answer(reply=reply, source="link", **said))
            for said in (mine, theirs)
        ]
    assert [each.result for each in running if isinstance(each.result, Exception)] == []
    reply.refresh_from_db()
    last = (reply.answer, reply.proxy_name, reply.guests, reply.guest_names)
    assert last in [("proxy", "髙橋 花子", 0, ""), ("yes", "", 2, "山田・鈴木")]
    assert reply.history.count() == 3
