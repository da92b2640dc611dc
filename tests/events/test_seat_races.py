"""Many at once for one seat, on a database that locks rows: it is given once."""

import pytest
from django.db import connection, transaction
from django.utils import timezone

from events import seats
from events.models import Meeting, Reply
from events.replying import replies
from members.models import User
from tests.events.told import told_meeting
from tests.factories import make_group, make_login, make_membership
from tests.groups.importing.racing import Running

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]
MANY = 6


@pytest.fixture
def meeting() -> Meeting:
    group, others = make_group(), make_group()
    make_membership(group)
    for _ in range(MANY):
        make_login(make_membership(others).representatives.get().person)
    return told_meeting(group, open_seats=1)


def naive(*, meeting: Meeting, by: User) -> Reply:
    """The planted twin: it counts, and then writes, without a lock."""
    left = replies.seats_left(meeting)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.2)")
    if left < 1:
        raise ValueError
    membership = by.person.representations.get().membership
    return Reply.objects.create(
        meeting=meeting, person=by.person, membership=membership, is_seat=True, answer="yes", source="login",
        answered_at=timezone.now(),
    )  # fmt: skip


def all_at_once(meeting: Meeting, verb) -> list:
    def take(pk: int):
        with transaction.atomic():
            return verb(meeting=Meeting.objects.get(pk=meeting.pk), by=User.objects.get(pk=pk))

    users = User.objects.filter(person__representations__membership__group=group_of_guests(meeting))
    running = [Running(lambda pk=user.pk: take(pk)) for user in users]
    return [each.result for each in running]


def group_of_guests(meeting: Meeting):
    return type(meeting.group).objects.exclude(pk=meeting.group_id).get()


def test_the_last_seat_is_given_once(meeting):
    results = all_at_once(meeting, seats.take)
    assert sum(isinstance(each, Exception) for each in results) == MANY - 1
    assert Reply.objects.filter(is_seat=True).count() == 1


def test_without_the_lock_it_would_be_noticed(meeting):
    all_at_once(meeting, naive)
    assert Reply.objects.filter(is_seat=True).count() > 1
