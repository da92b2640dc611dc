"""The record of one member: what it is, what it was, who attends for it, and which steps are possible now."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from groups import corrections
from groups.models import Membership, MembershipStatus, OfficerTerm, Representative, RosterConsent
from groups.standing import standing
from groups.visibility import companies_visible_to, memberships_kept_by, people_visible_to
from members.models import Person


@dataclass(frozen=True)
class TermShown:
    """One term of a representative; `has_page`: the reader may open the person's page."""

    term: Representative
    has_page: bool


@dataclass(frozen=True)
class Record:
    """`newest`: the last status, if it can be put right; `possible`: the states that may follow it. `not_handed_on`: the
    officer knows of it what any member does.
    """

    membership: Membership
    statuses: Sequence[MembershipStatus]
    newest: MembershipStatus | None
    possible: Sequence[str]
    now: Sequence[TermShown]
    to_come: Sequence[TermShown]
    before: Sequence[TermShown]
    offices: Sequence[OfficerTerm]
    consent: RosterConsent | None
    member_has_page: bool
    not_handed_on: bool = False

    @property
    def wants_a_second_contact(self) -> bool:
        """A company with one contact is lost when that person goes."""
        few = len(self.now) + len(self.to_come) < min(2, self.membership.group.representatives_max)
        leaves = self.ahead is not None and self.ahead.state == Membership.Status.LEFT
        return self.belongs and self.membership.company is not None and few and not leaves

    @property
    def may_add(self) -> bool:
        """Whether the by-laws allow one more contact."""
        most = self.membership.group.representatives_max
        return self.belongs and len(self.now) + len(self.to_come) < most

    @property
    def first_rank(self) -> int:
        return min((shown.term.rank for shown in self.now), default=0)

    @property
    def belongs(self) -> bool:
        return self.membership.status in Membership.BELONGING  # type: ignore[attr-defined]

    @property
    def ahead(self) -> MembershipStatus | None:
        """A status that is written down, and not yet in force."""
        today = timezone.localdate()
        return self.newest if self.newest and self.newest.since > today else None


def record(membership: Membership, user: Any) -> Record:
    """Of a membership `as_of` today, for who keeps it. As many queries for many terms as for one."""
    today = timezone.localdate()
    statuses = list(membership.statuses.order_by("-since"))
    terms = list(membership.representatives.select_related("person").order_by("rank", "-since"))
    withheld = standing(user).withheld
    if withheld.terms:
        # Who attends no more, and did not agree, was never the group's to know.
        terms = [term for term in terms if term.pk not in withheld.terms or not _is_over(term, today)]
    individual = {membership.person_id} if membership.person_id else set()
    people = {term.person_id for term in terms} | individual
    seen = set(people_visible_to(user).filter(pk__in=people).values_list("pk", flat=True))
    shown = [TermShown(term, term.person_id in seen) for term in terms]
    holding = {each.term.person_id for each in shown if not _is_over(each.term, today)} | individual
    offices = OfficerTerm.objects.on(today).filter(group=membership.group_id, person__in=holding)
    return Record(
        membership=membership,
        statuses=statuses,
        newest=corrections.newest(membership),
        possible=Membership.MOVES[statuses[0].state if statuses else ""],  # type: ignore[arg-type]
        now=[each for each in shown if each.term.since <= today and not _is_over(each.term, today)],
        to_come=[each for each in shown if each.term.since > today],
        before=sorted(
            (each for each in shown if _is_over(each.term, today)),
            key=lambda each: each.term.since,
            reverse=True,
        ),
        offices=list(offices.select_related("person")),
        consent=membership.roster_consents.filter(since__lte=today).order_by("since").last(),
        member_has_page=membership.person_id in seen
        if membership.person_id
        else companies_visible_to(user).filter(pk=membership.company_id or 0).exists(),
        not_handed_on=membership.pk in withheld.memberships,
    )


def attending_for(person: Person, user: Any) -> Sequence[Representative]:
    """The memberships that a person represents today, of those the reader keeps."""
    rows = Representative.objects.on(timezone.localdate()).filter(person=person)
    kept = rows.filter(membership__in=memberships_kept_by(user).values("pk"))
    return list(kept.select_related("membership__group", "membership__company", "membership__person"))


def _is_over(term: Representative, today: datetime.date) -> bool:
    return term.until is not None and term.until < today
