"""Who belonged to the groups of the demo on a day, read once for all their meetings."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from groups.models import Group, Membership, MembershipStatus, OfficerTerm, Representative
from members.models import Person

Span = tuple[datetime.date, datetime.date | None, Person]


class Attendee(NamedTuple):
    """A person who attends for a member."""

    membership: Membership
    person: Person


class Belonging:
    """Active members with their people, and who led, on any day."""

    def __init__(self, groups: Iterable[Group]) -> None:
        chosen = [group.pk for group in groups]
        self._members: dict[int, list[Membership]] = defaultdict(list)
        self._states: dict[int, list[tuple[datetime.date, str]]] = defaultdict(list)
        self._people: dict[int, list[Span]] = defaultdict(list)
        self._officers: dict[tuple[int, str], list[Span]] = defaultdict(list)
        members = Membership.objects.filter(group__in=chosen).select_related("company", "person", "group")
        for membership in members.order_by("group", "sequence"):
            self._members[membership.group_id].append(membership)
        statuses = MembershipStatus.objects.filter(membership__group__in=chosen)
        for key, since, state in statuses.order_by("since", "pk").values_list("membership", "since", "state"):
            self._states[key].append((since, state))
        terms = Representative.objects.filter(membership__group__in=chosen).select_related("person")
        for term in terms.order_by("rank", "pk"):
            self._people[term.membership_id].append((term.since, term.until, term.person))
        led = OfficerTerm.objects.filter(group__in=chosen).select_related("person").order_by("-since", "pk")
        for officer in led:
            held = (officer.since, officer.until, officer.person)
            self._officers[officer.group_id, officer.role].append(held)

    def on(self, group: Group, day: datetime.date) -> list[Attendee]:
        """In the order of their numbers; who rests is not asked."""
        return [
            Attendee(membership, person)
            for membership in self._members[group.pk]
            if self._state(membership, day) == Membership.Status.ACTIVE
            for person in self._attending(membership, day)
        ]

    def officer(self, group: Group, role: str, day: datetime.date) -> str:
        """The name of who held an office; "" if nobody did."""
        people = _within(self._officers[group.pk, role], day)
        return people[0].name if people else ""

    def _state(self, membership: Membership, day: datetime.date) -> str:
        states = [state for since, state in self._states[membership.pk] if since <= day]
        return states[-1] if states else ""

    def _attending(self, membership: Membership, day: datetime.date) -> list[Person]:
        if membership.person:
            return [membership.person]
        return _within(self._people[membership.pk], day)


def _within(spans: list[Span], day: datetime.date) -> list[Person]:
    return [person for since, until, person in spans if since <= day and (until is None or day <= until)]
