"""What the pages of a meeting and of a reader ask about replies: {% load replies %}."""

import datetime
from typing import Any

from django import template

from events.models import Meeting, Reply
from events.replying import desk, facts
from events.replying.words import SIGNS

register = template.Library()


@register.simple_tag(takes_context=True)
def reply_desk(context: template.Context, meeting: Meeting, runs: bool) -> desk.Desk:
    """The reader's own reply to a meeting, and what they may know of the others'."""
    return desk.desk_of(context["user"], meeting, runs=runs)


@register.simple_tag(takes_context=True)
def open_replies(context: template.Context) -> list[Reply]:
    """The replies that the reader still owes."""
    return desk.open_replies(context["user"])


@register.filter
def until(moment: datetime.datetime) -> str:
    """12月4日（金）17:00まで; the last minute of a day is the day itself."""
    return facts.until(moment)


@register.filter
def reply_sign(answer: Any) -> str:
    """○ × ◇ △, or nothing for what has no sign."""
    return SIGNS.get(str(answer), "")
