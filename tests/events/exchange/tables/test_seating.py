"""Setting the tables right by hand."""

import pytest
from django.core.exceptions import ValidationError

from events.exchange.entering import entries
from events.exchange.tables import choices, seating
from events.exchange.tables.reading import Arrangement
from events.exchange.tables.schedule import schedule_of
from events.models import ProgrammeItem, TablePlan, TableSeat
from tests.exchange_factories import make_registration


def two_tables(round_=1):
    one = TableSeat.objects.filter(round=round_, table=1).order_by("pk").first()
    other = TableSeat.objects.filter(round=round_, table=2).order_by("pk").first()
    return one, other


def test_two_exchange_their_seats_and_the_plan_says_what_came_of_it(exchange, plan, staff):
    arrangement = Arrangement(exchange)
    one, _ = two_tables()
    worst = choices.exchanges(arrangement, one)[-1]
    seating.swap(exchange=exchange, one=one, other=worst.seat, by=staff.user)
    one.refresh_from_db()
    assert one.table == worst.seat.table
    plan.refresh_from_db()
    assert (plan.repeats, plan.same_house) == (worst.effect.repeats, worst.effect.same_house)
    assert one.history.first().history_change_reason == "分散会の席を入れ替える"


def test_locked_seats_are_not_exchanged_nor_moved(exchange, plan, staff):
    one, other = two_tables()
    seating.lock_seat(exchange=exchange, seat=other, by=staff.user)
    with pytest.raises(ValidationError, match="動かさない席"):
        seating.swap(exchange=exchange, one=one, other=other, by=staff.user)
    with pytest.raises(ValidationError, match="動かさない席"):
        seating.move(exchange=exchange, seat=other, table=3, by=staff.user)
    seating.lock_seat(exchange=exchange, seat=other, by=staff.user, locked=False)
    seating.swap(exchange=exchange, one=one, other=other, by=staff.user)


def test_what_cannot_be_exchanged(exchange, plan, staff):
    one, other = two_tables()
    elsewhere = TableSeat.objects.filter(round=2).first()
    for wrong in (elsewhere, one):
        with pytest.raises(ValidationError, match="同じ回の、別の卓"):
            seating.swap(exchange=exchange, one=one, other=wrong, by=staff.user)
    TableSeat.objects.filter(pk=other.pk).delete()
    with pytest.raises(ValidationError, match="もうありません"):
        seating.swap(exchange=exchange, one=one, other=other, by=staff.user)


def test_somebody_moves_to_a_table_that_is_not_too_full(exchange, plan, staff):
    for seat in list(TableSeat.objects.filter(round=1, table=1)[:2]):
        seating.move(exchange=exchange, seat=seat, table=2, by=staff.user)
    assert TableSeat.objects.filter(round=1, table=2).count() == 8
    seat = TableSeat.objects.filter(round=1, table=1).first()
    with pytest.raises(ValidationError, match="2卓には、もう8名"):
        seating.move(exchange=exchange, seat=seat, table=2, by=staff.user)
    with pytest.raises(ValidationError, match="別の卓を選んで"):
        seating.move(exchange=exchange, seat=seat, table=9, by=staff.user)


def test_while_they_are_made_nothing_is_changed(exchange, plan, staff):
    TablePlan.objects.update(state="working")
    one, other = two_tables()
    with pytest.raises(ValidationError, match="作っているあいだ"):
        seating.swap(exchange=exchange, one=one, other=other, by=staff.user)
    with pytest.raises(ValidationError, match="作っているあいだ"):
        seating.place(exchange=exchange, by=staff.user)


def test_without_seats_nothing_is_changed(exchange, party, staff):
    with pytest.raises(ValidationError, match="席が、まだありません"):
        seating.show(exchange=exchange, by=staff.user)
    with pytest.raises(ValidationError, match="席が、まだありません"):
        seating.lock_table(exchange=exchange, round_=1, table=1, by=staff.user)


