"""One joint exchange from the copy of last year's in October to the public page in March: nobody knows an address of it.

Every page is reached by links and forms, or by the link in a letter; every letter goes out by the worker, and a scanner has
opened its links before anybody reads them.
"""

import datetime

import pytest

from events.models import JointExchange, ProgrammeItem
from tests.exchange_factories import make_exchange
from tests.factories import LONG_AGO, make_login, make_membership, make_officer, make_person
from tests.journeys import february, february_day
from tests.journeys.conftest import LAUNCHED
from tests.journeys.february import CHAIR, ENGINEER, LAST_MINUTES, MEMBER, NEIGHBOUR
from tests.journeys.post import scan
from tests.journeys.story import Story

# In the order in which it happens.
CHAPTERS = (
    february.copied,
    february.published,
    february.partnered,
    february.exhibited,
    february.invited,
    february.tapped,
    february.entered,
    february.registered,
    february.forgotten,
    february.offered,
    february.placed,
    february_day.wished,
    february_day.seated,
    february_day.prepared,
    february_day.received,
    february_day.closed,
    february_day.thanked,
    february_day.reported,
    february_day.remembered,
)


@pytest.fixture
def last_february(office) -> JointExchange:
    """Over; what does not change from year to year is copied from it."""
    office.phone = "042-500-1234"
    office.save()
    exchange = make_exchange(
        fiscal_year=2025, day=datetime.date(2026, 2, 10), office=office, state=JointExchange.State.HELD
    )
    for order, title in enumerate(LAST_MINUTES):
        ProgrammeItem.objects.create(exchange=exchange, position=order, title=title)
    return exchange


@pytest.fixture
def people(group, other_group, launched_group) -> None:
    """Two of one group, and one each of two others."""
    names = [
        ("会長", CHAIR, group),
        ("技田", ENGINEER, group),
        ("架空", MEMBER, launched_group),
        ("隣", NEIGHBOUR, other_group),
    ]
    for family, mail, own in names:
        person = make_person(family_name=family, given_name="花子", email=mail)
        joined = LAUNCHED if own == launched_group else LONG_AGO
        make_membership(own, representatives=[person], on=joined, consent="yes")
        make_login(person)
        if mail == CHAIR:
            make_officer(group, person)


@pytest.mark.usefixtures("last_february", "people")
def test_from_the_copy_to_the_report(clerks):
    story = Story(clerks)
    for chapter in CHAPTERS:
        chapter(story)
    scan(story.post.links)
