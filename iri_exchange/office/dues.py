"""One thing to do, as the office's desk says it; and those about the meetings that the office runs."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from events.planning.desk import waiting_in
from groups.models import Group


@dataclass(frozen=True)
class Due:
    """One thing to do: when, what (a sentence with a verb), why, and the one action."""

    day: datetime.date
    what: str
    why: str
    action: str
    url: str
    is_late: bool


def of_meetings(groups: list[Any], today: datetime.date) -> Iterable[Due]:
    """Of groups (with their `stage`) in their launch year: whom to tell, who was there, what was said."""
    young = [group.pk for group in groups if group.stage == Group.Stage.LAUNCHED]
    for meeting, step in waiting_in(young):
        yield Due(
            day=meeting.day,
            what=f"{meeting.group}の{meeting.name}：{step.label}",
            why=step.why,
            action=step.label,
            url=reverse(step.page, args=[meeting.pk]),
            is_late=meeting.day < today,
        )