def test_who_cancels_vanishes_and_who_comes_later_gets_the_seat(exchange, party, plan, staff):
    entries.cancel(registration=party[5])
    arrangement = Arrangement(exchange)
    assert (len(arrangement.seats), arrangement.gone) == (105, {party[5].pk})
    late = make_registration(exchange, "遅れ 太郎", group=party[5].group, affiliation="遅れ商店")
    assert [(row.pk, rounds) for row, rounds in Arrangement(exchange).unseated] == [(late.pk, [1, 2, 3])]
    with pytest.raises(ValidationError, match="席のない方が1名"):
        seating.show(exchange=exchange, by=staff.user)
    assert seating.place(exchange=exchange, by=staff.user) == 3
    left = set(TableSeat.objects.filter(registration=party[5]).values_list("round", "table"))
    assert set(TableSeat.objects.filter(registration=late).values_list("round", "table")) == left
    plan.refresh_from_db()
    assert (plan.people, plan.repeats, plan.same_house) == (36, 0, 0)
    assert Arrangement(exchange).unseated == []


def test_when_all_tables_are_full_a_table_becomes_larger(exchange, party, plan, staff):
    make_registration(exchange, "遅れ 太郎")
    seating.place(exchange=exchange, by=staff.user)
    sizes = seating.sizes_of(Arrangement(exchange), 1)
    assert sorted(sizes.values()) == [6, 6, 6, 6, 6, 7]


def test_warnings_say_with_whom(exchange, party, plan, staff):
    assert list(Arrangement(exchange).warnings()) == []
    people = {row.name: row for row in party}
    one, other = people["架空 00"], people["架空 12"]
    TableSeat.objects.filter(registration__in=[one, other], round__in=[1, 3]).update(table=1)
    said = list(Arrangement(exchange).warnings())
    assert "第1回 1卓：架空 00様と架空 12様は、どちらも「架空会0」の方です。" in said
    assert "架空 00様と架空 12様は、第1回・第3回に同じ卓です。" in said


def test_the_schedule_is_told_when_it_is_shown_with_those_who_agreed(exchange, party, plan, staff):
    ProgrammeItem.objects.create(exchange=exchange, position=1, kind="tables", title="分散会", time="14:20")
    who = party[0]
    assert schedule_of(who) == []
    seating.show(exchange=exchange, by=staff.user)
    who.refresh_from_db()
    first = TableSeat.objects.get(registration=who, round=1)
    mate = TableSeat.objects.filter(round=1, table=first.table).exclude(registration=who).first().registration
    mate.is_listed = False
    mate.save()
    told = schedule_of(type(who).objects.get(pk=who.pk))
    assert [(each.round, each.at) for each in told] == [(1, "14:20"), (2, "14:40"), (3, "15:00")]
    assert mate.name not in {each.name for each in told[0].mates}
    assert (len(told[0].mates), told[0].others) == (4, 1)


def test_the_schedule_is_nobodys_who_does_not_come(exchange, party, plan, staff):
    seating.show(exchange=exchange, by=staff.user)
    entries.cancel(registration=party[0])
    gone, stays = (type(party[0]).objects.get(pk=each.pk) for each in (party[0], party[1]))
    assert schedule_of(gone) == []
    assert party[0].pk not in {mate.pk for each in schedule_of(stays) for mate in each.mates}
    making_shown = schedule_of(stays)
    seating.hide(exchange=exchange, by=staff.user)
    assert making_shown != []
    assert schedule_of(type(stays).objects.get(pk=stays.pk)) == []


@pytest.mark.parametrize("verb", ["swap", "place"])
def test_all_or_nothing(exchange, party, plan, staff, monkeypatch, verb):
    make_registration(exchange, "遅れ 太郎")
    before = set(TableSeat.objects.values_list("pk", "table"))

    def broken(*about):
        raise RuntimeError

    monkeypatch.setattr(seating, "_recount", broken)
    one, other = two_tables()
    about = {"one": one, "other": other} if verb == "swap" else {}
    with pytest.raises(RuntimeError):
        getattr(seating, verb)(exchange=exchange, by=staff.user, **about)
    assert set(TableSeat.objects.values_list("pk", "table")) == before
