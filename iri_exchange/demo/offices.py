"""The institute: two offices, the staff who came and went."""

import datetime

from groups import staffing
from iri_exchange.demo.tables.names import STAFF
from iri_exchange.demo.world import World, roman
from members import directory
from members.models import Person

LOGIN_OF_STAFF = "佐伯 美帆"


def open_offices(world: World) -> None:
    world.offices["honbu"] = staffing.open_office(
        name="本部",
        short_name="本部",
        slug="honbu",
        address="東京都江東区青海2-4-10",
        phone="03-0000-2111",
        fax="03-0000-2119",
        order=1,
    )
    world.offices["tama"] = staffing.open_office(
        name="多摩テクノプラザ",
        short_name="多摩",
        slug="tama",
        address="東京都昭島市東町3-6-1",
        phone="042-000-2300",
        fax="042-000-2309",
        order=2,
    )


def assign_staff(world: World) -> Person:
    """Everyone of the table; returns the one who gets the login of the office."""
    people = {}
    for family, given, family_kana, given_kana, assignments in STAFF:
        since = [_april(world, years) for _office, years, _until in assignments]
        person = directory.register_person(
            since=min(since),
            family_name=family,
            given_name=given,
            family_kana=family_kana,
            given_kana=given_kana,
            title="職員",
            department="異業種交流グループ事務局",
            email=f"{roman(family_kana)}@office.example.jp",
        )
        people[person.name] = person
        for office, first, last in assignments:
            until = None if last is None else _april(world, last) - datetime.timedelta(days=1)
            staffing.assign(
                person=person, office=world.offices[office], since=_april(world, first), until=until
            )
    return people[LOGIN_OF_STAFF]


def _april(world: World, years: int) -> datetime.date:
    """Staff rotate in April: the one so many years before the newest launch."""
    return datetime.date(world.launched.year - years, 4, 1)
