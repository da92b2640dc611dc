"""Groups, their stages and members, officers and staff."""

from groups.models.adviser_request import AdviserRequest
from groups.models.application import Application, ApplicationConsent, ApplicationStep, Participant
from groups.models.application_draft import ApplicationDraft, ApplicationLink
from groups.models.application_review import ApplicationNote, ApplicationQuestion, Offer
from groups.models.bylaws import Bylaws
from groups.models.confirmation import Confirmation, ConfirmationLink, ConfirmationRound
from groups.models.group import Group, GroupStage
from groups.models.handover import Dissolution, Handover
from groups.models.import_batch import ColumnReading, ImportBatch
from groups.models.membership import Membership, MembershipStatus, Representative, RosterConsent
from groups.models.office import Office, StaffAssignment
from groups.models.officer import Adviser, OfficerTerm
from groups.models.printing import LabelFormat, Printout, RosterColumns
from groups.models.recruitment_round import RecruitmentRound, Scenario

__all__ = [
    "Adviser",
    "AdviserRequest",
    "Application",
    "ApplicationConsent",
    "ApplicationDraft",
    "ApplicationLink",
    "ApplicationNote",
    "ApplicationQuestion",
    "ApplicationStep",
    "Bylaws",
    "ColumnReading",
    "Confirmation",
    "ConfirmationLink",
    "ConfirmationRound",
    "Dissolution",
    "Group",
    "GroupStage",
    "Handover",
    "ImportBatch",
    "LabelFormat",
    "Membership",
    "MembershipStatus",
    "Offer",
    "Office",
    "OfficerTerm",
    "Participant",
    "Printout",
    "RecruitmentRound",
    "Representative",
    "RosterColumns",
    "RosterConsent",
    "Scenario",
    "StaffAssignment",
]
