"""Who of a group has a login, who is invited, and who is not: the list from which members are invited together."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from groups.models import Group, Membership, OfficerTerm, Representative
from groups.standing import bound_elsewhere, standing
from members.bounces import suppressions_of
from members.invitations import LoginState, login_states
from members.models import Person, Suppression


@dataclass(frozen=True)
class Invitee:
    """`shared`: others of the group have the same address; `why_not`: in words, or empty if they can be invited."""

    person: Person
    company: Any
    state: LoginState
    shared: bool
    why_not: str


def invitees(group: Group, user: Any, day: datetime.date | None = None) -> list[Invitee]:
    """Everybody who belongs to the group today, or on another day, by フリガナ, and whom this user may invite."""
    companies = _people(group, day or timezone.localdate(), standing(user).withheld.memberships)
    people = sorted(companies, key=lambda person: (person.sort_key, person.pk))
    states = login_states([person.pk for person in people])
    addresses = Counter(person.email.lower() for person in people if person.email)
    stopped = suppressions_of(addresses)
    who = standing(user)
    others = frozenset() if who.is_staff else bound_elsewhere(list(states), who.runs, who.day)
    return [
        Invitee(
            person=person,
            company=companies[person],
            state=states[person.pk],
            shared=addresses[person.email.lower()] > 1,
            why_not=_why_not(person, states[person.pk], others, stopped),
        )
        for person in people
    ]


def _people(group: Group, day: datetime.date, out: frozenset[int]) -> dict[Person, Any]:
    """{person: their company in the group, if they are there for one}, without those of memberships that are `out`."""
    memberships = Membership.objects.belonging(day).filter(group=group).exclude(pk__in=out)
    terms = Representative.objects.on(day).filter(membership__in=memberships.values("pk"))
    alone = memberships.filter(person__isnull=False).select_related("person")
    officers = OfficerTerm.objects.on(day).filter(group=group).select_related("person")
    found: dict[Person, Any] = {term.person: None for term in officers}
    found |= {membership.person: None for membership in alone if membership.person}
    found |= {
        term.person: term.membership.company for term in terms.select_related("person", "membership__company")
    }
    return found


def _why_not(
    person: Person, state: LoginState, others: frozenset[int], stopped: dict[str, Suppression]
) -> str:
    if state.login:
        return "ログインがあります。"
    if person.pk in others:
        return "ほかのグループにも入っている方なので、事務局が招待します。"
    if stop := stopped.get(person.email.lower()):
        return f"このアドレスへは、手紙を止めてあります。{stop.why}"
    return "" if person.email else "メールアドレスが、名簿にありません。"
