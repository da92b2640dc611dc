"""Who is left out when a group is handed over, read from the answers, and who is not."""

import datetime

import pytest
import time_machine

from groups import handing_on, memberships, representing
from groups.models import Handover
from groups.standing import Standing, standing
from members.models import User
from tests.factories import make_membership, make_person
from tests.groups.handed import APRIL, LAST_SECOND, LAUNCH, MIDNIGHT, Handed, hand_over, make_handed, say

DAY = datetime.timedelta(days=1)


@pytest.fixture
def handed(launched_group, staff) -> Handed:
    return make_handed(launched_group, staff)


def test_each_membership_has_its_people_and_what_they_said(handed):
    rows = {row.membership.pk: row for row in handing_on.answers(handed.group, APRIL)}
    said = {pk: [answer.said for answer in row.people] for pk, row in rows.items()}
    assert said == {
        handed.secretary.membership.pk: ["yes"],
        handed.member.membership.pk: ["yes"],
        handed.hidden.pk: [""],
        handed.alone.pk: ["no"],
        handed.nameless.pk: [""],
    }
    assert {pk for pk, row in rows.items() if row.is_left_out} == handed.out


def test_the_answers_cost_the_same_for_many(handed, django_assert_num_queries):
    with django_assert_num_queries(7):
        handing_on.answers(handed.group, APRIL)
    for _ in range(10):
        make_membership(handed.group, on=LAUNCH)
    with django_assert_num_queries(7):
        assert len(handing_on.answers(handed.group, APRIL)) == 15


def test_before_it_is_decided_the_list_says_who_would_be_left_out(launched_group):
    asked, silent = (make_membership(launched_group, on=LAUNCH) for _ in range(2))
    say(asked.representatives.get().person, True)
    assert handing_on.left_out(launched_group, APRIL) == {silent.pk}


def test_a_group_of_old_leaves_nobody_out(group, staff):
    make_membership(group)
    assert handing_on.left_out(group, APRIL) == set()
    Handover.objects.create(group=group)
    assert handing_on.left_out(group, APRIL) == set()


def test_the_last_answer_counts_from_its_day_on(handed):
    person = handed.hidden.representatives.get().person
    say(person, True, APRIL + DAY)
    say(person, False, APRIL + 3 * DAY)
    days = [APRIL + number * DAY for number in range(5)]
    assert [handed.hidden.pk in handing_on.left_out(handed.group, day) for day in days] == [
        True, False, False, True, True,
    ]  # fmt: skip


def test_who_came_when_the_group_ran_itself_gave_the_data_to_it(handed):
    later = make_membership(handed.group, on=APRIL)
    earlier = make_membership(handed.group, on=APRIL - DAY)
    assert handing_on.left_out(handed.group, APRIL) == {*handed.out, earlier.pk}
    assert later.pk not in handing_on.left_out(handed.group, APRIL)


def test_a_successor_whom_the_group_entered_is_known(handed):
    term = handed.hidden.representatives.get()
    with time_machine.travel(MIDNIGHT + 10 * DAY):
        successor = make_person(company=handed.hidden.company, since=APRIL)
        representing.succeed(term=term, person=successor, last_day=APRIL + 9 * DAY)
        assert handing_on.left_out(handed.group, APRIL + 10 * DAY) == handed.out - {handed.hidden.pk}
        found = handing_on.withheld_in([handed.group.pk], APRIL + 10 * DAY)
        assert term.pk in found.terms


def test_who_has_left_stays_left_out(handed):
    memberships.leave(membership=handed.hidden, since=LAUNCH + 30 * DAY, reason="busy")
    found = handing_on.withheld_in([handed.group.pk], APRIL)
    assert handed.hidden.pk in found.memberships


def test_one_of_two_who_does_not_agree_is_enough(launched_group, staff):
    membership = make_membership(launched_group, on=LAUNCH)
    memberships.add_representative(
        membership=membership, person=make_person(company=membership.company), since=LAUNCH
    )
    first, second = (term.person for term in membership.representatives.all())
    hand_over(launched_group, staff)
    say(first, True)
    assert handing_on.left_out(launched_group, APRIL) == {membership.pk}
    say(second, True)
    assert handing_on.left_out(launched_group, APRIL) == set()


def withheld(user: User) -> frozenset[int]:
    return standing(user).withheld.memberships


def test_an_officer_has_nobody_withheld_before_the_group_is_theirs(handed):
    user = handed.secretary.user
    with time_machine.travel(LAST_SECOND):
        assert (standing(user).runs, withheld(user)) == (frozenset(), frozenset())
    with time_machine.travel(MIDNIGHT):
        assert (standing(user).runs, withheld(user)) == ({handed.group.pk}, handed.out)


def test_nobodys_own_membership_is_withheld(handed):
    say(handed.secretary.person, False)
    with time_machine.travel(MIDNIGHT):
        assert withheld(handed.secretary.user) == handed.out


def test_staff_know_all(handed, staff):
    with time_machine.travel(MIDNIGHT):
        assert withheld(staff.user) == frozenset()


def test_an_officer_of_an_older_group_is_asked_nothing_more(secretary, django_assert_num_queries):
    who = Standing(secretary.user, APRIL)
    with django_assert_num_queries(1):
        assert who.runs == {secretary.membership.group_id}
        assert who.withheld == handing_on.NOTHING_WITHHELD
