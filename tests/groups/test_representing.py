"""Who attends for a company: successors, second contacts, their order, and no day too many."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import endings, memberships, representing
from groups.models import Representative
from members import directory
from members.models import Person
from tests.factories import make_membership, make_officer, make_person

JOINED, TODAY = datetime.date(2013, 4, 1), datetime.date(2026, 11, 25)
TOMORROW, NEXT_YEAR = datetime.date(2026, 11, 26), datetime.date(2027, 4, 1)
NEW = {"family_name": "後藤", "given_name": "継子", "email": "goto@example.jp"}


@pytest.fixture
def term(group) -> Representative:
    return make_membership(group).representatives.get()


def rows(membership) -> list[tuple[int, str, datetime.date, datetime.date | None]]:
    terms = membership.representatives.order_by("since", "rank").select_related("person")
    return [(each.rank, each.person.family_name, each.since, each.until) for each in terms]


def test_a_successor_begins_the_day_after_at_the_same_place(term):
    new = representing.succeed(term=term, person=NEW, last_day=TODAY)
    assert rows(term.membership)[1] == (1, "後藤", TOMORROW, None)
    assert Representative.objects.get(pk=term.pk).until == TODAY
    assert new.person.company_on(TOMORROW) == term.membership.company
    told = Representative.history.filter(id__in=[term.pk, new.pk], history_change_reason="後任")
    assert len({row.history_date for row in told}) == 1
    assert told.count() == 2


def test_the_offices_named_end_with_the_term_and_the_others_do_not(group, term, secretary):
    chair, board = (make_officer(group, term.person, role=role) for role in ("chair", "board"))
    assert set(representing.offices_of(term)) == {chair, board}
    representing.succeed(term=term, person=make_person(), last_day=TODAY, offices=[chair])
    assert list(term.person.officer_terms.order_by("role").values_list("role", "until")) == [
        ("board", None),
        ("chair", TODAY),
    ]


def test_an_office_that_ends_sooner_is_not_made_longer(group, term, secretary):
    sooner = make_officer(group, term.person, role="chair", until=TODAY)
    representing.end(term=term, last_day=TODAY + datetime.timedelta(days=7), offices=[sooner])
    sooner.refresh_from_db()
    assert sooner.until == TODAY


def test_the_last_officer_does_not_go_unnoticed(group, secretary):
    term, office = secretary.membership.representatives.get(), secretary.person.officer_terms.get()
    with pytest.raises(ValidationError, match="ほかに役員がいない") as refused:
        representing.end(term=term, last_day=TODAY, offices=[office])
    assert refused.value.code == endings.LEFT_ALONE
    assert representing.end(term=term, last_day=TODAY, offices=[office], confirmed=True).until == TODAY


@pytest.mark.parametrize(
    ("day", "said"), [("2010-01-01", "それより後の日"), ("2026-12-31", "それより前の日")]
)
def test_a_day_outside_the_term_is_refused(term, day, said):
    term.until = TODAY
    term.save()
    with pytest.raises(ValidationError, match=said):
        representing.end(term=term, last_day=datetime.date.fromisoformat(day))


def test_a_refused_successor_leaves_the_first_one(term):
    with pytest.raises(ValidationError):
        representing.succeed(term=term, person=NEW | {"email": "違う"}, last_day=TODAY)
    assert Representative.objects.get(pk=term.pk).until is None
    assert not Person.objects.filter(family_name="後藤").exists()


def test_no_term_outlasts_the_membership(group, term):
    membership = term.membership
    memberships.leave(membership=membership, since=NEXT_YEAR, reason="busy")
    second = representing.add(membership=membership, person=NEW, since=TODAY)
    assert second.until == datetime.date(2027, 3, 31)
    with pytest.raises(ValidationError, match="会員である日ではありません"):
        representing.add(membership=membership, person=make_person(), since=NEXT_YEAR)
    with pytest.raises(ValidationError, match="会員であるのは令和9年3月31日まで"):
        representing.correct(term=second, since=TODAY, until=None)
    with pytest.raises(ValidationError, match="会員である日ではありません"):
        representing.correct(term=second, since=datetime.date(2010, 1, 1), until=TODAY)


def test_no_more_at_a_time_than_the_by_laws_allow(group, term):
    """Also not on the few days that a term that ends would share with one that begins."""
    membership = term.membership
    second = representing.add(membership=membership, person=NEW, since=JOINED)
    representing.end(term=second, last_day=NEXT_YEAR)
    with pytest.raises(ValidationError, match="1社2名まで"):
        representing.add(membership=membership, person=make_person(), since=TODAY)
    third = representing.add(membership=membership, person=make_person(), since=NEXT_YEAR + endings.ONE_DAY)
    assert third.rank == 2
    with pytest.raises(ValidationError, match="1社2名まで"):
        representing.correct(term=third, since=NEXT_YEAR, until=None)
    with pytest.raises(ValidationError, match="その日、もう登録者です"):
        memberships.add_representative(membership=membership, person=term.person, since=TODAY)


def test_days_are_put_right(term):
    later = datetime.date(2013, 5, 1)
    assert representing.correct(term=term, since=later, until=TODAY).since == later
    term.refresh_from_db()
    assert (term.since, term.until) == (later, TODAY)


def test_the_two_contacts_change_places(group, term):
    second = representing.add(membership=term.membership, person=NEW, since=TODAY)
    representing.put_first(term=second)
    assert [row[:2] for row in rows(term.membership)] == [(2, term.person.family_name), (1, "後藤")]
    with pytest.raises(ValidationError, match="もう1人目"):
        representing.put_first(term=second)
    ahead = representing.succeed(term=term, person=make_person(), last_day=TODAY)
    with pytest.raises(ValidationError, match="いま登録者である方だけ"):
        representing.put_first(term=ahead)


def test_a_mistake_is_taken_back_before_anybody_counted_on_it(group, term):
    mistake = representing.add(membership=term.membership, person=make_person(), since=TODAY)
    representing.withdraw(term=mistake)
    assert rows(term.membership) == [(1, term.person.family_name, JOINED, None)]
    with pytest.raises(ValidationError, match="もう取り消されています"):
        representing.withdraw(term=mistake)
    with pytest.raises(ValidationError, match="もう始まっている任期"):
        representing.withdraw(term=term)


def test_colleagues_are_those_of_the_company_whom_the_reader_sees(group, other_group, term):
    company, former = term.membership.company, make_person()
    colleague, gone = make_person(company=company), make_person(company=company)
    directory.change_employer(person=gone, company=None, since=TODAY)
    memberships.add_representative(membership=term.membership, person=former, since=JOINED)
    representing.end(term=term.membership.representatives.get(person=former), last_day=JOINED)
    everybody, nobody = Person.objects.all(), Person.objects.none()
    assert set(representing.colleagues(term.membership, TODAY, everybody)) == {colleague, former}
    assert set(representing.colleagues(term.membership, TODAY, nobody)) == {former}


def test_who_follows_takes_the_new_place(group, term):
    """Otherwise two would come first from the day on which the successor begins."""
    second = representing.add(membership=term.membership, person=NEW, since=TODAY)
    ahead = representing.succeed(term=term, person=make_person(), last_day=datetime.date(2027, 3, 31))
    assert representing.put_first(term=second).rank == 1
    ranks = dict(term.membership.representatives.values_list("pk", "rank"))
    assert ranks == {term.pk: 2, second.pk: 1, ahead.pk: 2}
    representing.put_first(term=term)
    ranks = dict(term.membership.representatives.values_list("pk", "rank"))
    assert ranks == {term.pk: 1, second.pk: 2, ahead.pk: 1}
