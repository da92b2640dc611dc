"""May you see it: for each record, the selection of those a user may see. Everything else is a 404.

These live here and not in the models because they need memberships, which only this app and those above know.
How much of a member a reader may know is decided once, in `as_listed` (docs/decisions/0004-consent.md).
"""

import datetime
from enum import IntEnum
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from groups.handing_on import NOTHING_WITHHELD, Withheld
from groups.models import (
    Adviser,
    Group,
    Membership,
    MembershipStatus,
    OfficerTerm,
    Representative,
    RosterConsent,
)
from groups.models.import_batch import ImportBatch
from groups.models.printing import KEPT_FOR, Printout
from groups.standing import Standing, standing
from iri_exchange.lib import states
from iri_exchange.lib.prepared import Prepared
from members.letters import are_shown
from members.models import Company, Consent, Employment, Export, Letter, Person

EVERYTHING, NOTHING = Q(pk__isnull=False), Q(pk__in=())


class Listing(IntEnum):
    """How much of a membership a reader may know. All above HIDDEN are named in a list."""

    GONE = 0  # no member today
    HIDDEN = 1  # asked not to be listed
    COMPANY_ONLY = 2  # the company and how to reach it, but nobody's name except an officer's
    FULL = 3


def as_listed(memberships: Any, day: datetime.date, *, in_full: Q = NOTHING) -> QuerySet[Any]:
    """Annotate memberships by `as_of` a day, and with their `listing`.

    `in_full` are those of which the reader knows everything. Of the others the stricter of two answers to the
    roster holds, that day's and today's, for what is told of them is today's; 未確認 counts as shown.
    An individual who lets only "the company" be listed has none, and is hidden.
    """
    if in_full is EVERYTHING:
        # The same answer, without asking for anybody's: half of what a page for staff cost.
        return memberships.as_of(day).annotate(listing=Value(Listing.FULL))
    today, answer = timezone.localdate(), RosterConsent.Answer
    members, status, consents = memberships.as_of(day), "status", ["consent"]
    if day != today:
        status, consents = "status_today", ["consent", "consent_today"]
        members = members.alias(
            status_today=states.on(MembershipStatus, "membership", today),
            consent_today=states.on(RosterConsent, "membership", today, field="answer"),
        )
    gone = Q((status, None)) | Q((status, Membership.Status.LEFT))
    no, company = (
        Q(*((name, said) for name in consents), _connector=Q.OR) for said in (answer.NO, answer.COMPANY_ONLY)
    )
    return members.annotate(
        listing=Case(
            When(in_full, then=Listing.FULL),
            When(gone, then=Listing.GONE),
            When(no | company & Q(person__isnull=False), then=Listing.HIDDEN),
            When(company, then=Listing.COMPANY_ONLY),
            default=Listing.FULL,
        )
    )


def attending(
    day: datetime.date, *, in_full: bool = False, without: Withheld = NOTHING_WITHHELD
) -> QuerySet[Any]:
    """Who attends for members on a day; unless `in_full`, only who still does, for the rest is no longer theirs to see.

    Of the terms `without` which the reader knows everybody, only who still attends is told, too.
    """
    terms = Representative.objects.on(day).select_related("person")
    now = Representative.objects.on(timezone.localdate())
    still = Exists(now.filter(membership=OuterRef("membership"), person=OuterRef("person")))
    if in_full:
        return terms.filter(still | ~Q(pk__in=without.terms)) if without.terms else terms
    return terms.filter(still)


def all_but(without: Withheld) -> Q:
    """Which memberships of a group somebody knows in full who keeps its register: `in_full` of `as_listed`."""
    return ~Q(pk__in=without.memberships) if without.memberships else EVERYTHING


def groups_visible_to(user: Any) -> QuerySet[Group]:
    """Staff see all; everyone else sees groups that have been launched."""
    groups = Group.objects.as_of(timezone.localdate()).select_related("office")
    if standing(user).is_staff:
        return groups
    return groups.exclude(stage=Group.Stage.FORMING).exclude(stage__isnull=True)


