"""Every pair of a group's stages has its verb, or is refused in words by all of them; a refusal changes nothing."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups import lifecycle
from groups.models import Group
from iri_exchange.office import launching
from iri_exchange.office.endings import dissolving, resting
from iri_exchange.office.handover import deciding
from tests.factories import make_group
from tests.iri_exchange.office.endings.conftest import everything

Stage = Group.Stage
SINCE, DAY = datetime.date(2026, 12, 1), datetime.timedelta(days=1)
# How a group comes to each stage, as its rows say it.
WAYS = {
    Stage.FORMING: [Stage.FORMING],
    Stage.LAUNCHED: [Stage.LAUNCHED],
    Stage.SELF_MANAGED: [Stage.LAUNCHED, Stage.SELF_MANAGED],
    Stage.DORMANT: [Stage.LAUNCHED, Stage.SELF_MANAGED, Stage.DORMANT],
    Stage.DISSOLVED: [Stage.LAUNCHED, Stage.DISSOLVED],
}
VERBS = {
    "launch": (Stage.LAUNCHED, [Stage.FORMING]),
    "hand_over": (Stage.SELF_MANAGED, [Stage.LAUNCHED]),
    "revive": (Stage.SELF_MANAGED, [Stage.DORMANT]),
    "rest": (Stage.DORMANT, [Stage.SELF_MANAGED]),
    "dissolve": (Stage.DISSOLVED, [Stage.FORMING, Stage.LAUNCHED, Stage.SELF_MANAGED, Stage.DORMANT]),
}


def in_stage(stage: str, office) -> Group:
    group = make_group(name="つばき会", kana="ツバキカイ", slug="tsubaki", number_prefix="TB", office=office)
    group.stages.all().delete()
    first = timezone.localdate() - 10 * DAY
    for number, each in enumerate(WAYS[Stage(stage)]):
        lifecycle.move(group=group, to=each, since=first + number * DAY)
    return Group.objects.get(pk=group.pk)


def do(verb: str, group: Group, by) -> None:
    if verb == "launch":
        launching.launch(group=group, inviting=[], by=by)
    elif verb == "hand_over":
        deciding.hand_over(group=group, since=SINCE, by=by, reason="役員の方とお話しして決めた")
    elif verb == "revive":
        resting.revive(group=group, since=SINCE, by=by)
    elif verb == "rest":
        resting.rest(group=group, since=SINCE, reason="総会で決めたため", by=by)
    else:
        dissolving.dissolve(group=group, since=SINCE, reason="総会で決めたため", files_entrusted=False, by=by)


def test_the_verbs_are_all_edges_of_the_table():
    edges = {(old, new) for old, news in Group.MOVES.items() for new in news if old}
    assert {(old, new) for new, olds in VERBS.values() for old in olds} == edges


@pytest.mark.parametrize("old", Stage.values)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_from_each_stage(verb, old, office, staff):
    group = in_stage(old, office)
    new, olds = VERBS[verb]
    before = everything()
    if old in olds and verb != "launch":
        do(verb, group, staff.user)
        assert [group.stage_on(day) for day in (SINCE - DAY, SINCE)] == [old, new]
        return
    # A forming group without anything is refused its launch, too: for what is missing.
    with pytest.raises(ValidationError) as refused:
        do(verb, group, staff.user)
    assert [said for said in refused.value.messages if not said.endswith("。")] == []
    assert everything() == before


@pytest.mark.parametrize("old", Stage.values)
@pytest.mark.parametrize("new", Stage.values)
def test_no_other_pair_can_be_registered_at_all(old, new, office):
    group = in_stage(old, office)
    if new in Group.MOVES[Stage(old)]:
        lifecycle.move(group=group, to=new, since=SINCE)
        assert group.stage_on(SINCE) == new
        return
    with pytest.raises(ValidationError) as refused:
        lifecycle.move(group=group, to=new, since=SINCE)
    labels = Stage(old).label, Stage(new).label
    assert refused.value.messages == ["「{}」から「{}」には変えられません。".format(*labels)]
