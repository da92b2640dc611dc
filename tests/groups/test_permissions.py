"""May you do it now: every rule, asked for each of the cast about the own group and another one."""

import datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from groups import lifecycle, memberships
from groups.models import Group, Office, OfficerTerm
from groups.permissions import RULES
from groups.rosters.building import Variant, roster
from groups.rosters.copies import log_copy
from members.models import User
from tests.factories import make_company, make_login, make_membership, make_officer, make_person, make_staff

CAST = ["visitor", "member", "secretary", "outsider", "left_member", "adviser", "staff"]
ABOUT_A_GROUP = {
    "groups.edit_group": {"secretary", "staff"},
    "groups.see_members": {"member", "secretary", "adviser", "staff"},
    "groups.import_roster": {"staff"},
    "groups.print_member_roster": {"member", "secretary", "adviser", "staff"},
    "groups.print_public_roster": {"member", "secretary", "adviser", "staff"},
    "groups.print_office_roster": {"secretary", "staff"},
    "groups.see_exports": {"secretary", "staff"},
    "groups.appoint_officers": {"secretary", "staff"},
    "groups.invite_members": {"secretary", "staff"},
    "groups.keep_members": {"secretary", "staff"},
    "groups.see_group_history": {"secretary", "staff"},
    "groups.see_bylaws": {"member", "secretary", "adviser", "staff"},
    "groups.keep_bylaws": {"secretary", "staff"},
    "groups.ask_to_confirm": {"secretary", "staff"},
    "groups.commission_adviser": {"staff"},
    "groups.ask_for_adviser": set(),  # it has run itself for years
    "groups.see_readiness": {"secretary", "staff"},
    "groups.hand_over": {"staff"},
    "groups.make_handover_book": {"secretary"},  # what a group that runs itself has written is its own
    "groups.end_group": {"staff"},
    "groups.make_archive": set(),  # it is not dissolved
}
OF_STAFF = {
    "groups.import_roster",
    "groups.commission_adviser",
    "groups.hand_over",
    "groups.end_group",
    "groups.make_archive",
}
OF_INSIDERS = {
    "groups.see_members",
    "groups.see_bylaws",
    "groups.see_readiness",
    "groups.print_member_roster",
    "groups.print_public_roster",
}
# Without an object they hold for nobody: staff are no officers, and what is asked about is the company of a record.
OF_A_RECORD_ALONE = {
    "groups.ask_for_adviser",
    "groups.make_handover_book",
    "groups.make_archive",
    "groups.fetch_handover_book",
    "groups.withdraw_request",
    "members.correct_former",
}
ABOUT_NOTHING = {
    "office.assign_staff": {"staff"},
    "members.keep_search": {"secretary", "staff"},
    "office.work": {"staff"},
    "recruitment.run": {"staff"},
    "office.administer": {"staff"},
    "office.install": {"staff"},
    "groups.add_group": {"staff"},
}
ABOUT_RECORDS = {
    "members.edit_company": {"member", "secretary", "staff"},
    "members.edit_person": {"member", "secretary", "staff"},
    "members.close_company": {"staff"},
    "members.correct_former": {"member", "secretary", "staff"},
    "groups.withdraw_request": {"secretary"},
    "groups.fetch_handover_book": {"secretary"},  # asked in tests/iri_exchange/pages/test_handover_book.py
    "groups.remove_bylaws": {"secretary", "staff"},
    "groups.keep_confirmation": {"secretary", "staff"},
    "members.look_as": {"staff"},
    "members.see_what_is_seen": {"member", "staff"},
    "members.see_looks": {"member", "staff"},
    "groups.end_officer_term": {"secretary", "staff"},
    "groups.change_membership": {"secretary", "staff"},
    "members.change_employer": {"secretary", "staff"},
    "members.see_export": {"secretary", "staff"},
    "members.see_person_exports": {"secretary", "staff"},
    "members.see_company_exports": {"secretary", "staff"},
    "members.invite_person": {"secretary", "staff"},
    "members.see_company_history": {"member", "secretary", "staff"},
    "members.see_person_history": {"member", "secretary", "staff"},
    "groups.see_membership_history": {"secretary", "staff"},
}


@pytest.fixture
def users(visitor, member, secretary, outsider, left_member, adviser, staff) -> dict[str, object]:
    actors = dict(zip(CAST, (visitor, member, secretary, outsider, left_member, adviser, staff), strict=True))
    return {name: actor.user or AnonymousUser() for name, actor in actors.items()}


def who_may(users, rule, about=None) -> set[str]:
    return {name for name, user in users.items() if user.has_perm(rule, about)}


