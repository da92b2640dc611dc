"""Who has not agreed that the office hands its roster on to the group's officers, read from the answers themselves.

The officers of a group that was handed over know such a member as any other member of the group does
(docs/decisions/0035-left-out.md). Groups without a record of their handover leave nobody out.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from groups.models import Group, GroupStage, Handover, Membership, MembershipStatus, Representative
from members.models import Consent, Person

HANDOVER = Consent.Kind.HANDOVER


class Withheld(NamedTuple):
    """Ids of the memberships that were not handed on, and of the terms of the representatives who did not agree."""

    memberships: frozenset[int] = frozenset()
    terms: frozenset[int] = frozenset()

    def but_for(self, own: Collection[int]) -> "Withheld":
        """Nobody's own membership is withheld from them."""
        return self._replace(memberships=self.memberships - frozenset(own))


NOTHING_WITHHELD = Withheld()


@dataclass(frozen=True)
class Answer:
    """What one person last answered; `consent` is None for who was not asked, or has not answered."""

    person: Person
    consent: Consent | None

    @property
    def said(self) -> str:
        """`yes`, `no`, or "" for no answer."""
        return ("yes" if self.consent.given else "no") if self.consent else ""


@dataclass(frozen=True)
class Answered:
    """A membership, and what those who attend for it have answered. `is_left_out`: as `left_out` says of the day."""

    membership: Membership
    people: tuple[Answer, ...]
    is_left_out: bool


class _Stood(NamedTuple):
    """One representative's term, with the last answer of the person."""

    pk: int
    membership: int
    person: int
    since: datetime.date
    until: datetime.date | None
    given: bool | None


def answers(group: Group, day: datetime.date) -> list[Answered]:
    """Of each member of a day, by number, who attends for it and what they said. A fixed number of queries."""
    members: Any = Membership.objects.belonging(day).filter(group=group).order_by("sequence")
    found = list(members.select_related("company", "person", "group"))
    people: dict[int, list[Person]] = {each.pk: [each.person] if each.person else [] for each in found}
    for term in Representative.objects.on(day).filter(membership__in=list(people)).select_related("person"):
        people[term.membership_id].append(term.person)
    last = _last({person.pk for each in people.values() for person in each}, day)
    out = left_out(group, day)
    return [
        Answered(
            each, tuple(Answer(person, last.get(person.pk)) for person in people[each.pk]), each.pk in out
        )
        for each in found
    ]


def left_out(group: Group, day: datetime.date) -> set[int]:
    """The memberships (ids) of a day that are not handed on to the officers.

    As long as the office is the secretariat: who would be left out if the group were handed over that day. Afterwards
    nobody in a group without a decided Handover.
    """
    ahead = group.stage_on(day) in ("", Group.Stage.FORMING, Group.Stage.LAUNCHED)
    if not ahead and not Handover.objects.filter(group=group, decided_at__isnull=False).exists():
        return set()
    return set(withheld_in([group.pk], day).memberships)


def withheld_in(groups: Collection[int], day: datetime.date) -> Withheld:
    """What was not handed on in these groups (ids), which the caller knows to have been handed over. Two queries.

    A member who joined before the group ran itself is left out while somebody who attended for it before that day
    attends still, or nobody does, and has not said yes. Who came later gave their data to the group.
    """
    members = {row["pk"]: row for row in _before(groups, day)}
    terms = [_Stood(*row) for row in _terms(list(members), day)]
    first = {pk: row["own_from"] or datetime.date.max for pk, row in members.items()}
    refused = {
        (term.membership, term.person)
        for term in terms
        if term.since < first[term.membership] and not term.given
    }
    now: dict[int, set[int]] = defaultdict(set)
    for term in terms:
        if term.since <= day and (term.until is None or day <= term.until):
            now[term.membership].add(term.person)
    once = {membership for membership, _ in refused}
    alone = {pk for pk, row in members.items() if row["person"] and not row["given"]}
    still = {membership for membership, person in refused if person in now[membership]}
    return Withheld(
        frozenset(alone | still | {pk for pk in once if not now[pk]}),
        frozenset(term.pk for term in terms if (term.membership, term.person) in refused),
    )


def _before(groups: Collection[int], day: datetime.date) -> QuerySet[Any, Any]:
    """The memberships that began before their group ran itself; what the individual among them said."""
    own = GroupStage.objects.filter(group=OuterRef("group"), state=Group.Stage.SELF_MANAGED).order_by("since")
    began = MembershipStatus.objects.filter(membership=OuterRef("pk")).order_by("since")
    rows = Membership.objects.filter(group__in=groups).annotate(
        own_from=Subquery(own.values("since")[:1]),
        began_on=Subquery(began.values("since")[:1]),
        given=_said(day),
    )
    earlier = Q(own_from__isnull=True) | Q(began_on__isnull=True) | Q(began_on__lt=F("own_from"))
    return rows.filter(earlier).order_by().values("pk", "person", "own_from", "given")


def _terms(memberships: Collection[int], day: datetime.date) -> QuerySet[Any, Any]:
    rows = Representative.objects.filter(membership__in=memberships).order_by("pk")
    return rows.values_list("pk", "membership", "person", "since", "until", _said(day))


def _said(day: datetime.date) -> Subquery:
    """The last answer of the row's person."""
    answered = Consent.objects.filter(kind=HANDOVER, person=OuterRef("person"), since__lte=day)
    return Subquery(answered.order_by("-since").values("given")[:1])


def _last(people: Collection[int], day: datetime.date) -> dict[int, Consent]:
    rows = Consent.objects.filter(kind=HANDOVER, person__in=people, since__lte=day).order_by("since")
    return {row.person_id: row for row in rows if row.person_id}
