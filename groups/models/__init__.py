"""Groups, their stages and members, officers and staff."""

from groups.models.adviser_request import AdviserRequest
from groups.models.bylaws import Bylaws
from groups.models.confirmation import Confirmation, ConfirmationLink, ConfirmationRound
from groups.models.group import Group, GroupStage
from groups.models.import_batch import ColumnReading, ImportBatch
from groups.models.membership import Membership, MembershipStatus, Representative, RosterConsent
from groups.models.office import Office, StaffAssignment
from groups.models.officer import Adviser, OfficerTerm
from groups.models.printing import LabelFormat, Printout, RosterColumns

__all__ = [
    "Adviser",
    "AdviserRequest",
    "Bylaws",
    "ColumnReading",
    "Confirmation",
    "ConfirmationLink",
    "ConfirmationRound",
    "Group",
    "GroupStage",
    "ImportBatch",
    "LabelFormat",
    "Membership",
    "MembershipStatus",
    "Office",
    "OfficerTerm",
    "Printout",
    "Representative",
    "RosterColumns",
    "RosterConsent",
    "StaffAssignment",
]
