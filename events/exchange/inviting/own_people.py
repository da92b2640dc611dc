"""Who of a group takes part, as its officers see it; who of the partner corporation's groups, as it sees it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from events.exchange.inviting.invitees import Invitee, everybody
from events.models import JointExchange, Registration
from groups.models import Group
from groups.standing import standing
from groups.unnamed import called, unnamed_to

State = Registration.State
SILENT = "お返事なし"


@dataclass(frozen=True)
class Line:
    """One person of the group. `name` is the member's number where the office did not hand the name on."""

    person_id: int
    name: str
    company: str
    state: str
    label: str

    @property
    def is_silent(self) -> bool:
        return self.state in ("", State.INVITED)

    @property
    def is_coming(self) -> bool:
        return self.state == State.CONFIRMED


def lines_of(exchange: JointExchange, group: Group, user: Any) -> list[Line]:
    """Everybody of the group, those without an answer first, by member number."""
    people, unnamed = everybody(group), unnamed_to(user)
    rows = Registration.objects.filter(exchange=exchange, person__in=[person.pk for _, person in people])
    states = {row.person_id: row for row in rows.only("person", "state")}
    lines = [_line(each, states.get(each[1].pk), each[0].pk in unnamed) for each in people]
    return sorted(lines, key=lambda line: not line.is_silent)


def groups_led_by(user: Any) -> list[Group]:
    """The groups of which the reader is an officer today; no query for everybody else."""
    led = standing(user).officer_of
    return list(Group.objects.filter(pk__in=led).order_by("sort_key")) if led else []


def person_of(group: Group, pk: int) -> Invitee | None:
    """One of the group's people, or None."""
    return next((each for each in everybody(group) if each[1].pk == pk), None)


def partners_of(exchange: JointExchange) -> QuerySet[Registration]:
    """Those of the partner corporation's groups, by group and フリガナ; who gave up is among them."""
    rows = Registration.objects.filter(exchange=exchange, kind=Registration.Kind.PARTNER)
    return rows.select_related("partner_group").order_by(
        "partner_group__sort_key", "partner_group", "sort_key", "pk"
    )


def _line(each: Invitee, row: Registration | None, is_unnamed: bool) -> Line:
    membership, person = each
    company = membership.company.name if membership.company else ""
    name, company = (called(membership), "") if is_unnamed else (person.name, company)
    if row is None or row.state == State.INVITED:
        return Line(person.pk, name, company, row.state if row else "", SILENT)
    return Line(person.pk, name, company, row.state, row.get_state_display())
