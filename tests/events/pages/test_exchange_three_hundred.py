"""The pages of the joint exchange ask the database as often for 300 who take part as for 30 and for one."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.links import token_of
from events.models import (
    Booth,
    ExchangePhoto,
    Feedback,
    JointExchange,
    PartnerGroup,
    Registration,
    TablePlan,
    TableSeat,
    Wish,
)
from groups.models import Group
from tests.conftest import Actor, log_in
from tests.events.crowd import Rows, join_many
from tests.events.pages.test_three_hundred import assert_alike, costs_of
from tests.exchange_factories import (
    DAY,
    at,
    make_exchange,
    make_partner,
    make_partner_group,
    make_registration,
)
from tests.factories import make_person
from tests.house.portal.file_objects import picture

OFFICE = "/office/joint/2026/"
ROUNDS, PLACES = 3, 400
BOOTHS = (Booth.State.APPLIED, Booth.State.ACCEPTED, Booth.State.WITHDRAWN)
MEMBERS, PUBLIC = ("confirmed", "waiting", "invited"), ("confirmed", "waiting", "cancelled", "pending")


@pytest.fixture
def exchange(office) -> JointExchange:
    """With room for all."""
    return make_exchange(has_party=True, member_capacity=PLACES, public_capacity=PLACES)


@pytest.fixture
def partner(db) -> Actor:
    person = make_person(family_name="公社", given_name="花子")
    make_partner(person)
    return log_in(person)


@pytest.fixture
def mine(exchange, group, member) -> Registration:
    return make_registration(
        exchange, str(member.person), kind="member", person=member.person, group=group, membership=member.membership
    )  # fmt: skip


def enter_many(exchange: JointExchange, group: Group, rows: Rows) -> list[Registration]:
    """For each member one of the group, one of the public and one of the partner's, in all states; who is confirmed first."""
    theirs = PartnerGroup.objects.bulk_create(PartnerGroup(name=f"公社の会{row.pk}") for row, _ in rows)
    made = [
        entry
        for place, ((row, who), partners) in enumerate(zip(rows, theirs, strict=True))
        for entry in (
            Registration(
                kind="member",
                group=group,
                membership=row,
                person=who,
                state=MEMBERS[place % 3],
                name=str(who),
            ),
            Registration(kind="public", state=PUBLIC[place % 4], name=f"架空 {row.pk}"),
            Registration(kind="partner", partner_group=partners, state="confirmed", name=f"公社 {row.pk}"),
        )
    ]
    for entry in made:
        entry.exchange = exchange
        if entry.state in ("confirmed", "waiting", "cancelled"):
            exchange.last_number += 1
            entry.number = exchange.last_number
        if entry.state == "waiting":
            entry.waiting_since = timezone.now()
        if entry.state == "pending":
            entry.confirm_until = timezone.now()
    exchange.save()
    return Registration.objects.bulk_create(made)


def exhibit_many(exchange: JointExchange, rows: Rows, by: Actor) -> None:
    Booth.objects.bulk_create(
        Booth(
            exchange=exchange, company=row.company, exhibitor=str(row.company), title="検査", words="見せます。",
            first_person="架空", state=BOOTHS[place % 3], applied_by=by.user, cards=3, result_at=timezone.now(),
            number=row.pk if place % 3 == 1 else None,
        )
        for place, (row, _) in enumerate(rows)
    )  # fmt: skip


def seat_many(exchange: JointExchange, entries: list[Registration]) -> None:
    plan = TablePlan.objects.get(exchange=exchange)
    TableSeat.objects.bulk_create(
        TableSeat(plan=plan, registration=entry, round=number, table=entry.pk % 50 + 1)
        for number in range(1, ROUNDS + 1)
        for entry in entries
        if entry.state == "confirmed"
    )


