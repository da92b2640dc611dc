"""Membership's verbs: join, rest, return, leave; who represents a member; who holds an office."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from groups.models import Group, Membership, MembershipStatus, OfficerTerm, Representative, RosterConsent
from iri_exchange.lib import history, states
from members.models import Company, ConsentText, Person


@transaction.atomic
def join(
    *,
    group: Group,
    on: datetime.date | None,
    company: Company | None = None,
    person: Person | None = None,
    representatives: Iterable[Person] = (),
    kind: str = "",
    introduced_by: str = "",
) -> Membership:
    """A company, or a person without one, becomes a member and gets the group's next number.

    Without a day (an old roster that does not tell), the membership counts from today and 入会日 stays 未確認.
    Raises ValidationError when it is a member already, or has more representatives than the group allows.
    """
    sequence = _next_number(group)
    membership = Membership(
        group=group,
        company=company,
        person=person,
        sequence=sequence,
        kind=kind or (Membership.Kind.INDIVIDUAL if person else Membership.Kind.REGULAR),
        joined_on=on,
        introduced_by=introduced_by,
    )
    membership.full_clean()
    membership.save()
    since = on or timezone.localdate()
    _begin(membership, Membership.Status.ACTIVE, since)
    for representative in representatives:
        add_representative(membership=membership, person=representative, since=since)
    return membership


class Joining(NamedTuple):
    """One who becomes a member, as `join` takes it; `since` is when the membership begins to count."""

    member: Company | Person
    on: datetime.date | None
    since: datetime.date
    representatives: Sequence[Person] = ()


@transaction.atomic
def join_many(*, group: Group, joining: Sequence[Joining]) -> list[Membership]:
    """Many become members at once, with the group's next numbers in their order: `join` for a whole roster.

    None of them may be a member already, or have more representatives than the group allows.
    """
    if not joining:
        return []
    first = _next_number(group, count=len(joining))
    made = history.create([_membership(group, one, first + place) for place, one in enumerate(joining)])
    begun = list(zip(made, joining, strict=True))
    history.create(
        [
            MembershipStatus(membership=membership, state=Membership.Status.ACTIVE, since=one.since)
            for membership, one in begun
        ]
    )
    history.create(
        [
            Representative(membership=membership, person=person, rank=rank, since=one.since)
            for membership, one in begun
            for rank, person in enumerate(one.representatives, start=1)
        ]
    )
    return made


def _membership(group: Group, one: Joining, sequence: int) -> Membership:
    membership = Membership(group=group, sequence=sequence, joined_on=one.on)
    if isinstance(one.member, Company):
        membership.company = one.member
    else:
        membership.person, membership.kind = one.member, Membership.Kind.INDIVIDUAL
    return membership


@transaction.atomic
def correct_joining(*, membership: Membership, on: datetime.date) -> Membership:
    """Put the day of joining right; the first status begins with it. Raises ValidationError after a later status."""
    _lock(membership)
    first, *later = membership.statuses.order_by("since")[:2]
    if later and later[0].since <= on:
        raise ValidationError("入会日を、休会や退会の日より前にしてください。", code="after_later_status")
    membership.joined_on = first.since = on
    membership.save()
    first.save()
    return membership


def rest(*, membership: Membership, since: datetime.date, note: str = "") -> MembershipStatus:
    """休会: still a member, not counted in attendance."""
    return _begin(membership, Membership.Status.ON_LEAVE, since, note=note)


def resume(*, membership: Membership, since: datetime.date, note: str = "") -> MembershipStatus:
    """Back from 休会, or back after leaving: the member keeps its number."""
    return _begin(membership, Membership.Status.ACTIVE, since, note=note)


@transaction.atomic
def leave(*, membership: Membership, since: datetime.date, reason: str, note: str = "") -> MembershipStatus:
    """退会 with a coded reason. What was held through the membership ends with its last day.

    These are the terms of its representatives, and the offices in the group of those people (or of the
    individual) who are in the group by no other membership. A term that would have begun only after the
    last day is deleted; its history stays. Who comes back is named and elected anew.
    """
    row = _begin(membership, Membership.Status.LEFT, since, reason=reason, note=note)
    last_day = since - datetime.timedelta(days=1)
    back = membership.statuses.filter(since__gt=since).order_by("since").first()
    until_back = {"since__lt": back.since} if back else {}
    attending = membership.representatives.filter(**until_back)
    people = {membership.person_id, *attending.exclude(until__lt=last_day).values_list("person", flat=True)}
    gone = people - _people_in(membership.group, since)
    _end(attending, last_day)
    _end(membership.group.officer_terms.filter(person__in=gone - {None}, **until_back), last_day)
    return row


@transaction.atomic
def add_representative(*, membership: Membership, person: Person, since: datetime.date) -> Representative:
    """One more person attends for the company, up to the number the group's by-laws allow."""
    _lock(membership)
    taken = set(membership.representatives.filter(until__isnull=True).values_list("rank", flat=True))
    allowed = membership.group.representatives_max
    if len(taken) >= allowed:
        raise ValidationError(f"登録者は1社{allowed}名までです。", code="too_many_representatives")
    rank = min(set(range(1, allowed + 1)) - taken)
    term = Representative(membership=membership, person=person, rank=rank, since=since)
    term.full_clean()
    term.save()
    return term


