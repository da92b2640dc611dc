"""Who stands on a paper, for whom it is."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups import memberships
from groups.models import OfficerTerm
from groups.papers.selection import Readers, guests, members
from members import consents
from tests.factories import make_adviser, make_company, make_group, make_membership, make_officer, make_person

TODAY = datetime.date(2026, 11, 25)
LAST_YEAR = datetime.date(2025, 11, 25)


@pytest.fixture
def keyaki(db):
    return make_group(name="けやき会", slug="keyaki", number_prefix="KY")


def join(group, name, **fields):
    company = make_company(name=name, kana="")
    return make_membership(group, company=company, representatives=[make_person(company=company)], **fields)


def told(group, readers, day=TODAY, chosen=None):
    """{company: how many people are named, whether all may be told}."""
    found = members([group], day, readers, chosen)
    return {str(member.source): (len(member.people), member.in_full) for member in found}


def test_the_members_see_what_was_agreed_to_and_the_office_sees_all(keyaki):
    for name, answer in (("い社", "yes"), ("ろ社", "company"), ("は社", "no"), ("に社", "")):
        join(keyaki, name, consent=answer)
    assert told(keyaki, Readers.OFFICE) == dict.fromkeys(("い社", "ろ社", "は社", "に社"), (1, True))
    assert told(keyaki, Readers.GROUP) == {"い社": (1, True), "に社": (1, True), "ろ社": (0, False)}


def test_an_officer_is_named_even_of_a_company_alone(keyaki):
    member = join(keyaki, "ろ社", consent="company")
    make_officer(keyaki, member.representatives.get().person, role=OfficerTerm.Role.CHAIR)
    assert told(keyaki, Readers.GROUP) == {"ろ社": (1, False)}
    (found,) = members([keyaki], TODAY, Readers.GROUP)
    assert list(found.offices.values()) == [("代表幹事",)]


def test_an_office_long_past_names_nobody_to_the_members(keyaki):
    member = join(keyaki, "ろ社", consent="company")
    make_officer(keyaki, member.representatives.get().person, until=LAST_YEAR)
    outside = make_person()
    make_officer(keyaki, outside, until=LAST_YEAR)
    assert told(keyaki, Readers.GROUP, LAST_YEAR) == {"ろ社": (0, False)}
    assert guests([keyaki], LAST_YEAR, Readers.GROUP, []) == []
    shown = members([keyaki], LAST_YEAR, Readers.OFFICE)
    assert [guest.person for guest in guests([keyaki], LAST_YEAR, Readers.OFFICE, shown)] == [outside]


@pytest.mark.parametrize("readers", [Readers.MEMBERS, Readers.PUBLIC])
def test_others_see_public_profiles_without_people(keyaki, readers):
    for name, answer in (("い社", "yes"), ("は社", "no")):
        member = join(keyaki, name, consent=answer)
        consents.answer_consent(company=member.company, kind="public_profile", given=True, since=LAST_YEAR)
    join(keyaki, "に社", consent="yes")
    assert told(keyaki, readers) == {"い社": (0, False)}


def test_members_of_the_day(keyaki):
    left = join(keyaki, "い社")
    memberships.leave(membership=left, since=datetime.date(2026, 4, 1), reason="busy")
    assert told(keyaki, Readers.OFFICE) == {}
    assert told(keyaki, Readers.OFFICE, LAST_YEAR) == {"い社": (1, True)}
    assert told(keyaki, Readers.GROUP, LAST_YEAR) == {}


def test_only_the_chosen(keyaki):
    first, _ = join(keyaki, "い社"), join(keyaki, "ろ社")
    assert told(keyaki, Readers.OFFICE, chosen=[first.pk]) == {"い社": (1, True)}
    elsewhere = join(make_group(number_prefix="MN"), "よそ社")
    assert told(keyaki, Readers.OFFICE, chosen=[elsewhere.pk]) == {}


def test_guests_are_advisers_and_officers_of_no_member(keyaki):
    member = join(keyaki, "い社")
    make_officer(keyaki, member.representatives.get().person)
    outside, adviser = make_person(), make_person()
    make_officer(keyaki, outside, role=OfficerTerm.Role.SECRETARY)
    make_officer(keyaki, outside, role=OfficerTerm.Role.TREASURER)
    make_adviser(keyaki, adviser)
    present = members([keyaki], TODAY, Readers.OFFICE)
    found = guests([keyaki], TODAY, Readers.OFFICE, present)
    assert [(guest.person, guest.role) for guest in found] == [(outside, "会計"), (adviser, "助言者")]


def test_as_many_queries_for_one_member_as_for_many_in_three_groups(keyaki):
    def queries(groups) -> int:
        with CaptureQueriesContext(connection) as asked:
            present = members(groups, TODAY, Readers.OFFICE)
            guests(groups, TODAY, Readers.OFFICE, present)
            assert [str(member.source) + member.group.office.name for member in present]
        return len(asked)

    join(keyaki, "い社")
    one = queries([keyaki])
    others = [make_group(number_prefix=f"M{number}") for number in range(2)]
    for group in [keyaki, *others]:
        for number in range(5):
            join(group, f"第{number}社")
    assert (one, queries([keyaki, *others])) == (5, 5)
