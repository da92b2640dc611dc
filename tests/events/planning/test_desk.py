"""What whoever runs meetings does next, in all of their groups."""

import datetime

import pytest
from django.utils import timezone

from events.models import Meeting, Minutes
from events.planning.desk import ATTENDANCE, MINUTES, NOTICE, waiting_in
from tests.factories import make_meeting

TODAY = datetime.date(2026, 11, 25)


def meeting(group, days, state=Meeting.State.DRAFT):
    return make_meeting(group, TODAY + datetime.timedelta(days=days), state=state)


def steps(*groups):
    return [(each.pk, step) for each, step in waiting_in([group.pk for group in groups])]


@pytest.mark.parametrize(
    ("days", "state", "step"),
    [
        (20, "draft", NOTICE),
        (20, "announced", None),
        (0, "announced", ATTENDANCE),
        (-5, "announced", ATTENDANCE),
        (-5, "held", MINUTES),
        (-5, "cancelled", None),
        (40, "draft", None),
        (-70, "draft", None),
    ],
)
def test_one_meeting(group, days, state, step):
    row = meeting(group, days, state)

    assert steps(group) == ([(row.pk, step)] if step else [])


def test_published_minutes_close_a_meeting(group):
    over = meeting(group, -5, "held")
    Minutes.objects.create(
        meeting=over, body="話しました。", state=Minutes.State.PUBLISHED, published_at=timezone.now()
    )

    assert steps(group) == []


def test_all_that_are_over_and_the_next_notice_of_each_group(group, other_group):
    before, over = meeting(group, -20, "held"), meeting(group, -6)
    meeting(group, 3, "announced")
    first = meeting(group, 17)
    meeting(group, 24)
    theirs = meeting(other_group, -1)

    own = [(before.pk, MINUTES), (over.pk, ATTENDANCE), (first.pk, NOTICE)]
    assert steps(group) == own
    assert steps(group, other_group) == [*own[:2], (theirs.pk, ATTENDANCE), own[2]]


def test_nobody_runs_anything_without_a_question(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(waiting_in(frozenset())) == []


def test_as_many_questions_for_any_number_of_groups(group, other_group, django_assert_num_queries):
    for each in (group, other_group):
        meeting(each, -1)
        meeting(each, -8, "held")

    with django_assert_num_queries(2):
        assert len(steps(group, other_group)) == 4
