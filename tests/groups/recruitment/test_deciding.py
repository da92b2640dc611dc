"""採否: decided, confirmed by a second person, put in line; nothing of it after the announcement."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.models import Application
from groups.recruitment import deciding, steps
from tests.conftest import log_in
from tests.factories import make_application, make_person, make_round, make_staff

ACCEPT, WAIT, DECLINE = Application.Decision.ACCEPT, Application.Decision.WAIT, Application.Decision.DECLINE
State = Application.State


@pytest.fixture
def call(office):
    return make_round(office=office, capacity=2)


@pytest.fixture
def colleague(office, staff):
    person = make_person(family_name="同僚", given_name="次郎")
    make_staff(person, office=office)
    return log_in(person)


def announced(call):
    call.announced_at = timezone.now()
    call.save()


def refused(verb, **given):
    with pytest.raises(ValidationError) as error:
        verb(**given)
    return error.value.messages


def test_a_decision_is_a_column_and_what_was_only_received_is_taken_up_with_it(call, staff):
    application = make_application(call)
    row = deciding.decide(application=application, decision=ACCEPT, by=staff.user, reason="加工技術")
    row.refresh_from_db()
    assert (row.state, row.decision, row.decision_reason) == (State.UNDER_REVIEW, "accept", "加工技術")
    assert (row.decided_by, row.approved_by) == (staff.user, None)
    assert [step.state for step in row.steps.all()] == [State.UNDER_REVIEW]
    assert row.history.first().history_change_reason == "採否を決める：採択"


def test_a_change_keeps_the_reason_unless_another_is_given(call, staff):
    application = make_application(call)
    deciding.decide(application=application, decision=ACCEPT, by=staff.user, reason="加工技術")
    assert (
        deciding.decide(application=application, decision=DECLINE, by=staff.user).decision_reason
        == "加工技術"
    )
    assert (
        deciding.decide(application=application, decision=DECLINE, by=staff.user, reason="").decision_reason
        == ""
    )


@pytest.mark.parametrize("state", [each for each in State.values if each not in Application.OPEN])
def test_nothing_is_decided_about_what_is_not_open(call, staff, state):
    application = make_application(call, state=state)
    assert refused(deciding.decide, application=application, decision=ACCEPT, by=staff.user) == [
        f"「{State(state).label}」の応募は、採否を決められません。"
    ]


def test_nothing_is_decided_while_a_question_is_open(call, staff):
    application = make_application(call, state=State.INFO_REQUESTED)
    assert refused(deciding.decide, application=application, decision=ACCEPT, by=staff.user) == [
        "お尋ねのお返事を待っています。お返事を入れてから、採否を決めてください。"
    ]


def test_an_unknown_decision_is_refused(call, staff):
    application = make_application(call)
    assert refused(deciding.decide, application=application, decision="maybe", by=staff.user) == [
        "採択・補欠・不採択のどれかを選んでください。"
    ]


def test_not_one_company_more_than_there_are_places(call, staff):
    rows = [make_application(call) for _ in range(3)]
    for row in rows[:2]:
        deciding.decide(application=row, decision=ACCEPT, by=staff.user)
    assert deciding.places_left(call) == 0
    assert refused(deciding.decide, application=rows[2], decision=ACCEPT, by=staff.user) == [
        "定員の2社まで、もう採択にしています。ほかの応募を補欠にするか、募集の定員を直してください。"
    ]
    # Who is accepted already stays so, with another reason; who withdraws leaves a place.
    deciding.decide(application=rows[0], decision=ACCEPT, by=staff.user, reason="変えました")
    rows[1].refresh_from_db()
    steps.move(rows[1], State.WITHDRAWN)
    assert deciding.decide(application=rows[2], decision=ACCEPT, by=staff.user).decision == ACCEPT


def test_a_decision_is_taken_back(call, staff):
    application = make_application(call)
    deciding.decide(application=application, decision=WAIT, by=staff.user, reason="定員")
    deciding.undecide(application=application)
    application.refresh_from_db()
    assert (application.decision, application.decision_reason, application.decided_by) == ("", "", None)
    assert (application.decided_at, application.waiting_place) == (None, None)


def test_the_second_person_is_another_one(call, staff, colleague):
    call.needs_two = True
    call.save()
    application = make_application(call)
    assert refused(deciding.approve, application=application, by=staff.user) == [deciding.NOTHING_DECIDED]
    deciding.decide(application=application, decision=ACCEPT, by=staff.user)
    assert list(deciding.unapproved(call)) == [application]
    assert refused(deciding.approve, application=application, by=staff.user) == [
        "ご自分で決めた採否は、ご自分では確認できません。別の職員に頼んでください。"
    ]
    row = deciding.approve(application=application, by=colleague.user)
    assert (row.approved_by, row.approved_at is not None) == (colleague.user, True)
    assert list(deciding.unapproved(call)) == []
    # What is decided anew wants its second person anew; the same decision once more does not.
    deciding.decide(application=application, decision=ACCEPT, by=staff.user)
    assert list(deciding.unapproved(call)) == []
    deciding.decide(application=application, decision=WAIT, by=staff.user)
    assert list(deciding.unapproved(call)) == [application]


def test_all_decisions_of_others_are_confirmed_at_once(call, staff, colleague):
    call.needs_two = True
    call.save()
    mine, theirs = make_application(call), make_application(call)
    deciding.decide(application=mine, decision=DECLINE, by=colleague.user)
    deciding.decide(application=theirs, decision=ACCEPT, by=staff.user)
    assert deciding.approve_all(round=call, by=colleague.user) == 1
    assert list(deciding.unapproved(call)) == [mine]


def test_where_one_person_decides_nobody_confirms(call, staff, colleague):
    application = make_application(call)
    deciding.decide(application=application, decision=ACCEPT, by=staff.user)
    assert refused(deciding.approve, application=application, by=colleague.user) == [
        "この募集では、採否を一人で決めます。確認はいりません。"
    ]
    assert deciding.approve_all(round=call, by=colleague.user) == 0


def test_the_waiting_list_has_an_order(call, staff):
    first, second, third, other = (make_application(call) for _ in range(4))
    for each in (first, second, third):
        deciding.decide(application=each, decision=WAIT, by=staff.user)

    def line():
        return list(deciding.waiting_line(call))

    assert line() == [first, second, third]
    deciding.move_in_line(application=third, to=deciding.UP)
    assert line() == [first, third, second]
    deciding.move_in_line(application=first, to=deciding.DOWN)
    assert line() == [third, first, second]
    deciding.move_in_line(application=third, to=deciding.UP)
    deciding.move_in_line(application=second, to=deciding.DOWN)
    assert line() == [third, first, second]
    assert refused(deciding.move_in_line, application=other, to=deciding.UP) == [
        "補欠の順番には入っていません。先に補欠にしてください。"
    ]
    # Who leaves the line leaves no hole, and who comes back stands last.
    deciding.decide(application=third, decision=DECLINE, by=staff.user)
    deciding.decide(application=third, decision=WAIT, by=staff.user)
    assert line() == [first, second, third]


def test_nothing_moves_after_the_announcement(call, staff, colleague):
    application = make_application(call)
    deciding.decide(application=application, decision=WAIT, by=staff.user)
    announced(call)
    for verb, given in (
        (deciding.decide, {"decision": ACCEPT, "by": staff.user}),
        (deciding.undecide, {}),
        (deciding.approve, {"by": colleague.user}),
        (deciding.move_in_line, {"to": deciding.UP}),
    ):
        assert refused(verb, application=application, **given) == [deciding.ANNOUNCED]
    assert refused(deciding.approve_all, round=call, by=colleague.user) == [deciding.ANNOUNCED]


def test_what_another_has_decided_meanwhile_is_not_overwritten_unseen(call, staff, colleague):
    application = make_application(call)
    looked_at = deciding.mark_of(application)
    deciding.decide(application=application, decision=ACCEPT, by=staff.user, seen=looked_at)
    wait = {"application": application, "decision": WAIT, "by": colleague.user}
    assert refused(deciding.decide, seen=looked_at, **wait) == [deciding.CHANGED.format("採択")]
    assert refused(deciding.undecide, application=application, seen=looked_at) == [
        deciding.CHANGED.format("採択")
    ]
    application.refresh_from_db()
    assert (application.decision, application.decided_by) == (ACCEPT, staff.user)
    now = deciding.mark_of(application)
    assert deciding.decide(seen=now, **wait).decision == WAIT
    deciding.undecide(application=application)
    assert refused(deciding.decide, seen=now, **wait) == [deciding.CHANGED.format("まだ決めていない")]


def test_nobody_confirms_another_decision_than_the_one_that_was_looked_at(call, staff, colleague):
    call.needs_two = True
    call.save()
    one, other = make_application(call), make_application(call)
    for each in (one, other):
        deciding.decide(application=each, decision=ACCEPT, by=staff.user)
    one.refresh_from_db()
    seen, all_seen = deciding.mark_of(one), deciding.mark_of_all(deciding.to_approve(call, colleague.user))
    deciding.decide(application=one, decision=DECLINE, by=staff.user)
    assert refused(deciding.approve, application=one, by=colleague.user, seen=seen) == [
        deciding.CHANGED.format("不採択")
    ]
    assert refused(deciding.approve_all, round=call, by=colleague.user, seen=all_seen) == [
        deciding.ONE_CHANGED
    ]
    assert list(deciding.unapproved(call)) == [one, other]
    all_seen = deciding.mark_of_all(deciding.to_approve(call, colleague.user))
    assert deciding.approve_all(round=call, by=colleague.user, seen=all_seen) == 2


def test_nothing_is_confirmed_that_nobody_has_decided(call, staff):
    call.needs_two = True
    call.save()
    assert refused(deciding.approve, application=make_application(call), by=staff.user) == [
        deciding.NOTHING_DECIDED
    ]
