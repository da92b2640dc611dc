"""May you see it: the selections behind every page, for each of the cast."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from groups import lifecycle, memberships, visibility
from groups.models import Group, ImportBatch, Membership
from groups.standing import standing
from groups.visibility import EVERYTHING, Listing, as_listed
from members.models import Company, Consent, Person
from tests.factories import (
    make_adviser,
    make_company,
    make_group,
    make_membership,
    make_officer,
    make_person,
)

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


def test_who_was_admitted_to_a_forming_group_is_known_to_the_office_alone(staff, member, office):
    """Neither to everybody by a public profile, nor to each other, nor on one's own pages, until the launch."""
    forming = make_group(name="これから会", stage=Group.Stage.FORMING, since=LONG_AGO, office=office)
    admitted = make_membership(forming, consent="yes")
    beside = make_membership(forming, company=member.membership.company, representatives=[member.person])
    agree(admitted.company)
    launch = datetime.date(2026, 12, 1)
    selections = (visibility.memberships_known_to, visibility.memberships_visible_to)
    for reader in (member.user, NOBODY):
        found = [set(selection(reader)) & {admitted, beside} for selection in selections]
        assert [*found, set(visibility.public_memberships()) & {admitted}] == [set()] * 3
    assert set(visibility.people_visible_to(member.user)) & {admitted.representatives.get().person} == set()
    assert standing(member.user).member_of == {member.membership.group_id}
    assert all({admitted, beside} <= set(selection(staff.user)) for selection in selections)
    lifecycle.move(group=forming, to=Group.Stage.LAUNCHED, since=launch)
    with time_machine.travel(datetime.datetime(2026, 12, 1, tzinfo=ZoneInfo("Asia/Tokyo"))):
        assert {admitted, beside} <= set(visibility.memberships_known_to(member.user))
        assert set(visibility.public_memberships()) == {admitted}


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


TODAY, BEFORE = datetime.date(2026, 11, 25), datetime.date(2026, 9, 30)


def listing(membership: Membership, day: datetime.date, **how) -> Listing:
    return Listing(as_listed(Membership.objects, day, **how).get(pk=membership.pk).listing)


@pytest.mark.parametrize(
    ("then", "now", "company", "individual"),
    [
        ("", "", Listing.FULL, Listing.FULL),
        ("yes", "", Listing.FULL, Listing.FULL),
        ("yes", "company", Listing.COMPANY_ONLY, Listing.HIDDEN),
        ("company", "yes", Listing.COMPANY_ONLY, Listing.HIDDEN),
        ("company", "no", Listing.HIDDEN, Listing.HIDDEN),
        ("yes", "no", Listing.HIDDEN, Listing.HIDDEN),
        ("", "no", Listing.HIDDEN, Listing.HIDDEN),
        ("no", "yes", Listing.HIDDEN, Listing.HIDDEN),
    ],
)
def test_another_day_shows_the_stricter_of_both_answers(group, then, now, company, individual):
    for member, expected in (({}, company), ({"person": make_person()}, individual)):
        membership = make_membership(group, consent=then, **member)
        if now:
            since = datetime.date(2026, 10, 1)
            memberships.answer_roster_consent(membership=membership, answer=now, since=since)
        assert listing(membership, BEFORE) == expected
        assert listing(membership, BEFORE, in_full=EVERYTHING) == Listing.FULL


def test_who_is_no_member_today_is_gone_on_every_day(group):
    left, coming = (
        make_membership(group, consent="yes"),
        make_membership(group, on=datetime.date(2026, 12, 1)),
    )
    memberships.leave(membership=left, since=TODAY, reason="busy")
    assert [listing(left, day) for day in (BEFORE, TODAY)] == [Listing.GONE, Listing.GONE]
    assert listing(coming, datetime.date(2026, 12, 1)) == Listing.GONE
    assert listing(left, BEFORE, in_full=EVERYTHING) == Listing.FULL
    resting = make_membership(group)
    memberships.rest(membership=resting, since=TODAY)
    assert listing(resting, TODAY) == Listing.FULL


def test_who_attends_no_longer_is_nobodys_to_see_on_an_earlier_day(group):
    gone, still = make_person(), make_person()
    make_membership(group, company=make_company(), representatives=[gone, still])
    gone.representations.update(until=datetime.date(2026, 10, 31))
    make_membership(make_group(), company=make_company(), representatives=[gone])
    group_on = {"membership__group": group}
    assert {t.person for t in visibility.attending(BEFORE).filter(**group_on)} == {still}
    assert {t.person for t in visibility.attending(BEFORE, in_full=True).filter(**group_on)} == {gone, still}


def test_who_asked_not_to_be_listed_is_no_membership_to_the_group(member, secretary, group):
    hidden = make_membership(group, consent="no")
    assert hidden not in visibility.memberships_visible_to(member.user)
    assert hidden in visibility.memberships_visible_to(secretary.user)


def test_a_no_in_one_group_is_not_told_through_another(
    visitor, member, secretary, outsider, staff, group, other_group
):
    company = make_company()
    here = make_membership(group, company=company, consent="yes")
    there = make_membership(other_group, company=company, consent="no")

    def known(user) -> set[Membership]:
        return set(visibility.memberships_known_to(user).filter(company=company))

    readers = (NOBODY, member.user, secretary.user, outsider.user, staff.user)
    assert [known(user) for user in readers] == [set(), {here}, {here}, set(), {here, there}]
    agree(company)
    assert [known(user) for user in readers] == [{here}, {here}, {here}, {here}, {here, there}]
    own = outsider.membership
    memberships.answer_roster_consent(membership=own, answer="no", since=TODAY)
    assert own in visibility.memberships_known_to(outsider.user)


def test_the_advisers_of_the_own_group_are_seen_in_their_term(member, outsider, adviser, group):
    former = make_person()
    make_adviser(group, former, until=datetime.date(2026, 11, 24))
    assert set(visibility.people_visible_to(member.user)) == {member.person, adviser.person}
    assert set(visibility.people_visible_to(outsider.user)) == {outsider.person}
