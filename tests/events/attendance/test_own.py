"""One's own record: what counts is what counts in the group's table."""

import datetime

from events.attendance import own
from events.attendance.counting import Counted
from events.models import InvitedGroup
from tests.events.attendance.making import held
from tests.events.reception.making import make_named, person_of

MAY, JUNE, JULY = (datetime.date(2026, month, 13) for month in (5, 6, 7))


def test_other_groups_meetings_and_those_of_the_officers_are_shown_and_not_counted(group, other_group):
    member = make_named(group, "会員ア", "カイインア")
    held(group, MAY, "○", [member])
    InvitedGroup.objects.create(meeting=held(other_group, JUNE, "×", [member]), group=group, state="agreed")
    held(group, JULY, "×", [member], kind="officers")
    for record in (own.of_person(person_of(member)), own.of_membership(member)):
        assert [row.shape for row in record.rows] == ["×", "×", "○"]
        assert record.count == Counted(1, 1, 1)
