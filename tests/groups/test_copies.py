"""The log of the copies in words, and the answer when one is in wrong hands."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.copies import copies_that_hold, copies_visible_to, in_words, of_group
from groups.rosters.building import Variant, roster
from groups.rosters.copies import log_copy
from members import exports
from tests.factories import make_group, make_membership, make_officer, make_person

TODAY = datetime.date(2026, 11, 25)


def take(group, by=None, variant=Variant.MEMBER, file_format="pdf", **fields):
    return log_copy(
        roster=roster(group, variant, TODAY), by=by.user if by else None, file_format=file_format, **fields
    )


def take_paper(about, subject, by=None, **fields):
    """A copy of something that is no roster."""
    asked = {
        "variant": "office",
        "file_format": "pdf",
        "as_of": TODAY,
        "columns": ["company"],
        "row_count": 1,
    }
    return exports.log(about=about, subject=subject, by=by.user if by else None, **asked | fields)


def told(user, number=0):
    return in_words(copies_visible_to(user)[number])


def names(found):
    return [f"{copy.name} {copy.number}" for copy in found]


def test_a_copy_in_words(group, member, staff):
    take(group, staff, purpose="総会", receiver="濵田 隆")
    copy = told(staff.user)
    assert (copy.name, copy.number, copy.variant, copy.file_format) == (
        "けやき会の会員名簿",
        "001",
        "会員用",
        "PDF",
    )
    assert (copy.when, copy.taken_by, copy.as_of, copy.row_count) == (
        "令和8年11月25日 10時00分",
        "職田 員子",
        TODAY,
        1,
    )
    assert (copy.purpose, copy.receiver) == ("総会", "濵田 隆")
    assert copy.columns == (
        "No.", "役職", "企業名", "氏名・役職", "所在地", "電話・FAX", "メール・URL", "業種", "主要製品", "入会",
    )  # fmt: skip


@pytest.mark.parametrize("variant", list(Variant))
def test_no_key_is_left_in_the_words(group, member, staff, variant):
    take(group, variant=variant, file_format="xlsx")
    copy = told(staff.user)
    assert (copy.variant, copy.file_format) == (variant.label, "Excel")
    assert (copy.taken_by, copy.purpose, copy.receiver) == ("", "", "")
    assert [word for word in copy.columns if re.match("[a-z]", word)] == []


def test_what_is_no_longer_known_is_shown_as_it_was_written(group, office, staff):
    take_paper(group, "groups/keyaki/labels")
    take_paper(office, "offices/tama/labels", columns=["shoe-size"], variant="giants")
    take_paper(group, "groups/gone/roster")
    take_paper(group, "elsewhere/papyrus")
    assert [told(staff.user, number).name for number in range(4)] == [
        "elsewhere/papyrus",
        "会員名簿",
        "多摩テクノプラザの宛名ラベル",
        "けやき会の宛名ラベル",
    ]
    assert (told(staff.user, 2).columns, told(staff.user, 2).variant) == (("shoe-size",), "giants")


def test_a_group_is_not_taken_for_one_whose_address_begins_alike(group, staff):
    longer = make_group(name="けやき会ジュニア", slug="keyaki-junior", number_prefix="KJ")
    take(group)
    take(longer)
    assert names(map(in_words, of_group(copies_visible_to(staff.user), group))) == ["けやき会の会員名簿 001"]
    assert names(map(in_words, copies_visible_to(staff.user)))[0] == "けやき会ジュニアの会員名簿 001"


def test_who_keeps_a_register_sees_the_copies_of_its_lists(
    group, other_group, office, staff, secretary, member, outsider, adviser, left_member
):
    take(group)
    take(other_group)
    take_paper(office, "offices/tama/labels")
    assert copies_visible_to(staff.user).count() == 3
    assert names(map(in_words, copies_visible_to(secretary.user))) == ["けやき会の会員名簿 001"]
    for nobody in (member, outsider, adviser, left_member):
        assert not copies_visible_to(nobody.user).exists()


def test_which_copies_hold_somebody(group, other_group, member, outsider, staff):
    for each in (group, other_group, group):
        take(each)
    make_membership(other_group, company=member.membership.company)
    take(other_group)
    held = copies_that_hold(member.person, staff.user)
    assert (names(held.copies), held.unknown) == (["けやき会の会員名簿 002", "けやき会の会員名簿 001"], [])
    assert names(copies_that_hold(member.membership.company, staff.user).copies) == [
        "みなと会の会員名簿 002",
        "けやき会の会員名簿 002",
        "けやき会の会員名簿 001",
    ]
    assert names(copies_that_hold(outsider.person, staff.user).copies) == [
        "みなと会の会員名簿 002",
        "みなと会の会員名簿 001",
    ]


def test_a_secretary_is_told_of_the_own_groups_copies_only(group, other_group, member, secretary):
    make_membership(other_group, company=member.membership.company, representatives=[member.person])
    take(group)
    take(other_group)
    assert names(copies_that_hold(member.person, secretary.user).copies) == ["けやき会の会員名簿 001"]


def test_copies_of_which_nobody_knows_are_told_apart(group, member, staff):
    take_paper(group, "groups/keyaki/roster")
    take_paper(group, "groups/keyaki/labels", row_count=0)
    take_paper(group, "groups/keyaki/labels", companies=[member.membership.company_id])
    stranger = make_person()
    found = copies_that_hold(stranger, staff.user)
    assert (found.copies, names(found.unknown)) == ([], ["けやき会の会員名簿 001"])
    found = copies_that_hold(member.membership.company, staff.user)
    assert (names(found.copies), names(found.unknown)) == (
        ["けやき会の宛名ラベル 002"],
        ["けやき会の会員名簿 001"],
    )


@pytest.mark.parametrize("count", [1, 30])
def test_it_is_answered_in_one_query(group, member, staff, secretary, count):
    for _ in range(count):
        take(group, secretary)
    take_paper(group, "groups/keyaki/roster")
    assert staff.user.has_perm("office.work")
    for whom in (member.person, member.membership.company):
        with CaptureQueriesContext(connection) as queries:
            found = copies_that_hold(whom, staff.user)
            sentences = [(copy.name, copy.when, copy.taken_by, copy.columns) for copy in found.copies]
        assert (len(queries), len(sentences), len(found.unknown)) == (1, count, 1)
        assert {name for name, *_ in sentences} == {"けやき会の会員名簿"}


def test_a_copy_whose_officer_stands_below_the_list_holds_them(group, member, staff):
    outside = make_person(family_name="外山", given_name="守")
    make_officer(group, outside)
    take(group)
    assert names(copies_that_hold(outside, staff.user).copies) == ["けやき会の会員名簿 001"]
