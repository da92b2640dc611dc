"""What happens in groups: their meetings, and everything that hangs on one."""

from events.models.attendance import Attendance
from events.models.feed import CalendarFeed
from events.models.joint import GroupOffer, InvitedGroup, OfferAnswer
from events.models.library import LibraryFile
from events.models.meeting import AgendaItem, Meeting, Turn
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
    "GroupOffer",
    "InvitedGroup",
    "LibraryFile",
    "Meeting",
    "Minutes",
    "Notice",
    "OfferAnswer",
    "PollAnswer",
    "PollDate",
    "PollVoter",
    "Reply",
    "Todo",
    "Turn",
]
