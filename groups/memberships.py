"""Membership's verbs: join, rest, return, leave; who represents a member; who holds an office."""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from groups import endings
from groups.models import Group, Membership, MembershipStatus, OfficerTerm, Representative, RosterConsent
from iri_exchange.lib import history, japan, states
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
    _name_first(membership, representatives, since)
    return membership


def _name_first(membership: Membership, people: Iterable[Person], since: datetime.date) -> None:
    """Who attends from the first day on. Nobody was there before, so nothing is asked for but themselves."""
    allowed, named = membership.group.representatives_max, set()
    for rank, person in enumerate(people, start=1):
        if person.pk in named:
            raise _twice(person)
        if rank > allowed:
            raise _too_many(allowed)
        named.add(person.pk)
        term = Representative(membership=membership, person=person, since=since, rank=rank)
        # The ranks count up, the people differ and nothing ends: every constraint is met.
        term.full_clean(validate_constraints=False)
        term.save()


def _twice(person: Person) -> ValidationError:
    return ValidationError(f"{person.name}さんは、その日、もう登録者です。", code="twice")


def _too_many(allowed: int) -> ValidationError:
    return ValidationError(f"登録者は1社{allowed}名までです。", code="too_many_representatives")


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
    """Put the day of joining right; the first status begins with it, and so do the terms that began with it.

    Raises ValidationError after a later status, and after the end of a representative's term.
    """
    _lock(membership)
    first, *later = membership.statuses.order_by("since")[:2]
    if later and later[0].since <= on:
        raise ValidationError("入会日を、休会や退会の日より前にしてください。", code="after_later_status")
    for term in membership.representatives.filter(Q(since=first.since) | Q(since__lt=on)):
        if term.until and term.until < on:
            raise ValidationError(
                f"{term.person.name}さんが登録者でなくなった日より、前にしてください。", code="after_a_term"
            )
        term.since = on
        term.save()
    membership.joined_on = first.since = on
    membership.save()
    first.save()
    return membership


@transaction.atomic
def change(
    *, membership: Membership, kind: str, introduced_by: str, joined_on: datetime.date | None
) -> Membership:
    """What was written down on joining is put right. Without a day 入会日 stays as it is; raises as `correct_joining`."""
    _lock(membership)
    membership.refresh_from_db(fields=["kind", "introduced_by", "joined_on"])
    with history.in_step("会員の記録の訂正"):
        membership.kind, membership.introduced_by = kind, introduced_by
        membership.full_clean()
        membership.save()
        return correct_joining(membership=membership, on=joined_on) if joined_on else membership


@transaction.atomic
def rest(*, membership: Membership, since: datetime.date, note: str = "") -> MembershipStatus:
    """休会: still a member, not counted in attendance."""
    with history.in_step("休会"):
        return _begin(membership, Membership.Status.ON_LEAVE, since, note=note)


@transaction.atomic
def resume(*, membership: Membership, since: datetime.date, note: str = "") -> MembershipStatus:
    """Back from 休会, or back after leaving: the member keeps its number. Who comes back is named and elected anew."""
    with history.in_step("復帰"):
        return _begin(membership, Membership.Status.ACTIVE, since, note=note)


@transaction.atomic
def leave(
    *, membership: Membership, since: datetime.date, reason: str, note: str = "", confirmed: bool = False
) -> MembershipStatus:
    """退会 with a coded reason, `since` the first day out. What was held through the membership ends the day before.

    That is told by `endings.of_leaving`. Raises ValidationError for an unknown step, and (code "left_alone") if a group
    that runs itself were left without an officer, and that was not `confirmed`.
    """
    endings.lock(membership.group_id, membership)
    with history.in_step("退会"):
        row = _begin(membership, Membership.Status.LEFT, since, reason=reason, note=note)
        ending = endings.of_leaving(membership, since)
        if not confirmed:
            endings.ask(ending.alone)
        ending.carry_out()
    return row


@transaction.atomic
def add_representative(
    *,
    membership: Membership,
    person: Person,
    since: datetime.date,
    until: datetime.date | None = None,
    rank: int | None = None,
) -> Representative:
    """One more person attends for the company: at the first free place, or the one that is asked for.

    The term ends with the membership at the latest, if it is known when that ends. Raises ValidationError for a day on which the
    member does not belong to the group, and above the number of people the group's by-laws allow.
    """
    endings.lock(membership.group_id, membership)
    term = Representative(membership=membership, person=person, since=since)
    known = [day for day in (until, last_day_of_stay(membership, since)) if day]
    term.until = min(known, default=None)
    together, allowed = at_the_same_time(term), membership.group.representatives_max
    if any(each.person_id == person.pk for each in together):
        raise _twice(person)
    if len(together) >= allowed:
        raise _too_many(allowed)
    asked_for = rank is not None and rank not in {each.rank for each in together}
    term.rank = rank if rank and asked_for else free_rank(together, allowed)
    term.full_clean()
    term.save()
    return term


def last_day_of_stay(membership: Membership, day: datetime.date) -> datetime.date | None:
    """The last day of the stay in the group that holds this day, None without a known end.

    Raises ValidationError if the member is not in the group on the day.
    """
    if membership.status_on(day) not in Membership.BELONGING:
        raise ValidationError(
            f"{japan.wareki(day)}は、会員である日ではありません。日付を直してください。", code="no_member"
        )
    left = membership.statuses.filter(since__gt=day, state=Membership.Status.LEFT).order_by("since").first()
    return left.since - endings.ONE_DAY if left else None


def at_the_same_time(term: Representative) -> list[Representative]:
    """The other terms of the membership that share a day with this one."""
    others = term.membership.representatives.exclude(pk=term.pk).exclude(until__lt=term.since)
    return list((others.filter(since__lte=term.until) if term.until else others).select_related("person"))


def free_rank(together: Iterable[Representative], allowed: int) -> int:
    """The first place that none of these terms has."""
    return min(set(range(1, allowed + 1)) - {each.rank for each in together}, default=allowed)


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


def _begin(
    membership: Membership, state: str, since: datetime.date, *, reason: str = "", note: str = ""
) -> MembershipStatus:
    row = MembershipStatus(membership=membership, state=state, since=since, reason=reason, note=note)
    begun: MembershipStatus = states.begin(row, owner="membership", moves=Membership.MOVES)
    return begun
