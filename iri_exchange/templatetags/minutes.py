"""What the pages of a meeting and of a group show of minutes."""

from typing import Any

from django import template

from events.minutes import todos
from events.minutes.reading import minutes_of as written
from events.models import Meeting, Minutes, Todo
from groups.models import Group

register = template.Library()
SHOWN = 5


@register.simple_tag
def minutes_of(meeting: Meeting) -> Minutes | None:
    """The minutes of a meeting, drafts too: the template asks the rules."""
    return written(meeting)


@register.simple_tag(takes_context=True)
def todos_of(context: template.Context, group: Group) -> list[Todo]:
    """The most urgent of what is open, as far as the reader may know of it, and one more to say that there are others."""
    user: Any = context["user"]
    return list(todos.open_todos(group, user)[: SHOWN + 1])
