"""What it costs the office to hand over a group of which nothing is missing: at most four links and buttons."""

import datetime
from typing import Any

import pytest
import time_machine

from groups.models import Group
from tests.iri_exchange.office.handover.made import APRIL, FEBRUARY, make_ready
from tests.journeys.test_effort import tell
from tests.journeys.walking import Walker

MOST = 4


@pytest.fixture(autouse=True)
def february(now: Any) -> Any:
    with time_machine.travel(FEBRUARY + datetime.timedelta(hours=1)):
        yield


def test_a_ready_group_is_handed_over_from_the_desk(launched_group: Group, staff: Any, capsys: Any) -> None:
    make_ready(launched_group, staff)
    staff.client.force_login(staff.user)
    walker = Walker("staff", staff.client).open("/office/")
    walker.follow("引き継ぎを進める").send("4月1日から自主運営に移す").send("4月1日から自主運営に移す")
    walker.reads("令和9年（2027年）4月1日（木）から、自主運営に移ります")
    assert launched_group.stage_on(APRIL) == Group.Stage.SELF_MANAGED
    taps = len(walker.did) + walker.touched
    tell(capsys, f"a ready group is handed over: {taps} taps: {'  '.join(walker.did)}")
    assert (taps <= MOST, walker.typed) == (True, [])
