"""A meeting is planned, moved, cancelled; numbers are given once."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events import meetings
from events.models import Meeting
from events.visibility import meetings_visible_to
from groups import lifecycle
from groups.models import Group
from iri_exchange.lib import history, states
from tests.factories import make_group, make_meeting

DAY = datetime.date(2026, 12, 9)
LATER = datetime.date(2027, 1, 13)
HOURS = datetime.timedelta(hours=2)
State, Kind = Meeting.State, Meeting.Kind
MOVES = {"": "draft", "draft": "announced held cancelled", "announced": "held cancelled"}


@pytest.fixture
def forming(office) -> Group:
    return make_group(stage=Group.Stage.FORMING, since=datetime.date(2026, 4, 1), office=office)


def test_regular_meetings_are_counted_and_others_are_not(group):
    launch = make_meeting(group, DAY, kind=Kind.LAUNCH)
    first, second = make_meeting(group, DAY), make_meeting(group, LATER)
    assert [(each.number, each.name, each.title) for each in (launch, first, second)] == [
        (None, "発会式", "発会式"),
        (1, "第1回 定例会", "定例会"),
        (2, "第2回 定例会", "定例会"),
    ]
    assert first.day == DAY
    assert timezone.localtime(first.starts_at).hour == 15


def test_another_group_counts_for_itself(group, other_group):
    assert [make_meeting(each, DAY).number for each in (group, other_group)] == [1, 1]


def test_a_number_is_given_once_and_a_cancelled_one_again(group):
    first = make_meeting(group, DAY)
    with pytest.raises(ValidationError, match="この回は、もうあります"):
        make_meeting(group, LATER, number=1)
    meetings.cancel(meeting=first)
    assert make_meeting(group, LATER).number == 1


def test_the_end_is_after_the_beginning(group):
    with pytest.raises(ValidationError, match="終わりの時刻を、始まりより後に"):
        meetings.plan(group=group, starts_at=timezone.now(), ends_at=timezone.now() - HOURS)
    assert not Meeting.objects.exists()


def test_a_meeting_is_moved_and_its_history_tells(group):
    meeting = make_meeting(group, DAY)
    start = meeting.starts_at + datetime.timedelta(days=7)
    meetings.move(meeting=meeting, starts_at=start, ends_at=start + HOURS, place="大会議室")
    meeting.refresh_from_db()
    assert (meeting.day, meeting.place) == (DAY + datetime.timedelta(days=7), "大会議室")
    assert [row.history_change_reason for row in history.of(Meeting).order_by("history_id")] == [
        "会合の予定",
        "会合の変更",
    ]


def test_neither_group_nor_state_is_moved(group, other_group):
    meeting = make_meeting(group, DAY)
    for changed in ({"group": other_group}, {"state": State.HELD}):
        with pytest.raises(TypeError):
            meetings.move(meeting=meeting, **changed)


@pytest.mark.parametrize("before", ["", *State.values])
@pytest.mark.parametrize("after", State.values)
def test_every_pair_of_states(before, after, group):
    allowed = {(old, new) for old, news in MOVES.items() for new in news.split()}
    meeting = make_meeting(group, DAY)
    Meeting.objects.filter(pk=meeting.pk).update(state=before)
    if (before, after) in allowed:
        states.advance(meeting, after, moves=Meeting.MOVES)
        assert Meeting.objects.get().state == after
    else:
        with pytest.raises(ValidationError, match="には変えられません"):
            states.advance(meeting, after, moves=Meeting.MOVES)
        assert Meeting.objects.get().state == before


def test_it_took_place_on_its_day_and_not_before(group):
    ahead, today = make_meeting(group, DAY), make_meeting(group, datetime.date(2026, 11, 25))
    meetings.announce(meeting=today)
    for _ in range(2):
        assert meetings.hold(meeting=today).state == State.HELD
    with pytest.raises(ValidationError, match="まだ開いていません"):
        meetings.hold(meeting=ahead)
    meetings.cancel(meeting=ahead)
    with pytest.raises(ValidationError, match=r"には変えられません|まだ開いていません"):
        meetings.hold(meeting=ahead)


def test_it_is_announced_once(group):
    meeting = meetings.announce(meeting=make_meeting(group, DAY))
    with pytest.raises(ValidationError, match="には変えられません"):
        meetings.announce(meeting=meeting)


@pytest.mark.parametrize("state", [State.CANCELLED, State.HELD])
def test_what_is_over_is_neither_moved_nor_cancelled(state, group):
    meeting = make_meeting(group, DAY)
    Meeting.objects.update(state=state)
    with pytest.raises(ValidationError, match="変えられません"):
        meetings.move(meeting=meeting, place="大会議室")
    with pytest.raises(ValidationError, match="には変えられません"):
        meetings.cancel(meeting=meeting)
    assert Meeting.objects.get().place == "多摩テクノプラザ 会議室"


def test_a_plan_is_taken_back_while_the_group_is_formed_and_not_later(forming):
    planned, kept = make_meeting(forming, DAY), make_meeting(forming, LATER)
    meetings.withdraw(meeting=planned)
    assert [*Meeting.objects.all()] == [kept]
    lifecycle.move(group=forming, to=Group.Stage.LAUNCHED, since=datetime.date(2026, 11, 25))
    with pytest.raises(ValidationError, match="中止にしてください"):
        meetings.withdraw(meeting=kept)
    assert Meeting.objects.exists()
    assert history.of(Meeting).filter(history_type="-").count() == 1


def test_upcoming_and_gone_leave_nothing_out(group):
    now = timezone.now()
    under_way = meetings.plan(group=group, starts_at=now - HOURS, ends_at=now + HOURS)
    ahead, over = make_meeting(group, DAY), make_meeting(group, datetime.date(2026, 10, 14))
    cancelled = meetings.cancel(meeting=make_meeting(group, LATER))
    assert [*group.meetings.upcoming()] == [under_way, ahead]
    assert [*group.meetings.gone()] == [cancelled, over]


def test_meetings_of_a_forming_group_are_the_offices(forming, group, visitor, member, staff):
    plan, known = make_meeting(forming, DAY), make_meeting(group, DAY)
    for actor, seen in ((visitor, {known}), (member, {known}), (staff, {plan, known})):
        user = actor.user or actor.client.get("/").wsgi_request.user
        assert set(meetings_visible_to(user)) == seen
