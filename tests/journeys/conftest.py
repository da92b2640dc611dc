"""Last year's call, two of the office, and the year in which the journeys are told."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from groups import lifecycle
from groups.models import Group, Office, RecruitmentRound
from tests.conftest import log_in
from tests.factories import make_person, make_round, make_staff
from tests.journeys.walking import Walker

# A chapter that fails says what it has found.
pytest.register_assert_rewrite(
    *(
        f"tests.journeys.{name}"
        for name in (
            "spring",
            "early_summer",
            "summer",
            "autumn",
            "handing_over",
            "next_year",
            "between",
            "third_year",
            "february",
            "february_day",
            "post",
        )
    )
)
JAPAN = ZoneInfo("Asia/Tokyo")
YEAR = 2027
LAUNCHED = datetime.date(2026, 7, 10)


def at(month: int, day: int, hour: int = 10, minute: int = 0, second: int = 0, *, year: int = YEAR) -> Any:
    """The clock of a block stands there, and goes on; `shift` puts it forward."""
    return time_machine.travel(datetime.datetime(year, month, day, hour, minute, second, tzinfo=JAPAN))


@pytest.fixture
def last_year(office) -> RecruitmentRound:
    """Announced, its group launched: four places, and a second person confirms each decision."""
    office.phone = "042-500-1234"
    office.save()
    round_ = make_round(
        office=office,
        fiscal_year=YEAR - 1,
        opens_on=datetime.date(2026, 4, 6),
        closes_on=datetime.date(2026, 5, 15),
        results_on=datetime.date(2026, 6, 12),
        launch_on=LAUNCHED,
        capacity=4,
        needs_two=True,
        text="業種のちがう企業の、毎月の集まりです。",
    )
    round_.announced_at = datetime.datetime(2026, 6, 12, 10, tzinfo=JAPAN)
    round_.save()
    lifecycle.move(group=round_.group, to=Group.Stage.LAUNCHED, since=LAUNCHED)
    return round_


@pytest.fixture
def clerks(office: Office) -> list[Any]:
    """The users of two of the office."""
    names = [("職田", "員子", "ショクタ", "カズコ"), ("認", "次郎", "ミトメ", "ジロウ")]
    people = [
        make_person(family_name=family, given_name=given, family_kana=kana, given_kana=reading)
        for family, given, kana, reading in names
    ]
    for person in people:
        make_staff(person, office=office)
    return [log_in(person).user for person in people]


def at_the_desk(user: Any) -> Walker:
    """Logged in this morning; from here on everything is reached from the desk."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return Walker(str(user), client).open("/office/")
