"""The newest status is put right or taken back, and what ended with it comes back as it was."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import corrections, endings, memberships
from groups.models import MembershipStatus, OfficerTerm, Representative
from tests.factories import make_membership, make_officer, make_person

JOINED, TODAY = datetime.date(2013, 4, 1), datetime.date(2026, 11, 25)
LEFT, LATER = datetime.date(2026, 10, 1), datetime.date(2026, 11, 1)
DAY_BEFORE, NEXT_YEAR = datetime.date(2026, 9, 30), datetime.date(2027, 4, 1)


def states_of(membership) -> list[tuple[str, datetime.date]]:
    return list(membership.statuses.order_by("since").values_list("state", "since"))


def days_of(term) -> tuple[datetime.date, datetime.date | None]:
    kept = type(term).objects.get(pk=term.pk)
    return kept.since, kept.until


def test_a_leaving_taken_back_leaves_all_as_it_was(group, secretary):
    """Representative, office and what would have begun later: ended, deleted, and back under the same numbers."""
    membership = secretary.membership
    term, office = membership.representatives.get(), secretary.person.officer_terms.get()
    known_end = make_officer(group, secretary.person, role="board", until=NEXT_YEAR)
    to_come = make_officer(group, secretary.person, role="chair", since=NEXT_YEAR)
    status = memberships.leave(membership=membership, since=LEFT, reason="busy", confirmed=True)
    assert [days_of(each)[1] for each in (term, office, known_end)] == [DAY_BEFORE] * 3
    assert not OfficerTerm.objects.filter(pk=to_come.pk).exists()
    pk = status.pk
    undone = corrections.take_back(status=status)
    assert states_of(membership) == [("active", JOINED)]
    assert [days_of(each) for each in (term, office)] == [(JOINED, None)] * 2
    assert days_of(known_end) == (JOINED, NEXT_YEAR)
    assert days_of(to_come) == (NEXT_YEAR, None)
    assert (len(undone.back), list(undone.changed)) == (4, [])
    told = MembershipStatus.history.filter(id=pk, history_type="-").get()
    assert told.history_change_reason == "退会の取り消し"


def test_what_somebody_changed_since_is_left_alone(group, member, secretary):
    membership = member.membership
    term, office = membership.representatives.get(), make_officer(group, member.person, role="chair")
    status = memberships.leave(membership=membership, since=LEFT, reason="busy")
    kept = OfficerTerm.objects.get(pk=office.pk)
    kept.until = datetime.date(2026, 8, 31)
    kept.save()
    undone = corrections.take_back(status=status)
    assert days_of(term) == (JOINED, None)
    assert days_of(office) == (JOINED, datetime.date(2026, 8, 31))
    assert [was.person_id for was in undone.changed] == [member.person.pk]


def test_what_no_longer_fits_is_left_alone(group, member, secretary):
    """Somebody attends in their place meanwhile."""
    membership = member.membership
    term = membership.representatives.get()
    status = memberships.leave(membership=membership, since=NEXT_YEAR, reason="busy")
    Representative.objects.create(membership=membership, person=make_person(), since=LATER, rank=1)
    undone = corrections.take_back(status=status)
    assert days_of(term)[1] == datetime.date(2027, 3, 31)
    assert [was.id for was in undone.changed] == [term.pk]


def test_only_the_newest_and_never_the_first(group):
    membership = make_membership(group)
    with pytest.raises(ValidationError, match="入会は、ここでは取り消せません"):
        corrections.take_back(status=membership.statuses.get())
    rest = memberships.rest(membership=membership, since=LEFT)
    back = memberships.resume(membership=membership, since=LATER)
    with pytest.raises(ValidationError, match="このあとに、別の変更があります"):
        corrections.take_back(status=rest)
    corrections.take_back(status=back)
    corrections.take_back(status=rest)
    assert states_of(membership) == [("active", JOINED)]
    with pytest.raises(ValidationError, match="このあとに、別の変更があります"):
        corrections.take_back(status=back)


def test_a_step_that_lies_ahead_is_taken_back(group):
    membership = make_membership(group)
    status = memberships.leave(membership=membership, since=NEXT_YEAR, reason="closed")
    assert corrections.newest(membership) == status
    corrections.take_back(status=status)
    assert corrections.newest(membership) is None
    assert membership.representatives.get().until is None


def test_a_return_taken_back_ends_what_began_with_it(group, secretary):
    membership = make_membership(group)
    old = membership.representatives.get()
    memberships.leave(membership=membership, since=LEFT, reason="busy")
    back = memberships.resume(membership=membership, since=LATER)
    new = memberships.add_representative(membership=membership, person=make_person(), since=LATER)
    corrections.take_back(status=back)
    assert membership.status_on(TODAY) == "left"
    assert days_of(old) == (JOINED, DAY_BEFORE)
    assert not Representative.objects.filter(pk=new.pk).exists()


def test_another_last_day_moves_what_ended(group, member, secretary):
    membership, term = member.membership, member.membership.representatives.get()
    office = make_officer(group, member.person, role="chair", until=NEXT_YEAR)
    status = memberships.leave(membership=membership, since=LEFT, reason="busy")
    corrections.correct(status=status, since=LATER, reason="retired", note="社長の交代")
    last = LATER - endings.ONE_DAY
    assert states_of(membership) == [("active", JOINED), ("left", LATER)]
    assert (membership.statuses.last().reason, membership.statuses.last().note) == ("retired", "社長の交代")
    assert [days_of(each) for each in (term, office)] == [(JOINED, last)] * 2
    corrections.take_back(status=MembershipStatus.objects.get(pk=status.pk))
    assert (days_of(term), days_of(office)) == ((JOINED, None), (JOINED, NEXT_YEAR))


def test_a_correction_keeps_the_order_of_things(group):
    membership = make_membership(group)
    memberships.leave(membership=membership, since=LEFT, reason="busy")
    back = memberships.resume(membership=membership, since=LATER)
    memberships.add_representative(membership=membership, person=make_person(), since=LATER)
    with pytest.raises(ValidationError, match="退会は令和8年10月1日からです。それより後の日に"):
        corrections.correct(status=back, since=LEFT)
    with pytest.raises(ValidationError, match="登録者の任期が、その日より前に始まっています"):
        corrections.correct(status=back, since=TODAY)
    corrections.correct(status=back, since=datetime.date(2026, 10, 15), note="電話で")
    assert membership.status_on(datetime.date(2026, 10, 15)) == "active"
    with pytest.raises(ValidationError, match="退会のときだけ"):
        corrections.correct(status=back, since=LATER, reason="busy")


def test_nobody_is_left_alone_unnoticed(group, secretary):
    membership = secretary.membership
    with pytest.raises(ValidationError, match="ほかに役員がいない") as refused:
        memberships.leave(membership=membership, since=NEXT_YEAR, reason="busy")
    assert refused.value.code == endings.LEFT_ALONE
    assert states_of(membership) == [("active", JOINED)]
    status = memberships.leave(membership=membership, since=NEXT_YEAR, reason="busy", confirmed=True)
    with pytest.raises(ValidationError, match="ほかに役員がいない"):
        corrections.correct(status=status, since=TODAY, reason="busy")
    corrections.correct(status=status, since=TODAY, reason="busy", confirmed=True)
    assert secretary.person.officer_terms.get().until == TODAY - endings.ONE_DAY


def test_who_came_while_the_leaving_was_known_is_told_to_end_with_it(group):
    """Nobody knows whether they were meant to stay: their last day is left, and named."""
    membership = make_membership(group)
    term = membership.representatives.get()
    status = memberships.leave(membership=membership, since=NEXT_YEAR, reason="busy")
    came = memberships.add_representative(membership=membership, person=make_person(), since=LATER)
    undone = corrections.take_back(status=status)
    assert (days_of(term)[1], days_of(came)[1]) == (None, datetime.date(2027, 3, 31))
    assert list(undone.changed) == [came]
