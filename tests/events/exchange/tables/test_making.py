"""From the wish to the seats, and what comes in between."""

import pytest
from django.core.exceptions import ValidationError

from events.exchange.entering import entries
from events.exchange.tables import making, seating
from events.exchange.tables.reading import Arrangement
from events.models import JointExchange, TablePlan, TableSeat, Wish
from tests.exchange_factories import make_registration


def test_everybody_has_a_seat_in_every_round(exchange, party, plan):
    assert TableSeat.objects.count() == 36 * 3
    assert (plan.people, plan.repeats, plan.same_house, plan.steps_done) == (36, 0, 0, 100)
    assert plan.message == ""
    assert plan.finished_at is not None


def test_who_does_not_want_to_or_has_no_place_has_no_seat(exchange, party, staff):
    for state in ("waiting", "cancelled"):
        make_registration(exchange, state, state=state)
    make_registration(exchange, "見るだけ", wants_tables=False)
    assert making.ask(exchange=exchange, by=staff.user).people == 36


def test_made_anew_it_is_the_same(exchange, party, plan, staff):
    def seats():
        return set(TableSeat.objects.values_list("round", "table", "registration_id"))

    before = seats()
    making.ask(exchange=exchange, by=staff.user)
    assert seats() == before
    making.ask(exchange=exchange, by=staff.user, seed=2)
    assert seats() != before
    assert TableSeat.objects.count() == 36 * 3


def test_made_anew_locked_tables_stay(exchange, party, plan, staff):
    assert seating.lock_table(exchange=exchange, round_=2, table=3, by=staff.user) == 6
    before = set(TableSeat.objects.filter(round=2, table=3).values_list("registration_id", flat=True))
    making.ask(exchange=exchange, by=staff.user, seed=7)
    after = set(TableSeat.objects.filter(round=2, table=3).values_list("registration_id", flat=True))
    assert after == before


def test_companies_are_one_however_they_are_written(exchange, staff):
    for affiliation in ("株式会社青葉", "㈱青葉", "青葉（株）", "個人", "個人"):
        make_registration(exchange, affiliation, affiliation=affiliation)
    arrangement = Arrangement(exchange)
    houses = sorted(len(each) for each in arrangement.party.houses.values())
    assert houses == [0, 0, 1, 1, 1]
    assert len(set.union(*map(set, arrangement.party.houses.values()))) == 1


def test_a_wish_is_met(exchange, party, staff):
    Wish.objects.create(wisher=party[0], wanted=party[1])
    plan = making.ask(exchange=exchange, by=staff.user)
    assert (plan.wishes_met, plan.wishes_total, plan.repeats, plan.same_house) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"table_rounds": 0}, "回数が0"),
        ({"state": "held"}, "終わったか中止"),
        ({"state": "cancelled"}, "終わったか中止"),
    ],
)
def test_refused(exchange, party, staff, fields, said):
    JointExchange.objects.filter(pk=exchange.pk).update(**fields)
    with pytest.raises(ValidationError, match=said):
        making.ask(exchange=exchange, by=staff.user)
    assert TablePlan.objects.count() == 0


def test_refused_with_too_few_people_and_while_they_are_shown(exchange, staff, party, plan):
    seating.show(exchange=exchange, by=staff.user)
    with pytest.raises(ValidationError, match="見せるのをやめる"):
        making.ask(exchange=exchange, by=staff.user)
    seating.hide(exchange=exchange, by=staff.user)
    for row in party[3:]:
        entries.cancel(registration=row)
    with pytest.raises(ValidationError, match="4名より少ない"):
        making.ask(exchange=exchange, by=staff.user)


def waiting(exchange, staff, monkeypatch) -> TablePlan:
    """A plan that no worker has begun."""

    class Nothing:
        def enqueue(self, **about):
            pass

    monkeypatch.setattr(making, "_task", Nothing)
    return making.ask(exchange=exchange, by=staff.user)


def test_asked_twice_it_is_made_once_and_stopped_it_is_not_made(exchange, party, staff, monkeypatch):
    plan = waiting(exchange, staff, monkeypatch)
    assert making.ask(exchange=exchange, by=staff.user, seed=5).seed == 1
    assert making.stop(exchange=exchange, by=staff.user)
    assert not making.stop(exchange=exchange, by=staff.user)
    making.make(plan_pk=plan.pk)
    plan.refresh_from_db()
    assert (plan.state, plan.message, plan.seats.count()) == ("failed", making.STOPPED, 0)


def test_stopped_under_way_the_seats_stay(exchange, party, plan, staff, monkeypatch):
    before = set(TableSeat.objects.values_list("pk", "table"))
    waiting(exchange, staff, monkeypatch)

    def solve(problem, tell):
        making.stop(exchange=exchange, by=staff.user)
        tell(50)

    monkeypatch.setattr(making, "solve", solve)
    making.make(plan_pk=plan.pk)
    assert set(TableSeat.objects.values_list("pk", "table")) == before


def test_who_is_staff_no_more_gets_nothing(exchange, party, staff, monkeypatch):
    plan = waiting(exchange, staff, monkeypatch)
    staff.person.staff_assignments.all().delete()
    making.make(plan_pk=plan.pk)
    plan.refresh_from_db()
    assert (plan.state, plan.message) == ("failed", making.NO_LONGER)


@pytest.mark.logs_errors
def test_what_breaks_off_says_so(exchange, party, staff, monkeypatch):
    def broken(problem, tell):
        raise RuntimeError

    monkeypatch.setattr(making, "solve", broken)
    plan = making.ask(exchange=exchange, by=staff.user)
    assert (plan.state, plan.message) == ("failed", "途中で止まりました。もう一度お試しください。")
    assert plan.seats.count() == 0


def test_all_or_nothing(exchange, party, plan, staff, monkeypatch):
    before = set(TableSeat.objects.values_list("pk", "table"))

    def broken(*about, **more):
        raise RuntimeError

    waiting(exchange, staff, monkeypatch)
    TablePlan.objects.update(seed=9)
    monkeypatch.setattr(making, "_finish", broken)
    with pytest.raises(RuntimeError):
        making.make(plan_pk=plan.pk)
    assert set(TableSeat.objects.values_list("pk", "table")) == before
