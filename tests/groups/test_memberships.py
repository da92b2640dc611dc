"""Membership's verbs: numbers, statuses, representatives, offices, consent."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import memberships
from groups.models import Group, Membership, OfficerTerm, Representative
from tests.factories import make_company, make_group, make_membership, make_officer, make_person

DAY = datetime.date(2020, 4, 1)
LATER, LAST = datetime.date(2021, 4, 1), datetime.date(2022, 4, 1)


def test_numbers_count_up_and_are_never_reused(group):
    first, second = make_membership(group), make_membership(group)
    Membership.objects.filter(pk=second.pk).delete()
    third = make_membership(group)
    assert [first.number, third.number] == ["KY-001", "KY-003"]


@pytest.mark.parametrize("behind", [0, 1])
def test_a_counter_that_was_written_back_heals(group, behind):
    make_membership(group)
    make_membership(group)
    Group.objects.filter(pk=group.pk).update(last_member_number=behind)
    assert make_membership(group).number == "KY-003"
    group.refresh_from_db()
    assert group.last_member_number == 3


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


@pytest.mark.parametrize(
    ("since", "until", "ends"),
    [
        (DAY, None, datetime.date(2021, 3, 31)),
        (DAY, LAST, datetime.date(2021, 3, 31)),
        (DAY, datetime.date(2021, 3, 31), datetime.date(2021, 3, 31)),
        (DAY, datetime.date(2020, 9, 30), datetime.date(2020, 9, 30)),
        (LATER, None, "deleted"),
        (LAST, LAST, "deleted"),
    ],
)
def test_leaving_shortens_terms_and_deletes_those_to_come(group, since, until, ends):
    membership = make_membership(group, on=DAY, representatives=[])
    term = memberships.add_representative(membership=membership, person=make_person(), since=since)
    term.until = until
    term.save()
    memberships.leave(membership=membership, since=LATER, reason="busy")
    kept = membership.representatives.values_list("until", flat=True)
    assert list(kept) == ([] if ends == "deleted" else [ends])
    assert Representative.history.filter(id=term.pk, history_type="-").count() == (ends == "deleted")


@pytest.mark.parametrize("individual", [False, True])
def test_leaving_ends_the_offices_in_this_group_only(group, individual):
    person = make_person()
    who = {"person": person} if individual else {"representatives": [person]}
    membership = make_membership(group, on=DAY, **who)
    here = make_officer(group, person, since=DAY, until=LAST)
    next_term = make_officer(group, person, role="chair", since=LAST)
    elsewhere = make_officer(make_group(), person, since=DAY)
    past = make_officer(group, person, role="auditor", since=DAY, until=datetime.date(2020, 9, 30))
    colleague = make_officer(group, make_person(), since=DAY)
    memberships.leave(membership=membership, since=LATER, reason="busy")
    assert dict(OfficerTerm.objects.values_list("pk", "until")) == {
        here.pk: datetime.date(2021, 3, 31),
        past.pk: datetime.date(2020, 9, 30),
        elsewhere.pk: None,
        colleague.pk: None,
    }
    assert OfficerTerm.history.filter(id=next_term.pk, history_type="-").count() == 1


def test_an_officer_who_is_in_the_group_otherwise_stays_one(group):
    person, former = make_person(), make_person()
    first = make_membership(group, on=DAY, representatives=[person, former])
    make_membership(group, on=DAY, representatives=[person])
    first.representatives.filter(person=former).update(until=datetime.date(2020, 9, 30))
    terms = [make_officer(group, person, since=DAY), make_officer(group, former, role="counsel", since=DAY)]
    memberships.leave(membership=first, since=LATER, reason="busy")
    assert [OfficerTerm.objects.get(pk=term.pk).until for term in terms] == [None, None]


def test_a_departure_written_down_late_leaves_what_began_after_the_return(group):
    membership = make_membership(group, on=DAY)
    memberships.rest(membership=membership, since=datetime.date(2020, 10, 1))
    memberships.resume(membership=membership, since=LAST)
    again = memberships.add_representative(membership=membership, person=make_person(), since=LAST)
    office = make_officer(group, again.person, since=LAST)
    memberships.leave(membership=membership, since=LATER, reason="busy")
    again.refresh_from_db()
    office.refresh_from_db()
    assert (again.until, office.until) == (None, None)


def test_no_more_representatives_than_the_by_laws_allow(group):
    membership = make_membership(group, on=DAY)
    memberships.add_representative(membership=membership, person=make_person(), since=DAY)
    with pytest.raises(ValidationError, match="登録者は1社2名までです"):
        memberships.add_representative(membership=membership, person=make_person(), since=DAY)
    assert list(membership.representatives.values_list("rank", flat=True)) == [1, 2]


def test_who_joins_is_refused_too_many_and_the_same_person_twice(group):
    one, company = make_person(), make_company()
    joining = {"group": group, "company": company, "on": DAY}
    with pytest.raises(ValidationError, match="登録者は1社2名までです"):
        memberships.join(**joining, representatives=[one, make_person(), make_person()])
    with pytest.raises(ValidationError, match="もう登録者です"):
        memberships.join(**joining, representatives=[one, one])
    assert (Membership.objects.count(), Representative.objects.count()) == (0, 0)
    membership = memberships.join(**joining, representatives=[one, make_person()])
    terms = membership.representatives.order_by("rank").values_list("rank", "since", "until")
    assert list(terms) == [(1, DAY, None), (2, DAY, None)]


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
