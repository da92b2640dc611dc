"""Minutes are written: texts, items, to-dos, the next date; by themselves while somebody types."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from events import meetings
from events.minutes import writing
from events.minutes.writing import BY_ITSELF, Content, write
from events.models import AgendaItem, Meeting, Minutes, Todo
from tests.conftest import NOW
from tests.events.minutes.making import item, met, published, to_do, written
from tests.house.portal.objects import pdf


def test_all_that_is_written_at_once_is_one_step(group, secretary):
    meeting = met(group)
    said, before = item(meeting), to_do(met(group, datetime.date(2026, 10, 14)))
    said.summary = "3社が紹介した。"
    content = Content(
        items=[said],
        new_items=[AgendaItem(meeting=meeting, title="工場の話")],
        todos=[Todo(meeting=meeting, what="礼状を出す", who="青木")],
        done=[before],
    )
    minutes = write(minutes=Minutes(meeting=meeting, body="よい会"), by=secretary.user, content=content)
    assert minutes.state == "draft"
    assert list(AgendaItem.objects.filter(meeting=meeting).values_list("position", "title", "summary")) == [
        (1, "自社紹介", "3社が紹介した。"),
        (2, "工場の話", ""),
    ]
    assert [(each.what, each.who) for each in meeting.todos.all()] == [("礼状を出す", "青木")]
    before.refresh_from_db()
    assert before.done_on == timezone.localdate()
    rows = [
        Minutes.history.get(),
        said.history.first(),
        before.history.first(),
        meeting.todos.get().history.get(),
    ]
    assert {(row.history_change_reason, row.history_date) for row in rows} == {
        ("議事録", rows[0].history_date)
    }


def test_a_to_do_is_taken_out(group, secretary):
    meeting = met(group)
    todo = to_do(meeting)
    write(minutes=Minutes(meeting=meeting), by=secretary.user, content=Content(dropped=[todo]))
    assert not Todo.objects.exists()


def test_what_is_done_belongs_to_the_group(group, other_group, secretary):
    foreign = to_do(met(other_group))
    write(minutes=Minutes(meeting=met(group)), by=secretary.user, content=Content(done=[foreign]))
    foreign.refresh_from_db()
    assert foreign.done_on is None


def test_a_cancelled_meeting_has_no_minutes(group, secretary):
    meeting = met(group, datetime.date(2026, 12, 9))
    meetings.cancel(meeting=meeting, reason="大雪")
    with pytest.raises(ValidationError, match="中止になった会合"):
        written(meeting, secretary.user)


def test_there_are_no_second_minutes(group, secretary):
    meeting = met(group)
    written(meeting, secretary.user)
    with pytest.raises(ValidationError, match="先に議事録を書き始めました"):
        written(meeting, secretary.user)


def test_the_next_meeting_is_planned_like_this_one(group, secretary):
    meeting = met(group, address="東京都昭島市東町3-6-1")
    at = datetime.datetime(2026, 12, 16, 16, 30, tzinfo=NOW.tzinfo)
    minutes = Minutes(meeting=meeting, next_at=at)
    write(minutes=minutes, by=secretary.user, content=Content(plan_next=True))
    planned = Meeting.objects.get(number=2)
    assert (planned.starts_at, planned.ends_at - planned.starts_at) == (at, datetime.timedelta(hours=2))
    assert (planned.place, planned.address) == (meeting.place, meeting.address)
    write(minutes=minutes, by=secretary.user, content=Content(plan_next=True))
    assert Meeting.objects.count() == 2


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (None, "次回の日時を入れて"),
        (datetime.datetime(2026, 11, 1, 15, tzinfo=NOW.tzinfo), "この会合より後に"),
    ],
)
def test_a_next_meeting_without_a_time_or_before_this_one_is_none(group, secretary, at, said):
    minutes = Minutes(meeting=met(group), next_at=at)
    with pytest.raises(ValidationError, match=said):
        write(minutes=minutes, by=secretary.user, content=Content(plan_next=True))
    assert (Meeting.objects.count(), Minutes.objects.count()) == (1, 0)


def test_files_go_to_the_library_or_nothing_is_saved(group, secretary):
    meeting = met(group)
    good = ContentFile(pdf(), "資料.pdf")
    write(
        minutes=Minutes(meeting=meeting),
        by=secretary.user,
        content=Content(uploads=[good], upload_title="配った資料"),
    )
    assert [(each.title, each.kind) for each in meeting.files.all()] == [("配った資料", "material")]
    later = met(group, datetime.date(2026, 11, 20))
    with pytest.raises(ValidationError) as refused:
        write(
            minutes=Minutes(meeting=later),
            by=secretary.user,
            content=Content(uploads=[ContentFile(b"no picture", "だめ.jpg")]),
        )
    assert list(refused.value.message_dict) == ["uploads"]
    assert not Minutes.objects.filter(meeting=later).exists()


def test_a_run_of_saves_by_itself_leaves_its_last(group, secretary, member):
    meeting = met(group)
    said = item(meeting)
    minutes = written(meeting, secretary.user)
    for text in ("あ", "あい", "あいう"):
        minutes.body = said.summary = text
        write(minutes=minutes, by=secretary.user, content=Content(items=[said]), by_itself=True)
    told = list(Minutes.history.order_by("history_id").values_list("body", "history_change_reason"))
    assert told == [("新しい加工機の話", "議事録"), ("あいう", BY_ITSELF)]
    assert [row.summary for row in said.history.order_by("history_id")] == ["", "あいう"]
    minutes.body = "別の人"
    write(minutes=minutes, by=member.user, by_itself=True)
    assert Minutes.history.count() == 3


def test_what_is_published_does_not_save_itself(group, secretary):
    minutes = published(met(group), secretary.user)
    with pytest.raises(ValidationError, match="自動では保存しません"):
        write(minutes=minutes, by=secretary.user, by_itself=True)


def test_nothing_is_nothing():
    assert Content().is_empty
    assert not Content(plan_next=True).is_empty
    assert writing.WRITTEN == "議事録"
