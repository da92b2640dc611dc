"""The institute's side: offices are opened, staff assigned, advisers commissioned."""

import datetime
from typing import Any

from django.db import transaction

from groups.models import Adviser, Group, Office, StaffAssignment
from members.models import Person


@transaction.atomic
def open_office(**fields: Any) -> Office:
    """Write an office down; raises ValidationError with a sentence per field."""
    office = Office(**fields)
    office.full_clean()
    office.save()
    return office


@transaction.atomic
def assign_staff(
    *, person: Person, office: Office, since: datetime.date, until: datetime.date | None = None
) -> StaffAssignment:
    """A person works at an office from a day on, with the rights of its staff on those days."""
    assignment = StaffAssignment(person=person, office=office, since=since, until=until)
    assignment.full_clean()
    assignment.save()
    return assignment


@transaction.atomic
def commission_adviser(
    *, group: Group, person: Person, since: datetime.date, until: datetime.date | None = None, note: str = ""
) -> Adviser:
    """助言者: a person advises a group for a term and may read what its members read."""
    adviser = Adviser(group=group, person=person, since=since, until=until, note=note)
    adviser.full_clean()
    adviser.save()
    return adviser
