"""What happens in groups: their meetings, and everything that hangs on one."""

from events.models.attendance import Attendance
from events.models.booth import Booth, Circuit
from events.models.feed import CalendarFeed
from events.models.feedback import Feedback
from events.models.joint import GroupOffer, InvitedGroup, OfferAnswer
from events.models.joint_exchange import ExchangePhoto, JointExchange, ProgrammeItem
from events.models.library import LibraryFile
from events.models.meeting import AgendaItem, Meeting, Turn
from events.models.minutes import Minutes, Todo
from events.models.notice import Delivery, Notice
from events.models.partner import PartnerGroup, PartnerTerm
from events.models.poll import DatePoll, PollAnswer, PollDate, PollVoter
from events.models.registration import Registration
from events.models.reply import Reply
from events.models.tables import TablePlan, TableSeat, Wish

__all__ = [
    "AgendaItem",
    "Attendance",
    "Booth",
    "CalendarFeed",
    "Circuit",
    "DatePoll",
    "Delivery",
    "ExchangePhoto",
    "Feedback",
    "GroupOffer",
    "InvitedGroup",
    "JointExchange",
    "LibraryFile",
    "Meeting",
    "Minutes",
    "Notice",
    "OfferAnswer",
    "PartnerGroup",
    "PartnerTerm",
    "PollAnswer",
    "PollDate",
    "PollVoter",
    "ProgrammeItem",
    "Registration",
    "Reply",
    "TablePlan",
    "TableSeat",
    "Todo",
    "Turn",
    "Wish",
]