def appoint(
    *, group: Group, person: Person, role: str, since: datetime.date, until: datetime.date | None = None
) -> OfficerTerm:
    """A person holds an office of the group for a term."""
    term = OfficerTerm(group=group, person=person, role=role, since=since, until=until)
    term.full_clean()
    term.save()
    return term


@transaction.atomic
def answer_roster_consent(
    *,
    membership: Membership,
    answer: str,
    since: datetime.date,
    text: ConsentText | None = None,
    note: str = "",
) -> RosterConsent:
    """The member says what its own group's roster may show, from a day on.

    A second answer on the same day takes the place of the first, which its history keeps.
    """
    _lock(membership)
    same_day = RosterConsent.objects.filter(membership=membership, since=since).first()
    consent = same_day or RosterConsent(membership=membership, since=since)
    consent.answer, consent.text, consent.note = answer, text, note
    consent.full_clean()
    consent.save()
    return consent


def _lock(membership: Membership) -> None:
    """Whoever changes a membership, or what hangs on it, locks it first; others may still point to it."""
    Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)


def _next_number(group: Group, count: int = 1) -> int:
    """Lock the group and count on: the first of the next numbers.

    The members count too: a group saved whole may write an older counter back.
    """
    locked = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    highest = locked.memberships.aggregate(highest=Max("sequence"))["highest"] or 0
    number: int = max(locked.last_member_number, highest) + 1
    Group.objects.filter(pk=group.pk).update(last_member_number=number + count - 1)
    return number


def _people_in(group: Group, day: datetime.date) -> set[int | None]:
    """Ids of those who are members of the group on a day, or represent one."""
    present = Membership.objects.belonging(day).filter(group=group)
    representing = Representative.objects.on(day).filter(membership__in=present.values("pk"))
    return {*present.values_list("person", flat=True), *representing.values_list("person", flat=True)}


def _end(terms: QuerySet[Any], last_day: datetime.date) -> None:
    """No term goes on after the last day; one that would begin after it never was."""
    for term in terms.exclude(until__lte=last_day):
        if term.since > last_day:
            term.delete()
        else:
            term.until = last_day
            term.save()


def _begin(
    membership: Membership, state: str, since: datetime.date, *, reason: str = "", note: str = ""
) -> MembershipStatus:
    row = MembershipStatus(membership=membership, state=state, since=since, reason=reason, note=note)
    begun: MembershipStatus = states.begin(row, owner="membership", moves=Membership.MOVES)
    return begun
