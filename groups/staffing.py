"""The institute's side: its offices, who works there, whom it commissions as an adviser."""

import datetime
from typing import Any

from django.db import transaction

from groups.models import Adviser, Group, Office, StaffAssignment
from members import accounts, directory
from members.models import Person


@transaction.atomic
def assign(
    *, person: Person, office: Office, since: datetime.date, until: datetime.date | None = None
) -> StaffAssignment:
    """The person works at the office, from the first day to the last one, both included."""
    assignment = StaffAssignment(person=person, office=office, since=since, until=until)
    assignment.full_clean()
    assignment.save()
    return assignment


@transaction.atomic
def welcome(
    *, family_name: str, given_name: str, email: str, office: Office, since: datetime.date
) -> StaffAssignment:
    """Somebody who is in no list yet: the person, a login without a password, and the assignment."""
    person = directory.register_person(
        family_name=family_name, given_name=given_name, email=email, since=since
    )
    accounts.give_login(person=person, email=email, password=None)
    return assign(person=person, office=office, since=since)


@transaction.atomic
def open_office(**fields: Any) -> Office:
    """Write an office down; raises ValidationError with a sentence per field."""
    office = Office(**fields)
    office.full_clean()
    office.save()
    return office


@transaction.atomic
def commission_adviser(
    *, group: Group, person: Person, since: datetime.date, until: datetime.date | None = None, note: str = ""
) -> Adviser:
    """助言者: a person advises a group for a term and may read what its members read."""
    adviser = Adviser(group=group, person=person, since=since, until=until, note=note)
    adviser.full_clean()
    adviser.save()
    return adviser
