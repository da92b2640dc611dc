"""Rows that break the constraints of the joint exchange and what hangs on it; see test_constraints."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from events.models import (
    Booth,
    Circuit,
    ExchangePhoto,
    Feedback,
    JointExchange,
    PartnerGroup,
    PartnerTerm,
    ProgrammeItem,
    Registration,
    TablePlan,
    TableSeat,
    Wish,
)
from tests import exchange_factories
from tests.house.broken_records import NOON

DAY = datetime.date(2026, 4, 1)


def held(w: Any, **fields: Any) -> JointExchange:
    return exchange_factories.make_exchange(**fields)


def shown(w: Any, times: int = 1, **fields: Any) -> Booth:
    about = {"company": w.company, "applied_by": w.user} | fields
    exchange = held(w)
    return [exchange_factories.make_booth(exchange, **about) for _ in range(times)][-1]


def entered(w: Any, times: int = 1, exchange: Any = None, **fields: Any) -> Registration:
    about = {"kind": "public", "state": "confirmed", "name": "架空 花子", "number": 1}
    exchange = exchange or held(w)
    return [Registration.objects.create(exchange=exchange, **about | fields) for _ in range(times)][-1]


def planned(w: Any, exchange: JointExchange) -> TablePlan:
    return TablePlan.objects.create(exchange=exchange, asked_by=w.user, asked_at=NOON)


def seated(w: Any, times: int = 1, **fields: Any) -> None:
    exchange = held(w)
    plan, who = planned(w, exchange), entered(w, exchange=exchange)
    for _ in range(times):
        TableSeat.objects.create(**{"plan": plan, "registration": who, "round": 1, "table": 1} | fields)


def wished(w: Any, times: int = 1, *, oneself: bool = False) -> None:
    exchange = held(w)
    who, whom = (entered(w, exchange=exchange, number=number) for number in (1, 2))
    for _ in range(times):
        Wish.objects.create(wisher=who, wanted=who if oneself else whom)


def photographed(w: Any, **fields: Any) -> None:
    about = {"caption": "会場", "format": "png", "content": b"x", "uploaded_by": w.user}
    ExchangePhoto.objects.create(exchange=held(w), **about | fields)


def listed(w: Any, times: int = 1, **fields: Any) -> None:
    exchange = held(w)
    for _ in range(times):
        ProgrammeItem.objects.create(**{"exchange": exchange, "position": 1, "title": "開会"} | fields)


def acting(w: Any, times: int = 1, **fields: Any) -> None:
    for _ in range(times):
        PartnerTerm.objects.create(**{"person": w.person, "since": DAY} | fields)


BROKEN: dict[str, Callable[[Any], object]] = {
    "joint_exchange_ends_after_it_begins": partial(held, ends_at=NOON),
    "joint_exchange_registration_period": partial(held, registration_until=NOON),
    "joint_exchange_booths_period": partial(held, booths_until=NOON),
    "joint_exchange_party_facts_of_a_party": partial(held, party_place="食堂"),
    "joint_exchange_reason_when_cancelled": partial(held, cancel_reason="大雪のため"),
    "joint_exchange_state_is_known": partial(held, state="dreamt"),
    "programme_item_one_per_position": partial(listed, times=2),
    "programme_item_group_introduces_itself": lambda w: listed(w, group=w.group),
    "exchange_photo_public_by_consent": partial(photographed, is_public=True),
    "exchange_photo_format_is_known": partial(photographed, format="gif"),
    "circuit_letter_once": lambda w: Circuit.objects.create(exchange=held(w), letter="A"),
    "booth_of_one_exhibitor": lambda w: shown(w, group=w.group),
    "booth_state_is_known": partial(shown, state="dreamt"),
    "booth_desks_1_or_2": partial(shown, desks=3),
    "booth_watts_at_most_1500": partial(shown, watts=1501),
    "booth_number_once": partial(shown, times=2, state="accepted", number=1),
    "booth_place_once": partial(shown, times=2, state="accepted", place_row=1, place_column=1),
    "booth_place_is_whole": partial(shown, state="accepted", place_row=1),
    "booth_number_and_place_when_accepted": partial(shown, number=1),
    "booth_picture_has_a_format": partial(shown, picture=b"x"),
    "booth_result_has_a_time": partial(shown, cards=3),
    "partnerterm_ends_after_it_begins": partial(acting, until=datetime.date(2026, 3, 31)),
    "partner_term_once_a_day": partial(acting, times=2),
    "registration_number_once": partial(entered, times=2),
    "registration_once_per_person": lambda w: [
        entered(w, exchange=exchange, person=w.person, number=number)
        for exchange in [held(w)]
        for number in (1, 2)
    ],
    "registration_kind_is_known": partial(entered, kind="cat"),
    "registration_state_is_known": partial(entered, state="dreamt"),
    "registration_has_a_number": partial(entered, number=None),
    "registration_pending_until": partial(entered, state="pending"),
    "registration_waits_since": partial(entered, state="waiting"),
    "registration_offered_until": partial(entered, state="offered", waiting_since=NOON),
    "registration_arrived_is_confirmed": partial(entered, state="cancelled", arrived_at=NOON),
    "registration_partner_group_of_a_partner": lambda w: entered(
        w, partner_group=PartnerGroup.objects.create(name="公社の会")
    ),
    "registration_invited_is_a_member": partial(entered, state="invited"),
    "feedback_satisfaction_1_to_5": lambda w: Feedback.objects.create(
        registration=entered(w), satisfaction=6
    ),
    "table_seat_once_a_round": partial(seated, times=2),
    "table_seat_counts_from_one": partial(seated, table=0),
    "wish_once": partial(wished, times=2),
    "wish_for_another": partial(wished, oneself=True),
}