def test_every_rule_is_tested_here():
    assert set(RULES) == {*ABOUT_A_GROUP, *ABOUT_NOTHING, *ABOUT_RECORDS}


@pytest.mark.parametrize("rule", ABOUT_NOTHING)
def test_rules_about_nothing(users, rule):
    assert who_may(users, rule) == ABOUT_NOTHING[rule]


@pytest.mark.parametrize("rule", ABOUT_A_GROUP)
def test_rules_about_a_group(users, group, rule):
    assert who_may(users, rule, group) == ABOUT_A_GROUP[rule]


@pytest.mark.parametrize("rule", sorted(ABOUT_A_GROUP.keys() - OF_STAFF))
def test_an_officer_has_no_right_in_a_group_that_does_not_run_itself(secretary, launched_group, rule):
    make_officer(launched_group, secretary.person)
    assert secretary.user.has_perm(rule, launched_group) is (rule in OF_INSIDERS)
    lifecycle.move(group=launched_group, to=Group.Stage.SELF_MANAGED, since=datetime.date(2026, 11, 25))
    del secretary.user._standing
    assert secretary.user.has_perm(rule, launched_group)


def test_an_ended_term_ends_the_right(secretary, group):
    OfficerTerm.objects.filter(person=secretary.person).update(until=datetime.date(2026, 11, 24))
    assert not secretary.user.has_perm("groups.edit_group", group)


def test_no_rule_holds_without_an_object(users):
    for rule in (*ABOUT_A_GROUP, *ABOUT_RECORDS):
        assert who_may(users, rule) == (set() if rule in OF_A_RECORD_ALONE else {"staff"})


def test_what_hangs_on_a_group_or_a_company_is_kept_by_who_keeps_that(
    users, member, outsider, group, other_group
):
    for rule in ("groups.withdraw_request", "groups.remove_bylaws", "groups.keep_confirmation"):
        own, other = (SimpleNamespace(group_id=each.pk) for each in (group, other_group))
        assert who_may(users, rule, own) == ABOUT_RECORDS[rule]
        assert who_may(users, rule, other) == ABOUT_RECORDS[rule] & {"staff"}
    own, other = (SimpleNamespace(company=each.membership.company) for each in (member, outsider))
    assert who_may(users, "members.correct_former", own) == ABOUT_RECORDS["members.correct_former"]
    assert who_may(users, "members.correct_former", other) == {"outsider", "staff"}
    assert who_may(users, "members.close_company", own.company) == {"staff"}


def test_a_company_is_corrected_by_its_own_people_its_secretary_and_staff(users, member, outsider):
    assert who_may(users, "members.edit_company", member.membership.company) == {
        "member",
        "secretary",
        "staff",
    }
    assert who_may(users, "members.edit_company", outsider.membership.company) == {"outsider", "staff"}


def test_the_secretary_loses_a_company_that_left(secretary, member):
    memberships.leave(membership=member.membership, since=datetime.date(2026, 11, 25), reason="busy")
    assert not secretary.user.has_perm("members.edit_company", member.membership.company)
    assert not member.user.has_perm("members.edit_company", member.membership.company)


def test_a_person_is_corrected_by_themselves_their_secretary_and_staff(users, member, group):
    assert who_may(users, "members.edit_person", member.person) == {"member", "secretary", "staff"}
    individual = make_person()
    make_membership(group, person=individual)
    assert who_may(users, "members.edit_person", individual) == {"secretary", "staff"}


def test_who_keeps_the_register_sees_its_copies_and_which_of_them_hold_somebody(
    users, member, outsider, group, other_group
):
    for_register = {"secretary", "staff"}
    own, other = (
        log_copy(roster=roster(each, Variant.MEMBER, datetime.date(2026, 11, 25)), by=None, file_format="pdf")
        for each in (group, other_group)
    )
    assert who_may(users, "members.see_export", own) == for_register
    assert who_may(users, "members.see_export", other) == {"staff"}
    assert who_may(users, "members.see_person_exports", member.person) == for_register
    assert who_may(users, "members.see_person_exports", outsider.person) == {"staff"}
    assert who_may(users, "members.see_company_exports", member.membership.company) == for_register
    assert who_may(users, "members.see_company_exports", outsider.membership.company) == {"staff"}


def test_histories_are_read_by_who_may_correct_the_record(users, member, outsider):
    own, other = member.membership, outsider.membership
    for rule, record, elsewhere in (
        ("members.see_company_history", own.company, other.company),
        ("members.see_person_history", member.person, outsider.person),
        ("groups.see_membership_history", own, other),
    ):
        assert who_may(users, rule, record) == ABOUT_RECORDS[rule]
        assert who_may(users, rule, elsewhere) - {"outsider"} == {"staff"}


