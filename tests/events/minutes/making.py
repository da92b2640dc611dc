"""Records about minutes, made plainly for their tests."""

import datetime
from typing import Any

from events.minutes import publishing, writing
from events.models import AgendaItem, Attendance, Meeting, Minutes, Todo
from groups.models import Group, Membership
from tests.factories import make_meeting

MET = datetime.date(2026, 11, 18)  # a week before NOW


def met(group: Group, day: datetime.date = MET, **fields: Any) -> Meeting:
    return make_meeting(group, day, **fields)


def item(meeting: Meeting, title: str = "自社紹介", **fields: Any) -> AgendaItem:
    position = AgendaItem.objects.filter(meeting=meeting).count() + 1
    return AgendaItem.objects.create(meeting=meeting, position=position, title=title, **fields)


def written(meeting: Meeting, by: Any, **texts: Any) -> Minutes:
    """A draft."""
    minutes = Minutes(meeting=meeting, **{"body": "新しい加工機の話"} | texts)
    return writing.write(minutes=minutes, by=by)


def published(meeting: Meeting, by: Any, **texts: Any) -> Minutes:
    """Published, and nobody is told."""
    written(meeting, by, **texts)
    return publishing.publish(meeting=meeting, by=by, tell=False)


def to_do(meeting: Meeting, what: str = "会場をおさえる", **fields: Any) -> Todo:
    return Todo.objects.create(meeting=meeting, what=what, **fields)


def there(meeting: Meeting, membership: Membership, kind: str = "present", **fields: Any) -> Attendance:
    person = membership.person or membership.representatives.get().person
    return Attendance.objects.create(
        meeting=meeting, membership=membership, person=person, kind=kind, **fields
    )
