"""The minutes are written: the texts, what was said about each item of the agenda, what is to be done, the next date."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from events import library, meetings
from events.minutes.reading import wait_for
from events.models import AgendaItem, LibraryFile, Meeting, Minutes, Todo
from iri_exchange.lib import history

WRITTEN, BY_ITSELF = "議事録", "議事録（自動保存）"
CANCELLED = "中止になった会合の議事録は、書けません。"
ELSEWHERE = "ほかの方が、先に議事録を書き始めました。ページを開き直してください。"
PUBLISHED = "公開した議事録は、自動では保存しません。「保存する」を押してください。"


@dataclass(frozen=True)
class Content:
    """What is written beside the minutes themselves: records as they are to be, changed and new ones.

    `dropped` are to-dos that are taken out, `done` those of earlier meetings that are done now. `uploads` are files
    of the meeting, with one title for all of them (or each its own, without one). `plan_next`: the next date is put
    into the group's plan.
    """

    items: Sequence[AgendaItem] = ()
    new_items: Sequence[AgendaItem] = ()
    todos: Sequence[Todo] = ()
    dropped: Sequence[Todo] = ()
    done: Sequence[Todo] = ()
    uploads: Sequence[Any] = ()
    upload_title: str = ""
    plan_next: bool = False

    @property
    def is_empty(self) -> bool:
        lists = (self.items, self.new_items, self.todos, self.dropped, self.done, self.uploads)
        return not any(lists) and not self.plan_next


@transaction.atomic
def write(*, minutes: Minutes, by: Any, content: Content = Content(), by_itself: bool = False) -> Minutes:
    """Save the minutes (new ones too) and what is written with them, as one step of their history.

    `by_itself`: the page saves while somebody is typing. It saves drafts only, and a run of such steps by one person
    leaves the last one in the history. Raises ValidationError for a meeting that is cancelled, for a second record of
    minutes, for what the library or the plan refuses, and for a published one that would save itself.
    """
    meeting = _locked(minutes)
    if by_itself and minutes.state != Minutes.State.DRAFT:
        raise ValidationError(PUBLISHED, code="published")
    last = _last_by_itself(minutes, by) if by_itself else None
    with history.step(BY_ITSELF if by_itself else WRITTEN, by=by):
        minutes.full_clean()
        # Also where only an item changed: a version of the whole is a row of the minutes.
        minutes.save()
        _write_items(meeting, content)
        _write_todos(meeting, content)
    for upload in content.uploads:
        _keep(meeting, upload, content.upload_title, by)
    if content.plan_next:
        plan_next(meeting=meeting, at=minutes.next_at)
    if last is not None:
        _forget(last, content)
    return minutes


@transaction.atomic
def plan_next(*, meeting: Meeting, at: datetime.datetime | None) -> Meeting | None:
    """The next regular meeting, as long as this one and at its place; the one that is planned on that day already.

    Raises ValidationError without a time, and for one that is not after this meeting.
    """
    if at is None:
        raise ValidationError({"next_at": "予定に入れるときは、次回の日時を入れてください。"}, code="no_time")
    if at <= meeting.starts_at:
        raise ValidationError({"next_at": "次回の日時を、この会合より後にしてください。"}, code="not_later")
    if planned := _on_that_day(meeting, at):
        return planned
    return meetings.plan(
        group=meeting.group,
        starts_at=at,
        ends_at=at + (meeting.ends_at - meeting.starts_at),
        place=meeting.place,
        address=meeting.address,
    )


def _on_that_day(meeting: Meeting, at: datetime.datetime) -> Meeting | None:
    day = timezone.localdate(at)
    planned = Meeting.objects.filter(group=meeting.group_id, state__in=Meeting.AHEAD).exclude(pk=meeting.pk)
    return next((each for each in planned if each.day == day), None)


def _locked(minutes: Minutes) -> Meeting:
    """Who writes minutes of the same meeting waits, also while there are none yet."""
    meeting = wait_for(minutes.meeting)
    if meeting.state == Meeting.State.CANCELLED:
        raise ValidationError(CANCELLED, code="cancelled")
    if minutes.pk is None and Minutes.objects.filter(meeting=meeting).exists():
        raise ValidationError(ELSEWHERE, code="begun")
    return meeting


def _write_items(meeting: Meeting, content: Content) -> None:
    for item in content.items:
        _save(item, ["summary", "is_motion", "votes_for", "votes_against", "votes_abstained"])
    place = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    for number, item in enumerate(content.new_items, start=place + 1):
        item.meeting, item.position = meeting, number
        _save(item)


def _write_todos(meeting: Meeting, content: Content) -> None:
    for todo in content.todos:
        todo.meeting = meeting
        _save(todo)
    for todo in content.dropped:
        todo.delete()
    for todo in Todo.objects.select_for_update(no_key=True).filter(
        pk__in=[each.pk for each in content.done], meeting__group=meeting.group_id, done_on=None
    ):
        todo.done_on = timezone.localdate()
        todo.save(update_fields=["done_on"])


def _save(record: models.Model, fields: Sequence[str] | None = None) -> None:
    record.full_clean()
    record.save(update_fields=fields)


def _keep(meeting: Meeting, upload: Any, title: str, by: Any) -> LibraryFile:
    is_pdf = (upload.name or "").lower().endswith(".pdf")
    kind = LibraryFile.Kind.MATERIAL if is_pdf else LibraryFile.Kind.PHOTO
    try:
        return library.keep(
            group=meeting.group, upload=upload, kind=kind, title=title, by=by, meeting=meeting
        )
    except ValidationError as error:
        raise ValidationError({"uploads": [f"{upload.name}：{said}" for said in error.messages]}) from error


def _last_by_itself(minutes: Minutes, by: Any) -> Any:
    """The row of the newest step, if it was one that saved itself for the same person."""
    if minutes.pk is None:
        return None
    row = history.of(Minutes).filter(id=minutes.pk).order_by("-history_id").first()
    is_same = row is not None and row.history_change_reason == BY_ITSELF and row.history_user_id == by.pk
    # The first row says that the minutes were begun; it stays.
    return row if is_same and row.history_type == "~" else None


def _forget(last: Any, content: Content) -> None:
    """The step before, of the same run: its row, and those of the items that were saved again now."""
    again = [item.pk for item in content.items]
    rows = history.of(AgendaItem).filter(id__in=again, history_date=last.history_date)
    rows.filter(history_change_reason=BY_ITSELF, history_type="~").delete()
    last.delete()
