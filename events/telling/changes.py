"""A meeting that was announced is put right, or called off: in the same step, everybody who was told of it is told."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events import meetings
from events.joining import asking
from events.models import Meeting
from events.planning import making
from events.planning.agenda import Line
from events.telling import notices
from groups.models import Group

MOVED = "日時か会場が変わりました。会合のページで確かめてください。"
NO_REASON = "中止の理由を入れてください。お知らせにも入ります。"


class Changed(NamedTuple):
    """The meeting as it is now, and whether those who were told of it are told of the change."""

    meeting: Meeting
    told: bool


@transaction.atomic
def change(
    *,
    meeting: Meeting,
    by: Any,
    words: str = "",
    invited: Collection[Group] | None = None,
    shown: Collection[int] | None = None,
    lines: Sequence[Line] | None = None,
    **facts: Any,
) -> Changed:
    """As `making.change`. After the notice, who was told of it is told of another day, hour or place; who speaks for
    a group that is asked to it, at once.

    Raises ValidationError as `meetings.move` does.
    """
    began = timezone.now()
    which = making.change(meeting=meeting, invited=invited, shown=shown, by=by, lines=lines, **facts)
    if which:
        asking.tell_officers(meeting=meeting, said=MOVED, asked_before=began)
    tells = bool(which) and meeting.state == Meeting.State.ANNOUNCED
    if tells:
        notices.tell_change(meeting=meeting, by=by, words=words)
    return Changed(meeting, tells)


@transaction.atomic
def cancel(*, meeting: Meeting, by: Any, reason: str) -> bool:
    """It does not take place; whether anybody was told of it, and so is told of this.

    Raises ValidationError without a reason, and once it is held or cancelled.
    """
    if not reason:
        raise ValidationError({"reason": NO_REASON}, code="required")
    meetings.cancel(meeting=meeting, reason=reason)
    told = notices.tell_cancelled(meeting=meeting, by=by).total > 0
    asking.tell_officers(meeting=meeting, said=f"中止になりました。理由：{reason}")
    return told
