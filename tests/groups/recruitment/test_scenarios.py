"""顔ぶれの案: put aside, changed without deciding anything, compared, taken over as decisions."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.models import Application, Scenario
from groups.recruitment import deciding, reviewing, scenarios, withdrawing
from tests.factories import make_application, make_round

ACCEPT, WAIT, DECLINE = Application.Decision.ACCEPT, Application.Decision.WAIT, Application.Decision.DECLINE

DAYS_2025 = {"opens_on": datetime.date(2025, 4, 1), "closes_on": datetime.date(2025, 4, 30)}


@pytest.fixture
def call(office):
    return make_round(office=office, capacity=1)


def decisions(*rows):
    return [Application.objects.get(pk=each.pk).decision for each in rows]


def test_a_scenario_is_a_copy_that_decides_nothing(call, staff):
    one, other = make_application(call), make_application(call)
    deciding.decide(application=one, decision=ACCEPT, by=staff.user)
    scenario = scenarios.put_aside(round=call, name="案A", by=staff.user)
    assert scenarios.places_in(scenario) == {one.pk: ACCEPT}
    scenarios.place(scenario=scenario, application=other, decision=WAIT)
    scenarios.place(scenario=scenario, application=one, decision="")
    scenario.refresh_from_db()
    assert scenarios.places_in(scenario) == {other.pk: WAIT}
    assert decisions(one, other) == [ACCEPT, ""]
    copy = scenarios.put_aside(round=call, name="案B", by=staff.user, like=scenario)
    assert scenarios.places_in(copy) == {other.pk: WAIT}


def test_a_name_is_given_once_per_round(call, staff):
    scenarios.put_aside(round=call, name="案A", by=staff.user)
    with pytest.raises(ValidationError) as twice:
        scenarios.put_aside(round=call, name="案A", by=staff.user)
    assert twice.value.messages == ["この名前の案は、もうあります。"]


def test_what_is_of_another_round_or_unknown_is_refused(call, staff):
    scenario = scenarios.put_aside(round=call, name="案A", by=staff.user)
    elsewhere = make_application(make_round(office=None, fiscal_year=2025, **DAYS_2025))
    mine = make_application(call)
    for application, decision in ((elsewhere, ACCEPT), (mine, "maybe")):
        with pytest.raises(ValidationError):
            scenarios.place(scenario=scenario, application=application, decision=decision)
    scenario.refresh_from_db()
    assert scenario.places == {}


def test_taking_it_over_frees_places_before_it_takes_others(call, staff):
    one, other, third = (make_application(call) for _ in range(3))
    deciding.decide(application=other, decision=ACCEPT, by=staff.user)
    deciding.decide(application=third, decision=DECLINE, by=staff.user)
    scenario = scenarios.put_aside(round=call, name="案A", by=staff.user)
    scenarios.place(scenario=scenario, application=one, decision=ACCEPT)
    scenarios.place(scenario=Scenario.objects.get(), application=other, decision=WAIT)
    scenario = scenarios.place(scenario=Scenario.objects.get(), application=third, decision="")
    assert scenarios.take_over(scenario=scenario, by=staff.user) == 3
    assert decisions(one, other, third) == [ACCEPT, WAIT, ""]
    assert scenarios.take_over(scenario=scenario, by=staff.user) == 0


def test_all_of_it_or_nothing(call, staff):
    one, other = make_application(call), make_application(call)
    scenario = scenarios.put_aside(round=call, name="案A", by=staff.user)
    scenarios.place(scenario=scenario, application=one, decision=ACCEPT)
    scenario = scenarios.place(scenario=scenario, application=other, decision=ACCEPT)
    with pytest.raises(ValidationError) as full:
        scenarios.take_over(scenario=scenario, by=staff.user)
    assert full.value.code == "full"
    assert decisions(one, other) == ["", ""]


def test_who_has_withdrawn_since_is_left_out(call, staff):
    one, gone = make_application(call), make_application(call)
    scenario = scenarios.put_aside(round=call, name="案A", by=staff.user)
    scenarios.place(scenario=scenario, application=one, decision=WAIT)
    scenario = scenarios.place(scenario=scenario, application=gone, decision=ACCEPT)
    withdrawing.withdraw(application=gone)
    assert scenarios.compare(call, None, scenario).counts[0] == ("採択", 0, 0)
    assert scenarios.take_over(scenario=scenario, by=staff.user) == 1
    assert decisions(one, gone) == [WAIT, ""]


def test_while_a_question_is_open_nothing_of_it_is_taken_over(call, staff):
    one, asked = make_application(call), make_application(call)
    scenario = scenarios.put_aside(round=call, name="案A", by=staff.user)
    scenarios.place(scenario=scenario, application=one, decision=ACCEPT)
    scenario = scenarios.place(scenario=scenario, application=asked, decision=WAIT)
    reviewing.ask(application=asked, question="資本金は。", due=None, by=staff.user)
    with pytest.raises(ValidationError) as waits:
        scenarios.take_over(scenario=scenario, by=staff.user)
    assert waits.value.code == "asked"
    assert decisions(one, asked) == ["", ""]


def test_after_the_announcement_nothing_is_taken_over(call, staff):
    one = make_application(call)
    scenario = scenarios.put_aside(round=call, name="案A", by=staff.user)
    scenario = scenarios.place(scenario=scenario, application=one, decision=ACCEPT)
    call.announced_at = timezone.now()
    call.save()
    with pytest.raises(ValidationError) as told:
        scenarios.take_over(scenario=scenario, by=staff.user)
    assert told.value.messages == [deciding.ANNOUNCED]
    assert decisions(one) == [""]


def test_two_side_by_side(call, staff):
    one = make_application(call, employees=10)
    other = make_application(call, employees=200, industry="G")
    make_application(call)
    deciding.decide(application=one, decision=ACCEPT, by=staff.user)
    scenario = scenarios.put_aside(round=call, name="案A", by=staff.user)
    scenarios.place(scenario=scenario, application=one, decision=WAIT)
    scenario = scenarios.place(scenario=scenario, application=other, decision=ACCEPT)
    found = scenarios.compare(call, None, scenario)
    assert (found.one.name, found.other.name) == ("いまの採否", "案A")
    assert found.differing == [(one, "採択", "補欠"), (other, "まだ決めていない", "採択")]
    assert found.counts == [
        ("採択", 1, 1),
        ("補欠", 0, 1),
        ("不採択", 0, 0),
        ("まだ決めていない", 2, 1),
    ]
    assert found.trades == [("製造業", 1, 0), ("情報通信業", 0, 1)]
    assert found.sizes[:3] == [("20人まで", 1, 0), ("21〜100人", 0, 0), ("101〜300人", 0, 1)]


def test_a_scenario_is_forgotten_and_the_decisions_stay(call, staff):
    one = make_application(call)
    deciding.decide(application=one, decision=ACCEPT, by=staff.user)
    scenarios.forget(scenario=scenarios.put_aside(round=call, name="案A", by=staff.user))
    assert (Scenario.objects.count(), decisions(one)) == (0, [ACCEPT])
