"""Who may do what about meetings: each rule, asked of the whole cast, of three meetings."""

import datetime

import pytest
import rules

from events import meetings
from events.models import DatePoll, InvitedGroup, LibraryFile, PollVoter, Reply, Todo
from events.permissions import RULES
from groups import lifecycle
from groups.models import Group
from tests.conftest import Actor, log_in
from tests.factories import make_adviser, make_meeting, make_membership, make_officer, make_person

CAST = ("visitor", "member", "secretary", "outsider", "left_member", "adviser", "staff")
DAY = datetime.date(2026, 12, 9)
OF_A_GROUP = {
    "events.run_meetings": {"secretary"},
    "events.see_meetings": {"member", "secretary", "adviser"},
}
OF_A_MEETING = {
    "events.run_meeting": {"secretary"},
    "events.see_meeting": {"member", "secretary", "adviser"},
    "events.see_notice": {"member", "secretary", "adviser"},
}


def allowed(request, rule: str, about: object, cast: tuple[str, ...] = CAST) -> set[str]:
    """Those of the cast for whom the rule holds."""
    return {name for name in cast if rules.has_perm(rule, user_of(request.getfixturevalue(name)), about)}


def user_of(actor: Actor):
    return actor.user or actor.client.get("/").wsgi_request.user


def fresh(actor: Actor):
    """Standing is read once for each request."""
    return type(actor.user).objects.get(pk=actor.user.pk)


@pytest.mark.parametrize("rule", OF_A_GROUP)
def test_of_a_group_that_runs_itself(rule, request, group):
    assert allowed(request, rule, group) == OF_A_GROUP[rule]


@pytest.mark.parametrize("rule", OF_A_MEETING)
def test_of_its_meeting(rule, request, group):
    assert allowed(request, rule, make_meeting(group, DAY)) == OF_A_MEETING[rule]


@pytest.mark.parametrize("rule", OF_A_MEETING)
def test_of_a_meeting_of_its_launch_year_the_office_still_may(rule, request, group):
    """The group runs itself since 1 April 2013."""
    before = make_meeting(group, datetime.date(2013, 3, 31))
    assert allowed(request, rule, before) == OF_A_MEETING[rule] | {"staff"}


@pytest.mark.parametrize("rule", [*OF_A_GROUP, *OF_A_MEETING])
def test_of_a_group_in_its_launch_year(rule, request, launched_group):
    about = launched_group if rule in OF_A_GROUP else make_meeting(launched_group, DAY)
    assert allowed(request, rule, about) == {"staff"}


def test_an_officer_of_the_launch_year_runs_meetings_from_the_day_that_the_office_grants(launched_group):
    membership = make_membership(launched_group)
    person = membership.representatives.get().person
    make_officer(launched_group, person, since=datetime.date(2026, 7, 10))
    officer = log_in(person, membership)
    meeting = make_meeting(launched_group, DAY)
    for granted, may in (
        (None, False),
        (datetime.date(2026, 11, 26), False),
        (datetime.date(2026, 11, 25), True),
    ):
        Group.objects.filter(pk=launched_group.pk).update(officers_run_meetings_from=granted)
        assert rules.has_perm("events.run_meetings", fresh(officer), launched_group) is may
        assert rules.has_perm("events.run_meeting", fresh(officer), meeting) is may


def test_after_the_handover_the_office_keeps_the_meetings_of_before(staff, launched_group):
    before = make_meeting(launched_group, datetime.date(2026, 10, 14))
    after = make_meeting(launched_group, DAY)
    lifecycle.move(group=launched_group, to=Group.Stage.SELF_MANAGED, since=datetime.date(2026, 11, 20))
    user = fresh(staff)
    assert [rules.has_perm("events.run_meeting", user, each) for each in (before, after)] == [True, False]
    assert not rules.has_perm("events.run_meetings", user, launched_group)


