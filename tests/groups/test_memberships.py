"""Membership's verbs: numbers, statuses, representatives, offices, consent."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import memberships
from groups.models import Membership
from tests.factories import make_company, make_group, make_membership, make_person

DAY = datetime.date(2020, 4, 1)
LATER, LAST = datetime.date(2021, 4, 1), datetime.date(2022, 4, 1)


def test_numbers_count_up_and_are_never_reused(group):
    first, second = make_membership(group), make_membership(group)
    Membership.objects.filter(pk=second.pk).delete()
    third = make_membership(group)
    assert [first.number, third.number] == ["KY-001", "KY-003"]


def test_a_company_or_a_person_but_not_both_and_not_neither(group):
    company, person = make_company(), make_person()
    with pytest.raises(ValidationError):
        memberships.join(group=group, on=DAY, company=company, person=person)
    with pytest.raises(ValidationError):
        memberships.join(group=group, on=DAY)
    group.refresh_from_db()
    assert (group.memberships.count(), group.last_member_number) == (0, 0)


def test_nobody_joins_twice(group):
    company = make_company()
    make_membership(group, company=company)
    with pytest.raises(ValidationError, match="この企業は、すでにこのグループの会員です"):
        memberships.join(group=group, on=DAY, company=company)
    make_membership(make_group(), company=company)


def test_the_kind_follows_from_who_joins(group):
    person = make_membership(group, person=make_person())
    assert (person.kind, make_membership(group).kind) == ("individual", "regular")
    assert make_membership(group, kind="special").kind == "special"


def test_rest_return_leave_and_come_back(group):
    membership = make_membership(group, on=DAY)
    memberships.rest(membership=membership, since=LATER)
    memberships.resume(membership=membership, since=LAST)
    memberships.leave(membership=membership, since=datetime.date(2023, 4, 1), reason="busy")
    memberships.resume(membership=membership, since=datetime.date(2024, 4, 1))
    days = [DAY, LATER, LAST, datetime.date(2023, 4, 1), datetime.date(2024, 4, 1)]
    assert [membership.status_on(day) for day in days] == ["active", "on_leave", "active", "left", "active"]
    assert membership.status_on(datetime.date(2020, 3, 31)) == ""


def test_the_table_is_kept(group):
    membership = make_membership(group, on=DAY)
    with pytest.raises(ValidationError, match="「在会」から「在会」には変えられません"):
        memberships.resume(membership=membership, since=LATER)
    memberships.leave(membership=membership, since=LATER, reason="busy")
    with pytest.raises(ValidationError, match="「退会」から「休会」には変えられません"):
        memberships.rest(membership=membership, since=LAST)


def test_leaving_needs_a_reason_and_ends_the_terms_of_the_representatives(group):
    membership = make_membership(group, on=DAY)
    memberships.leave(membership=membership, since=LATER, reason="retired", note="電話で")
    term = membership.representatives.get()
    assert (term.until, membership.statuses.last().reason) == (datetime.date(2021, 3, 31), "retired")


def test_no_more_representatives_than_the_by_laws_allow(group):
    membership = make_membership(group, on=DAY)
    memberships.add_representative(membership=membership, person=make_person(), since=DAY)
    with pytest.raises(ValidationError, match="登録者は1社2名までです"):
        memberships.add_representative(membership=membership, person=make_person(), since=DAY)
    assert list(membership.representatives.values_list("rank", flat=True)) == [1, 2]


def test_a_freed_rank_is_taken_by_the_next_representative(group):
    membership = make_membership(group, on=DAY)
    first = membership.representatives.get()
    memberships.add_representative(membership=membership, person=make_person(), since=DAY)
    first.until = LATER
    first.save()
    assert memberships.add_representative(membership=membership, person=make_person(), since=LAST).rank == 1


def test_the_same_person_does_not_represent_twice_at_a_time(group):
    membership = make_membership(group, on=DAY)
    person = membership.representatives.get().person
    with pytest.raises(ValidationError):
        memberships.add_representative(membership=membership, person=person, since=LATER)


def test_an_office_ends_after_it_begins(group):
    with pytest.raises(ValidationError, match="終わりの日を、始まりの日より後に"):
        memberships.appoint(group=group, person=make_person(), role="chair", since=LATER, until=DAY)
    with pytest.raises(ValidationError):
        memberships.appoint(group=group, person=make_person(), role="king", since=DAY)


def test_the_last_answer_to_the_roster_holds(group):
    membership = make_membership(group, on=DAY)
    assert Membership.objects.as_of(LAST).get().consent is None
    memberships.answer_roster_consent(membership=membership, answer="yes", since=DAY)
    memberships.answer_roster_consent(membership=membership, answer="company", since=LATER)
    answers = [Membership.objects.as_of(day).get().consent for day in (DAY, LATER, LAST)]
    assert answers == ["yes", "company", "company"]


def test_belonging_counts_members_and_those_on_leave(group):
    active, resting, left = (
        make_membership(group, on=DAY),
        make_membership(group, on=DAY),
        make_membership(group, on=DAY),
    )
    make_membership(group, on=LAST)
    memberships.rest(membership=resting, since=LATER)
    memberships.leave(membership=left, since=LATER, reason="busy")
    assert set(Membership.objects.belonging(DAY)) == {active, resting, left}
    assert set(Membership.objects.belonging(LATER)) == {active, resting}
