"""Whose minutes a reader may open, and what stands at their head."""

import datetime

import pytest
import time_machine

from events.minutes import reading
from events.minutes.reading import header_of, minutes_visible_to
from events.models import Attendance, InvitedGroup, Turn
from groups import lifecycle, memberships
from groups.models import Group
from tests.events.minutes.making import met, published, there, written
from tests.factories import make_membership

READERS = ("visitor", "member", "secretary", "outsider", "left_member", "adviser", "staff")


@pytest.fixture
def readers(request):
    return {name: request.getfixturevalue(name) for name in READERS}


def who_sees(meeting, readers) -> list[str]:
    from django.contrib.auth.models import AnonymousUser

    users = {name: actor.user or AnonymousUser() for name, actor in readers.items()}
    return [name for name, user in users.items() if minutes_visible_to(user).filter(pk=meeting.pk).exists()]


def test_published_minutes_are_the_groups_own(group, readers):
    meeting = met(group)
    published(meeting, readers["secretary"].user)
    assert who_sees(meeting, readers) == ["member", "secretary", "adviser"]


def test_a_draft_is_seen_by_who_writes_it(group, readers):
    meeting = met(group)
    written(meeting, readers["secretary"].user)
    assert who_sees(meeting, readers) == ["secretary"]


def test_an_invited_group_does_not_read_them(group, other_group, readers):
    meeting = met(group)
    InvitedGroup.objects.create(meeting=meeting, group=other_group, state="agreed")
    published(meeting, readers["secretary"].user)
    assert who_sees(meeting, readers) == ["member", "secretary", "adviser"]


def test_staff_read_those_of_the_launch_year_also_when_it_is_over(launched_group, staff):
    meeting = met(launched_group)
    published(meeting, staff.user)
    later = met(launched_group, datetime.date(2027, 5, 12))
    lifecycle.move(group=launched_group, to=Group.Stage.SELF_MANAGED, since=datetime.date(2027, 4, 1))
    with time_machine.travel(later.ends_at):
        assert list(minutes_visible_to(staff.user)) == [meeting]


def test_the_header_names_who_was_there_and_how(group, secretary, member):
    meeting = met(group)
    there(meeting, member.membership)
    there(meeting, secretary.membership, "proxy", name="代理 太郎")
    there(meeting, make_membership(group, consent="yes"), "absent")
    Attendance.objects.create(meeting=meeting, name="客野", affiliation="株式会社きゃく", kind="present")
    Attendance.objects.create(meeting=meeting, name="まだ 来ぬ", kind="")
    header = header_of(meeting, secretary.user)
    assert [(each.label, each.count) for each in header.circles] == [
        ("出席", 1),
        ("代理", 1),
        ("欠席", 1),
        ("会員のほかの方", 1),
    ]
    present, proxy, _, guest = header.circles
    assert present.names == [f"{member.membership.company} {member.person}"]
    assert proxy.names == [f"{secretary.membership.company} {secretary.person}（代理 代理 太郎）"]
    assert guest.names == ["株式会社きゃく 客野様"]
    assert header.there == 3


def test_who_asked_not_to_be_listed_is_counted_for_members_and_named_for_the_secretary(
    group, secretary, member
):
    meeting = met(group)
    hidden = make_membership(group, consent="no")
    company_only = make_membership(group, consent="company")
    left = make_membership(group, consent="yes")
    for each in (hidden, company_only, left, member.membership):
        there(meeting, each)
    memberships.leave(membership=left, since=datetime.date(2026, 11, 20), reason="busy")
    (seen,) = header_of(meeting, member.user).circles
    assert (seen.count, seen.unnamed) == (4, 2)
    assert sorted(seen.names) == sorted(
        [f"{member.membership.company} {member.person}", company_only.company.name]
    )
    (known,) = header_of(meeting, secretary.user).circles
    assert (known.count, known.unnamed) == (4, 0)


def test_the_header_costs_the_same_for_one_and_for_thirty(
    group, secretary, member, django_assert_num_queries
):
    meeting = met(group)
    there(meeting, member.membership)
    header_of(meeting, member.user)  # who the reader is, is asked once
    with django_assert_num_queries(2):
        assert header_of(meeting, member.user).there == 1
    for _ in range(29):
        there(meeting, make_membership(group, consent="yes"))
    with django_assert_num_queries(2):
        assert header_of(meeting, member.user).there == 30


def test_the_next_meeting_and_whose_turn_it_is(group, member):
    meeting, later = met(group), met(group, datetime.date(2026, 12, 9))
    met(group, datetime.date(2026, 12, 1), kind="officers")
    Turn.objects.create(meeting=later, membership=member.membership, role="duty")
    assert reading.next_meeting(meeting) == later
    assert reading.on_duty(later) == str(member.membership.company)
    assert reading.next_meeting(later) is None
    assert reading.on_duty(None) == ""
