"""Which members are asked to the joint exchange: everybody who belongs to a group today, each person once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from events.exchange.entering.entries import HAS_ENTERED
from events.exchange.entering.own import row_for
from events.models import JointExchange, Registration
from events.replying.reach import Reach, fax_of, phone_of, reach_of
from groups.models import Group, Membership, Representative
from iri_exchange.lib import japan
from members.models import Person

Invitee = tuple[Membership, Person]
# Groups of which there are members; that of one that rests are asked too.
ASKED = (Group.Stage.LAUNCHED, Group.Stage.SELF_MANAGED, Group.Stage.DORMANT)


@dataclass(frozen=True)
class Asked:
    """Somebody who is, or may be, asked, and how they are reached."""

    membership: Membership
    person: Person
    reach: Reach

    @property
    def phone(self) -> str:
        return phone_of(self.person, self.membership)

    @property
    def fax(self) -> str:
        return fax_of(self.person, self.membership)


def everybody(group: Group | None = None) -> list[Invitee]:
    """The individual members and the representatives of today, with the first membership of each; in three queries.

    `group`: only its own. By the group's year, its name's key and the member's number.
    """
    day = timezone.localdate()
    groups = Group.objects.as_of(day).filter(stage__in=ASKED).order_by()
    rows = Membership.objects.belonging(day).filter(group__in=groups.values("pk"))
    rows = rows.filter(group=group) if group else rows
    memberships = list(
        rows.select_related("company", "person", "group").order_by(
            "group__founded_year", "group__sort_key", "group", "sequence"
        )
    )
    terms = Representative.objects.on(day).filter(membership__in=rows.order_by().values("pk"))
    attending: dict[int, list[Person]] = {}
    for term in terms.select_related("person").order_by("rank", "since", "pk"):
        attending.setdefault(term.membership_id, []).append(term.person)
    found: dict[int, Invitee] = {}
    for membership in memberships:
        people = [membership.person] if membership.person else attending.get(membership.pk, [])
        for person in people:
            found.setdefault(person.pk, (membership, person))
    return list(found.values())


def to_invite(exchange: JointExchange) -> list[Invitee]:
    """Those who were not asked yet, and have not entered by themselves."""
    return split(exchange)[0]


def split(exchange: JointExchange) -> tuple[list[Invitee], list[Invitee]]:
    """(who is to be asked, who needs not be: they have entered as anybody may, by the form or by telephone)."""
    known = Registration.objects.filter(exchange=exchange, person__isnull=False)
    ids = set(known.values_list("person_id", flat=True))
    unasked = [each for each in everybody() if each[1].pk not in ids]
    there = entered_otherwise(exchange, [person for _, person in unasked])
    to_ask = [each for each in unasked if each[1].pk not in there]
    return to_ask, [each for each in unasked if each[1].pk in there]


def entered_otherwise(exchange: JointExchange, people: Iterable[Person]) -> set[int]:
    """Which of these (ids) take part, or wait, under their address without having been known as members; in one query.

    Where several of them share an address, the name decides.
    """
    rows = Registration.objects.filter(exchange=exchange, person=None, state__in=HAS_ENTERED, erased_at=None)
    names: dict[str, set[str]] = {}
    for email, name in rows.exclude(email="").values_list("email", "name"):
        names.setdefault(email.casefold(), set()).add(japan.fold(name))
    owners: dict[str, list[Person]] = {}
    for person in people:
        owners.setdefault(person.email.casefold(), []).append(person)
    return {
        person.pk
        for email, known in names.items()
        for person in owners.get(email, [])
        if len(owners[email]) == 1 or japan.fold(str(person.name)) in known
    }


def with_reach(people: Iterable[Invitee]) -> list[Asked]:
    """In one query."""
    found = list(people)
    reach = reach_of([person for _, person in found])
    return [Asked(membership, person, reach[person.pk]) for membership, person in found]


def row_of(exchange: JointExchange, each: Invitee) -> Registration:
    """As it is kept of somebody who is asked; not stored yet, and asked nothing."""
    membership, person = each
    row = row_for(exchange=exchange, person=person, membership=membership)
    row.state = Registration.State.INVITED
    return row
