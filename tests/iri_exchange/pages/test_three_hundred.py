"""The pages of the second year ask the database as often for 300 members, or groups, as for 30 and for one."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from events.models import GroupOffer, Meeting, OfferAnswer
from groups.models import Group, GroupStage, Office
from members.models import User
from tests.conftest import Actor
from tests.events.crowd import Rows, join_many
from tests.events.pages.test_three_hundred import assert_alike, costs_of
from tests.factories import LONG_AGO, make_officer
from tests.iri_exchange.office.handover.made import FEBRUARY, make_ready

DECEMBER, MARCH = datetime.date(2026, 12, 1), datetime.date(2027, 3, 1)


def give_logins(rows: Rows) -> None:
    """To every second, who has not used it yet."""
    User.objects.bulk_create(User(email=person.email, person=person) for _, person in rows[::2])


def officers_of(group: Group, rows: Rows) -> None:
    """Ten of those who have joined: no group has more officers because it has more members."""
    for _, person in rows[:10]:
        make_officer(group, person, role="board")


def groups_of(office: Office, number: int) -> list[Group]:
    """They run themselves."""
    first = Group.objects.count()
    made = Group.objects.bulk_create(
        Group(
            name=f"第{each}大勢会", kana="オオゼイカイ", slug=f"many{each}", number_prefix=f"M{each}",
            office=office, founded_year=2012,
        )
        for each in range(first, first + number)
    )  # fmt: skip
    GroupStage.objects.bulk_create(
        GroupStage(group=each, state=state, since=since)
        for each in made
        for state, since in (("launched", datetime.date(2012, 7, 1)), ("self_managed", LONG_AGO))
    )
    return made


def test_a_group_that_is_handed_over(launched_group, staff):
    with time_machine.travel(FEBRUARY):
        ready = make_ready(launched_group, staff)
        staff.client.force_login(staff.user)  # the session of November is over
        runs, office = ("secretary", ready.secretary.client), ("staff", staff.client)
        pages = ("/office/handover/akebono/", "/office/handover/akebono/consents/", "/office/")
        both = ("/groups/akebono/readiness/", "/groups/akebono/", "/groups/akebono/officers/")
        measured = costs_of(
            [*((*office, each) for each in pages + both), *((*runs, each) for each in (*both, "/my/"))]
        )

        def grow(number: int) -> None:
            give_logins(join_many(launched_group, number))

        assert_alike(measured, grow)


def test_a_group_that_runs_itself(group, secretary, member, staff):
    runs, office = ("secretary", secretary.client), ("staff", staff.client)
    both = [f"/groups/keyaki/{each}/" for each in ("election", "readiness", "officers")]
    ends = [f"/office/groups/keyaki/{each}/" for each in ("rest", "dissolve")]
    measured = costs_of(
        [
            *((*office, each) for each in both + ends),
            *((*runs, each) for each in (*both, "/groups/keyaki/book/", "/groups/keyaki/", "/my/")),
            ("member", member.client, "/groups/keyaki/"),
        ]
    )
    officers_of(group, join_many(group, 10))

    def grow(number: int) -> None:
        give_logins(join_many(group, number))

    assert_alike(measured, grow)


@pytest.fixture
def board(group, other_group, secretary, outsider) -> None:
    """Each group that is there offers something; the other of them has answered, and has a meeting with open seats."""
    offered(group, secretary, other_group)
    offered(other_group, outsider, group)


def offered(group: Group, by: Actor, answers: Group) -> None:
    offer = GroupOffer.objects.create(
        group=group, topic="工場を見る", first_month=DECEMBER, last_month=MARCH, posted_by=by.user
    )
    OfferAnswer.objects.create(offer=offer, group=answers, answered_by=by.user)
    starts_at = timezone.now() + datetime.timedelta(days=20)
    Meeting.objects.create(
        group=group, number=1, starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=2),
        place="会議室", state="announced", open_seats=5,
    )  # fmt: skip


def test_the_board_of_all_groups(board, office, group, secretary, member, outsider, staff):
    measured = costs_of(
        [
            ("secretary", secretary.client, "/events/board/"),
            ("member", member.client, "/events/board/"),
            ("outsider", outsider.client, "/events/board/"),
            ("staff", staff.client, "/events/board/"),
        ]
    )

    def grow(number: int) -> None:
        for each in groups_of(office, number):
            offered(each, outsider, group)
            offer = GroupOffer.objects.filter(group=group).earliest("pk")
            OfferAnswer.objects.create(offer=offer, group=each, answered_by=outsider.user)

    assert_alike(measured, grow)
