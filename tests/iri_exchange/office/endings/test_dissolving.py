"""A group is dissolved on a day: everything of it ends at that midnight, in one transaction, and its records stay."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events.models import DatePoll, GroupOffer, InvitedGroup
from groups import advising, lifecycle, memberships
from groups.models import (
    AdviserRequest,
    ConfirmationRound,
    Dissolution,
    Group,
    GroupStage,
    Membership,
    MembershipStatus,
    OfficerTerm,
    Representative,
)
from groups.standing import standing
from iri_exchange.office.endings import dissolving, foreseeing, resting, undoing
from members.models import Letter, User
from tests.factories import make_group, make_membership, make_officer, make_round
from tests.iri_exchange.office.endings.conftest import APRIL, DAY, TODAY, everything

TOKYO = ZoneInfo("Asia/Tokyo")
REASON = "会員が減り、総会で解散を決めたため"


def dissolve(group, staff, since=TODAY, *, files=False):
    return dissolving.dissolve(group=group, since=since, reason=REASON, files_entrusted=files, by=staff.user)


def test_everything_ends_on_the_day(busy, secretary, member, staff):
    group, last = busy.group, APRIL - DAY
    advising.ask(group=group, note="", by=secretary.user)
    coming = make_officer(group, member.person, since=APRIL + DAY)
    seen = foreseeing.of_dissolution(group, APRIL)
    told = dissolve(group, staff, APRIL)

    assert [group.stage_on(day) for day in (last, APRIL)] == ["self_managed", "dissolved"]
    assert [len(seen.memberships), len(seen.representatives), len(seen.offices)] == [3, 3, 2]
    left = MembershipStatus.objects.filter(state="left", since=APRIL, reason="dissolved")
    assert left.count() == group.memberships.count() == 3
    assert {term.until for term in Representative.objects.filter(membership__group=group)} == {last}
    assert [term.until for term in group.officer_terms.all()] == [last]
    assert not OfficerTerm.objects.filter(pk=coming.pk).exists()
    assert [term.until for term in group.advisers.all()] == [last]
    assert AdviserRequest.objects.get().state == "declined"
    assert ConfirmationRound.objects.get().ended_at is not None
    kept = Dissolution.objects.get()
    assert (kept.reason, kept.files_entrusted, kept.decided_by) == (REASON, False, staff.user)
    assert (len(told.by_letter), len(told.by_hand)) == (2, 1)
    letter = Letter.objects.filter(kind="groups/dissolved").first()
    assert REASON in letter.text
    assert "だれにも見えないように" in letter.text


def test_what_is_planned_after_it_is_called_off(busy, staff):
    dissolve(busy.group, staff, files=True)
    assert {m.cancel_reason for m in busy.group.meetings.all()} == {"グループの解散のため"}
    assert (DatePoll.objects.get().state, InvitedGroup.objects.get().state) == ("dropped", "declined")
    assert GroupOffer.objects.open().count() == 0
    assert "事務局がお預かりします" in Letter.objects.filter(kind="groups/dissolved").first().text


def test_rights_end_with_the_second(busy, secretary, member, staff):
    dissolve(busy.group, staff, APRIL)
    before = datetime.datetime.combine(APRIL, datetime.time(), TOKYO) - datetime.timedelta(seconds=1)
    with time_machine.travel(before, tick=False):
        assert standing(User.objects.get(pk=secretary.user.pk)).runs == {busy.group.pk}
        member.client.force_login(member.user)
        assert member.client.get(f"/groups/{busy.group.slug}/members/").status_code == 200
    with time_machine.travel(before + datetime.timedelta(seconds=1), tick=False):
        who = standing(User.objects.get(pk=secretary.user.pk))
        assert (who.runs, who.insider_of, who.memberships) == (frozenset(), frozenset(), {})
        assert member.client.get(f"/groups/{busy.group.slug}/members/").status_code == 403
        assert member.client.get(f"/people/{member.person.pk}/").status_code == 200
        secretary.client.force_login(secretary.user)
        assert secretary.client.get("/my/").status_code == 200


@pytest.mark.parametrize("stage", ["forming", "launched", "self_managed", "dormant"])
def test_every_stage_but_the_last_can_end(office, staff, stage):
    group = make_group(stage=stage)
    dissolve(group, staff)
    assert group.stage_on(TODAY) == "dissolved"


def test_every_edge_of_the_table_has_a_verb():
    """発会 and 引き継ぎ have theirs; the others are these three."""
    stage = Group.Stage
    ours = {(stage.SELF_MANAGED, stage.DORMANT), (stage.DORMANT, stage.SELF_MANAGED)}
    ours |= {(old, stage.DISSOLVED) for old in stage if old != stage.DISSOLVED}
    elsewhere = {(stage.FORMING, stage.LAUNCHED), (stage.LAUNCHED, stage.SELF_MANAGED)}
    table = {(old, new) for old, followers in Group.MOVES.items() if old for new in followers}
    assert table == ours | elsewhere


def test_twice_is_refused(group, staff):
    dissolve(group, staff)
    with pytest.raises(ValidationError) as refused:
        dissolve(group, staff, APRIL)
    assert refused.value.messages == ["このグループは、もう解散しています。"]


@pytest.mark.parametrize("since", [TODAY - DAY, TODAY + 400 * DAY])
def test_other_days_are_refused(group, staff, since):
    with pytest.raises(ValidationError) as refused:
        dissolve(group, staff, since)
    assert list(refused.value.message_dict) == ["since"]


def test_a_reason_is_needed(group, staff):
    with pytest.raises(ValidationError) as refused:
        dissolving.dissolve(group=group, since=TODAY, reason="", files_entrusted=False, by=staff.user)
    assert list(refused.value.message_dict) == ["reason"]


def test_a_handover_that_was_to_come_never_does(launched_group, staff):
    lifecycle.move(group=launched_group, to="self_managed", since=APRIL)
    dissolve(launched_group, staff, datetime.date(2027, 1, 10))
    assert [row.state for row in launched_group.stages.all()] == ["launched", "dissolved"]


def test_a_group_whose_members_are_being_sought_is_not_dissolved(office, staff):
    group = make_group(stage="forming")
    make_round(office=office, group=group)
    with pytest.raises(ValidationError) as refused:
        dissolve(group, staff)
    assert refused.value.messages[0].startswith("このグループの会員を募集しているところです。")


def test_who_would_join_later_is_told(group, staff):
    membership = make_membership(group, on=APRIL + DAY)
    with pytest.raises(ValidationError) as refused:
        dissolve(group, staff, APRIL)
    assert refused.value.messages == [
        f"{membership.member.name}は、令和9年4月2日からの「在会」が登録されています。"
        "先に、その会員の記録を直してください。"
    ]


def test_what_was_written_down_for_later_is_taken_out(group, member, staff):
    memberships.leave(membership=member.membership, since=APRIL + DAY, reason="busy", confirmed=True)
    dissolve(group, staff, APRIL)
    assert [(row.state, row.reason) for row in member.membership.statuses.all()] == [
        ("active", ""),
        ("left", "dissolved"),
    ]


def test_who_left_before_stays_as_it_is(group, left_member, staff):
    dissolve(group, staff)
    assert left_member.membership.statuses.last().reason == "busy"


@pytest.mark.parametrize(
    "broken",
    [
        "events.telling.changes.cancel",
        "groups.confirming.end",
        "groups.models.Dissolution.save",
        "groups.models.OfficerTerm.save",
        "iri_exchange.lib.history.create",
        "groups.lifecycle.move",
        "members.letters.write",
    ],
)
def test_all_or_nothing(busy, staff, monkeypatch, broken):
    before = everything()

    def fail(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(broken, fail)
    with pytest.raises(RuntimeError):
        dissolve(busy.group, staff, TODAY + DAY)
    monkeypatch.undo()
    assert everything() == before


def test_before_its_day_everybody_is_back(busy, secretary, member, staff):
    group = busy.group
    coming = make_officer(group, member.person, since=APRIL + DAY)

    def told():
        return [
            list(model.objects.order_by("pk").values())
            for model in (MembershipStatus, Representative, OfficerTerm, Membership)
        ] + [list(group.advisers.values()), list(GroupStage.objects.order_by("pk").values())]

    before = told()
    dissolve(group, staff, APRIL)
    assert told() != before
    assert undoing.take_back(group=group, by=staff.user).changed == 0
    assert told() == before
    assert OfficerTerm.objects.filter(pk=coming.pk).exists()
    assert not Dissolution.objects.exists()
    assert Letter.objects.filter(kind="groups/goes_on").count() == 2
    dissolve(group, staff, APRIL)


def test_what_somebody_changed_since_is_left_alone(group, secretary, member, staff):
    dissolve(group, staff, APRIL)
    term = member.membership.representatives.get()
    term.until = datetime.date(2026, 12, 31)
    term.save()
    undone = undoing.take_back(group=group, by=staff.user)
    assert undone.changed == 1
    term.refresh_from_db()
    assert term.until == datetime.date(2026, 12, 31)


def test_from_its_day_on_it_is_not_taken_back(group, staff):
    dissolve(group, staff)
    with pytest.raises(ValidationError) as refused:
        undoing.take_back(group=group, by=staff.user)
    assert refused.value.messages == ["取り消せる解散は、登録されていません。解散の日からは取り消せません。"]


def test_a_rest_that_was_to_come_gives_way(group, staff):
    resting.rest(group=group, since=APRIL, reason="休むため", by=staff.user)
    dissolve(group, staff, TODAY + DAY)
    assert group.stages.filter(state="dormant").count() == 0
