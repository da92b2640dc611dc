"""How somebody is reached: by letter, or by telephone and on paper, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from groups import confirming
from groups.models import Membership
from iri_exchange.lib.fields import EmailField
from members import bounces
from members.models import Person, Suppression

_ADDRESS = EmailField(max_length=254)


@dataclass(frozen=True)
class Reach:
    """`why_not` says in words why no letter goes out; empty if one does."""

    person: Person
    why_not: str

    @property
    def by_letter(self) -> bool:
        return not self.why_not


def reach_of(people: Iterable[Person]) -> dict[int, Reach]:
    """{person id: how they are reached}, in one query."""
    people = list(people)
    stopped = bounces.suppressions_of([person.email for person in people if person.email])
    return {person.pk: Reach(person, _why_not(person, stopped)) for person in people}


def phone_of(person: Person, membership: Membership) -> str:
    """The person's own, or else the company's."""
    return person.phone or (membership.company.phone if membership.company else "")


def fax_of(person: Person, membership: Membership) -> str:
    """As `phone_of`."""
    return person.fax or (membership.company.fax if membership.company else "")


def _why_not(person: Person, stopped: dict[str, Suppression]) -> str:
    if not confirming.takes_letters(person):
        wanted = f"連絡手段は{person.get_contact_method_display()}です"
        return wanted if person.email else "メールアドレスが、名簿にありません"
    try:
        address = _ADDRESS.clean(person.email, None)
    except ValidationError:
        return "メールアドレスが、正しい形ではありません"
    return "このアドレスには届かないので、止めてあります" if address.lower() in stopped else ""
