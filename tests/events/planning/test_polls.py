"""日程調整: who is asked no longer once they do not belong to it any more."""

import datetime

import pytest
import time_machine

from events.models import DatePoll, PollVoter
from events.planning import polls
from events.planning.beginning import moment
from events.planning.polls import Door
from groups.models import Representative
from members.models import Letter

HOURS = datetime.timedelta(hours=2)
YESTERDAY = datetime.date(2026, 11, 24)


@pytest.fixture
def poll(group, member, secretary) -> DatePoll:
    start = moment(datetime.date(2026, 12, 9), datetime.time(15))
    until = moment(datetime.date(2026, 12, 1), datetime.time(12))
    return polls.start(
        group=group,
        by=secretary.user,
        times=[(start, start + HOURS)],
        title="12月の定例会",
        answer_until=until,
    ).poll


def test_who_attends_for_the_company_no_longer_neither_answers_nor_is_asked_again(poll, member, secretary):
    voter = PollVoter.objects.get(poll=poll, person=member.person)
    assert polls.door(voter) == Door.OPEN
    Representative.objects.filter(person=member.person).update(until=YESTERDAY)
    assert polls.door(PollVoter.objects.get(pk=voter.pk)) == Door.ENDED
    Letter.objects.all().delete()
    assert polls.remind(poll=poll, by=secretary.user) == 1
    assert [letter.person for letter in Letter.objects.all()] == [secretary.person]


def test_the_office_reads_in_its_list_of_letters_nothing_of_what_a_group_plans(staff, poll, group):
    DatePoll.objects.update(title="代表の交代について")
    Letter.objects.all().delete()
    with time_machine.travel(poll.started_at + datetime.timedelta(days=1)):
        assert polls.remind(poll=DatePoll.objects.get(), by=staff.user) == 2
        Letter.objects.update(text="", html="", state="sent", sent_at=poll.started_at)  # as when they are out
        assert ["代表の交代" in letter.subject for letter in Letter.objects.all()] == [False] * 2
        assert polls.remind(poll=DatePoll.objects.get(), by=staff.user) == 0
