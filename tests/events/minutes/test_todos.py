"""宿題: shown until they are done, to those who may read the minutes."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from events.minutes import todos
from events.models import Todo
from tests.events.minutes.making import met, published, to_do, written

EARLIER = datetime.date(2026, 10, 14)
TODAY = datetime.date(2026, 11, 25)


def test_members_learn_of_them_with_the_minutes(group, other_group, secretary, member, outsider, left_member):
    draft, told = met(group), met(group, EARLIER)
    hidden, shown = to_do(draft, "下見に行く"), to_do(told)
    written(draft, secretary.user)
    published(told, secretary.user)
    assert list(todos.open_todos(group, member.user)) == [shown]
    assert list(todos.open_todos(group, secretary.user)) == [hidden, shown]
    assert [list(todos.open_todos(group, each.user)) for each in (outsider, left_member)] == [[], []]


def test_the_most_urgent_comes_first_and_no_day_last(group, secretary):
    meeting = met(group)
    written(meeting, secretary.user)
    last = to_do(meeting, "いつか")
    second = to_do(meeting, "あとで", due=datetime.date(2026, 12, 20))
    first = to_do(meeting, "すぐ", due=datetime.date(2026, 11, 20))
    to_do(meeting, "すんだ", done_on=TODAY)
    assert list(todos.open_todos(group, secretary.user)) == [first, second, last]
    assert [each.what for each in todos.done_todos(group, secretary.user)] == ["すんだ"]


def test_what_earlier_meetings_left(group, other_group):
    meeting, earlier = met(group), met(group, EARLIER)
    left = to_do(earlier)
    to_do(earlier, "すんだ", done_on=TODAY)
    to_do(meeting)
    to_do(met(group, datetime.date(2026, 12, 9)))
    to_do(met(other_group, EARLIER))
    assert list(todos.left_from_before(meeting)) == [left]


def test_ticked_twice_is_done_once_and_can_be_taken_back(group, secretary):
    todo = to_do(met(group))
    for _ in range(2):
        todos.tick(todo=todo, done=True, by=secretary.user)
    todo.refresh_from_db()
    assert (todo.done_on, todo.history.count()) == (TODAY, 2)
    todos.tick(todo=todo, done=False, by=secretary.user)
    todo.refresh_from_db()
    assert todo.done_on is None
    Todo.objects.all().delete()
    with pytest.raises(ValidationError, match="取り消されています"):
        todos.tick(todo=todo, done=True, by=secretary.user)
