"""One meeting for the calendar of somebody who is told of it: goes along with the letter."""

from django.conf import settings
from django.urls import reverse

from events.calendars import writing
from events.models import Meeting


def ics_of(meeting: Meeting) -> str:
    """The meeting with all that members and invited guests may know, as a file `*.ics`."""
    return writing.text_of(str(meeting.group), [writing.in_full(meeting, url=page_of(meeting))])


def page_of(meeting: Meeting) -> str:
    """The whole address of the meeting's own page."""
    return f"{settings.SITE_URL}{reverse('meeting', args=[meeting.pk])}"
