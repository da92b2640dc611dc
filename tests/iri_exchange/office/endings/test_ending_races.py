"""Two groups that have asked each other end at the same moment, on a database that locks rows."""

import contextlib
import datetime
import threading

import pytest
from django.db import OperationalError, connection

from events.models import InvitedGroup, Meeting
from groups.models import Group
from iri_exchange.office.endings import calling_off, dissolving, resting
from tests.factories import make_meeting
from tests.groups.importing.racing import Running
from tests.iri_exchange.office.endings.conftest import APRIL

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def side_by_side(monkeypatch) -> None:
    """Who has locked its group waits a second for the other to come as far, if it can."""
    both, call_off = threading.Barrier(2), calling_off.call_off

    def together(*args, **kwargs) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(1)
        call_off(*args, **kwargs)

    monkeypatch.setattr(calling_off, "call_off", together)


@pytest.fixture
def asked(group, other_group) -> tuple[Group, Group]:
    for host, guest in ((group, other_group), (other_group, group)):
        meeting = make_meeting(host, datetime.date(2027, 5, 12))
        InvitedGroup.objects.create(meeting=meeting, group=guest, state=InvitedGroup.State.AGREED)
    return group, other_group


def dissolve(group: Group, by):
    return dissolving.dissolve(group=group, since=APRIL, reason="会員の減少", files_entrusted=False, by=by)


def rest(group: Group, by):
    return resting.rest(group=group, since=APRIL, reason="会員の減少", by=by)


@pytest.mark.parametrize(("one", "two"), [(dissolve, dissolve), (rest, dissolve), (rest, rest)])
def test_both_end(asked, staff, side_by_side, one, two):
    group, other_group = asked
    running = [
        Running(lambda: one(Group.objects.get(pk=group.pk), staff.user)),
        Running(lambda: two(Group.objects.get(pk=other_group.pk), staff.user)),
    ]
    results = [each.result for each in running]
    assert [each for each in results if isinstance(each, Exception)] == []
    stages = [each.stage_on(APRIL) for each in (group, other_group)]
    ended = {dissolve: Group.Stage.DISSOLVED, rest: Group.Stage.DORMANT}
    assert stages == [ended[one], ended[two]]
    assert not Meeting.objects.filter(state__in=Meeting.AHEAD).exists()


def test_with_one_group_locked_at_a_time_it_would_be_noticed(asked, staff, side_by_side, monkeypatch):
    def naive(group: Group) -> None:
        Group.objects.select_for_update(no_key=True).get(pk=group.pk)

    monkeypatch.setattr(dissolving, "locked", naive)
    running = [Running(lambda each=each: dissolve(each, staff.user)) for each in asked]
    results = [each.result for each in running]
    assert [type(each) for each in results if isinstance(each, Exception)] == [OperationalError]
