"""Every named constraint is broken once by a row that no form has seen; the database itself refuses it."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from groups.models import (
    Adviser,
    Group,
    GroupStage,
    ImportBatch,
    LabelFormat,
    Membership,
    MembershipStatus,
    OfficerTerm,
    Printout,
    Representative,
    RosterColumns,
    RosterConsent,
    StaffAssignment,
)
from members.models import (
    Company,
    Consent,
    ConsentText,
    Employment,
    Export,
    FormerName,
    Invitation,
    Letter,
    LetterWording,
    Look,
    Person,
    SavedSearch,
    Suppression,
    User,
)
from tests.house import broken_applications, broken_exchange, broken_meetings, broken_records

DAY = datetime.date(2026, 4, 1)
NOON = datetime.datetime(2026, 4, 1, 3, tzinfo=datetime.UTC)
DAY_BEFORE = datetime.date(2026, 3, 31)
CORPORATE_NUMBER = "7000012050002"


class World:
    """The rows that the broken rows lean on."""

    def __init__(self) -> None:
        from tests import factories

        self.group = factories.make_group()
        self.company = factories.make_company()
        self.person = factories.make_person()
        self.membership = factories.make_membership(
            self.group, company=self.company, representatives=[self.person]
        )
        self.other_person = factories.make_person()
        self.staff = factories.make_staff(self.person)
        self.user = factories.make_login(self.person)


def twice(model: type[models.Model], **fields: Any) -> None:
    """Two rows alike where one is allowed."""
    for _ in range(2):
        model._default_manager.create(**fields)


def term(model: type[models.Model], **fields: Any) -> None:
    """A term that ends before it begins."""
    model._default_manager.create(since=DAY, until=DAY_BEFORE, **fields)


def label_format(**fields: Any) -> dict[str, Any]:
    size = {"columns": 1, "rows": 1, "width": 100, "height": 40, "left": 10, "top": 10}
    return {"name": "試し"} | size | fields


def membership(w: World, **fields: Any) -> dict[str, Any]:
    return {"group": w.group, "sequence": 99, "joined_on": DAY} | fields


def broken_letter(w: World, **fields: Any) -> None:
    Letter.objects.create(kind="other", to="a@example.com", subject="件名", text="本文", **fields)


def looked(w: World, **fields: Any) -> Look:
    given = {
        "why": "お電話",
        "started_at": NOON,
        "expires_at": NOON + datetime.timedelta(minutes=30),
    } | fields
    return Look.objects.create(looker=w.user, person=w.person, **given)


def invited(w: World, **fields: Any) -> Invitation:
    week = datetime.timedelta(days=7)
    given = {"email": "a@example.com", "made_at": NOON, "expires_at": NOON + week} | fields
    return Invitation.objects.create(person=w.person, **given)


BROKEN: dict[str, Callable[[World], object]] = {
    # members
    "company_corporate_number_unique": lambda w: twice(
        Company, name="同番", corporate_number=CORPORATE_NUMBER
    ),
    "company_has_a_name": lambda w: Company.objects.create(name=""),
    "saved_search_name_once": lambda w: twice(SavedSearch, user=w.user, name="歯車", query="q=x"),
    "saved_search_has_a_name": lambda w: SavedSearch.objects.create(user=w.user, name="", query="q=x"),
    "former_name_one_per_day": lambda w: twice(FormerName, company=w.company, name="旧名", until=DAY),
    "person_has_a_name": lambda w: Person.objects.create(family_name=""),
    "employment_one_per_day": lambda w: twice(
        Employment, person=w.other_person, company=w.company, since=DAY
    ),
    "consent_text_version_unique": lambda w: twice(ConsentText, kind="mail", version="1", text="文面"),
    "consent_of_a_person_or_a_company": lambda w: Consent.objects.create(
        person=w.person, company=w.company, kind="mail", given=True, since=DAY
    ),
    "consent_public_profile_is_the_companys": lambda w: Consent.objects.create(
        person=w.person, kind="public_profile", given=True, since=DAY
    ),
    "consent_one_per_person_kind_and_day": lambda w: twice(
        Consent, person=w.person, kind="mail", given=True, since=DAY
    ),
    "consent_one_per_company_kind_and_day": lambda w: twice(
        Consent, company=w.company, kind="public_profile", given=True, since=DAY
    ),
    "export_copy_number_unique": lambda w: twice(
        Export,
        subject="groups/x/roster",
        variant="member",
        file_format="pdf",
        as_of=DAY,
        columns=[],
        row_count=0,
        copy_number=1,
    ),
    **{
        name: partial(broken_letter, **fields)
        for name, fields in {
            "letter_state_is_known": {"state": "lost"},
            "letter_claimed_while_it_is_sent": {"state": "sending"},
            "letter_sent_has_a_time": {"state": "sent"},
            "letter_stopped_has_a_reason": {"state": "stopped"},
            "letter_secret_is_erased_once_sent": {"state": "sent", "sent_at": NOON, "is_secret": True},
        }.items()
    },
    "letter_wording_one_per_kind": lambda w: twice(LetterWording, kind="account/login_code"),
    "suppression_one_per_address": lambda w: twice(
        Suppression, address="a@example.com", is_hard=True, why="x"
    ),
    "suppression_has_a_reason": lambda w: Suppression.objects.create(address="a@example.com", is_hard=True),
    "look_has_a_reason": lambda w: looked(w, why=""),
    "look_expires_after_it_starts": lambda w: looked(w, expires_at=NOON),
    "look_ends_after_it_starts": lambda w: looked(w, ended_at=NOON - datetime.timedelta(minutes=1)),
    "invitation_one_open_per_person": lambda w: [invited(w, token_hash=token) for token in "ab"],
    "invitation_claimed_or_revoked": lambda w: invited(w, claimed_at=NOON, revoked_at=NOON),
    "invitation_expires_after_it_was_made": lambda w: invited(w, expires_at=NOON),
    "user_email_unique_among_active": lambda w: User.objects.create(email=w.user.email.upper()),
    "user_one_active_per_person": lambda w: User.objects.create(email="second@example.jp", person=w.person),
    # groups
    "group_capacity_at_least_one": lambda w: Group.objects.filter(pk=w.group.pk).update(capacity=0),
    "group_representatives_1_to_9": lambda w: Group.objects.filter(pk=w.group.pk).update(
        representatives_max=10
    ),
    "group_fiscal_year_starts_in_a_month": lambda w: Group.objects.filter(pk=w.group.pk).update(
        fiscal_year_start=13
    ),
    "group_stage_one_per_day": lambda w: twice(GroupStage, group=w.group, state="dormant", since=DAY),
    "group_stage_is_known": lambda w: GroupStage.objects.create(group=w.group, state="asleep", since=DAY),
    "import_batch_finished_has_a_time": lambda w: ImportBatch.objects.create(
        group=w.group, filename="a.csv", content=b"", uploaded_by=w.user, state="committed"
    ),
    "printout_finished_has_a_time": lambda w: Printout.objects.create(
        kind="book", made_by=w.user, state="done"
    ),
    "roster_columns_one_per_variant": lambda w: twice(
        RosterColumns, group=w.group, variant="member", columns=["number"]
    ),
    "label_format_sizes": lambda w: LabelFormat.objects.create(**label_format(rows=0)),
    "label_format_fits_a4": lambda w: LabelFormat.objects.create(**label_format(left=130)),
    "membership_of_a_company_or_a_person": lambda w: Membership.objects.create(**membership(w)),
    "membership_once_per_group_and_company": lambda w: Membership.objects.create(
        **membership(w, company=w.company)
    ),
    "membership_once_per_group_and_person": lambda w: [
        Membership.objects.create(**membership(w, person=w.person, sequence=sequence))
        for sequence in (98, 99)
    ],
    "membership_number_never_reused": lambda w: Membership.objects.create(
        **membership(w, person=w.person, sequence=w.membership.sequence)
    ),
    "membership_status_one_per_day": lambda w: twice(
        MembershipStatus, membership=w.membership, state="on_leave", since=DAY
    ),
    "membership_status_is_known": lambda w: MembershipStatus.objects.create(
        membership=w.membership, state="asleep", since=DAY
    ),
    "membership_status_reason_for_leaving_only": lambda w: MembershipStatus.objects.create(
        membership=w.membership, state="left", since=DAY
    ),
    "representative_ends_after_it_begins": lambda w: term(
        Representative, membership=w.membership, person=w.other_person, rank=2
    ),
    "representative_once_at_a_time": lambda w: Representative.objects.create(
        membership=w.membership, person=w.person, rank=2, since=DAY
    ),
    "representative_one_per_rank": lambda w: Representative.objects.create(
        membership=w.membership, person=w.other_person, rank=1, since=DAY
    ),
    "representative_rank_1_to_9": lambda w: Representative.objects.create(
        membership=w.membership, person=w.other_person, rank=10, since=DAY
    ),
    "roster_consent_one_per_day": lambda w: twice(
        RosterConsent, membership=w.membership, answer="yes", since=DAY
    ),
    "roster_consent_answer_is_known": lambda w: RosterConsent.objects.create(
        membership=w.membership, answer="perhaps", since=DAY
    ),
    "staffassignment_ends_after_it_begins": lambda w: term(
        StaffAssignment, person=w.person, office=w.group.office
    ),
    "staff_assignment_once_a_day": lambda w: twice(
        StaffAssignment, person=w.person, office=w.group.office, since=DAY
    ),
    "officerterm_ends_after_it_begins": lambda w: term(
        OfficerTerm, group=w.group, person=w.person, role="chair"
    ),
    "officer_term_once_a_day": lambda w: twice(
        OfficerTerm, group=w.group, person=w.person, role="chair", since=DAY
    ),
    "officer_term_role_is_known": lambda w: OfficerTerm.objects.create(
        group=w.group, person=w.person, role="emperor", since=DAY
    ),
    "adviser_ends_after_it_begins": lambda w: term(Adviser, group=w.group, person=w.person),
    "adviser_once_a_day": lambda w: twice(Adviser, group=w.group, person=w.person, since=DAY),
    **broken_records.BROKEN,
    **broken_applications.BROKEN,
    **broken_meetings.BROKEN,
    **broken_exchange.BROKEN,
}


def named_constraints() -> dict[str, models.BaseConstraint]:
    ours = [model for model in apps.get_models() if model._meta.app_label in {"members", "groups", "events"}]
    return {each.name: each for model in ours for each in model._meta.constraints}


def test_every_constraint_has_its_broken_row():
    assert sorted(BROKEN) == sorted(named_constraints())


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name, db):
    world = World()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name](world)
    assert as_the_database_says_it(named_constraints()[name]) in str(refused.value)


def as_the_database_says_it(constraint: models.BaseConstraint) -> str:
    """SQLite names the columns, not the constraint, when plain columns have to be unique."""
    if connection.vendor == "sqlite" and getattr(constraint, "fields", ()):
        model = next(m for m in apps.get_models() if constraint in m._meta.constraints)
        columns = [
            f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in constraint.fields
        ]
        return ", ".join(columns)
    return constraint.name
