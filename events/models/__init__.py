"""What happens in groups: their meetings, and everything that hangs on one."""

from events.models.attendance import Attendance
from events.models.feed import CalendarFeed
from events.models.library import LibraryFile
from events.models.meeting import AgendaItem, InvitedGroup, Meeting, Turn
from events.models.minutes import Minutes, Todo
from events.models.notice import Delivery, Notice
from events.models.poll import DatePoll, PollAnswer, PollDate, PollVoter
from events.models.reply import Reply

__all__ = [
    "AgendaItem",
    "Attendance",
    "CalendarFeed",
    "DatePoll",
    "Delivery",
    "InvitedGroup",
    "LibraryFile",
    "Meeting",
    "Minutes",
    "Notice",
    "PollAnswer",
    "PollDate",
    "PollVoter",
    "Reply",
    "Todo",
    "Turn",
]