def test_the_invited_see_the_notice_and_nothing_else_once_it_is_out(outsider, group, other_group):
    meeting = make_meeting(group, DAY)
    InvitedGroup.objects.create(meeting=meeting, group=other_group, state="agreed")
    seen = []
    for _ in range(2):
        seen.append([rules.has_perm(rule, fresh(outsider), meeting) for rule in OF_A_MEETING])
        if meeting.state == "draft":
            meetings.announce(meeting=meeting)
    assert seen == [[False, False, False], [False, False, True]]


def test_an_adviser_of_the_launch_year_sees_and_does_not_run(launched_group):
    person = make_person()
    make_adviser(launched_group, person)
    adviser = log_in(person)
    assert rules.has_perm("events.see_meetings", adviser.user, launched_group)
    assert not rules.has_perm("events.run_meetings", adviser.user, launched_group)


@pytest.mark.parametrize(("which", "who"), [("group", {"secretary"}), ("launched_group", {"staff"})])
def test_a_poll_is_its_runners(which, who, request, group, launched_group, staff):
    asked = request.getfixturevalue(which)
    membership = make_membership(asked)
    poll = DatePoll.objects.create(
        group=asked,
        title="日程",
        answer_until=datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC),
        started_by=staff.user,
    )
    person = membership.representatives.get().person
    voter = PollVoter.objects.create(poll=poll, membership=membership, person=person)
    assert allowed(request, "events.run_poll", poll) == who
    assert allowed(request, "events.keep_poll_answer", voter) == who


@pytest.mark.parametrize(("which", "who"), [("group", {"secretary"}), ("launched_group", {"staff"})])
def test_a_reply_is_kept_by_who_runs_its_meeting(which, who, request, group, launched_group):
    meeting = make_meeting(request.getfixturevalue(which), DAY)
    membership = make_membership(meeting.group)
    person = membership.representatives.get().person
    reply = Reply.objects.create(meeting=meeting, membership=membership, person=person)
    assert allowed(request, "events.keep_reply", reply) == who


@pytest.mark.parametrize(("which", "who"), [("group", {"secretary"}), ("launched_group", {"staff"})])
def test_a_to_do_is_ticked_by_who_writes_the_minutes(which, who, request, group, launched_group):
    meeting = make_meeting(request.getfixturevalue(which), DAY)
    todo = Todo.objects.create(meeting=meeting, what="会場をおさえる")
    assert allowed(request, "events.tick_todo", todo) == who


@pytest.mark.parametrize(("which", "who"), [("group", {"secretary"}), ("launched_group", {"staff"})])
@pytest.mark.parametrize("of_a_meeting", [False, True])
def test_a_file_is_kept_by_who_runs_the_meetings(
    which, who, of_a_meeting, request, group, launched_group, staff
):
    asked = request.getfixturevalue(which)
    about = {
        "kind": "other",
        "title": "資料",
        "filename": "a.pdf",
        "format": "pdf",
        "content": b"x",
        "size": 1,
    }
    meeting = make_meeting(asked, DAY) if of_a_meeting else None
    file = LibraryFile.objects.create(group=asked, meeting=meeting, uploaded_by=staff.user, **about)
    assert allowed(request, "events.keep_file", file) == who


def test_the_board_is_for_members_of_any_group_and_for_staff(request, group):
    assert allowed(request, "events.see_board", None) == {"member", "secretary", "outsider", "staff"}


# What staff may about any exchange, also before there is one.
STAFF_MAY = {
    "events.run_exchange", "events.keep_booth", "events.enter_partners", "events.keep_entry", "events.see_group_entries",
}  # fmt: skip


# These ask who somebody is, whatever they are asked about.
OF_THE_READER = {"events.see_board", "events.enter_exchange", "events.see_booth_call"}


@pytest.mark.parametrize("rule", sorted(STAFF_MAY))
def test_about_no_exchange_only_staff_may(rule, request, group):
    assert allowed(request, rule, None) == {"staff"}


@pytest.mark.parametrize("rule", sorted(set(RULES) - STAFF_MAY - OF_THE_READER))
def test_about_nothing_nobody_may(rule, request, group):
    assert allowed(request, rule, None) == set()
