"""総会: voters, quorum, 委任状 and motions, counted by membership."""

import pytest

from events.minutes import general
from events.minutes.general import Count, Motion, count, quorum_of
from events.models import Attendance, Reply
from groups import memberships
from tests.conftest import NOW
from tests.events.minutes.making import item, met, there, written
from tests.factories import make_company, make_membership, make_person


@pytest.mark.parametrize(
    ("voters", "percent", "needed"),
    [(20, 50, 11), (21, 50, 11), (20, 33, 7), (20, 100, 20), (20, 0, 0), (0, 50, 0), (3, 66, 2), (3, 67, 3)],
)
def test_quorum(voters, percent, needed):
    assert quorum_of(voters, percent) == needed


def test_the_sentence():
    counted = Count(voters=20, present=12, entrusted=5, quorum=11, percent=50)
    assert counted.sentence == "会員20、出席12、委任状5、計17、定足数11（過半数）→ 成立"
    assert not Count(voters=20, present=5, entrusted=5, quorum=11, percent=50).holds
    assert Count(voters=20, present=5, entrusted=5, quorum=14, percent=66).rule == "66％を超える数"


def entrusting(meeting, membership):
    return Reply.objects.create(
        meeting=meeting,
        membership=membership,
        person=membership.representatives.get().person,
        answer="no",
        source="link",
        answered_at=NOW,
        entrusts=True,
    )


def test_one_vote_per_membership(group):
    meeting = met(group, kind="general")
    company = make_company()
    two = make_membership(
        group, company=company, representatives=[make_person(company=company), make_person(company=company)]
    )
    for term in two.representatives.all():
        Attendance.objects.create(meeting=meeting, membership=two, person=term.person, kind="present")
    there(meeting, make_membership(group), "proxy", name="代理")
    there(meeting, make_membership(group), "absent")
    entrusting(meeting, make_membership(group))
    both = make_membership(group)
    entrusting(meeting, both)
    there(meeting, both, "late")
    assert count(meeting) == Count(voters=5, present=3, entrusted=1, quorum=3, percent=50)


def test_who_rests_who_left_and_who_only_advises_has_no_vote(group):
    meeting = met(group, kind="general")
    resting, left = make_membership(group), make_membership(group)
    memberships.rest(membership=resting, since=meeting.day)
    memberships.leave(membership=left, since=meeting.day, reason="busy")
    counsel = make_membership(group, kind="counsel")
    for each in (resting, left, counsel):
        there(meeting, each)
    Attendance.objects.create(meeting=meeting, name="客", kind="present")
    there(meeting, make_membership(group))
    assert count(meeting) == Count(voters=1, present=1, entrusted=0, quorum=1, percent=50)


def test_numbers_written_by_hand_take_the_place(group, secretary):
    meeting = met(group, kind="general")
    written(meeting, secretary.user, voters=18, quorum=6)
    meeting.refresh_from_db()
    assert (count(meeting).voters, count(meeting).quorum) == (18, 6)


def test_motions(group):
    meeting = met(group, kind="general")
    item(meeting, "報告")
    carried = item(meeting, "事業計画", is_motion=True, votes_for=9, votes_against=5, votes_abstained=3)
    refused = item(meeting, "会費", is_motion=True, votes_for=6, votes_against=6)
    open_ = item(meeting, "役員", is_motion=True)
    counted = Count(voters=20, present=12, entrusted=4, quorum=11, percent=50)
    found = general.motions(meeting.agenda.all(), counted)
    assert found == [Motion(each, 16) for each in (carried, refused, open_)]
    assert [(each.votes, each.result, bool(each.doubt)) for each in found] == [
        (17, "可決", True),
        (12, "否決", False),
        (0, "", False),
    ]
