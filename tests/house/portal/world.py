"""The world of the house tests: two groups that know nothing of each other, and everybody who comes to the portal.

It is built once for all of them; what a test does to it is taken back afterwards.
"""

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.test import Client

from groups import memberships
from groups.models import ColumnReading, Group
from members import looking
from members.models import Consent, ConsentText, FormerName
from tests.conftest import Actor, log_in
from tests.factories import (
    make_adviser,
    make_company,
    make_group,
    make_login,
    make_membership,
    make_office,
    make_officer,
    make_person,
    make_staff,
)
from tests.house.portal.objects import DAY, objects_of
from tests.urlmap import Address

OWN, OTHER = "own", "other"
# Of what nobody but the office knows.
OFFICE = "office"


@dataclass
class World:
    """`actors` by name, all but staff of the own group; `objects` of the own and the other group by address.

    `answers` are those that were given already, by actor, method and address (tests.house.portal.asking).
    """

    media: Path
    actors: dict[str, Actor] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    @property
    def readers(self) -> dict[str, Actor]:
        """The actors without the one on leave, who is as a member: the table written by hand says that."""
        return {name: actor for name, actor in self.actors.items() if name != "resting"}

    def paths(self, address: Address) -> dict[str, str]:
        """{own, other: the address filled in}; only the own one where it makes no difference."""
        filled = {place: address.path(objects) for place, objects in self.objects.items()}
        return filled if filled[OWN] != filled[OTHER] else {OWN: filled[OWN]}


def build(media: Path) -> World:
    """Each group has one of each: listed, company only, hidden, left, on leave, an individual, an officer, an adviser."""
    world = World(media)
    office = make_office(name="多摩テクノプラザ", short_name="多摩", slug="tama")
    about = {"office": office, "founded_year": 2012}
    world.groups = {
        OWN: make_group(name="けやき会", kana="ケヤキカイ", slug="keyaki", number_prefix="KY", **about),
        OTHER: make_group(name="みなと会", kana="ミナトカイ", slug="minato", number_prefix="MN", **about),
    }
    staff = make_person(family_name="職田", given_name="員子")
    make_staff(staff, office=office)
    people = {place: cast_of(group) for place, group in world.groups.items()}
    world.actors = {"visitor": Actor(None, None, Client()), **people[OWN], "staff": log_in(staff)}
    world.actors["superuser"] = installer()
    write_one_of_each(world.actors["staff"], people[OWN]["member"])
    for place, group in world.groups.items():
        objects = objects_of(group, people[place]["member"], world.actors["staff"])
        world.objects[place] = objects
    return world


def cast_of(group: Group) -> dict[str, Actor]:
    """Members of a group with a login each; and those without one, who answered the roster in every way."""
    for answer in ("company", "no"):
        make_membership(group, consent=answer)
        make_membership(group, person=make_person(), consent=answer)
    make_membership(group, company=make_company(), representatives=[make_person(), make_person()])
    member, secretary, resting, left = (as_member(group) for _ in range(4))
    make_officer(group, secretary.person)
    memberships.rest(membership=resting.membership, since=datetime.date(2026, 4, 1))
    make_officer(group, left.person, until=datetime.date(2025, 3, 31))
    memberships.leave(membership=left.membership, since=datetime.date(2025, 4, 1), reason="busy")
    adviser = make_person(family_name="助川", given_name="言一")
    make_adviser(group, adviser)
    return {
        "member": member,
        "secretary": secretary,
        "resting": resting,
        "left_member": left,
        "adviser": log_in(adviser),
    }


def as_member(group: Group) -> Actor:
    membership = make_membership(group, consent="yes")
    return log_in(membership.representatives.get().person, membership)


def write_one_of_each(staff: Actor, member: Actor) -> None:
    """What stands in no address of ours, but in the admin."""
    FormerName.objects.create(company=member.membership.company, name="株式会社むかし", until=DAY)
    Consent.objects.create(person=member.person, kind=Consent.Kind.MAIL, given=True, since=DAY)
    ConsentText.objects.get_or_create(kind="mail", version="1", defaults={"text": "案内を送ります。"})
    ColumnReading.objects.create(shape="x", mapping={"0": "company_name", "1": ""})
    looking.start(looker=staff.user, person=member.person, why="電話でのお尋ね")


def installer() -> Actor:
    """A superuser who is nobody at the institute."""
    user = make_login(email="root@example.jp", is_superuser=True)
    client = Client()
    client.force_login(user)
    return Actor(user, None, client)