def look_back_many(exchange: JointExchange, entries: list[Registration], by: Actor) -> None:
    """An answer and a photograph for each who came."""
    here = [entry for entry in entries if entry.state == "confirmed"]
    for entry in here:
        entry.arrived_at = timezone.now()
    Registration.objects.bulk_update(here, ["arrived_at"])
    Feedback.objects.bulk_create(
        Feedback(registration=entry, satisfaction=4, words="よい一日でした。") for entry in here
    )
    ExchangePhoto.objects.bulk_create(
        ExchangePhoto(
            exchange=exchange, caption="会場", format="png", content=picture(), uploaded_by=by.user,
            is_public=True, all_agreed=True,
        )
        for _ in here
    )  # fmt: skip


def test_before_the_day(exchange, mine, group, member, secretary, staff, partner):
    make_partner_group()
    anybody, ours, runs = ("visitor", Client()), ("member", member.client), ("secretary", secretary.client)
    office, theirs = ("staff", staff.client), ("partner", partner.client)
    pages = "", "booths/", "booths/tell/", "floor/", "floor/places/", "invite/", "remind/", "registrations/"
    pages += "registrations/new/", "registrations.csv", "registrations.xlsx", "badges/", "cancel/", "tables/"
    measured = costs_of(
        [
            *((*who, path) for who in (anybody, ours, office) for path in ("/joint/", "/joint/2026/")),
            *((*who, "/joint/2026/booths/") for who in (anybody, ours, office)),
            (*anybody, "/joint/2026/register/"),
            (*anybody, f"/joint/ticket/{token_of(mine)}/"),
            *((*who, "/my/") for who in (ours, runs)),
            (*runs, "/groups/keyaki/joint/2026/"),
            (*theirs, "/joint/2026/partner/"),
            *((*office, f"{OFFICE}{page}") for page in pages),
            *((*office, page) for page in ("/office/", "/office/joint/", "/office/joint/partners/")),
        ]
    )

    def grow(number: int) -> None:
        rows = join_many(group, number)
        enter_many(exchange, group, rows)
        exhibit_many(exchange, rows, secretary)

    grow(len(PUBLIC))  # so that each state is there
    assert_alike(measured, grow)


def test_on_the_day_and_after(exchange, mine, group, secretary, staff):
    TablePlan.objects.create(exchange=exchange, asked_by=staff.user, asked_at=timezone.now(), state="done")
    anybody, office = ("visitor", Client()), ("staff", staff.client)
    link = f"/joint/ticket/{token_of(mine)}/"
    pages = (
        "",
        "reception/",
        "reception/?q=大勢",
        "reception/state/",
        "badges/",
        "tables/",
        "after/",
        "report/",
    )
    measured = costs_of(
        [
            *((*anybody, f"{link}{more}") for more in ("", "seats/", "wishes/")),
            *((*office, f"{OFFICE}{page}") for page in (*pages, "report.xlsx", "photos/")),
            *((*who, path) for who in (anybody, office) for path in ("/joint/", "/joint/2026/")),
            (*office, f"/office/joint/registrations/{mine.pk}/"),
        ]
    )

    def grow(number: int) -> None:
        rows = join_many(group, number)
        entries = enter_many(exchange, group, rows)
        exhibit_many(exchange, rows, secretary)
        seat_many(exchange, entries)
        look_back_many(exchange, entries, staff)
        Wish.objects.bulk_create(Wish(wisher=mine, wanted=entry) for entry in entries[:1])

    with time_machine.travel(at(DAY, 13, 5), tick=False):
        staff.client.force_login(staff.user)
        seat_first(mine)
        grow(len(PUBLIC))
        assert_alike(measured, grow)


def seat_first(mine: Registration) -> None:
    """They sit at the first table of each round."""
    plan = TablePlan.objects.get(exchange=mine.exchange)
    TableSeat.objects.bulk_create(
        TableSeat(plan=plan, registration=mine, round=number, table=1) for number in range(1, ROUNDS + 1)
    )
