"""May you see it: the selections of what hangs on a group besides its members. Everything else is a 404."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from groups.models import (
    Adviser,
    AdviserRequest,
    Application,
    Bylaws,
    Confirmation,
    ConfirmationRound,
    Group,
    Offer,
    RecruitmentRound,
    Scenario,
    StaffAssignment,
)
from groups.standing import standing
from groups.visibility import companies_visible_to
from members.models import FormerAddress, FormerName, SavedSearch, Suppression


def adviser_terms_visible_to(user: Any) -> QuerySet[Adviser]:
    """Staff see all; insiders those of their groups; everyone their own."""
    terms, who = Adviser.objects.select_related("group", "person"), standing(user)
    if who.is_staff:
        return terms
    own = Q(person_id=who.person_id) if who.person_id else Q(pk__in=())
    return terms.filter(own | Q(group__in=who.insider_of))


def adviser_requests_visible_to(user: Any) -> QuerySet[AdviserRequest]:
    """Staff see all; the officers of a group, the group's."""
    requests = AdviserRequest.objects.select_related("group", "asked_by__person", "answered_by__person")
    who = standing(user)
    return requests if who.is_staff else requests.filter(group__in=who.officer_of)


def bylaws_visible_to(user: Any) -> QuerySet[Bylaws]:
    """Staff see all; insiders those of their groups. Without the files, which only the one that is fetched needs."""
    bylaws, who = (
        Bylaws.objects.select_related("group", "uploaded_by__person").defer("content"),
        standing(user),
    )
    return bylaws if who.is_staff else bylaws.filter(group__in=who.insider_of)


def confirmation_rounds_visible_to(user: Any) -> QuerySet[ConfirmationRound]:
    """Staff see all; the officers of a group on its own, the group's."""
    rounds, who = ConfirmationRound.objects.select_related("group"), standing(user)
    return rounds if who.is_staff else rounds.filter(group__in=who.runs)


def confirmations_visible_to(user: Any) -> QuerySet[Confirmation]:
    """One member each of the rounds that the reader sees."""
    rows = Confirmation.objects.select_related(
        "round__group", "membership__company", "membership__person", "person", "confirmed_by__person"
    )
    rows = rows.exclude(membership__in=standing(user).withheld.memberships)
    return rows.filter(round__in=confirmation_rounds_visible_to(user))


def former_names_visible_to(user: Any) -> QuerySet[FormerName]:
    """Those of the companies that the reader sees."""
    return FormerName.objects.select_related("company").filter(company__in=companies_visible_to(user))


def former_addresses_visible_to(user: Any) -> QuerySet[FormerAddress]:
    """Those of the companies that the reader sees."""
    return FormerAddress.objects.select_related("company").filter(company__in=companies_visible_to(user))


def staff_assignments_visible_to(user: Any) -> QuerySet[StaffAssignment]:
    """Who works at which office: the staff's own."""
    rows = StaffAssignment.objects.select_related("person", "office")
    return rows if standing(user).is_staff else rows.none()


def rounds_visible_to(user: Any) -> QuerySet[RecruitmentRound]:
    """As the office works on them: the staff's own."""
    rounds = RecruitmentRound.objects.select_related("office", "group")
    return rounds if standing(user).is_staff else rounds.none()


def applications_visible_to(user: Any) -> QuerySet[Application]:
    """What was received, for staff; an applicant sees its own by the link in a letter."""
    rows = Application.objects.filter(serial__isnull=False)
    rows = rows.select_related("round__office", "round__group", "decided_by__person", "approved_by__person")
    return rows if standing(user).is_staff else rows.none()


def scenarios_visible_to(user: Any) -> QuerySet[Scenario]:
    """The staff's own, whoever put them aside."""
    rows = Scenario.objects.select_related("round__office", "made_by__person")
    return rows if standing(user).is_staff else rows.none()


def offers_visible_to(user: Any) -> QuerySet[Offer]:
    """Places that were offered: the staff's own; an applicant sees its own by the link in a letter."""
    rows = Offer.objects.select_related("application__round__office", "application__round__group")
    return rows if standing(user).is_staff else rows.none()


def groups_at_launch(user: Any) -> QuerySet[Any]:
    """For staff: the groups that are being formed, or are in their launch year."""
    groups = Group.objects.as_of(timezone.localdate()).select_related("office")
    at_launch = groups.filter(stage__in=[Group.Stage.FORMING, Group.Stage.LAUNCHED])
    return at_launch if standing(user).is_staff else at_launch.none()


def suppressions_visible_to(user: Any) -> QuerySet[Suppression]:
    """The office's."""
    rows = Suppression.objects.all()
    return rows if standing(user).is_staff else rows.none()


def saved_searches_of(user: Any) -> QuerySet[SavedSearch]:
    """Everybody's own."""
    return SavedSearch.objects.filter(user_id=user.pk or 0)
