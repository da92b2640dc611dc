"""May you see it: for each record, the selection of those a user may see. Everything else is a 404.

These live here and not in the models because they need memberships, which only this app and those above know.
"""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from groups.models import Group, Membership, OfficerTerm, Representative
from groups.models.import_batch import ImportBatch
from groups.standing import Standing, standing
from members.models import Company, Consent, Person


def groups_visible_to(user: Any) -> QuerySet[Group]:
    """Staff see all; everyone else sees groups that have been launched."""
    groups = Group.objects.as_of(timezone.localdate()).select_related("office")
    if standing(user).is_staff:
        return groups
    return groups.exclude(stage=Group.Stage.FORMING).exclude(stage__isnull=True)


def memberships_visible_to(user: Any) -> QuerySet[Any]:
    """Staff see all; members and advisers their group's; who has left, only their own."""
    memberships = Membership.objects.as_of(timezone.localdate())
    who = standing(user)
    if who.is_staff:
        return memberships
    if not who.person_id:
        return memberships.none()
    once = Representative.objects.filter(person_id=who.person_id).values("membership_id")
    own = Q(person_id=who.person_id) | Q(pk__in=once)
    return memberships.filter(Q(group_id__in=who.insider_of) | own)


def companies_visible_to(user: Any) -> QuerySet[Company]:
    """Staff see all; members those of their groups; everyone those whose public profile is agreed to."""
    who = standing(user)
    if who.is_staff:
        return Company.objects.all()
    return Company.objects.filter(
        Q(pk__in=publicly_profiled())
        | Q(pk__in=listed_members(who).values("company_id"))
        | Q(pk__in=who.own_companies)
    )


def people_visible_to(user: Any) -> QuerySet[Person]:
    """Staff see all; members those in their groups' rosters and officers; everyone signed in, themselves."""
    who = standing(user)
    if who.is_staff:
        return Person.objects.all()
    day = timezone.localdate()
    listed = named_members(who)
    return Person.objects.filter(
        Q(pk=who.person_id)
        | Q(pk__in=listed.values("person_id"))
        | Q(
            pk__in=Representative.objects.on(day)
            .filter(membership__in=listed.values("pk"))
            .values("person_id")
        )
        | Q(officer_terms__in=_officers_of(who.insider_of))
    ).distinct()


def import_batches_visible_to(user: Any) -> QuerySet[ImportBatch]:
    batches = ImportBatch.objects.select_related("group", "uploaded_by__person")
    return batches if standing(user).is_staff else batches.none()


def publicly_profiled() -> QuerySet[Any]:
    """Companies whose last answer, today, to the public profile is yes."""
    answers = Consent.objects.filter(
        company=OuterRef("pk"), kind=Consent.Kind.PUBLIC_PROFILE, since__lte=timezone.localdate()
    ).order_by("-since")
    return (
        Company.objects.annotate(public=Subquery(answers.values("given")[:1]))
        .filter(public=True)
        .values("pk")
    )


def named_members(who: Standing) -> QuerySet[Membership]:
    """The memberships whose people this reader may know by name and contact.

    Who has not answered (an imported roster: consent is NULL) is named within the group; whoever keeps
    a group's register knows all of it.
    """
    named = Q(consent__isnull=True) | Q(consent="yes") | Q(group_id__in=who.runs)
    return _members_of(who.insider_of).filter(named)


def listed_members(who: Standing) -> QuerySet[Membership]:
    """The memberships that this reader may know of at all: without those who asked not to be listed."""
    listed = Q(consent__isnull=True) | ~Q(consent="no") | Q(group_id__in=who.runs)
    return _members_of(who.insider_of).filter(listed)


def _members_of(group_ids: frozenset[int]) -> QuerySet[Membership]:
    return Membership.objects.belonging(timezone.localdate()).filter(group_id__in=group_ids)


def _officers_of(group_ids: frozenset[int]) -> QuerySet[Any]:
    return OfficerTerm.objects.on(timezone.localdate()).filter(group_id__in=group_ids)
