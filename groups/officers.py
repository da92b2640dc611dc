"""Who leads a group on a day: one order of offices for the group's page, its list and its roster."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from groups.models import Group, OfficerTerm
from members.models import Person

ROLES: list[str] = OfficerTerm.Role.values

Roles = dict[Person, tuple[str, ...]]


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
