"""Members of an invited group are strangers to those who run the meeting, until they answer.

Before that they are their group's members by number: enough to ask its 事務局. Staff know the register anyway.
The same are the members whom the office did not hand on (groups.unnamed), until they answer themselves: an officer who
writes an answer down for the number does not learn the name by that.
"""

from dataclasses import dataclass
from typing import Any

from events.models import Meeting
from events.replying.reach import fax_of, phone_of
from groups.models import Membership
from groups.standing import standing
from groups.unnamed import unnamed_to
from members.models import Person

INDIVIDUAL = "個人会員"


@dataclass(frozen=True)
class Called:
    """How somebody is called and reached. Of a stranger (`is_known` False) the group and the number, and nothing else."""

    name: str
    company: str
    phone: str = ""
    fax: str = ""
    is_known: bool = True


@dataclass(frozen=True)
class Knows:
    """What a reader knows: the whole register of all groups, or their own group's but for the `unnamed` memberships."""

    register: bool = False
    unnamed: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.register


def called(
    meeting: Meeting,
    membership: Membership,
    person: Person,
    *,
    answered: bool,
    in_full: bool | Knows,
    oneself: bool = False,
) -> Called:
    """`in_full`: for a reader who knows the register. Of another group nobody's telephone is told but to such a one.

    `oneself`: the person has answered, and nobody for them.
    """
    group, is_guest = membership.group, membership.group_id != meeting.group_id
    is_unnamed = isinstance(in_full, Knows) and membership.pk in in_full.unnamed
    if (is_guest and not (answered or in_full)) or (is_unnamed and not oneself):
        return Called(f"{group.name}の会員 {membership.number}", "", is_known=False)
    company = membership.company.name if membership.company else INDIVIDUAL
    if (is_guest and not in_full) or is_unnamed:
        return Called(person.name, company)
    return Called(person.name, company, phone_of(person, membership), fax_of(person, membership))


def stand_in(person: Person, as_called: Called) -> Person:
    """For a letter that is looked at: the person, or somebody of that name."""
    return person if as_called.is_known else Person(family_name=as_called.name)


def knows_the_register(user: Any) -> Knows:
    return Knows(standing(user).is_staff, unnamed_to(user))
