"""Two receptions at once, on a database that locks rows: neither takes back what the other ticked."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from events.models import Attendance, Meeting
from events.reception import marking
from events.reception.listing import listing_of
from events.reception.marking import Mark
from members.models import User
from tests.events.reception.making import TODAY, make_named, meeting_of
from tests.factories import make_group, make_login, make_meeting, make_person
from tests.groups.importing.racing import at_once, waiting

FEW = 10
ONLY_WHERE_ROWS_ARE_LOCKED = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time: there is nothing to wait for"
)
Phone = Callable[[Meeting, User, list[Mark]], Any]


def ours(meeting: Meeting, by: User, marks: list[Mark]) -> None:
    marking.mark(meeting=meeting, by=by, marks=marks)


def naive(meeting: Meeting, by: User, marks: list[Mark], pause: Callable[[], None] = lambda: None) -> None:
    """What one would write first: the row is read, changed in memory and written as a whole."""
    for each in marks:
        row = Attendance.objects.get(meeting=meeting, person=each.who[1:])
        pause()
        setattr(row, each.field, each.value)
        row.save()


def errors(work: list[Callable[[], Any]]) -> list[Exception]:
    """What they ended with, all beginning together."""
    return [each for each in at_once(work) if isinstance(each, Exception)]


def begun() -> tuple[Meeting, User]:
    group = make_group(slug="keyaki")
    meeting = make_meeting(group, TODAY, fee=1000)
    for number in range(FEW):
        make_named(group, f"会員{number}", "カイイン")
    return meeting, make_login(make_person())


def race(phone: Phone, meeting: Meeting, by: User) -> tuple[int, int]:
    """One phone ticks who is there, the other who has paid: how many of each are left in the end."""
    keys = [line.key for line in listing_of(meeting).expected]
    ticks = [Mark(key, "kind", "present", str(uuid.uuid4())) for key in keys]
    fees = [Mark(key, "fee_paid", True, str(uuid.uuid4())) for key in keys]

    def each_alone(marks: list[Mark]) -> Callable[[], None]:
        return lambda: [phone(meeting, by, [mark]) for mark in marks] and None

    assert errors([each_alone(ticks), each_alone(fees)]) == []
    rows = meeting.attendances
    return rows.filter(kind="present").count(), rows.filter(fee_paid=True).count()


@ONLY_WHERE_ROWS_ARE_LOCKED
@pytest.mark.django_db(transaction=True)
def test_of_two_phones_nothing_is_lost():
    meeting, by = begun()
    assert race(ours, meeting, by) == (FEW, FEW)
    assert meeting.attendances.count() == FEW


@ONLY_WHERE_ROWS_ARE_LOCKED
@pytest.mark.django_db(transaction=True)
def test_the_naive_twin_loses_some_and_is_found():
    meeting, by = begun()
    keys = [line.key for line in listing_of(meeting).expected]
    ours(meeting, by, [Mark(key, "kind", "absent") for key in keys])
    together = threading.Barrier(2, timeout=20)

    def in_step(meeting: Meeting, by: User, marks: list[Mark]) -> None:
        naive(meeting, by, marks, together.wait)

    assert race(in_step, meeting, by) != (FEW, FEW)


@ONLY_WHERE_ROWS_ARE_LOCKED
@pytest.mark.django_db(transaction=True)
def test_the_press_for_all_waits_for_a_tap_and_keeps_it():
    meeting = meeting_of(make_group(slug="keyaki"), ["yes"])
    by = make_login(make_person())
    (line,) = listing_of(meeting).expected
    with transaction.atomic():
        marking.mark(meeting=meeting, by=by, marks=[Mark(line.key, "kind", "absent")])
        press = waiting(lambda: marking.mark_as_replied(meeting=meeting, by=by))
    assert press.result == 0
    assert meeting.attendances.get().kind == "absent"


@ONLY_WHERE_ROWS_ARE_LOCKED
@pytest.mark.django_db(transaction=True)
def test_the_same_tap_on_two_lines_counts_once():
    """The phone sends again while the first sending is still under way."""
    meeting, by = begun()
    key, op = listing_of(meeting).expected[0].key, str(uuid.uuid4())
    send = [lambda: ours(meeting, by, [Mark(key, "kind", "present", op)])] * 2
    assert errors(send) == []
    assert meeting.attendances.get().history.count() == 1
