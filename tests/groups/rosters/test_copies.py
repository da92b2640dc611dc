"""Whom a copy of a roster tells of is written down with it."""

import datetime

import pytest

from groups.rosters.building import Variant, roster
from groups.rosters.copies import holds, log_copy
from members.models import Export
from tests.factories import make_company, make_membership, make_officer, make_person

TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def two(group) -> dict[str, object]:
    """A company with two people, and an individual."""
    company = make_company()
    first, second = make_person(company=company), make_person(company=company)
    alone = make_person()
    make_membership(group, company=company, representatives=[first, second])
    make_membership(group, person=alone)
    return {"company": company, "first": first, "second": second, "alone": alone}


def told(group, variant=Variant.MEMBER, columns=None, *, on_paper=True):
    return holds(roster(group, variant, TODAY, columns), on_paper=on_paper)


def test_everybody_in_a_row(group, two):
    people, companies = told(group)
    assert people == {two["first"].pk, two["second"].pk, two["alone"].pk}
    assert companies == {two["company"].pk}


def test_without_columns_about_people_only_who_is_a_member_by_themselves(group, two):
    assert told(group, columns=["company", "trade"]) == ({two["alone"].pk}, {two["company"].pk})
    assert two["first"].pk in told(group, columns=["company", "mail"]).people


def test_officers_named_below_the_list_stand_on_paper_only(group, two):
    outside = make_person()
    make_officer(group, outside)
    assert outside.pk in told(group).people
    assert outside.pk not in told(group, on_paper=False).people


def test_who_is_not_shown_is_not_held(group, two):
    hidden = make_membership(group, consent="no")
    company_only = make_membership(group, consent="company")
    people, companies = told(group)
    assert hidden.company_id not in companies
    assert company_only.company_id in companies
    assert people == {two["first"].pk, two["second"].pk, two["alone"].pk}
    assert hidden.company_id in told(group, Variant.OFFICE).companies


@pytest.mark.parametrize("variant", [Variant.RECEPTION, Variant.ATTENDANCE])
def test_lists_of_names_hold_the_names(group, two, variant):
    assert told(group, variant).people == {two["first"].pk, two["second"].pk, two["alone"].pk}


def test_the_public_list_holds_nobody_by_name(group, two):
    assert told(group, Variant.PUBLIC).people == set()


def test_the_log_keeps_it(group, two, staff):
    made = roster(group, Variant.OFFICE, TODAY)
    copy = log_copy(roster=made, by=staff.user, file_format="xlsx", purpose="総会", receiver="濵田 隆")
    kept = Export.objects.get(pk=copy.pk)
    assert (kept.subject, kept.variant, kept.file_format, kept.row_count, kept.copy_number) == (
        "groups/keyaki/roster",
        "office",
        "xlsx",
        2,
        1,
    )
    assert (kept.purpose, kept.receiver, kept.columns[:3]) == (
        "総会",
        "濵田 隆",
        ["number", "role", "company"],
    )
    assert set(kept.people.all()) == {two["first"], two["second"], two["alone"]}
    assert list(kept.companies.all()) == [two["company"]]
