"""Terms of office begin and end; the last officer of a group that runs itself does not go unnoticed."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import leading, lifecycle
from groups.models import Group, Membership, OfficerTerm
from tests.factories import make_group, make_membership, make_officer, make_person

TODAY = datetime.date(2026, 11, 25)
YESTERDAY, TOMORROW = datetime.date(2026, 11, 24), datetime.date(2026, 11, 26)
NEW_YEARS_EVE = datetime.date(2026, 12, 31)
ONE_DAY = datetime.timedelta(days=1)


def test_a_term_ends_with_its_last_day(group, member, secretary):
    term = make_officer(group, member.person, role="chair")
    leading.end_term(term=term, last_day=TODAY)
    term.refresh_from_db()
    assert term.until == TODAY
    told = list(term.history.values_list("history_type", "history_change_reason"))
    assert told == [("~", "役員の任期を終える"), ("+", None)]


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
    make_officer(group, member.person, since=TOMORROW + ONE_DAY)
    assert leading.alone_from(term, TOMORROW, None) == TOMORROW
    assert leading.alone_from(term, TOMORROW + ONE_DAY, None) is None


def test_one_whose_end_is_known_already_does_not_lead_for_ever(group, secretary, member):
    """Both ends lie ahead: each of the two would still see the other on the day after its own."""
    (first,) = group.officer_terms.all()
    second = make_officer(group, member.person)
    leading.end_term(term=first, last_day=NEW_YEARS_EVE)
    with pytest.raises(ValidationError, match="令和9年1月1日から、ほかに役員がいない"):
        leading.end_term(term=second, last_day=datetime.date(2026, 11, 30))
    second.refresh_from_db()
    assert second.until is None
    leading.end_term(term=second, last_day=datetime.date(2026, 11, 30), confirmed=True)


def test_only_the_days_the_term_would_have_covered_are_asked_about(group, secretary, member):
    (other,) = group.officer_terms.all()
    leading.end_term(term=other, last_day=NEW_YEARS_EVE, confirmed=True)
    term = make_officer(group, member.person, until=NEW_YEARS_EVE)
    assert leading.end_term(term=term, last_day=TODAY).until == TODAY


def test_a_gap_between_the_others_is_found(group, secretary, member):
    (term,) = group.officer_terms.all()
    make_officer(group, member.person, until=NEW_YEARS_EVE)
    make_officer(group, member.person, since=datetime.date(2027, 1, 3))
    assert leading.alone_from(term, TODAY, None) == datetime.date(2027, 1, 1)
    make_officer(group, make_person(), since=NEW_YEARS_EVE, until=datetime.date(2027, 1, 2))
    assert leading.alone_from(term, TODAY, None) is None


def test_a_group_that_does_not_run_itself_is_led_by_the_office(launched_group, member):
    term = make_officer(launched_group, member.person)
    assert leading.alone_from(term, TODAY, None) is None
    leading.end_term(term=term, last_day=TODAY)
    assert leading.without_officers(Group.objects.as_of(TODAY).filter(pk=launched_group.pk), TODAY) == []


def test_a_group_that_will_run_itself_is_alone_from_that_day(launched_group, member):
    lifecycle.move(group=launched_group, to=Group.Stage.SELF_MANAGED, since=datetime.date(2027, 4, 1))
    term = make_officer(launched_group, member.person)
    assert leading.alone_from(term, TODAY, None) == datetime.date(2027, 4, 1)
    assert leading.alone_from(term, TODAY, datetime.date(2027, 3, 31)) is None


@pytest.mark.parametrize("since", [TODAY, TOMORROW])
def test_a_term_nobody_has_counted_on_is_withdrawn(group, member, secretary, since):
    term = make_officer(group, member.person, role="chair", since=since)
    pk = term.pk
    leading.withdraw(term=term)
    assert not member.person.officer_terms.exists()
    assert list(OfficerTerm.history.filter(id=pk).values_list("history_type", flat=True)) == ["-", "+"]


def test_a_term_that_has_begun_is_not_withdrawn(group, member, secretary):
    term = make_officer(group, member.person, role="chair", since=YESTERDAY)
    with pytest.raises(ValidationError, match="もう始まっている"):
        leading.withdraw(term=term, confirmed=True)
    assert leading.end_term(term=term, last_day=YESTERDAY).until == YESTERDAY


def test_the_only_term_is_withdrawn_after_a_second_look(group):
    term = make_officer(group, make_person(), since=TOMORROW)
    with pytest.raises(ValidationError, match="令和8年11月26日から、ほかに役員がいない") as refused:
        leading.withdraw(term=term)
    assert refused.value.code == leading.LEFT_ALONE
    leading.withdraw(term=term, confirmed=True)
    assert not group.officer_terms.exists()


def test_a_term_withdrawn_meanwhile_is_said_to_be_gone(group, member, secretary):
    term = make_officer(group, member.person, since=TOMORROW)
    leading.withdraw(term=OfficerTerm.objects.get(pk=term.pk))
    with pytest.raises(ValidationError, match="もう取り消されています"):
        leading.end_term(term=term, last_day=TOMORROW)


def test_a_correction_that_leaves_the_group_alone_is_refused(group, secretary):
    (term,) = group.officer_terms.all()
    asked = {"person": secretary.person, "role": "chair", "since": term.since, "until": None}
    for change in ({"until": TODAY}, {"since": TOMORROW + ONE_DAY}):
        with pytest.raises(ValidationError) as refused:
            leading.correct(term=term, **asked | change)
        assert refused.value.code == leading.LEFT_ALONE
    term.refresh_from_db()
    assert (term.role, term.until) == ("secretary", None)
    assert leading.correct(term=term, **asked | {"since": YESTERDAY}).role == "chair"


def test_a_correction_moves_both_ends_at_once(group, secretary, member):
    term = make_officer(group, member.person, role="chair", since=datetime.date(2027, 4, 1))
    asked = {"person": member.person, "role": "board", "since": datetime.date(2026, 4, 1)}
    leading.correct(term=term, **asked, until=NEW_YEARS_EVE)
    term.refresh_from_db()
    assert (term.role, term.since, term.until) == ("board", asked["since"], NEW_YEARS_EVE)
    assert leading.correct(term=term, **asked, until=None).until is None


def test_candidates_are_those_in_the_group_and_its_officers(group, member, left_member, outsider):
    individual, counsel = make_person(), make_person()
    make_membership(group, person=individual)
    make_officer(group, counsel, role="counsel")
    assert set(leading.candidates(group, TODAY)) == {member.person, individual, counsel}
    assert Membership.objects.count() == 4
    assert list(leading.candidates(make_group(), TODAY)) == []
