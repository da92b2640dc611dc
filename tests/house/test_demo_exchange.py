"""The joint exchanges of the demo: one is over and complete, one is to compare, one comes. A few groups are enough."""

import datetime
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import F

from events.models import Booth, Feedback, JointExchange, PartnerTerm, Registration, TablePlan, TableSeat
from iri_exchange.demo.exchange_plans import day_of, newest_held
from iri_exchange.demo.meeting_plans import at
from iri_exchange.demo.programme import tell
from iri_exchange.demo.world import World
from members.models import User

FILLED = {"tama24", "tama22", "plaza62", "techno25"}


def told_on(day, filled=FILLED):
    tell(World(datetime.date.fromisoformat(day)), slugs=filled)
    return exchanges()


def exchanges():
    return {each.fiscal_year: each for each in JointExchange.objects.all()}


# Those of other days come first: once `told_exchange` is there, it stays until the end of the module.
@pytest.mark.any_database
@pytest.mark.parametrize(
    ("day", "years"),
    [
        ("2025-07-01", {2023: "held", 2024: "held", 2025: "draft"}),
        ("2026-10-31", {2024: "held", 2025: "held", 2026: "draft"}),
        ("2026-11-01", {2024: "held", 2025: "held", 2026: "published"}),
        ("2027-02-10", {2024: "held", 2025: "held", 2026: "published"}),
        ("2027-02-11", {2025: "held", 2026: "held", 2027: "draft"}),
    ],
)
def test_three_exchanges_as_the_date_has_got(db, day, years):
    told = told_on(day, {"tama24"})
    assert {year: each.state for year, each in told.items()} == years
    today = datetime.date.fromisoformat(day)
    for each in told.values():
        each.full_clean()
    yesterday = at(today, 0)
    for model, field in [
        (Registration, "made_at"), (Registration, "arrived_at"), (Registration, "ended_at"), (Registration, "thanked_at"),
        (Booth, "applied_at"), (Booth, "told_at"), (Booth, "result_at"), (Feedback, "answered_at"),
        (TablePlan, "finished_at"), (JointExchange, "changed_at"),
    ]:  # fmt: skip
        assert not model.objects.filter(**{f"{field}__gte": yesterday}).exists(), (model, field)
    assert not Registration.objects.filter(exchange__state="draft").exists()


def test_the_second_wednesday_or_the_day_after_a_holiday():
    assert [day_of(year) for year in (2024, 2025, 2026)] == [
        datetime.date(2025, 2, 12), datetime.date(2026, 2, 12), datetime.date(2027, 2, 10)
    ]  # fmt: skip
    assert newest_held(datetime.date(2027, 2, 10)) == 2025
    assert newest_held(datetime.date(2027, 2, 11)) == 2026


@pytest.mark.any_database
@pytest.mark.parametrize("day", ["2026-12-24", "2027-02-09"])
def test_the_next_one_has_grown_and_its_booths_are_placed(db, day):
    check_it_grows(told_on(day)[2026], is_placed=True)


def check_it_grows(exchange, *, is_placed):
    rows = exchange.registrations
    assert not rows.filter(arrived_at__isnull=False).exists()
    taken = rows.filter(kind="public").holding_a_place().count()
    waiting = rows.filter(state="waiting").count()
    assert taken <= exchange.public_capacity
    assert waiting == 0 or taken == exchange.public_capacity
    assert exchange.booths.exists()
    assert exchange.booths.exclude(number=None).exists() == is_placed


@pytest.fixture(scope="module")
def told_exchange(django_db_setup, django_db_blocker) -> Iterator[None]:
    """On 25 November 2026."""
    with django_db_blocker.unblock(), transaction.atomic():
        told_on("2026-11-25")
        yield
        transaction.set_rollback(True)


def test_the_last_one_is_complete(told_exchange):
    exchange = exchanges()[2025]
    rows = exchange.registrations.all()
    kinds = Counter(rows.filter(arrived_at__isnull=False).values_list("kind", flat=True))
    assert set(kinds) == {"member", "partner", "public", "guest", "press"}
    states = set(rows.values_list("state", flat=True))
    assert states == {"invited", "declined", "confirmed", "cancelled", "lapsed", "waiting"}
    assert rows.filter(state="confirmed", arrived_at=None).exists()
    assert exchange.last_number == rows.exclude(number=None).count()
    booths = exchange.booths.filter(state="accepted")
    assert [booth.number for booth in booths] == list(range(1, 24))
    assert booths.filter(place_row=None).count() == 0
    assert booths.exclude(result_at=None).count() == 19
    came = rows.filter(arrived_at__isnull=False).count()
    assert came * 0.35 <= Feedback.objects.filter(registration__exchange=exchange).count() <= came * 0.65
    assert (exchange.report_words != "", exchange.programme.count()) == (True, 9)


def test_nobody_meets_twice_nor_their_own(told_exchange):
    plan = exchanges()[2025].table_plan
    seats = TableSeat.objects.filter(plan=plan)
    assert seats.count() == 3 * plan.people
    pairs = seats.filter(
        plan__seats__round=F("round"), plan__seats__table=F("table"), plan__seats__registration__gt=F("registration")
    )  # fmt: skip
    met = Counter(pairs.values_list("registration", "plan__seats__registration"))
    assert plan.repeats == sum(times > 1 for times in met.values()) == 0
    assert plan.same_house == 0
    assert plan.wishes_met <= plan.wishes_total


def test_the_next_one_grows(told_exchange):
    check_it_grows(exchanges()[2026], is_placed=False)


def test_the_partner_has_no_login(told_exchange):
    person = PartnerTerm.objects.get().person
    assert not User.objects.filter(person=person).exists()
    assert User.objects.count() == 3
