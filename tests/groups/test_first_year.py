"""A group shortly before and after it begins to run itself."""

import datetime

import time_machine

from groups import advising, first_year, lifecycle
from groups.models import Group
from members.models import User
from tests.factories import make_officer


def test_officers_ask_for_the_adviser_from_january_of_the_launch_year(secretary, launched_group):
    make_officer(launched_group, secretary.person)
    moments = [datetime.datetime(2026, 12, 31, 14, 59, 59, tzinfo=datetime.UTC)]
    moments += [
        moments[0] + datetime.timedelta(seconds=1),
        datetime.datetime(2027, 4, 2, tzinfo=datetime.UTC),
    ]
    found = []
    for moment in moments:
        with time_machine.travel(moment):
            user = User.objects.get(pk=secretary.user.pk)
            found.append(user.has_perm("groups.ask_for_adviser", launched_group))
    assert found == [False, True, True]


def test_the_adviser_is_asked_for_in_the_year_that_begins(secretary, launched_group, group):
    """As registered, or as usual; who runs itself asks for this year."""
    today = datetime.date(2027, 2, 1)
    assert [advising.year_to_ask_for(each, today) for each in (launched_group, group)] == [2027, 2026]
    lifecycle.move(group=launched_group, to=Group.Stage.SELF_MANAGED, since=datetime.date(2028, 4, 1))
    assert advising.year_to_ask_for(launched_group, today) == 2028


def test_the_usual_first_day_is_the_next_first_of_april():
    july, april, last = datetime.date(2026, 7, 10), datetime.date(2027, 4, 1), datetime.date(2027, 3, 31)
    assert [first_year.usual_first_day(july, day) for day in (july, last)] == [april, april]
    assert first_year.usual_first_day(july, april) == datetime.date(2028, 4, 1)
    assert first_year.usual_first_day(None, july) == april
