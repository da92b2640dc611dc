"""取下げ from every state that is open, and 辞退 of a place before the launch: the membership never was on that day."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import lifecycle
from groups.models import Application, Group, Membership, Offer
from groups.recruitment import withdrawing
from members.models import Letter
from tests.conftest import NOW
from tests.factories import make_application, make_membership, make_round

State = Application.State
OPEN = [
    State.DRAFT,
    State.SUBMITTED,
    State.UNDER_REVIEW,
    State.INFO_REQUESTED,
    State.WAITLISTED,
    State.OFFERED,
]
TODAY = NOW.date()


@pytest.fixture
def round_(office):
    return make_round(launch_on=datetime.date(2027, 1, 20))


@pytest.mark.parametrize("state", OPEN)
def test_from_an_open_state(round_, state):
    application = make_application(round_, state=state)
    withdrawing.withdraw(application=application)
    application.refresh_from_db()
    assert (application.state, application.steps.get().by) == (State.WITHDRAWN, None)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == ("groups/application_withdrawn", "applicant1@example.jp")


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN])
def test_not_when_it_is_over(round_, state):
    application = make_application(round_, state=state)
    assert withdrawing.may_be_withdrawn(application) is False
    with pytest.raises(ValidationError, match="もう取り下げられません"):
        withdrawing.withdraw(application=application)


def test_an_open_offer_is_refused_with_it(round_, staff):
    application = make_application(round_, state=State.OFFERED)
    offer = Offer.objects.create(application=application, due=TODAY, offered_by=staff.user, offered_at=NOW)
    withdrawing.withdraw(application=application)
    offer.refresh_from_db()
    assert (offer.taken, offer.answered_at is not None) == (False, True)


@pytest.mark.parametrize("joined", [TODAY - datetime.timedelta(days=3), TODAY, datetime.date(2027, 1, 20)])
def test_a_place_is_given_up_before_the_launch(round_, joined):
    membership = make_membership(round_.group, on=joined)
    application = make_application(round_, state=State.ACCEPTED, membership=membership)
    withdrawing.withdraw(application=application)
    application.refresh_from_db()
    assert application.state == State.WITHDRAWN
    days = [TODAY, datetime.date(2027, 1, 20), datetime.date(2027, 1, 21)]
    assert {membership.status_on(day) for day in days} == {Membership.Status.LEFT}


def test_a_launched_group_is_left_another_way(round_):
    membership = make_membership(round_.group, on=TODAY)
    application = make_application(round_, state=State.ACCEPTED, membership=membership)
    lifecycle.move(group=round_.group, to=Group.Stage.LAUNCHED, since=TODAY)
    with pytest.raises(ValidationError, match="退会"):
        withdrawing.withdraw(application=application)
    assert Application.objects.get().state == State.ACCEPTED