def memberships_visible_to(user: Any) -> QuerySet[Any]:
    """Staff see all; members and advisers their group's listed ones; everyone their own, also those they left."""
    memberships = Membership.objects.as_of(timezone.localdate())
    who = standing(user)
    if who.is_staff:
        return memberships
    if not who.person_id:
        return memberships.none()
    once = Representative.objects.filter(person_id=who.person_id).values("membership_id")
    own = Q(person_id=who.person_id) | Q(pk__in=once)
    return memberships.of_launched(who.day).filter(Q(pk__in=listed_members(who).values("pk")) | own)


def memberships_known_to(user: Any, day: datetime.date | None = None) -> QuerySet[Any]:
    """The members of today, or of another day, of whom a reader may know it: for every page that names a group beside
    a company.

    Staff know all; insiders the listed ones of their groups, and their own; everyone those whose company is
    publicly profiled and did not ask the group not to be listed.
    """
    who, day = standing(user), day or timezone.localdate()
    if who.is_staff:
        return Membership.objects.belonging(day)
    if who.is_nobody:
        return public_memberships(day)
    members = _members_on(day, who)
    near = Q(group_id__in=who.insider_of) | Q(company__in=publicly_profiled())
    return members.filter(Q(pk__in=who.memberships) | near & Q(listing__gt=Listing.HIDDEN))


def public_memberships(day: datetime.date | None = None) -> QuerySet[Any]:
    """Those that everyone may know, of today or of another day."""
    today = timezone.localdate()
    members = as_listed(Membership.objects.of_launched(today), day or today)
    if day and day != today:
        # The listing tells of today; who had not joined yet, or was gone in between, is told by the day's status.
        members = members.filter(status__in=Membership.BELONGING)
    return members.filter(company__in=publicly_profiled(), listing__gt=Listing.HIDDEN)


def companies_visible_to(user: Any) -> QuerySet[Company]:
    """Staff see all; members those of their groups; everyone those whose public profile is agreed to, and their own.

    Also after it has left every group: whoever belongs to it today still finds it.
    """
    who = standing(user)
    if who.is_staff:
        return Company.objects.all()
    if who.is_nobody:
        return Company.objects.filter(pk__in=publicly_profiled())
    return Company.objects.filter(
        Q(pk__in=publicly_profiled())
        | Q(pk__in=listed_members(who).values("company_id"))
        | Q(pk__in=who.own_companies)
        | Q(pk__in=_employer_of(who))
    )


def people_visible_to(user: Any) -> QuerySet[Person]:
    """Staff see all; members those in their groups' rosters, officers and advisers; everyone signed in, themselves."""
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
        | Q(pk__in=_of(OfficerTerm, who.insider_of).values("person_id"))
        | Q(pk__in=_of(Adviser, who.insider_of).values("person_id"))
    )


def memberships_kept_by(user: Any) -> QuerySet[Any]:
    """Whose record a reader keeps, also of those that left: staff all, officers of a group on its own that group's."""
    who = standing(user)
    kept = EVERYTHING if who.is_staff else Q(group_id__in=who.runs)
    members = Membership.objects.as_of(timezone.localdate()).filter(kept)
    return members.select_related("group", "company", "person")


def representatives_kept_by(user: Any) -> QuerySet[Representative]:
    terms = Representative.objects.filter(membership__in=memberships_kept_by(user).values("pk"))
    if out := standing(user).withheld.memberships:
        terms = terms.exclude(
            Q(membership__in=out) & ~Q(membership__in=named_members(standing(user)).values("pk"))
        )
    return terms.select_related("person", "membership__group", "membership__company", "membership__person")


def employments_kept_by(user: Any) -> QuerySet[Employment]:
    """Those of the people the reader may see, in companies the reader may see, or in none."""
    rows = Employment.objects.filter(person__in=people_visible_to(user).values("pk"))
    return rows.filter(Q(company=None) | Q(company__in=companies_visible_to(user).values("pk")))


