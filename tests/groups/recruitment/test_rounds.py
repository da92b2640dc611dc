"""The yearly call: planned with its group, corrected without losing what came, copied to working days, open by itself."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.models import Application, Group, RecruitmentRound
from groups.recruitment import rounds
from tests.factories import make_application, make_group, make_office, make_round

SPRING = {
    "fiscal_year": 2027,
    "opens_on": datetime.date(2027, 4, 5),
    "closes_on": datetime.date(2027, 5, 28),
    "results_on": datetime.date(2027, 6, 18),
    "launch_on": datetime.date(2027, 7, 9),
    "capacity": 20,
    "text": "毎月、平日の午後に集まります。",
}


def days_of(call):
    return [call.opens_on, call.closes_on, call.results_on, call.launch_on]


def refused(verb, **given):
    with pytest.raises(ValidationError) as error:
        verb(**given)
    return getattr(error.value, "message_dict", error.value.messages)


def jst(text):
    return datetime.datetime.fromisoformat(f"{text}+09:00")


# ── planning ─────────────────────────────────────────────────────────────────
def test_a_call_makes_its_forming_group(office):
    call = rounds.plan(office=office, **SPRING)
    group = call.group
    assert (group.name, group.slug, group.number_prefix) == ("令和9年度 多摩グループ", "tama-2027", "T27")
    assert (group.founded_year, group.office, group.capacity) == (2027, office, 20)
    today = datetime.date(2026, 11, 25)
    assert list(group.stages.values_list("state", "since")) == [(Group.Stage.FORMING, today)]
    assert str(call) == "令和9年度 多摩テクノプラザの募集"


def test_a_chosen_group_is_taken_and_none_is_made(office):
    group = make_group(stage=Group.Stage.FORMING, office=office)
    assert rounds.plan(office=office, group=group, **SPRING).group == group
    assert Group.objects.count() == 1


def test_a_group_that_is_launched_already_is_refused(office, launched_group):
    assert refused(rounds.plan, office=office, group=launched_group, **SPRING) == {
        "group": ["準備の段階のグループを選んでください。"]
    }


def test_a_working_name_that_is_taken_is_told_and_nothing_is_made(office):
    make_group(name="令和9年度 多摩グループ", office=office)
    assert list(refused(rounds.plan, office=office, **SPRING)) == ["group"]
    assert RecruitmentRound.objects.count() == 0


def test_one_call_for_a_year_and_an_office(office):
    rounds.plan(office=office, **SPRING)
    assert refused(rounds.plan, office=office, **SPRING) == {
        "__all__": ["この年度のこの拠点の募集は、もうあります。"]
    }
    assert rounds.plan(office=make_office(slug="honbu"), **SPRING).fiscal_year == 2027


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"closes_on": datetime.date(2027, 4, 4)}, ["__all__"]),
        ({"fiscal_year": 2026}, ["closes_on", "launch_on"]),
        ({"results_on": datetime.date(2027, 5, 28)}, ["results_on"]),
        ({"launch_on": datetime.date(2027, 6, 18)}, ["launch_on"]),
        ({"launch_on": datetime.date(2028, 4, 3)}, ["launch_on"]),
        ({"capacity": 0}, ["capacity"]),
    ],
)
def test_days_that_cannot_follow_each_other_are_refused_beside_their_field(office, wrong, fields):
    assert sorted(refused(rounds.plan, office=office, **SPRING | wrong)) == fields
    assert (RecruitmentRound.objects.count(), Group.objects.count()) == (0, 0)


def test_results_and_ceremony_may_be_left_open(office):
    call = rounds.plan(office=office, **SPRING | {"results_on": None, "launch_on": None})
    assert days_of(call)[2:] == [None, None]


# ── correcting ───────────────────────────────────────────────────────────────
def test_a_call_is_corrected(office):
    call = make_round(office=office)
    rounds.change(round=call, closes_on=datetime.date(2026, 12, 11), text="のばしました。")
    call.refresh_from_db()
    assert (call.closes_on, call.text) == (datetime.date(2026, 12, 11), "のばしました。")


def test_what_was_received_stays_inside_of_the_days(office):
    call = make_round(office=office)
    make_application(call)  # on 25 November
    said = "令和8年11月25日に受け付けた応募があります。"
    assert refused(rounds.change, round=call, closes_on=datetime.date(2026, 11, 24)) == {
        "closes_on": [f"{said}この日か、その後の日にしてください。"]
    }
    assert refused(rounds.change, round=call, opens_on=datetime.date(2026, 11, 26)) == {
        "opens_on": [f"{said}この日か、その前の日にしてください。"]
    }
    rounds.change(round=call, opens_on=datetime.date(2026, 11, 25), closes_on=datetime.date(2026, 11, 25))


def test_neither_paper_nor_what_nobody_confirmed_holds_the_days(office, staff):
    call = make_round(office=office)
    make_application(call, route=Application.Route.PAPER, entered_by=staff.user)
    make_application(call, state=Application.State.DRAFT)
    rounds.change(round=call, closes_on=datetime.date(2026, 11, 20))


def test_the_capacity_is_not_below_what_was_chosen(office, staff):
    call = make_round(office=office, capacity=3)
    for _ in range(2):
        make_application(call, decision=Application.Decision.ACCEPT, decided_by=staff.user)
    assert list(refused(rounds.change, round=call, capacity=1)) == ["capacity"]
    rounds.change(round=call, capacity=2)


def test_a_withdrawn_one_takes_no_place_of_the_capacity(office, staff):
    call = make_round(office=office, capacity=3)
    chosen = {"decision": Application.Decision.ACCEPT, "decided_by": staff.user}
    make_application(call, **chosen)
    make_application(call, state=Application.State.WITHDRAWN, **chosen)
    assert rounds.change(round=call, capacity=1).capacity == 1


def test_an_announced_call_is_not_corrected(office):
    call = make_round(office=office, announced_at=timezone.now())
    assert refused(rounds.change, round=call, text="おそい") == ["結果をお知らせした募集は、もう直せません。"]


# ── copying ──────────────────────────────────────────────────────────────────
def test_last_years_call_is_copied_in_one_step_to_working_days(office):
    call = rounds.plan(office=office, needs_two=True, **SPRING)
    copied = rounds.copy(round=call)
    assert days_of(copied) == [
        datetime.date(2028, 4, 5),
        datetime.date(2028, 5, 29),  # the 28th is a Sunday
        datetime.date(2028, 6, 19),  # a Sunday, too
        datetime.date(2028, 7, 10),
    ]
    assert (copied.fiscal_year, copied.office, copied.capacity) == (2028, office, 20)
    assert (copied.text, copied.needs_two, copied.announced_at) == (call.text, True, None)
    assert copied.group.slug == "tama-2028"


def test_what_is_there_is_not_copied_over(office):
    call = rounds.plan(office=office, **SPRING)
    rounds.copy(round=call)
    assert refused(rounds.copy, round=call) == [
        "令和10年度の多摩テクノプラザの募集は、もうあります。その募集を直してください。"
    ]


# ── standing open ────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("now", "phase"),
    [
        ("2026-10-31T23:59:59", "before"),
        ("2026-11-01T00:00:00", "open"),
        ("2026-11-30T23:59:59", "open"),
        ("2026-12-01T00:00:00", "closed"),
    ],
)
def test_a_call_opens_and_closes_to_the_second_in_japan(office, now, phase):
    call = make_round(office=office)
    with time_machine.travel(jst(now), tick=False):
        assert rounds.phase_of(call, timezone.localdate()) == phase


def test_in_view_are_this_year_and_those_to_come_in_one_query(office, django_assert_num_queries):
    make_round(office=office, fiscal_year=2025, opens_on=datetime.date(2025, 11, 1),
               closes_on=datetime.date(2025, 11, 30))  # fmt: skip
    make_round(office=office)
    make_round(office=make_office(slug="honbu", order=9))
    rounds.plan(office=office, **SPRING)
    with django_assert_num_queries(1):
        found = rounds.in_view(datetime.date(2026, 11, 25))
    assert {year: [call.phase for call in calls] for year, calls in found.items()} == {
        2026: ["open", "open"],
        2027: ["before"],
    }


def test_what_is_announced_makes_room_for_the_next_call(office):
    make_round(office=office, announced_at=timezone.now())
    today = datetime.date(2026, 11, 25)
    assert [*rounds.in_view(today)] == [2026]
    rounds.plan(office=office, **SPRING)
    assert [*rounds.in_view(today)] == [2027]


def test_counts_are_those_of_numbers(office, staff):
    call = make_round(office=office)
    make_application(call, state=Application.State.DRAFT)
    make_application(call)
    make_application(call, decision=Application.Decision.ACCEPT, decided_by=staff.user)
    make_application(call, state=Application.State.ACCEPTED)
    make_application(call, state=Application.State.WITHDRAWN)
    found = rounds.with_counts(RecruitmentRound.objects.all()).get()
    assert (found.received, found.undecided, found.chosen) == (4, 1, 2)


def test_free_groups_are_forming_and_filled_by_no_other_call(office, launched_group):
    call = make_round(office=office)
    free = make_group(stage=Group.Stage.FORMING, office=office)
    assert list(rounds.free_groups()) == [free]
    assert set(rounds.free_groups(call)) == {free, call.group}


def test_the_call_that_takes_applications_stands_first(office):
    make_round(office=office, announced_at=timezone.now())
    make_round(office=make_office(slug="honbu", order=9))
    found = rounds.as_open(rounds.of_year(2026), datetime.date(2026, 11, 25))
    assert [call.phase for call in found] == ["open", "announced"]
