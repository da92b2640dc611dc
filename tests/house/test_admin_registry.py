"""What the admin offers: every record of ours, but for those that belong elsewhere."""

from django.apps import apps
from django.contrib import admin

from events.models import (
    AgendaItem,
    Attendance,
    Booth,
    CalendarFeed,
    Circuit,
    DatePoll,
    Delivery,
    ExchangePhoto,
    Feedback,
    GroupOffer,
    InvitedGroup,
    JointExchange,
    LibraryFile,
    Minutes,
    Notice,
    OfferAnswer,
    PartnerGroup,
    PartnerTerm,
    PollAnswer,
    PollDate,
    PollVoter,
    ProgrammeItem,
    Registration,
    Reply,
    TablePlan,
    TableSeat,
    Todo,
    Turn,
    Wish,
)
from groups.models import (
    AdviserRequest,
    ApplicationDraft,
    ApplicationLink,
    Bylaws,
    Confirmation,
    ConfirmationLink,
    ConfirmationRound,
    Dissolution,
    Handover,
    Printout,
    RosterColumns,
)
from members.models import (
    Bounce,
    CompanyClosing,
    CompanySuffix,
    FormerAddress,
    Invitation,
    Letter,
    LetterWording,
    PersonSuffix,
    SavedSearch,
    Suppression,
)

# A print is its maker's alone; chosen columns are chosen on the roster's page; letters have pages of their own, which
# hide what is secret in them; an invitation stands on the page of the person; what a group asks of its adviser and of its
# members, its by-laws, and how a company moved and ended, on pages whose verbs keep them true; what an applicant has not
# sent is nobody else's; how a group is handed over and how it ends is decided on pages that show first what follows.
ELSEWHERE = {
    AdviserRequest,
    ApplicationDraft,
    ApplicationLink,
    Bylaws,
    Confirmation,
    ConfirmationLink,
    ConfirmationRound,
    CompanyClosing,
    Dissolution,
    FormerAddress,
    Handover,
    Printout,
    RosterColumns,
    Letter,
    LetterWording,
    Bounce,
    Suppression,
    Invitation,
}
ELSEWHERE |= {
    CompanySuffix,
    PersonSuffix,
    SavedSearch,
}  # the database's own index; searches that somebody keeps


# Of a group that runs itself these are its own; on their pages the rules say who sees and keeps them, and the verbs keep
# them true: two who reply, tick or write at once, links that open nothing any more, who was told.
ELSEWHERE |= {
    AgendaItem,
    Attendance,
    CalendarFeed,
    DatePoll,
    Delivery,
    GroupOffer,
    InvitedGroup,
    LibraryFile,
    Minutes,
    Notice,
    OfferAnswer,
    PollAnswer,
    PollDate,
    PollVoter,
    Reply,
    Todo,
    Turn,
}

# The joint exchange: places, numbers and tables are counted by its verbs, and its pages show what follows.
ELSEWHERE |= {
    Booth, Circuit, ExchangePhoto, Feedback, JointExchange, PartnerGroup, PartnerTerm, ProgrammeItem, Registration,
    TablePlan, TableSeat, Wish,
}  # fmt: skip


def test_every_record_of_ours_is_registered():
    ours = {
        model for name in ("events", "groups", "members") for model in apps.get_app_config(name).get_models()
    }
    offered = {model for model in ours - ELSEWHERE if not model.__name__.startswith("Historical")}
    assert set(admin.site._registry) == offered
