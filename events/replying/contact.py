"""Whom the invited call: the group's 事務局, or the office where it is the secretariat."""

import datetime
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from events.models import Meeting
from groups.models import Group, OfficerTerm
from groups.standing import SELF_RUNNING

Role = OfficerTerm.Role
ORDER = [Role.SECRETARY, Role.CHAIR, Role.VICE_CHAIR, Role.BOARD]


@dataclass(frozen=True)
class Contact:
    """`name` as one asks for it; telephone and FAX numbers may be empty."""

    name: str
    phone: str
    fax: str


def contact_of(meeting: Meeting) -> Contact:
    """In two queries; who answers the telephone today."""
    group, day = meeting.group, timezone.localdate()
    office = Contact(f"{group.office.name} 異業種交流グループ担当", group.office.phone, group.office.fax)
    term = _officer(group, day)
    if term is None:
        return office
    person = term.person
    company = person.company_on(day) if not person.phone or not person.fax else None
    phone = person.phone or (company.phone if company else "")
    fax = person.fax or (company.fax if company else "")
    return Contact(f"{group.name} {term.get_role_display()} {person.name}", phone or office.phone, fax)


def _officer(group: Group, day: datetime.date) -> OfficerTerm | None:
    """The first of those who run the group on a day; none while the office is its secretariat."""
    running = Group.objects.as_of(day).filter(stage__in=SELF_RUNNING).order_by()
    rank = Case(
        *(When(role=role, then=Value(place)) for place, role in enumerate(ORDER)),
        default=Value(len(ORDER)),
        output_field=IntegerField(),
    )
    terms = OfficerTerm.objects.on(day).filter(group=group, group__in=running.values("pk"), role__in=ORDER)
    return terms.annotate(place=rank).select_related("person").order_by("place", "since", "pk").first()
