"""The first meetings of a group's own year: the office prepares them until the day, and the officers from then on."""

import datetime

import pytest
import time_machine

from events.models import Meeting
from events.visibility import meetings_visible_to
from iri_exchange.office.handover import deciding
from tests.iri_exchange.office.handover.made import APRIL, FEBRUARY, LAST_SECOND, MIDNIGHT, make_ready

HOUR = datetime.timedelta(hours=1)


def may(actor, meeting: Meeting) -> tuple[bool, bool]:
    """Whether the rule lets them run it, and whether the selection counts it among the institute's."""
    found = meetings_visible_to(actor.user).get(pk=meeting.pk)
    fresh = Meeting.objects.get(pk=meeting.pk)
    assert actor.user.has_perm("events.run_meeting", fresh) == actor.user.has_perm(
        "events.run_meeting", found
    )
    return actor.user.has_perm("events.run_meeting", fresh), found.stage_then == "launched"


@pytest.fixture
def decided(launched_group, staff):
    with time_machine.travel(FEBRUARY):
        ready = make_ready(launched_group, staff)
        deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    return ready


@pytest.mark.parametrize(
    ("moment", "offices", "officers"),
    [(FEBRUARY + HOUR, True, False), (LAST_SECOND, True, False), (MIDNIGHT, False, True)],
)
def test_who_runs_a_meeting_of_the_own_year(moment, offices, officers, decided, staff):
    with time_machine.travel(moment, tick=False):
        assert may(staff, decided.theirs) == (offices, offices)
        assert may(decided.chair, decided.theirs)[0] is officers


@pytest.mark.parametrize("moment", [FEBRUARY + HOUR, MIDNIGHT])
def test_a_meeting_of_the_launch_year_stays_the_offices_too(moment, decided, staff):
    with time_machine.travel(moment, tick=False):
        assert may(staff, decided.ours) == (True, True)


def test_its_notice_goes_out_before_the_day(decided, staff):
    with time_machine.travel(LAST_SECOND - HOUR, tick=False):
        staff.client.force_login(staff.user)
        assert staff.client.get(f"/meetings/{decided.theirs.pk}/notice/").status_code == 200
