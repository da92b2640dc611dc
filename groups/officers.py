"""Who leads a group on a day: one order of offices for the group's page, its list and its roster."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from groups.models import Group, OfficerTerm
from groups.visibility import people_visible_to
from members.models import Person

ROLES: list[str] = OfficerTerm.Role.values

Roles = dict[Person, tuple[str, ...]]


@dataclass(frozen=True)
class TermShown:
    """One term of office; `person` is None where the reader may not know who it was.

    `has_page`: the reader may open the person's page. Who keeps the register knows of more people than that.
    """

    term: OfficerTerm
    person: Person | None
    has_page: bool


def terms_of(group: Group, day: datetime.date, user: Any) -> tuple[list[TermShown], list[TermShown]]:
    """(those of the day and to come, by rank; those that are over, the newest first). Three queries.

    Who keeps the register knows all; others know today's officers, and of those before them who is in the group still.
    """
    terms = OfficerTerm.objects.filter(group=group).select_related("person")
    now = sorted(
        (term for term in terms if term.until is None or term.until >= day),
        key=lambda term: (ROLES.index(term.role), term.since, term.person.sort_key, term.pk),
    )
    before = [term for term in terms if term not in now]
    everybody = {term.person_id for term in terms}
    with_page = set(people_visible_to(user).filter(pk__in=everybody).values_list("pk", flat=True))
    known = everybody if user.has_perm("groups.appoint_officers", group) else with_page
    shown = [
        TermShown(term, term.person if term.person_id in known else None, term.person_id in with_page)
        for term in [*now, *before]
    ]
    return shown[: len(now)], shown[len(now) :]


def in_force(day: datetime.date, terms: Iterable[TermShown]) -> list[TermShown]:
    """Those of a day, by rank."""
    rows = [one for one in terms if one.term.since <= day and (one.term.until or day) >= day]
    return sorted(rows, key=lambda one: (ROLES.index(one.term.role), one.term.since, one.term.pk))


def officer_terms(group: Group, day: datetime.date) -> list[OfficerTerm]:
    """The terms of a day, the highest office first. `still` on each: the person holds an office today, too."""
    return officer_terms_of([group], day)


def officer_terms_of(groups: Iterable[Group], day: datetime.date) -> list[OfficerTerm]:
    """As `officer_terms`, of several groups together."""
    now = OfficerTerm.objects.on(timezone.localdate()).filter(
        group=OuterRef("group"), person=OuterRef("person")
    )
    terms = OfficerTerm.objects.on(day).filter(group__in=groups).select_related("person")
    return sorted(
        terms.annotate(still=Exists(now)),
        key=lambda term: (ROLES.index(term.role), term.person.sort_key, term.pk),
    )


def offices_held(terms: Iterable[OfficerTerm]) -> Roles:
    """{person: the codes of the offices they hold, in the order of the terms}."""
    held: Roles = {}
    for term in terms:
        held[term.person] = (*held.get(term.person, ()), term.role)
    return held


def rank(offices: Iterable[str]) -> int:
    """The place of the highest of some offices; after all of them for none."""
    return min(map(ROLES.index, offices), default=len(ROLES))
