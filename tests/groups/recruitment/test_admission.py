"""採択: all that was written arrives in the directory, nothing twice, and what is known there stays."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups.models import Application, ApplicationConsent, Membership, RosterConsent
from groups.recruitment import admission, withdrawing
from groups.recruitment.admission import admit
from members.models import Company, Consent, ConsentText, Person
from tests.factories import make_company, make_membership, make_person
from tests.groups.recruitment.closed_rounds import ACCEPT, TODAY, closed_round, decided

NUMBER = "7000012050002"


@pytest.fixture
def call(office):
    return closed_round(office)


def admitted(application, staff, since=TODAY) -> Membership:
    return admit(application=application, since=since, by=staff.user)


def test_a_new_company_arrives_with_everything(call, staff):
    application = decided(
        call,
        ACCEPT,
        staff.user,
        name="株式会社髙﨑硝子",
        corporate_number=NUMBER,
        capital=1_000,
        strengths="光る硝子",
        strengths_for="members",
        contact_name="総田 務",
        contact_email="somu@example.jp",
        contact_phone="042-600-9999",
    )
    membership = admitted(application, staff)
    company = membership.company
    assert {name: getattr(company, name) for name in admission.FACTS} == {
        name: getattr(application, name) for name in admission.FACTS
    }
    assert (membership.group, membership.joined_on, membership.status_on(TODAY)) == (
        call.group,
        TODAY,
        Membership.Status.ACTIVE,
    )
    term = membership.representatives.get()
    said = application.participants.get()
    assert (term.rank, term.person.name, term.person.kana, term.person.email) == (
        1,
        f"{said.family_name} {said.given_name}",
        f"{said.family_kana} {said.given_kana}",
        said.email,
    )
    contact = Person.objects.get(email="somu@example.jp")
    assert (contact.name, contact.phone, contact.company_on(TODAY)) == ("総田 務", "042-600-9999", company)
    application.refresh_from_db()
    assert application.membership == membership


def test_the_contact_who_attends_is_one_person(call, staff):
    application = decided(call, ACCEPT, staff.user, contact_phone="042-600-1111")
    before = Person.objects.count()
    membership = admitted(application, staff)
    assert Person.objects.count() - before == 1
    person = membership.representatives.get().person
    assert person.phone == "042-600-1111"
    # The address of the contact is theirs: what the group sends comes by mail, too.
    assert (person.email, person.contact_method) == (
        application.contact_email,
        Person.ContactMethod.EMAIL,
    )


def test_the_matched_company_is_taken_its_gaps_are_filled_and_the_rest_stays(call, staff):
    company = make_company(name="株式会社青葉精機", phone="042-111-1111", products="", url="")
    known = make_person(
        company=company, family_name="児玉", given_name="花子1", email="old@example.jp", title=""
    )
    application = decided(call, ACCEPT, staff.user, known_company=company, url="https://aoba.example.jp/")
    application.participants.update(family_name="児玉", given_name="花子1", title="部長")
    application.contact_name = "児玉　花子1"
    application.save()
    before = (Company.objects.count(), Person.objects.count())
    membership = admitted(application, staff)
    company.refresh_from_db()
    known.refresh_from_db()
    assert (Company.objects.count(), Person.objects.count()) == before
    assert (membership.company, membership.representatives.get().person) == (company, known)
    assert (company.phone, company.products, company.url) == (
        "042-111-1111",
        application.products,
        "https://aoba.example.jp/",
    )
    assert (company.name, known.title, known.email) == ("株式会社青葉精機", "部長", "old@example.jp")


def test_a_company_that_is_in_the_group_stays_the_member_it_is(call, staff):
    before = make_membership(call.group, company=make_company(), on=datetime.date(2026, 11, 1))
    application = decided(call, ACCEPT, staff.user, known_company=before.company)
    assert admitted(application, staff) == before
    assert call.group.memberships.count() == 1
    assert [term.rank for term in before.representatives.all()] == [1, 2]


def test_more_people_than_the_group_allows_are_people_of_the_company(call, staff):
    call.group.representatives_max = 1
    call.group.save()
    application = decided(call, ACCEPT, staff.user)
    application.participants.create(
        order=2, family_name="三上", given_name="次郎", family_kana="ミカミ", given_kana="ジロウ"
    )
    membership = admitted(application, staff)
    assert membership.representatives.count() == 1
    second = Person.objects.get(given_name="次郎")
    assert (second.company_on(TODAY), second.contact_method) == (
        membership.company,
        Person.ContactMethod.POST,
    )


def test_what_was_agreed_to_counts_with_the_text_that_was_shown(call, staff):
    application = decided(call, ACCEPT, staff.user)
    text = ConsentText.objects.create(kind="photograph", version="2026-10", text="写真を使います。")
    for kind, given in (
        ("purpose", True),
        ("roster", False),
        ("photograph", True),
        ("mail", False),
        ("public_profile", True),
    ):
        ApplicationConsent.objects.create(
            application=application, kind=kind, given=given, text=text if kind == "photograph" else None
        )
    membership = admitted(application, staff)
    person = membership.representatives.get().person
    answers = Consent.objects.filter(person=person).order_by("kind")
    assert [(each.kind, each.given, each.text) for each in answers] == [
        ("mail", False, None),
        ("photograph", True, text),
    ]
    profile = Consent.objects.get(company=membership.company)
    assert (profile.kind, profile.given, profile.note) == (
        "public_profile",
        True,
        f"応募のとき（受付番号 {application.number}）",
    )
    roster = membership.roster_consents.get()
    assert (roster.answer, roster.since) == (RosterConsent.Answer.NO, TODAY)


def test_the_same_company_is_not_admitted_twice(call, staff):
    first = decided(call, ACCEPT, staff.user, name="㈱みどり", phone="042-777-0001")
    second = decided(call, ACCEPT, staff.user, name="株式会社 みどり", phone="0427770001")
    first.state = Application.State.ACCEPTED
    first.save()
    admitted(first, staff)
    before = Company.objects.count()
    with pytest.raises(ValidationError, match=first.number):
        admitted(second, staff)
    assert Company.objects.count() == before


def test_after_the_first_has_withdrawn_the_second_is_the_company_that_it_made(call, staff):
    first = decided(call, ACCEPT, staff.user, name="㈱みどり", phone="042-777-0001")
    second = decided(call, ACCEPT, staff.user, name="株式会社みどり", phone="042-777-0001")
    first.state = Application.State.ACCEPTED
    first.save()
    membership = admitted(first, staff)
    withdrawing.withdraw(application=first)
    assert membership.status_on(TODAY) == Membership.Status.LEFT
    companies = Company.objects.count()
    assert admitted(second, staff) == membership
    assert membership.status_on(TODAY) == Membership.Status.ACTIVE
    first.refresh_from_db()
    assert (first.membership, second.membership) == (None, membership)
    assert Company.objects.count() == companies


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"is_new_company": False}, "名簿にある企業かどうか"),
        ({"corporate_number": NUMBER}, "すでに名簿にあります"),
    ],
)
def test_what_nobody_has_compared_is_refused(call, staff, fields, sentence):
    make_company(corporate_number=NUMBER)
    application = decided(call, ACCEPT, staff.user, **fields)
    with pytest.raises(ValidationError, match=sentence):
        admitted(application, staff)
    assert not call.group.memberships.exists()


def test_without_a_group_nobody_is_admitted(call, staff):
    application = decided(call, ACCEPT, staff.user)
    call.group = None
    application.round = call
    with pytest.raises(ValidationError, match="グループ"):
        admitted(application, staff)


def test_twice_admitted_is_refused(call, staff):
    application = decided(call, ACCEPT, staff.user)
    admitted(application, staff)
    with pytest.raises(ValidationError, match="もう会員"):
        admitted(application, staff)
