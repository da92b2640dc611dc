"""manage.py send_reminders: once each, whatever happens to the job."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from events.models import Delivery, Meeting, Notice
from events.replying import replies
from events.telling import letters, notices, reminders
from members.models import Letter
from tests.conftest import NOW
from tests.events.told import UNTIL, many_members, reply_of, told_meeting
from tests.factories import make_membership, make_person

SOON = UNTIL - datetime.timedelta(days=2)


@pytest.fixture
def meeting(group, member, secretary) -> Meeting:
    many_members(group, 3)
    make_membership(group, representatives=[make_person(contact_method="fax")])
    meeting = told_meeting(group, secretary.user)
    replies.answer(reply=reply_of(meeting, member), source="link", answer="open")
    return meeting


def reminded() -> list[str]:
    return sorted(Letter.objects.filter(kind="events/reminder").values_list("to", flat=True))


def test_who_has_not_answered_is_asked_once(meeting, member):
    assert reminders.send_reminders() == 0  # nine days before
    with time_machine.travel(SOON):
        assert [reminders.send_reminders() for _ in range(3)] == [4, 0, 0]
    assert len({*reminded()}) == 4
    assert member.person.email not in reminded()
    assert (
        Notice.objects.filter(kind="reminder").count(),
        Delivery.objects.filter(reminds=True).count(),
    ) == (1, 4)


def test_killed_in_the_middle_it_goes_on_where_it_stopped(meeting, monkeypatch):
    write, written = letters.write, []

    def killed(**about):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(about)
        return write(**about)

    with time_machine.travel(SOON):
        monkeypatch.setattr(letters, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            reminders.send_reminders()
        assert len(reminded()) == 2
        monkeypatch.setattr(letters, "write", write)
        assert reminders.send_reminders() == 2
    assert len({*reminded()}) == len(reminded()) == 4


def test_the_database_holds_that_nobody_is_asked_twice(meeting, monkeypatch):
    """As if two jobs had looked at the same moment: each sees nobody asked yet."""
    with time_machine.travel(SOON):
        reminders.send_reminders()
        monkeypatch.setattr(reminders, "_open", lambda: reminders.attended().filter(answer=""))
        assert reminders.send_reminders() == 0
    assert len(reminded()) == 4


def test_nobody_is_asked_on_the_heels_of_a_person_nor_after_the_deadline(meeting, secretary):
    with time_machine.travel(SOON):
        notices.remind(meeting=meeting, by=secretary.user)
        assert reminders.send_reminders() == 0
    with time_machine.travel(SOON + datetime.timedelta(days=1, minutes=1)):
        assert reminders.send_reminders() == 4
    with time_machine.travel(UNTIL + datetime.timedelta(minutes=1)):
        Delivery.objects.all().delete()
        assert reminders.send_reminders() == 0


def test_without_a_deadline_the_beginning_counts(meeting):
    Meeting.objects.update(reply_until=None)
    with time_machine.travel(SOON):
        assert reminders.send_reminders() == 0
    with time_machine.travel(meeting.starts_at - datetime.timedelta(days=2)):
        assert reminders.send_reminders() == 4


@pytest.mark.parametrize(("hour", "asked"), [(3, 0), (8, 0), (9, 4), (17, 4), (18, 0)])
def test_the_worker_asks_by_day_only(meeting, hour, asked):
    day = timezone.localdate(SOON)
    with time_machine.travel(timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, 30)))):
        assert reminders.send_by_day() == asked


def test_the_command_says_how_many(meeting, capsys):
    with time_machine.travel(SOON):
        call_command("send_reminders")
    assert capsys.readouterr().out == "お返事のお願いを送った方：4人\n"
    assert meeting.starts_at > NOW