def test_terms_are_ended_by_who_keeps_the_register_and_by_oneself(
    users, member, secretary, group, other_group
):
    own, over, elsewhere = (
        make_officer(group, member.person, role="chair"),
        make_officer(group, member.person, role="board", until=datetime.date(2026, 11, 24)),
        make_officer(other_group, member.person),
    )
    assert who_may(users, "groups.end_officer_term", own) == {"member", "secretary", "staff"}
    assert who_may(users, "groups.end_officer_term", secretary.person.officer_terms.get()) == {
        "member",
        "secretary",
        "staff",
    }
    assert who_may(users, "groups.end_officer_term", over) == set()
    assert who_may(users, "groups.end_officer_term", elsewhere) == {"member", "staff"}


def test_the_record_of_a_member_is_kept_by_its_secretary_also_after_leaving(
    users, member, outsider, left_member
):
    for membership in (member.membership, left_member.membership):
        assert who_may(users, "groups.change_membership", membership) == {"secretary", "staff"}
        for term in membership.representatives.all():
            assert who_may(users, "groups.change_membership", term) == {"secretary", "staff"}
    assert who_may(users, "groups.change_membership", outsider.membership) == {"staff"}


def test_who_works_where_is_written_down_by_who_keeps_everything_of_a_person(users, member, outsider):
    assert who_may(users, "members.change_employer", member.person) == {"secretary", "staff"}
    assert who_may(users, "members.change_employer", member.person.employments.get()) == {
        "secretary",
        "staff",
    }
    assert who_may(users, "members.change_employer", outsider.person) == {"staff"}


def test_looking_is_for_staff_at_those_who_are_none(users, member, staff, secretary):
    assert who_may(users, "members.look_as", member.person) == {"staff"}
    assert who_may(users, "members.look_as", staff.person) == set()
    User.objects.filter(pk=secretary.user.pk).update(is_superuser=True)
    assert who_may(users, "members.look_as", secretary.person) == set()
    assert who_may(users, "members.see_looks", member.person) == {"member", "staff"}


def test_who_only_installs_opens_nothing_else(group, db):
    root = User.objects.create_superuser("root@example.jp", "long enough 2026")
    company = make_company()
    record = SimpleNamespace(group_id=group.pk, company=company)
    about = dict.fromkeys(ABOUT_RECORDS, group) | {
        "members.edit_company": company,
        "members.edit_person": make_person(),
        "members.correct_former": record,
        "groups.withdraw_request": record,
        "groups.fetch_handover_book": SimpleNamespace(made_by_id=None),
        "groups.remove_bylaws": record,
        "groups.keep_confirmation": record,
    }
    held = {rule for rule in RULES if root.has_perm(rule, about.get(rule, group))}
    assert held == {"office.install"}


def test_an_inactive_login_has_no_right(office):
    person = make_person()
    make_staff(person, office=Office.objects.get())
    user = make_login(person)
    assert user.has_perm("office.work")
    user.is_active = False
    assert not user.has_perm("office.work")


@pytest.mark.parametrize(("day", "answers"), [(25, [200, 200, 200]), (26, [403, 403, 403])])
def test_from_the_day_their_company_left_a_secretary_is_an_outsider(secretary, group, day, answers):
    memberships.leave(
        membership=secretary.membership, since=datetime.date(2026, 11, 26), reason="busy", confirmed=True
    )
    pages = [
        reverse("group_members", args=[group.slug]),
        reverse("group_roster_pdf", args=[group.slug]) + "?variant=office",
        reverse("group_edit", args=[group.slug]),
    ]
    with time_machine.travel(datetime.datetime(2026, 11, day, 3, 0, tzinfo=datetime.UTC)):
        assert [secretary.client.get(page).status_code for page in pages] == answers


def test_an_officer_invites_only_whom_nobody_else_has_to_do_with(
    users, member, outsider, secretary, other_group
):
    """Whoever chooses the address of a login could take it over: of people with rights elsewhere the office does it."""
    assert who_may(users, "members.invite_person", member.person) == {"secretary", "staff"}
    assert who_may(users, "members.invite_person", outsider.person) == {"staff"}
    make_officer(other_group, member.person)
    assert who_may(users, "members.invite_person", member.person) == {"staff"}
    OfficerTerm.objects.filter(person=member.person).delete()
    make_staff(member.person)
    assert who_may(users, "members.invite_person", member.person) == {"staff"}
