"""May you see it: the selections behind every page, for each of the cast."""

import datetime

from django.contrib.auth.models import AnonymousUser

from groups import visibility
from groups.models import Group, ImportBatch
from members.models import Company, Consent, Person
from tests.factories import make_company, make_group, make_membership, make_officer, make_person

NOBODY = AnonymousUser()
LONG_AGO = datetime.date(2013, 4, 1)


def names(selection) -> set[str]:
    return {str(record) for record in selection}


def agree(company: Company, given: bool = True, since: datetime.date = LONG_AGO) -> None:
    Consent.objects.create(company=company, kind=Consent.Kind.PUBLIC_PROFILE, given=given, since=since)


def test_a_forming_group_is_seen_by_staff_only(staff, member, group):
    make_group(name="これから会", stage=Group.Stage.FORMING)
    assert names(visibility.groups_visible_to(staff.user)) == {"けやき会", "これから会"}
    assert names(visibility.groups_visible_to(member.user)) == {"けやき会"}
    assert names(visibility.groups_visible_to(NOBODY)) == {"けやき会"}


def test_a_group_whose_life_begins_tomorrow_is_not_yet_seen(db):
    make_group(name="あした会", stage=Group.Stage.LAUNCHED, since=datetime.date(2026, 11, 26))
    assert names(visibility.groups_visible_to(NOBODY)) == set()


def test_memberships_are_seen_within_the_group(staff, member, secretary, adviser, outsider, visitor):
    everything = {str(each.membership) for each in (member, secretary, outsider)}
    own_group = {str(each.membership) for each in (member, secretary)}
    assert names(visibility.memberships_visible_to(staff.user)) == everything
    assert names(visibility.memberships_visible_to(member.user)) == own_group
    assert names(visibility.memberships_visible_to(adviser.user)) == own_group
    assert names(visibility.memberships_visible_to(outsider.user)) == {str(outsider.membership)}
    assert names(visibility.memberships_visible_to(NOBODY)) == set()


def test_who_left_sees_only_the_own_membership(left_member, member):
    assert names(visibility.memberships_visible_to(left_member.user)) == {str(left_member.membership)}


def test_companies_of_the_own_group_and_public_ones(member, outsider, staff):
    public = make_company(name="株式会社どなたでも")
    agree(public)
    mine, theirs = member.membership.company.name, outsider.membership.company.name
    assert names(visibility.companies_visible_to(member.user)) == {mine, public.name}
    assert names(visibility.companies_visible_to(outsider.user)) == {theirs, public.name}
    assert names(visibility.companies_visible_to(NOBODY)) == {public.name}
    assert names(visibility.companies_visible_to(staff.user)) == {mine, theirs, public.name}


def test_a_withdrawn_consent_hides_the_company_from_its_day_on(db):
    company = make_company()
    agree(company)
    agree(company, given=False, since=datetime.date(2026, 11, 26))
    assert names(visibility.companies_visible_to(NOBODY)) == {company.name}
    agree(company, given=False, since=datetime.date(2026, 11, 25))
    assert names(visibility.companies_visible_to(NOBODY)) == set()


def test_consent_decides_which_people_of_the_group_are_seen(member, group):
    people = {}
    for answer in ("yes", "company", "no", ""):
        person = make_person(family_name=f"答え{answer or '未確認'}")
        make_membership(group, company=make_company(), representatives=[person], consent=answer)
        people[answer] = person
    seen = set(visibility.people_visible_to(member.user))
    assert seen == {member.person, people["yes"], people[""]}


def test_an_individual_who_has_not_answered_is_seen_within_the_group(member, group):
    silent, hidden = make_person(), make_person()
    make_membership(group, person=silent)
    make_membership(group, person=hidden, consent="no")
    assert set(visibility.people_visible_to(member.user)) == {member.person, silent}


def test_an_officer_stays_visible_whatever_the_consent(member, group):
    person = make_person()
    make_membership(group, company=make_company(), representatives=[person], consent="no")
    make_officer(group, person, role="chair")
    assert set(visibility.people_visible_to(member.user)) == {member.person, person}


def test_nobody_outside_sees_people(member, outsider, left_member, visitor):
    assert set(visibility.people_visible_to(NOBODY)) == set()
    assert set(visibility.people_visible_to(outsider.user)) == {outsider.person}
    assert set(visibility.people_visible_to(left_member.user)) == {left_member.person}


def test_staff_see_all_people(staff, member, outsider):
    assert set(visibility.people_visible_to(staff.user)) == set(Person.objects.all())


def test_uploads_are_for_staff(staff, secretary, group):
    batch = ImportBatch.objects.create(group=group, filename="a.csv", content=b"a", uploaded_by=staff.user)
    assert set(visibility.import_batches_visible_to(staff.user)) == {batch}
    assert set(visibility.import_batches_visible_to(secretary.user)) == set()
    assert set(visibility.import_batches_visible_to(NOBODY)) == set()


def test_who_keeps_the_register_of_a_group_knows_all_of_it(secretary, group):
    person = make_person()
    make_membership(group, company=make_company(), representatives=[person], consent="no")
    assert set(visibility.people_visible_to(secretary.user)) == {secretary.person, person}
