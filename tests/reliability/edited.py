"""The records whose pages two editors save; Django is set up when these are called."""

import datetime
from typing import Any


def write_records() -> None:
    """One of each, and two who may edit them."""
    from events.models import Minutes
    from tests.factories import (
        make_group,
        make_login,
        make_meeting,
        make_membership,
        make_person,
        make_staff,
    )

    group = make_group(name="けやき会", slug="keyaki", number_prefix="KY")
    make_membership(group)
    # In the year in which the office was its secretariat.
    Minutes.objects.create(meeting=make_meeting(group, datetime.date(2013, 1, 16)), body="はじめの文")
    for name in ("甲", "乙"):
        person = make_person(family_name=name)
        make_staff(person, office=group.office)
        make_login(person)


def edited() -> list[tuple[str, Any, int, str]]:
    """Address, model, key, and the field into which each save writes its own text."""
    from events.models import Minutes
    from groups.models import Group, Membership
    from members.models import Company, Person

    row, minutes = Membership.objects.get(), Minutes.objects.get()
    person = row.representatives.get().person
    return [
        (f"/companies/{row.company_id}/edit/", Company, row.company_id, "products"),
        (f"/people/{person.pk}/edit/", Person, person.pk, "department"),
        (f"/groups/{row.group.slug}/edit/", Group, row.group_id, "theme"),
        (f"/meetings/{minutes.meeting_id}/minutes/edit/", Minutes, minutes.pk, "body"),
    ]
