"""Invented people: names no two share, titles, ways to be reached."""

import datetime
from typing import Any, NamedTuple

from iri_exchange.demo.tables.names import FAMILIES, MEN, RARE_FAMILIES, WOMEN
from iri_exchange.demo.tables.places import KU_TOWNS, TAMA_TOWNS
from iri_exchange.demo.tables.stems import INDIVIDUAL_TITLES
from iri_exchange.demo.world import World, roman
from members import directory
from members.models import Company, Person

METHODS = ("email",) * 33 + ("fax",) * 4 + ("post", "post", "phone")
AGES = ("30", "40", "40", "50", "50", "50", "60", "60", "60", "70", "70", "")


class Name(NamedTuple):
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    other_names: str = ""

    @property
    def full(self) -> str:
        return f"{self.family_name} {self.given_name}"

    @property
    def kana(self) -> str:
        return f"{self.family_kana} {self.given_kana}"


def family(world: World) -> tuple[str, str, str]:
    """氏, フリガナ and the everyday form, if the name is one of the rare ones."""
    if world.chance(0.12):
        return world.dice.choice(RARE_FAMILIES)
    return (*world.dice.choice(FAMILIES), "")


def name(world: World, of: tuple[str, str, str] | None = None) -> Name:
    """A name nobody has yet, of a given family if asked."""
    while True:
        written, kana, everyday = of or family(world)
        given, given_kana = world.dice.choice(MEN if world.chance(0.82) else WOMEN)
        if world.take(f"{kana} {given_kana}"):
            return Name(written, given, kana, given_kana, everyday)


def employee(
    world: World, who: Name, company: Company, *, title: str, since: datetime.date, department: str = ""
) -> Person:
    """Someone of a company; about a quarter are reached by fax, post or telephone."""
    method = world.dice.choice(METHODS)
    domain = company.email.partition("@")[2]
    has_mail = domain and (method == "email" or world.chance(0.3))
    fields = who._asdict() | {
        "title": title,
        "department": department,
        "email": f"{roman(who.family_kana)}@{domain}" if has_mail else "",
        "phone": world.telephone("090-0000") if world.chance(0.35) else "",
        "contact_method": method if has_mail or method != "email" else "fax",
        **remembered(world),
    }
    return directory.register_person(company=company, since=since, **fields)


def individual(world: World, area: str, since: datetime.date) -> Person:
    """An individual member: address and trade are the person's own."""
    who = name(world)
    title, trade, products = world.dice.choice(INDIVIDUAL_TITLES)
    postal_code, city, town = world.dice.choice(TAMA_TOWNS if area == "tama" else KU_TOWNS)
    fields = who._asdict() | {
        "title": title,
        "trade": trade,
        "products": products,
        "postal_code": postal_code,
        "prefecture": "東京都",
        "city": city,
        "street": f"{town}{world.dice.randint(1, 5)}-{world.dice.randint(1, 40)}-{world.dice.randint(1, 20)}",
        "phone": world.telephone("042-000" if area == "tama" else "03-0000"),
        "email": f"{roman(who.family_kana)}.{roman(who.given_kana)}@mail.example.jp",
        **remembered(world),
    }
    return directory.register_person(since=since, **fields)


def remembered(world: World) -> dict[str, Any]:
    """What one knows of a person by asking: the age by tens, and when they last looked at their entry."""
    asked = world.day_between(
        world.today - datetime.timedelta(days=900), world.today - datetime.timedelta(days=10)
    )
    return {"age_band": world.dice.choice(AGES), "confirmed_on": asked if world.chance(0.6) else None}
