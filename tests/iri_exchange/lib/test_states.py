"""States move along their table only, under a lock, with both neighbours asked."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups.models import Group, GroupStage, ImportBatch
from iri_exchange.lib import states
from tests.factories import make_group

APRIL = datetime.date(2027, 4, 1)


def begin(group, state, since):
    return states.begin(GroupStage(group=group, state=state, since=since), owner="group", moves=Group.MOVES)


def test_a_stage_lasts_until_the_next_row_and_may_lie_in_the_future(launched_group):
    begin(launched_group, "self_managed", APRIL)

    assert launched_group.stage_on(APRIL - datetime.timedelta(days=1)) == "launched"
    assert launched_group.stage_on(APRIL) == "self_managed"
    assert launched_group.stage_on(datetime.date(2000, 1, 1)) == ""
    assert Group.objects.as_of(APRIL).get(pk=launched_group.pk).stage == "self_managed"


@pytest.mark.parametrize("state", ["forming", "launched", "dormant"])
def test_an_edge_that_the_table_does_not_know_is_refused(launched_group, state):
    with pytest.raises(ValidationError, match=r"「発足年度」から「.+」には変えられません。"):
        begin(launched_group, state, APRIL)


def test_the_row_after_must_follow_too(launched_group):
    begin(launched_group, "self_managed", APRIL)

    with pytest.raises(ValidationError, match="「解散」から「自主運営」には変えられません。"):
        begin(launched_group, "dissolved", datetime.date(2027, 1, 1))


def test_two_rows_on_one_day_are_refused(launched_group):
    begin(launched_group, "self_managed", APRIL)

    with pytest.raises(ValidationError, match="同じ日にすでに変更があります。"):
        begin(launched_group, "dissolved", APRIL)


def test_nothing_follows_the_end(db):
    group = make_group()
    begin(group, "dissolved", APRIL)

    with pytest.raises(ValidationError):
        begin(group, "self_managed", datetime.date(2028, 4, 1))


def test_a_column_moves_once(staff, group):
    batch = ImportBatch.objects.create(group=group, filename="a.csv", content=b"x", uploaded_by=staff.user)
    stale = ImportBatch.objects.get(pk=batch.pk)
    now = datetime.datetime(2026, 11, 25, tzinfo=datetime.UTC)
    states.advance(batch, "discarded", moves=ImportBatch.MOVES, finished_at=now)

    with pytest.raises(ValidationError):
        states.advance(stale, "committed", moves=ImportBatch.MOVES, finished_at=now)
    batch.refresh_from_db()
    assert (batch.state, batch.finished_at) == ("discarded", now)


def test_the_table_prints_its_diagram():
    said = states.diagram({"": ["a"], "a": ["b"], "b": []}, {"a": "はじめ", "b": "おわり"})

    assert said.splitlines() == [
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> a",
        "    a --> b",
        "    a: a はじめ",
        "    b: b おわり",
        "```",
    ]
