"""Whom an election concerns: who is told by letter, who is invited to a login, and who has to be told otherwise."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from groups.confirming import takes_letters
from groups.models import Group
from iri_exchange.lib import japan
from iri_exchange.office.succession.drafting import Plan
from members import letters
from members.bounces import suppressions_of
from members.invitations import MAY_INVITE, login_states
from members.models import Person

BEGINS, ENDS, CALLED_OFF = "groups/officer_begins", "groups/officer_ends", "groups/officer_called_off"


def reached(people: Iterable[Person]) -> set[Person]:
    """Those of them who read letters, at an address that takes them. One query."""
    willing = [person for person in people if takes_letters(person)]
    stopped = suppressions_of(person.email for person in willing)
    return {person for person in willing if person.email.lower() not in stopped}


def to_be_invited(plan: Plan, by: Any) -> list[Person]:
    """Those whose office begins, who have no login, wait for none, and whom this user may invite."""
    people = list(plan.beginning)
    states = login_states([person.pk for person in people])
    without = [person for person in people if states[person.pk].word in ("まだ", "期限切れ")]
    stopped = suppressions_of(person.email for person in without if person.email)
    return [
        person
        for person in without
        if person.email and person.email.lower() not in stopped and by.has_perm(MAY_INVITE, person)
    ]


def tell(plan: Plan) -> int:
    """One letter for each whom it concerns and who does not know yet: how many."""
    concerned = {BEGINS: plan.announced, ENDS: plan.thanked, CALLED_OFF: plan.called_off}
    can = reached({person for people in concerned.values() for person in people})
    when = {BEGINS: _period(plan), ENDS: japan.wareki(plan.eve), CALLED_OFF: ""}
    count = 0
    for kind, people in concerned.items():
        for person, offices in people.items():
            # Who has another office instead is told of that one alone.
            if person in can and not (kind == CALLED_OFF and person in plan.announced):
                _write(kind, plan.group, person, offices, when[kind], plan)
                count += 1
    return count


def _write(kind: str, group: Group, person: Person, offices: list[str], when: str, plan: Plan) -> None:
    values = {"お名前": person.name, "グループ": group.name, "役職": "・".join(offices)}
    if kind == BEGINS:
        values |= {"任期": when, "始まりの日": japan.wareki(plan.since)}
    elif kind == ENDS:
        values |= {"最後の日": when}
    link = f"{settings.SITE_URL}{reverse('group', args=[group.slug])}"
    letters.write(kind=kind, to=person.email, values=values, person=person, link=link)


def _period(plan: Plan) -> str:
    until = f"{japan.wareki(plan.until)}まで" if plan.until else ""
    return f"{japan.wareki(plan.since)}から{until}"