def officer_terms_visible_to(user: Any) -> QuerySet[OfficerTerm]:
    """Staff see all; insiders those of their groups; everyone their own."""
    terms, who = OfficerTerm.objects.select_related("group", "person"), standing(user)
    if who.is_staff:
        return terms
    own = Q(person_id=who.person_id) if who.person_id else NOTHING
    return terms.filter(own | Q(group__in=who.insider_of))


def import_batches_visible_to(user: Any) -> QuerySet[ImportBatch]:
    """Without the files themselves, which only the verbs need."""
    batches = ImportBatch.objects.select_related("group", "uploaded_by__person").defer("content")
    return batches if standing(user).is_staff else batches.none()


def exports_visible_to(user: Any) -> QuerySet[Export]:
    """Staff see all copies of lists; who keeps a group's register, those of that group's lists."""
    copies = Export.objects.select_related("taken_by__person")
    who = standing(user)
    if who.is_staff:
        return copies
    own = Q(pk__in=())
    for slug in Group.objects.filter(pk__in=who.runs).values_list("slug", flat=True):
        own |= Q(subject__startswith=f"groups/{slug}/")
    return copies.filter(own)


def printouts_visible_to(user: Any) -> QuerySet[Printout]:
    """What one had made oneself, without the files, for a few days: staff everything, others 引き継ぎ帳 of the groups
    that they run still. Nobody what others had.
    """
    printouts = Printout.objects.defer("content").exclude(finished_at__lt=timezone.now() - KEPT_FOR)
    who = standing(user)
    own = EVERYTHING if who.is_staff else Q(kind=Printout.Kind.HANDOVER, group__in=who.runs)
    return printouts.filter(own, made_by=user.pk or 0).select_related("group")


def letters_visible_to(user: Any) -> QuerySet[Letter]:
    """All of the office's; what is secret in them no page shows."""
    return Letter.objects.filter(EVERYTHING if standing(user).is_staff else NOTHING)


def letters_on_show(user: Any) -> QuerySet[Letter]:
    """In a demo without a mail server, for anybody: what would have been sent."""
    return Letter.objects.filter(state=Letter.State.SHOWN) if are_shown() else Letter.objects.none()


def publicly_profiled() -> Any:
    """Companies whose last answer, today, to the public profile is yes; for a condition."""
    return _profiled_on.inside(timezone.localdate())


@Prepared
def _profiled_on(day: datetime.date) -> QuerySet[Any]:
    answers = Consent.objects.filter(kind=Consent.Kind.PUBLIC_PROFILE, since__lte=day)
    later = answers.filter(company=OuterRef("company"), since__gt=OuterRef("since"))
    return answers.filter(~Exists(later), given=True, company__isnull=False).values("company")


def named_members(who: Standing) -> QuerySet[Any]:
    """The memberships whose people this reader may know by name and contact."""
    return listed_members(who).filter(listing=Listing.FULL)


def listed_members(who: Standing) -> QuerySet[Any]:
    """The memberships of the reader's groups that the reader may know of at all.

    A group that is dissolved has no insiders: all its memberships end with it (docs/decisions/0033-endings.md).
    """
    return _members_on(timezone.localdate(), who).filter(
        group_id__in=who.insider_of, listing__gt=Listing.HIDDEN
    )


def _members_on(day: datetime.date, who: Standing) -> QuerySet[Any]:
    """Staff know everything, and so does who keeps the register of a group, of that group."""
    in_full = EVERYTHING if who.is_staff else who.knows
    rows = Membership.objects if who.is_staff else Membership.objects.of_launched(who.day)
    members = as_listed(rows, day, in_full=in_full)
    return members.filter(status__in=Membership.BELONGING)


def _employer_of(who: Standing) -> QuerySet[Any]:
    """The company somebody belongs to today, whatever groups it is in, or was."""
    last = Employment.objects.filter(person=OuterRef("pk"), since__lte=who.day).order_by("-since")
    people = Person.objects.filter(pk=who.person_id or 0).annotate(
        company=Subquery(last.values("company")[:1])
    )
    return people.exclude(company=None).values("company")


def _of(terms: Any, group_ids: frozenset[int]) -> QuerySet[Any]:
    return terms.objects.on(timezone.localdate()).filter(group_id__in=group_ids)
