"""Imports, undoings and people at work at the same time, on a database that locks rows and not everything."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from groups import memberships
from groups.importing import Outcome, commit_batch, keep_upload, read_again, undo_batch
from groups.models import ImportBatch, Membership
from members.models import Company, Person
from tests.factories import make_company, make_membership, make_person
from tests.groups.importing.imports import AOBA, directory_as_it_stands, imported, state_of
from tests.groups.importing.racing import Running, waiting

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]
TODAY = datetime.date(2026, 11, 25)
State = ImportBatch.State


def kept(group, actor, *lines):
    content = "\n".join(["企業名,氏名,役職,電話,FAX", *lines]).encode()
    return keep_upload(group=group, filename="r.csv", content=content, by=actor.user)


def committing(batch):
    return lambda: commit_batch(batch=batch, shown=batch.report["fingerprint"])


def test_who_joins_the_group_waits_for_the_import_and_the_import_for_nobody(group, staff):
    """The import changes a company, then waits in the middle; a clerk makes the same company a member."""
    person = make_person(family_name="若葉", given_name="花子", title="部長")
    make_membership(
        group, company=make_company(name="株式会社若葉", phone="042-000-0002"), representatives=[person]
    )
    company = make_company(name="株式会社青葉", phone="042-000-0001")
    batch = kept(
        group, staff, "株式会社青葉,,,042-000-0001,042-000-0009", "株式会社若葉,若葉 花子,社長,042-000-0002,"
    )

    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        importing = waiting(committing(batch))
        joining = waiting(lambda: memberships.join(group=group, company=company, on=None))

    assert importing.result is Outcome.DONE
    assert isinstance(joining.result, ValidationError)
    assert "この企業は、すでにこのグループの会員です。" in joining.result.messages


def test_others_may_point_to_a_company_that_is_just_being_changed(group, other_group, staff):
    person = make_person(family_name="若葉", given_name="花子", title="部長")
    make_membership(
        group, company=make_company(name="株式会社若葉", phone="042-000-0002"), representatives=[person]
    )
    company = make_company(name="株式会社青葉", phone="042-000-0001")
    batch = kept(
        group, staff, "株式会社青葉,,,042-000-0001,042-000-0009", "株式会社若葉,若葉 花子,社長,042-000-0002,"
    )

    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        importing = waiting(committing(batch))
        elsewhere = Running(lambda: memberships.join(group=other_group, company=company, on=None))
        assert isinstance(elsewhere.result, Membership)

    assert importing.result is Outcome.DONE


def test_who_changes_a_membership_never_waits_for_its_undoing(group, staff):
    batch = imported(group, AOBA)
    membership = Membership.objects.get()
    person = membership.representatives.get().person

    with transaction.atomic():
        memberships.rest(membership=membership, since=TODAY)
        undoing = waiting(lambda: undo_batch(batch=batch, by=staff.user))
        memberships.appoint(group=group, person=person, role="chair", since=TODAY)

    assert sorted(undoing.result) == [
        "KY-001 株式会社青葉精機：会員の状態が1件あります。",
        "青木 恵：役員の任期が1件あります。",
    ]
    assert state_of(batch) == State.COMMITTED


def test_who_joins_the_group_waits_for_an_undoing_and_the_undoing_for_nobody(group, staff):
    """The undoing waits in the middle; a clerk names somebody the import made for another company."""
    before = directory_as_it_stands()
    batch = imported(group, AOBA)
    person = Membership.objects.get().representatives.get().person
    other = make_company(name="株式会社若葉")

    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        undoing = waiting(lambda: undo_batch(batch=batch, by=staff.user))
        joining = waiting(
            lambda: memberships.join(group=group, company=other, on=None, representatives=[person])
        )

    assert undoing.result == []
    assert isinstance(joining.result, ValidationError)
    other.delete()
    assert directory_as_it_stands() == before


def test_a_consent_waits_for_the_undoing_of_the_return_it_rests_on(group, staff):
    company = make_company(name="株式会社青葉精機", phone="042-000-0001")
    membership = make_membership(group, company=company, representatives=[])
    memberships.leave(membership=membership, since=datetime.date(2020, 4, 1), reason="busy")
    batch = imported(group, AOBA.replace("2013-07-01", "2026-11-01"))

    with transaction.atomic():
        memberships.answer_roster_consent(membership=membership, answer="yes", since=TODAY)
        undoing = waiting(lambda: undo_batch(batch=batch, by=staff.user))

    assert undoing.result == ["KY-001 株式会社青葉精機：名簿への掲載の同意が1件あります。"]


def test_a_company_deleted_meanwhile_is_a_change_and_no_error(group, staff):
    company = make_company(name="株式会社青葉", phone="042-000-0001")
    batch = kept(group, staff, "株式会社青葉,,,042-000-0001,")

    with transaction.atomic():
        Company.objects.filter(pk=company.pk).delete()
        importing = waiting(committing(batch))

    assert importing.result is Outcome.CHANGED
    batch.refresh_from_db()
    assert (batch.state, batch.report["rows"][0][4], Membership.objects.count()) == (State.PREVIEWED, "", 0)
    assert committing(batch)() is Outcome.DONE


def test_a_day_of_joining_put_right_meanwhile_is_not_overwritten(group, staff):
    company = make_company(name="株式会社青葉精機", phone="042-000-0001")
    membership = make_membership(group, company=company, representatives=[])
    content = "企業名,電話,入会日\n株式会社青葉精機,042-000-0001,2012-07-01\n".encode()
    batch = keep_upload(group=group, filename="r.csv", content=content, by=staff.user)

    with transaction.atomic():
        memberships.correct_joining(membership=membership, on=datetime.date(2011, 1, 1))
        importing = waiting(committing(batch))

    assert importing.result is Outcome.CHANGED
    membership.refresh_from_db()
    assert membership.joined_on == datetime.date(2011, 1, 1)


def test_nobody_waits_for_the_writing_of_a_long_file(group, staff):
    batch = kept(group, staff, "株式会社青葉,,,042-000-0001,")
    ImportBatch.objects.update(state=State.WRITING)
    before = directory_as_it_stands()

    with transaction.atomic():
        ImportBatch.objects.select_for_update().get(pk=batch.pk)
        fresh = ImportBatch.objects.get(pk=batch.pk)
        assert Running(lambda: read_again(batch=fresh, by=staff.user)).result is None
        assert Running(committing(fresh)).result is Outcome.FINISHED

    assert (state_of(batch), batch.reading, directory_as_it_stands()) == (State.WRITING, 1, before)
