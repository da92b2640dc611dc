"""What a user is today, read from dated records."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from groups import lifecycle, memberships
from groups.models import Group
from groups.standing import Standing, standing
from tests.factories import (
    make_adviser,
    make_group,
    make_login,
    make_membership,
    make_office,
    make_officer,
    make_person,
    make_staff,
)

TODAY = datetime.date(2026, 11, 25)
YESTERDAY, TOMORROW = TODAY - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=1)


def of(actor) -> Standing:
    return Standing(actor.user, TODAY)


def test_a_visitor_has_no_hat():
    who = standing(AnonymousUser())
    assert (who.is_staff, who.offices, who.memberships, who.runs) == (False, [], {}, frozenset())
    assert (who.insider_of, who.own_companies) == (frozenset(), frozenset())


def test_a_member_belongs_and_represents_a_company(member, group):
    who = of(member)
    assert who.memberships == {member.membership.pk: group.pk}
    assert who.member_of == who.insider_of == {group.pk}
    assert who.own_companies == {member.membership.company_id}
    assert (who.officer_of, who.runs, who.is_staff) == (frozenset(), frozenset(), False)


def test_on_leave_is_still_a_member_and_after_leaving_no_more(member, group):
    memberships.rest(membership=member.membership, since=YESTERDAY)
    assert of(member).member_of == {group.pk}
    memberships.leave(membership=member.membership, since=TODAY, reason="busy")
    assert of(member).member_of == frozenset()
    assert of(member).own_companies == frozenset()


def test_an_individual_is_a_member_without_a_company(group):
    person = make_person()
    membership = make_membership(group, person=person)
    who = Standing(make_login(person), TODAY)
    assert (who.memberships, who.own_companies) == ({membership.pk: group.pk}, frozenset())


def test_officers_run_a_group_only_while_it_runs_itself(secretary, group, launched_group):
    make_officer(launched_group, secretary.person)
    assert of(secretary).officer_of == {group.pk, launched_group.pk}
    assert of(secretary).runs == {group.pk}
    lifecycle.move(group=launched_group, to=Group.Stage.SELF_MANAGED, since=TOMORROW)
    assert of(secretary).runs == {group.pk}
    assert Standing(secretary.user, TOMORROW).runs == {group.pk, launched_group.pk}


def test_a_dormant_group_is_run_by_its_officers_and_a_dissolved_one_by_nobody(secretary, group):
    lifecycle.move(group=group, to=Group.Stage.DORMANT, since=YESTERDAY)
    assert of(secretary).runs == {group.pk}
    lifecycle.move(group=group, to=Group.Stage.DISSOLVED, since=TODAY)
    assert of(secretary).runs == frozenset()


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (TODAY, None, True),
        (TOMORROW, None, False),
        (datetime.date(2026, 1, 1), TODAY, True),
        (datetime.date(2026, 1, 1), YESTERDAY, False),
    ],
)
def test_a_term_holds_from_its_first_to_its_last_day(member, group, since, until, holds):
    other = make_group()
    make_officer(group, member.person, since=since, until=until)
    make_adviser(other, member.person, since=since, until=until)
    make_staff(member.person, since=since, until=until)
    who = of(member)
    assert bool(who.officer_of) is bool(who.adviser_of) is bool(who.offices) is who.is_staff is holds


def test_an_adviser_is_an_insider_but_no_member(adviser, group):
    who = of(adviser)
    assert (who.adviser_of, who.insider_of, who.member_of) == ({group.pk}, {group.pk}, frozenset())


def test_it_is_read_once_a_request_and_anew_the_next_day(staff, django_assert_num_queries):
    assert standing(staff.user) is standing(staff.user)
    assert standing(staff.user).is_staff
    with django_assert_num_queries(0):
        assert standing(staff.user).is_staff
    kept = standing(staff.user)
    with time_machine.travel(datetime.datetime(2026, 11, 26, 12, 0, tzinfo=datetime.UTC)):
        assert standing(staff.user) is not kept


def test_all_hats_are_read_in_one_query(secretary, group, other_group, office, django_assert_num_queries):
    """The offices the latest first, the groups in the order of their founding."""
    second = make_office(name="本部")
    for place, since in ((office, datetime.date(2020, 4, 1)), (second, datetime.date(2024, 4, 1))):
        make_staff(secretary.person, office=place, since=since)
    make_officer(other_group, secretary.person)
    make_adviser(other_group, secretary.person)
    Group.objects.filter(pk=other_group.pk).update(founded_year=group.founded_year - 1)
    with django_assert_num_queries(1):
        who = of(secretary)
        assert (who.offices, who.office_name) == ([second.pk, office.pk], "本部")
        assert who.group_names == [other_group.name, group.name]
        assert who.officer_of == who.member_of == {group.pk, other_group.pk}
        assert (who.adviser_of, who.own_companies) == (
            {other_group.pk},
            {secretary.membership.company_id},
        )
        assert who.runs == {group.pk, other_group.pk}
