"""The pages of a meeting ask the database as often for 300 members as for 30 and for one."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Meeting
from tests.events.attendance.making import held
from tests.events.crowd import answer_many, join_many, put_down_many, tick_many
from tests.events.minutes.making import published
from tests.events.reception.making import TODAY
from tests.events.told import PARTY, link_of, reply_of, told_meeting
from tests.factories import make_meeting

MORE = (1, 29, 270)
Costs = Callable[[], dict[str, int]]


def costs_of(pages: list[tuple[str, Client, str]]) -> Costs:
    """How many queries each page takes; the first look of all is not counted."""

    def measured() -> dict[str, int]:
        found = {}
        for who, client, url in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200, url
            found[f"{who} {url}"] = len(asked)
        return found

    return measured


@pytest.fixture
def ahead(group, member, secretary) -> Meeting:
    """To be answered: one has, by the link."""
    meeting = told_meeting(group, secretary.user, capacity=400, **PARTY)
    Client().post(link_of(reply_of(meeting, member)), {"answer": "yes"})
    return meeting


@pytest.fixture
def over(group, member, secretary) -> Meeting:
    """Of this morning, with minutes."""
    meeting = make_meeting(group, TODAY, hour=8, fee=1000, **PARTY)
    published(meeting, secretary.user)
    return meeting


def test_before_the_meeting(visitor, member, secretary, staff, group, ahead):
    link, page = link_of(reply_of(ahead, member)), f"/meetings/{ahead.pk}/"
    anybody, ours, runs = ("visitor", Client()), ("member", member.client), ("secretary", secretary.client)
    measured = costs_of(
        [
            (*anybody, f"{link}?answer=yes"),
            (*anybody, f"{link}done/"),
            *((*who, page) for who in (anybody, ours, runs, ("staff", staff.client))),
            *((*who, f"{page}replies/") for who in (ours, runs)),
            *((*runs, f"{page}{more}/") for more in ("notice", "remind", "edit", "cancel")),
            (*ours, f"{page}reply/"),
            *((*who, f"/groups/{group.slug}/meetings/") for who in (anybody, ours, runs)),
            *((*who, "/my/") for who in (ours, runs)),
        ]
    )

    def grow(number: int) -> None:
        rows = join_many(group, number)
        answer_many(ahead, rows)
        put_down_many(ahead, rows)

    assert_alike(measured, grow)


def test_on_the_day_and_after(member, secretary, adviser, group, over):
    page, of_group = f"/meetings/{over.pk}/", f"/groups/{group.slug}/"
    ours, advises, runs = (
        ("member", member.client),
        ("adviser", adviser.client),
        ("secretary", secretary.client),
    )
    told = [
        ("attendance/", runs),
        ("attendance/state/", runs),
        ("attendance/finish/", runs),
        ("minutes/edit/", runs),
    ]
    told += [
        ("minutes/publish/", runs),
        *((each, who) for each in ("", "minutes/") for who in (ours, advises, runs)),
    ]
    measured = costs_of(
        [
            *((*who, f"{page}{more}") for more, who in told),
            *((*who, f"{of_group}attendance/") for who in (ours, runs)),
            *((*who, f"{of_group}todos/") for who in (ours, runs)),
        ]
    )
    earlier = held(group, TODAY - datetime.timedelta(days=28), "○", [member.membership])

    def grow(number: int) -> None:
        rows = join_many(group, number)
        answer_many(over, rows)
        for meeting in (earlier, over):
            tick_many(meeting, rows)

    assert_alike(measured, grow)


def assert_alike(measured: Costs, grow: Callable[[int], None]) -> None:
    found = []
    for number in MORE:
        grow(number)
        if not found:
            measured()
        found.append(measured())
    one, thirty, three_hundred = found
    assert thirty == one
    assert three_hundred == one
