"""What an applicant is told: 審査中 until the results of the round are announced, whatever was decided."""

import pytest

from groups.models import Application
from groups.recruitment import steps, telling
from tests.conftest import NOW
from tests.factories import make_application, make_round

State = Application.State
DECIDED = [State.ACCEPTED, State.WAITLISTED, State.OFFERED, State.DECLINED]
BEFORE = {State.DRAFT: "確認待ち", State.WITHDRAWN: "取下げ"}


@pytest.fixture
def round_(office):
    return make_round()


@pytest.mark.parametrize("state", State.values)
def test_before_the_announcement_nobody_reads_a_result(round_, state):
    label, sentence = telling.state_for_applicant(make_application(round_, state=state))
    assert label == BEFORE.get(state, "審査中")
    assert not any(word in sentence for word in ("採択", "補欠", "不採択", "席が"))


@pytest.mark.parametrize("state", DECIDED)
def test_afterwards_the_result_is_told(round_, state):
    round_.announced_at = NOW
    label, sentence = telling.state_for_applicant(make_application(round_, state=state))
    assert (label, bool(sentence)) == (State(state).label, True)


def test_a_decision_that_is_not_announced_is_told_by_nothing(round_, staff):
    application = make_application(round_, state=State.UNDER_REVIEW, decision="accept", decided_by=staff.user)
    other = make_application(round_, state=State.UNDER_REVIEW)
    assert telling.state_for_applicant(application) == telling.state_for_applicant(other)


def test_the_time_line_keeps_results_until_they_are_announced(round_, staff):
    application = make_application(round_)
    for state in (State.UNDER_REVIEW, State.INFO_REQUESTED, State.UNDER_REVIEW, State.WAITLISTED):
        steps.move(application, state, by=staff.user, note="ひとこと" if state == State.WAITLISTED else "")
    told = [line.text for line in telling.time_line(application)]
    assert told == ["審査を始めました", "事務局からお尋ねしました", "お返事をいただきました"]
    round_.announced_at = NOW
    round_.save()
    application = Application.objects.get()
    assert [(line.text, line.note) for line in telling.time_line(application)][3:] == [
        ("補欠になりました", "ひとこと")
    ]


def test_an_offer_that_has_lapsed_says_so(round_):
    round_.announced_at = NOW
    _, sentence = telling.state_for_applicant(make_application(round_, state=State.OFFERED))
    assert "期限が過ぎました" in sentence
