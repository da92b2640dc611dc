"""Terms of office begin and end; the last officer of a group that runs itself does not go unnoticed."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import leading
from groups.models import Group, Membership
from tests.factories import make_group, make_membership, make_officer, make_person

TODAY = datetime.date(2026, 11, 25)
YESTERDAY = datetime.date(2026, 11, 24)


def test_a_term_ends_with_its_last_day(group, member, secretary):
    term = make_officer(group, member.person, role="chair")
    leading.end_term(term=term, last_day=TODAY)
    term.refresh_from_db()
    assert term.until == TODAY
    assert list(term.history.values_list("history_type", flat=True)) == ["~", "+"]


@pytest.mark.parametrize(
    ("day", "said"), [("2010-01-01", "それより後の日"), ("2026-12-31", "それより前の日")]
)
def test_a_day_outside_the_term_is_refused(group, member, secretary, day, said):
    term = make_officer(group, member.person, until=TODAY)
    with pytest.raises(ValidationError, match=said):
        leading.end_term(term=term, last_day=datetime.date.fromisoformat(day))


def test_the_last_officer_confirms(group, secretary):
    (term,) = group.officer_terms.all()
    with pytest.raises(ValidationError, match="ほかに役員がいない") as refused:
        leading.end_term(term=term, last_day=YESTERDAY)
    assert refused.value.code == leading.LEFT_ALONE
    assert leading.end_term(term=term, last_day=YESTERDAY, confirmed=True).until == YESTERDAY
    assert leading.without_officers(Group.objects.as_of(TODAY), TODAY) == [group]


def test_who_comes_after_counts_from_the_next_day_on(group, secretary, member):
    (term,) = group.officer_terms.all()
    make_officer(group, member.person, since=TODAY + datetime.timedelta(days=2))
    assert leading.leaves_alone(term, TODAY)
    assert not leading.leaves_alone(term, TODAY + datetime.timedelta(days=1))


def test_a_group_that_does_not_run_itself_is_led_by_the_office(launched_group, member):
    term = make_officer(launched_group, member.person)
    assert not leading.leaves_alone(term, TODAY)
    leading.end_term(term=term, last_day=TODAY)
    assert leading.without_officers(Group.objects.as_of(TODAY).filter(pk=launched_group.pk), TODAY) == []


def test_candidates_are_those_in_the_group_and_its_officers(group, member, left_member, outsider):
    individual, counsel = make_person(), make_person()
    make_membership(group, person=individual)
    make_officer(group, counsel, role="counsel")
    assert set(leading.candidates(group, TODAY)) == {member.person, individual, counsel}
    assert Membership.objects.count() == 4
    assert list(leading.candidates(make_group(), TODAY)) == []
