"""A plan is written only onto the directory that it saw."""

import datetime

import pytest

from groups import memberships
from groups.importing.batches import opened, planned
from groups.importing.reading.table import Choice
from groups.importing.writing import DirectoryChanged, write_plan
from groups.models import Membership, MembershipStatus, Representative
from members import invitations
from members.models import Company
from tests.factories import make_company, make_membership, make_person
from tests.groups.importing.imports import directory_as_it_stands

TODAY = datetime.date(2026, 11, 25)
ROSTER = """企業名,氏名,電話,入会日
株式会社青葉,青木 恵,042-000-0001,2012-07-01
"""


@pytest.fixture
def membership(group) -> Membership:
    """Known, but joined on another day and without this representative."""
    company = make_company(name="株式会社青葉", kana="アオバ", phone="042-000-0001")
    return make_membership(group, company=company, representatives=[])


def plan(group):
    return planned(group, opened(ROSTER.encode(), "r.csv", Choice()), {})


def put_joining_right(membership):
    memberships.correct_joining(membership=membership, on=datetime.date(2011, 1, 1))


def rest(membership):
    memberships.rest(membership=membership, since=TODAY)


def name_somebody(membership):
    memberships.add_representative(membership=membership, person=make_person(), since=TODAY)


def begin_earlier(membership):
    MembershipStatus.objects.update(since=datetime.date(2011, 1, 1))


def vanish(membership):
    MembershipStatus.objects.all().delete()
    Membership.objects.all().delete()


@pytest.mark.parametrize("change", [put_joining_right, rest, name_somebody, begin_earlier, vanish])
def test_a_membership_that_changed_after_the_plan_is_not_written(group, membership, change):
    made = plan(group)
    change(membership)
    before = directory_as_it_stands()

    with pytest.raises(DirectoryChanged):
        write_plan(plan=made, group=group, today=TODAY)
    assert directory_as_it_stands() == before


def test_one_that_is_as_the_plan_saw_it_is_written(group, membership):
    write_plan(plan=plan(group), group=group, today=TODAY)

    membership.refresh_from_db()
    assert membership.joined_on == datetime.date(2012, 7, 1)
    assert Representative.objects.get().person.name == "青木 恵"


def test_who_became_a_member_after_the_plan_does_not_become_one_again(group):
    company = make_company(name="株式会社青葉", kana="アオバ", phone="042-000-0001")
    made = plan(group)
    make_membership(group, company=company)

    with pytest.raises(DirectoryChanged):
        write_plan(plan=made, group=group, today=TODAY)


@pytest.mark.usefixtures("membership")
def test_a_company_that_changed_after_the_plan_is_not_overwritten(group):
    table = opened("企業名,電話,業種\n株式会社青葉,042-000-0001,板金\n".encode(), "r.csv", Choice())
    made = planned(group, table, {})
    Company.objects.update(trade="鍍金")
    with pytest.raises(DirectoryChanged):
        write_plan(plan=made, group=group, today=TODAY)
    assert Company.objects.get().trade == "鍍金"


def test_an_address_that_the_roster_corrects_takes_back_the_invitation_that_went_there(group):
    person = make_person(family_name="青木", given_name="恵", email="wrogn@example.jp")
    company = make_company(name="株式会社青葉", kana="アオバ", phone="042-000-0001")
    make_membership(group, company=company, representatives=[person])
    invitations.invite(person=person, email=person.email, by=None)
    file = "企業名,氏名,電話,メール\n株式会社青葉,青木 恵,042-000-0001,{}\n"
    for address, waiting in (("wrogn@example.jp", 1), ("right@example.jp", 0)):
        read = opened(file.format(address).encode(), "r.csv", Choice())
        write_plan(plan=planned(group, read, {}), group=group, today=TODAY)
        person.refresh_from_db()
        assert (person.email, person.invitations.waiting().count()) == (address, waiting)
