"""Earlier versions of minutes: who wrote what and when, and the texts put back as they were.

A version is a row of the history of the minutes; what stood beside the items of the agenda then is what their newest
rows up to that moment say. What is to be done, files and votes have a life of their own, and stay as they are.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.minutes.reading import wait_for
from events.models import AgendaItem, Minutes, Todo
from groups.histories.reading import Line, who_did
from iri_exchange.lib import asked, history, history_reading
from iri_exchange.lib.history_reading import Change, Source

TEXTS = ("chair", "writer", "body", "decisions", "public_summary", "next_at", "next_duty")
TOLD = (*TEXTS, "voters", "quorum", "state")
OF_ITEMS = ("title", "presenter", "summary", "is_motion", "votes_for", "votes_against", "votes_abstained")
OF_TODOS = ("what", "who", "due", "done_on")
PAGE = 30
CHANGED_MEANWHILE = (
    "この画面を開いたあとに、議事録が変わりました。新しい内容とくらべ直したので、もう一度お確かめください。"
)


@dataclass(frozen=True)
class Version:
    """The minutes as they were after one history row: `changes` says what putting it back would change, now → then."""

    row: Any
    summaries: dict[int, str]
    changes: list[Change]
    now: int

    @property
    def at(self) -> datetime.datetime:
        at: datetime.datetime = self.row.history_date
        return at

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.at)


def page_of(minutes: Minutes, user: Any, number: str) -> tuple[Page[Any], list[Line]]:
    """One page of the history, and its lines. A fixed number of queries, however long it is."""
    about = Q(meeting_id=minutes.meeting_id)
    sources = [
        Source(Minutes, Q(id=minutes.pk), TOLD),
        Source(AgendaItem, about, OF_ITEMS, lambda row, called: f"次第「{row.title}」"),
        Source(Todo, about, OF_TODOS, lambda row, called: f"宿題「{row.what}」"),
    ]
    page = asked.page(history_reading.steps(sources), number, PAGE)
    found = history_reading.entries(sources, list(page.object_list), lambda model, ids: {})
    who = who_did({entry.step.user_id for entry in found if entry.step.user_id}, user)
    return page, [Line(entry, who(entry.step.user_id), entry.step.reason, None) for entry in found]


def newest_of(minutes: Minutes) -> int:
    (row,) = history_reading.latest(Minutes, minutes.pk)
    number: int = row.history_id
    return number


def version_of(minutes: Minutes, asked_for: str) -> Version | None:
    """The version with this number, compared with the minutes as they stand; None for one that does not exist."""
    if not (asked_for.isascii() and asked_for.isdecimal() and len(asked_for) < 19):
        return None
    row = history.of(Minutes).filter(id=minutes.pk, history_id=int(asked_for)).first()
    if row is None:
        return None
    source = Source(Minutes, Q(id=minutes.pk), TEXTS)
    changes = history_reading.differences(source, minutes, row, lambda model, ids: {})
    items = list(AgendaItem.objects.filter(meeting=minutes.meeting_id))
    summaries = _summaries(items, row.history_date)
    for item in items:
        then = summaries[item.pk]
        if then != item.summary:
            changes.append(Change(f"「{item.title}」の内容", _or_empty(item.summary), _or_empty(then)))
    return Version(row, summaries, changes, newest_of(minutes))


@transaction.atomic
def restore(*, minutes: Minutes, version: Version, shown: str, by: Any) -> Minutes:
    """The texts become what they were; why stands in the history.

    `shown` is the newest history row when the changes were shown. Raises ValidationError (code "changed") when
    somebody has saved the minutes since.
    """
    wait_for(minutes.meeting)
    minutes.refresh_from_db()
    if shown != str(newest_of(minutes)):
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    for name in TEXTS:
        setattr(minutes, name, getattr(version.row, name))
    minutes.full_clean()
    at = timezone.localtime(version.at)
    with history.step(f"議事録を{at.month}月{at.day}日{at:%-H:%M}の内容に戻す", by=by):
        minutes.save()
        for item in AgendaItem.objects.filter(meeting=minutes.meeting_id):
            if item.summary != version.summaries.get(item.pk, item.summary):
                item.summary = version.summaries[item.pk]
                item.save(update_fields=["summary"])
    return minutes


def _summaries(items: list[AgendaItem], at: datetime.datetime) -> dict[int, str]:
    """{item: what stood beside it then}; an item that was added later had nothing. One query."""
    rows = history.of(AgendaItem).filter(id__in=[item.pk for item in items], history_date__lte=at)
    then = dict(rows.order_by("history_id").values_list("id", "summary"))
    return {item.pk: then.get(item.pk, "") for item in items}


def _or_empty(text: str) -> str:
    return text or history_reading.EMPTY
