"""Somebody is admitted: found first, never written down twice, warned of by the by-laws, given the next number."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import admitting, lifecycle, memberships
from groups.models import Group, Membership
from members.models import Company, Person
from tests.factories import make_company, make_membership

TODAY = datetime.date(2026, 11, 25)
NUMBER = "7000012050002"
NEW = {"name": "株式会社あらた", "kana": "アラタ"}


def test_a_new_company_joins_with_its_first_contact(group):
    membership = admitting.admit_company(
        group=group,
        on=TODAY,
        company=NEW,
        representative={"family_name": "新田"},
        introduced_by="青木さん",
    )
    term = membership.representatives.get()
    assert (membership.number, membership.company.name, term.rank, term.since) == (
        "KY-001",
        "株式会社あらた",
        1,
        TODAY,
    )
    assert term.person.company_on(TODAY) == membership.company
    told = {
        row.history_change_reason
        for model in (Company, Person, Membership)
        for row in model.history.filter(
            history_type="+", history_date__gte=membership.history.get().history_date
        )
    }
    assert told == {"入会"}


def test_what_is_refused_leaves_nothing_behind(group):
    with pytest.raises(ValidationError):
        admitting.admit_company(
            group=group, on=TODAY, company=NEW, representative={"family_name": "新田", "email": "違う"}
        )
    assert not Company.objects.filter(name=NEW["name"]).exists()
    assert admitting.next_number(group) == "KY-001"


def test_nobody_joins_a_group_that_is_no_more(group):
    lifecycle.move(group=group, to=Group.Stage.DISSOLVED, since=TODAY)
    with pytest.raises(ValidationError, match="グループは解散しています"):
        admitting.admit_company(group=group, on=TODAY, company=NEW)
    with pytest.raises(ValidationError, match="グループは解散しています"):
        admitting.admit_person(group=group, on=TODAY, person={"family_name": "新田"})
    assert (
        admitting.admit_company(group=group, on=datetime.date(2026, 11, 24), company=NEW).number == "KY-001"
    )


def test_an_individual_joins(group):
    membership = admitting.admit_person(group=group, on=TODAY, person={"family_name": "新田"})
    assert (membership.kind, membership.person.family_name) == ("individual", "新田")
    assert admitting.next_number(group) == "KY-002"
    with pytest.raises(ValidationError, match="すでにこのグループの会員です"):
        admitting.admit_person(group=group, on=TODAY, person=membership.person)


def test_only_what_one_may_see_is_found_however_it_is_written(group, secretary, outsider, staff):
    own = make_company(name="髙橋精機株式会社", kana="タカハシセイキ")
    make_membership(group, company=own)
    hidden = outsider.membership.company
    Company.objects.filter(pk=hidden.pk).update(name="高橋電子", search_key="高橋電子")
    for typed in ("高橋精機", "㈱たかはしせいき", "タカハシ"):
        companies, _ = admitting.find(typed, group=group, user=secretary.user)
        assert [(found.record, found.membership is not None) for found in companies] == [(own, True)]
    companies, _ = admitting.find("高橋", group=group, user=staff.user)
    assert {found.record for found in companies} == {own, hidden}
    _, people = admitting.find(outsider.person.family_name, group=group, user=secretary.user)
    assert outsider.person not in [found.record for found in people]


def test_the_same_name_comes_first_and_a_number_decides(group, staff):
    longer, exact = make_company(name="青葉精機製作所", kana="ア"), make_company(name="青葉精機", kana="ン")
    companies, _ = admitting.find("株式会社青葉精機", group=group, user=staff.user)
    assert [found.record for found in companies if found.record in (longer, exact)] == [exact, longer]
    numbered = make_company(corporate_number=NUMBER)
    companies, _ = admitting.find("7000-0120-50002", group=group, user=staff.user)
    assert [found.record for found in companies] == [numbered]
    assert admitting.companies_called("㈱青葉精機", staff.user) == [exact]


@pytest.mark.parametrize(
    ("rule", "says"), [("any", 0), ("warn", "会員にご相談ください"), ("one", "1業種1社です")]
)
def test_the_by_laws_are_kept_in_mind(group, rule, says):
    group.same_trade, group.capacity = rule, 1
    group.save()
    assert admitting.doubts(group, TODAY, "精密機械器具製造業") == []
    member = make_membership(group)
    full, *trade = admitting.doubts(group, TODAY, "精密機械器具製造業")
    assert "定員は1です" in full
    assert ([says in trade[0], member.company.name in trade[0]] if trade else 0) == (
        [True, True] if says else 0
    )
    assert len(admitting.doubts(group, TODAY, "食品製造業")) == 1
    memberships.leave(membership=member, since=TODAY, reason="busy")
    assert admitting.doubts(group, TODAY, "精密機械器具製造業") == []


@pytest.fixture
def claim(group) -> Membership:
    """An officer has written a company down anew that the directory knows by its number."""
    make_company(name="株式会社きょうだい", corporate_number=NUMBER)
    return admitting.admit_company(
        group=group, on=TODAY, company=NEW, representative={"family_name": "新田"}, claimed_number=NUMBER
    )


def test_two_records_of_one_company_become_one(claim):
    known = admitting.twin(claim)
    assert [row.membership for row in admitting.same_numbers()] == [claim]
    admitting.compare(membership=claim, is_same=True)
    claim.refresh_from_db()
    assert claim.company == known
    assert claim.representatives.get().person.company_on(TODAY) == known
    assert claim.statuses.get().note == ""
    assert (list(admitting.same_numbers()), admitting.twin(claim)) == ([], None)
    with pytest.raises(ValidationError, match="もう確かめてあります"):
        admitting.compare(membership=claim, is_same=True)


def test_two_companies_stay_two(claim):
    admitting.compare(membership=claim, is_same=False)
    claim.refresh_from_db()
    assert (claim.company.name, admitting.twin(claim)) == (NEW["name"], None)


def test_one_company_is_no_member_twice(claim, group: Group):
    make_membership(group, company=admitting.twin(claim))
    with pytest.raises(ValidationError, match="もうこのグループの会員です"):
        admitting.compare(membership=claim, is_same=True)
    assert admitting.twin(claim) is not None
