"""Every pair of states of an application: the moves of the table happen, all others are refused in words."""

import pytest
from django.core.exceptions import ValidationError

from groups.models import Application
from groups.recruitment import steps
from tests.factories import make_application, make_round

State = Application.State
# As docs/lifecycles.md draws it; written out again, so that a slip in the table is noticed.
WAYS = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"under_review", "withdrawn"},
    "under_review": {"info_requested", "accepted", "waitlisted", "declined", "withdrawn"},
    "info_requested": {"under_review", "withdrawn"},
    "accepted": {"withdrawn"},
    "waitlisted": {"offered", "declined", "withdrawn"},
    "offered": {"accepted", "waitlisted", "withdrawn"},
    "declined": set(),
    "withdrawn": set(),
}
PAIRS = [(old, new) for old in State.values for new in State.values]


@pytest.fixture
def call(office):
    return make_round(office=office)


def test_the_table_knows_every_state_and_no_other():
    assert set(WAYS) == set(State.values) == set(Application.MOVES) - {""}
    assert list(Application.MOVES[""]) == [State.DRAFT, State.SUBMITTED]


@pytest.mark.any_database
@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_every_pair(call, staff, old, new):
    application = make_application(call, state=old)
    # What leaves DRAFT is given its number in the same write.
    also = {"serial": 77} if old == State.DRAFT else {}
    if new in WAYS[old]:
        step = steps.move(application, new, by=staff.user, note="ひとこと", **also)
        assert (step.state, step.by, step.note) == (new, staff.user, "ひとこと")
    else:
        with pytest.raises(ValidationError) as refused:
            steps.move(application, new, by=staff.user, **also)
        assert refused.value.messages == [
            f"「{State(old).label}」から「{State(new).label}」には変えられません。"
        ]
    application.refresh_from_db()
    moved = new in WAYS[old]
    assert application.state == (new if moved else old)
    assert application.steps.count() == int(moved)


def test_the_state_in_the_database_counts_and_not_the_one_in_memory(call, staff):
    application = make_application(call)
    stale = Application.objects.get(pk=application.pk)
    steps.move(application, State.WITHDRAWN)
    with pytest.raises(ValidationError):
        steps.move(stale, State.UNDER_REVIEW, by=staff.user)
