"""Who belongs to a group on a day, as people who can be asked: the representatives, and the individuals."""

import datetime
from typing import NamedTuple

from groups.models import Group, Membership
from groups.visibility import attending
from members.models import Person


class Asked(NamedTuple):
    """One person, for the membership that the person attends for."""

    membership: Membership
    person: Person


def people_of(group: Group, day: datetime.date) -> list[Asked]:
    """Those of the members that are 在会, by number; each person once."""
    members = Membership.objects.as_of(day).filter(group=group, status=Membership.Status.ACTIVE)
    by_pk = {each.pk: each for each in members.select_related("company", "person", "group")}
    terms = attending(day, in_full=True).filter(membership__in=by_pk).order_by("rank", "since", "pk")
    found = [Asked(each, each.person) for each in by_pk.values() if each.person]
    found += [Asked(by_pk[term.membership_id], term.person) for term in terms]
    once = {asked.person.pk: asked for asked in reversed(found)}
    return sorted(once.values(), key=lambda asked: (asked.membership.sequence, asked.person.pk))


def attends_for(membership: Membership, person: Person, day: datetime.date) -> bool:
    """Whether a person attends for a member that is in its group on a day."""
    if membership.status_on(day) not in Membership.BELONGING:
        return False
    if membership.person_id:
        return membership.person_id == person.pk
    return attending(day, in_full=True).filter(membership=membership, person=person).exists()


def members_of(group: Group, day: datetime.date) -> list[Membership]:
    """在会 and 休会 on a day, by number, with their company or person."""
    members = Membership.objects.belonging(day).filter(group=group).order_by("sequence")
    return list(members.select_related("company", "person", "group"))
