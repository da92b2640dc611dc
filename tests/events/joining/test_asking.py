"""「いっしょに開きませんか」: asked, agreed, said no, stepped back, asked again, asked no longer."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events.joining import asking
from events.models import InvitedGroup, Meeting
from events.planning import making as plans
from events.planning.desk import JOINT, next_of, waiting_in
from events.replying.doors import Door, door_of
from events.replying.invitees import invited_people
from events.replying.replies import places_taken
from events.telling import changes, notices
from groups import lifecycle
from groups.models import Group
from members.models import Letter
from tests.events.joining.making import everything, fresh, officer_of, row_of, sent
from tests.factories import make_meeting, make_officer

TOKYO = ZoneInfo("Asia/Tokyo")
DAY = datetime.date(2026, 12, 9)
HOURS = {
    "starts_at": datetime.datetime(2026, 12, 9, 15, tzinfo=TOKYO),
    "ends_at": datetime.datetime(2026, 12, 9, 17, tzinfo=TOKYO),
}
State = InvitedGroup.State


@pytest.fixture
def host(group):
    return officer_of(group, family_name="主田", given_name="催")


@pytest.fixture
def guest(other_group):
    return officer_of(other_group, family_name="客野", given_name="招")


@pytest.fixture
def asked(group, other_group, host, guest, outsider) -> Meeting:
    return plans.plan(group=group, invited=[other_group], by=host.user, **HOURS)


def agree(meeting: Meeting, group: Group, by, agrees: bool = True, **more) -> InvitedGroup:
    return asking.answer(invitation=row_of(meeting, group), by=by.user, agrees=agrees, **more)


def test_the_officers_are_asked_by_letter_and_nobody_else(asked, other_group, group):
    row = row_of(asked, other_group)
    assert (row.state, row.answered_by, sent()) == ("asked", None, [("joint_asked", "客野")])
    letter = Letter.objects.get(kind="events/joint_asked")
    assert f"/meetings/{asked.pk}/joint/" in letter.text
    assert [
        word for word in ("けやき会", "みなと会", "主田 催さん", "12月9日") if word not in letter.text
    ] == []
    assert {each[0].group for each in invited_people(asked)} == {group}


def test_who_runs_both_groups_need_not_ask(group, other_group, host):
    make_officer(other_group, host.person)
    meeting = plans.plan(group=group, invited=[other_group], by=fresh(host), **HOURS)
    row = row_of(meeting, other_group)
    assert (row.state, row.answered_by, sent()) == ("agreed", host.user, [])


def test_for_a_group_in_its_launch_year_the_office_is_asked(group, launched_group, host, staff):
    officer_of(launched_group, family_name="若葉")
    plans.plan(group=group, invited=[launched_group], by=host.user, **HOURS)
    assert sent() == [("joint_asked", "職田")]


def test_for_one_whose_officers_were_granted_it_these_are(group, launched_group, host, staff):
    officer_of(launched_group, family_name="若葉")
    Group.objects.filter(pk=launched_group.pk).update(officers_run_meetings_from=datetime.date(2026, 11, 1))
    launched_group.refresh_from_db()
    plans.plan(group=group, invited=[launched_group], by=host.user, **HOURS)
    assert sent() == [("joint_asked", "若葉")]


@pytest.mark.parametrize("stage", [Group.Stage.DORMANT, Group.Stage.DISSOLVED])
def test_one_that_does_not_meet_cannot_be_asked(stage, group, other_group, host):
    lifecycle.move(group=other_group, to=stage, since=datetime.date(2026, 11, 1))
    with pytest.raises(ValidationError, match="会合を開いていない"):
        plans.plan(group=group, invited=[other_group], by=host.user, **HOURS)
    assert not Meeting.objects.exists()


def test_the_own_group_is_not_asked(group, host):
    with pytest.raises(ValidationError, match="自分のグループ"):
        plans.plan(group=group, invited=[group], by=host.user, **HOURS)


def test_once_agreed_its_members_are_invited_and_the_host_is_told(asked, group, other_group, guest):
    agree(asked, other_group, guest, words="楽しみです")
    assert {each[0].group for each in invited_people(asked)} == {group, other_group}
    assert sent()[1:] == [("joint_answered", "主田")]
    text = Letter.objects.get(kind="events/joint_answered").text
    assert [word for word in ("客野 招さん", "楽しみです", "いっしょに開きます") if word not in text] == []


def test_after_the_notice_the_host_is_told_to_send_it_to_the_newcomers(asked, other_group, guest, host):
    notices.send(meeting=asked, by=host.user, people=[host.person])
    agree(asked, other_group, guest)
    assert "ほかの方にも案内する" in Letter.objects.get(kind="events/joint_answered").text


def test_a_no_stays_a_no_until_it_is_asked_again(asked, other_group, guest, host):
    agree(asked, other_group, guest, agrees=False)
    with pytest.raises(ValidationError, match="もう一度たずねて"):
        agree(asked, other_group, guest)
    changes.change(meeting=asked, by=host.user, invited=[other_group], shown=[])
    assert (row_of(asked, other_group).state, row_of(asked, other_group).answered_by) == ("asked", None)
    assert [kind for kind, _ in sent()] == ["joint_asked", "joint_answered", "joint_asked"]
    assert agree(asked, other_group, guest).state == "agreed"


def test_a_page_that_was_drawn_before_the_no_asks_nobody_again(asked, other_group, guest, host):
    agree(asked, other_group, guest, agrees=False)
    changes.change(meeting=asked, by=host.user, invited=[other_group], shown=[other_group.pk])
    assert row_of(asked, other_group).state == "declined"


def test_two_officers_at_once_are_told(asked, other_group, guest):
    agree(asked, other_group, guest, shown="asked")
    with pytest.raises(ValidationError, match="お返事が変わりました"):
        agree(asked, other_group, guest, agrees=False, shown="asked")
    assert row_of(asked, other_group).state == "agreed"


def told_both(asked, other_group, guest, host, outsider):
    agree(asked, other_group, guest)
    notices.send(meeting=asked, by=host.user, people=[host.person, outsider.person])
    reply = asked.replies.get(person=outsider.person)
    type(asked).objects.filter(pk=asked.pk).update(capacity=1)
    type(reply).objects.filter(pk=reply.pk).update(
        answer="yes", source="link", answered_at=datetime.datetime(2026, 11, 25, tzinfo=TOKYO)
    )
    Letter.objects.filter(kind__in=["events/joint_asked", "events/joint_answered"]).delete()
    return reply


def door(reply) -> Door:
    from events.replying.doors import attended

    found = attended().get(pk=reply.pk)
    return door_of(found, found.generation)


def test_stepping_back_shuts_the_doors_tells_both_and_frees_the_places(
    asked, other_group, guest, host, outsider
):
    reply = told_both(asked, other_group, guest, host, outsider)
    assert (door(reply), places_taken(asked)) == (Door.OPEN, 1)
    agree(asked, other_group, guest, agrees=False)
    assert (door(reply), places_taken(asked)) == (Door.GONE, 0)
    assert sent() == [("joint_news", outsider.person.family_name), ("joint_answered", "主田")]
    notice = Letter.objects.get(kind="events/notice", person=outsider.person)
    assert (notice.state, notice.text) == ("stopped", "")


def test_the_host_takes_the_question_back(asked, other_group, guest, host, outsider):
    reply = told_both(asked, other_group, guest, host, outsider)
    changes.change(meeting=asked, by=host.user, invited=[])
    assert not InvitedGroup.objects.exists()
    assert door(reply) == Door.GONE
    assert sorted(sent()) == sorted([("joint_news", outsider.person.family_name), ("joint_news", "客野")])


@pytest.mark.parametrize("agrees", [True, False])
def test_until_the_end_of_the_day_before(agrees, asked, other_group, guest):
    with time_machine.travel(datetime.datetime(2026, 12, 9, 0, 0, tzinfo=TOKYO)):
        with pytest.raises(ValidationError, match="前の日まで"):
            agree(asked, other_group, guest, agrees=agrees)
        assert asking.waiting_for([other_group.pk]) == []
    with time_machine.travel(datetime.datetime(2026, 12, 8, 23, 59, 59, tzinfo=TOKYO)):
        assert len(asking.waiting_for([other_group.pk])) == 1
        agree(asked, other_group, guest, agrees=agrees)


def test_of_a_meeting_that_is_off_the_officers_are_told_who_were_only_asked(asked, other_group, guest, host):
    changes.cancel(meeting=asked, by=host.user, reason="会場がとれないため")
    assert sent()[1:] == [("joint_news", "客野")]
    assert "会場がとれないため" in Letter.objects.get(kind="events/joint_news").text
    with pytest.raises(ValidationError, match="中止"):
        agree(asked, other_group, guest)


def test_who_has_the_letter_of_the_meeting_is_told_once(asked, other_group, guest, host):
    agree(asked, other_group, guest)
    notices.send(meeting=asked, by=host.user, people=[host.person, guest.person])
    changes.cancel(meeting=asked, by=host.user, reason="大雪のため")
    assert [kind for kind, _ in sent()] == ["joint_asked", "joint_answered"]
    assert Letter.objects.filter(kind="events/cancelled", person=guest.person).count() == 1


def test_another_day_is_told_to_those_who_are_asked(asked, host):
    changes.change(meeting=asked, by=host.user, place="大会議室")
    changes.change(meeting=asked, by=host.user, note="名刺をお持ちください")
    assert sent()[1:] == [("joint_news", "客野")]


def test_who_is_asked_in_the_same_step_is_told_once(group, other_group, host, guest):
    meeting = plans.plan(group=group, by=host.user, **HOURS)
    changes.change(meeting=meeting, by=host.user, invited=[other_group], place="大会議室")
    assert sent() == [("joint_asked", "客野")]


def test_a_group_that_meets_no_more_leaves_all_that_is_ahead(asked, other_group, guest, host, group):
    second = plans.plan(
        group=group, invited=[other_group], by=host.user,
        **{name: at + datetime.timedelta(days=7) for name, at in HOURS.items()},
    )  # fmt: skip
    agree(second, other_group, guest)
    assert asking.leave_all(group=other_group, by=host.user) == 2
    assert {row.state for row in InvitedGroup.objects.all()} == {"declined"}


def test_the_question_is_the_next_thing_to_do(asked, group, other_group):
    make_meeting(other_group, DAY)
    (first, step), *_ = waiting_in([other_group.pk])
    assert (first, step.page, step.label) == (asked, JOINT.page, JOINT.label)
    found = next_of(other_group)
    assert (found.meeting, found.step) == (asked, JOINT)
    assert next_of(group).step != JOINT


KILLED = {
    "asked": ("events.joining.letters.asked", lambda m, g, who: plans.plan(group=m.group, invited=[g], by=who.user, **LATER)),
    "agreed": ("events.joining.letters.answered", lambda m, g, who: agree(m, g, who)),
    "declined": ("events.joining.letters.answered", lambda m, g, who: agree(m, g, who, agrees=False)),
    "removed": ("events.joining.letters.news", lambda m, g, who: changes.change(meeting=m, by=who.user, invited=[])),
    "cancelled": ("events.joining.letters.news", lambda m, g, who: changes.cancel(meeting=m, by=who.user, reason="雪")),
}  # fmt: skip
LATER = {name: at + datetime.timedelta(days=7) for name, at in HOURS.items()}


@pytest.mark.parametrize("verb", KILLED)
def test_killed_in_the_middle_nothing_is_done(verb, asked, other_group, guest, host, monkeypatch):
    where, act = KILLED[verb]
    before = everything()

    def killed(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(where, killed)
    with pytest.raises(RuntimeError):
        act(asked, other_group, guest if verb in ("agreed", "declined") else host)
    assert everything() == before
