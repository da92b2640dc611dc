"""The life of a group: the table, its neighbours, and finding groups as they were."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import lifecycle
from groups.models import Group
from tests.factories import make_group, make_office

Stage = Group.Stage
DAY = datetime.date(2020, 4, 1)


def new(**fields) -> Group:
    defaults = {
        "name": "ひかり会",
        "slug": "hikari",
        "number_prefix": "HK",
        "founded_year": 2019,
        "office": make_office(),
    }
    return lifecycle.found(**{"stage": Stage.LAUNCHED, "since": DAY} | defaults | fields)


def test_found_registers_a_group_in_its_first_stage(db):
    group = new()
    assert list(group.stages.values_list("state", "since")) == [("launched", DAY)]


def test_found_with_the_day_it_began_to_run_itself(db):
    group = new(self_managed_since=datetime.date(2021, 4, 1))
    assert list(group.stages.values_list("state", flat=True)) == ["launched", "self_managed"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": Stage.SELF_MANAGED},
        {"stage": Stage.FORMING, "self_managed_since": datetime.date(2021, 4, 1)},
        {"self_managed_since": DAY},
        {"name": ""},
        {"capacity": 0},
        {"founded_year": 1200},
    ],
)
def test_found_refuses_and_leaves_nothing_behind(db, wrong):
    with pytest.raises(ValidationError):
        new(**wrong)
    assert Group.objects.count() == 0


@pytest.mark.parametrize("old", Stage.values)
@pytest.mark.parametrize("to", Stage.values)
def test_only_the_moves_of_the_table(db, old, to):
    group = make_group(stage=old, since=DAY) if old != Stage.DISSOLVED else make_group(since=DAY)
    if old == Stage.DISSOLVED:
        lifecycle.move(group=group, to=old, since=DAY + datetime.timedelta(days=5))
    later = DAY + datetime.timedelta(days=30)
    if to in Group.MOVES[old]:
        lifecycle.move(group=group, to=to, since=later)
        assert group.stage_on(later) == to
    else:
        with pytest.raises(ValidationError, match="には変えられません"):
            lifecycle.move(group=group, to=to, since=later)
        assert group.stage_on(later) == old


def test_a_move_into_the_past_must_fit_what_follows(db):
    group = new(self_managed_since=datetime.date(2021, 4, 1))
    with pytest.raises(ValidationError, match="「休止」には変えられません"):
        lifecycle.move(group=group, to=Stage.DORMANT, since=datetime.date(2020, 10, 1))
    with pytest.raises(ValidationError, match="「解散」から「自主運営」には変えられません"):
        lifecycle.move(group=group, to=Stage.DISSOLVED, since=datetime.date(2020, 10, 1))


def test_two_changes_on_one_day_are_refused(db):
    with pytest.raises(ValidationError, match="同じ日にすでに変更があります"):
        lifecycle.move(group=new(), to=Stage.SELF_MANAGED, since=DAY)


def test_the_stage_as_of_a_day(db):
    group = new(self_managed_since=datetime.date(2021, 4, 1))
    days = {datetime.date(2020, 3, 31): "", DAY: "launched", datetime.date(2021, 3, 31): "launched"}
    days[datetime.date(2021, 4, 1)] = "self_managed"
    assert {day: group.stage_on(day) for day in days} == days
    assert {day: Group.objects.as_of(day).get().stage or "" for day in days} == days
