"""Who attends for a member company: a successor, a second contact, the order of the two, their days."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from groups import endings, memberships
from groups.endings import ONE_DAY, Ending
from groups.models import Membership, OfficerTerm, Representative
from iri_exchange.lib import history, japan
from members import directory
from members.models import Company, Person

MOST = 9
Who = Person | Mapping[str, Any]  # somebody of the directory, or the fields of somebody new


@transaction.atomic
def add(*, membership: Membership, person: Who, since: datetime.date) -> Representative:
    """One more contact. Raises ValidationError as `memberships.add_representative` does, and for a wrong field."""
    with history.in_step("登録者を加える"):
        return memberships.add_representative(
            membership=membership, person=_somebody(person, membership, since), since=since
        )


@transaction.atomic
def succeed(
    *,
    term: Representative,
    person: Who,
    last_day: datetime.date,
    offices: Collection[OfficerTerm] = (),
    confirmed: bool = False,
) -> Representative:
    """後任: one person's term ends with a last day, another's begins the day after, at the same place.

    Of the offices that the first one holds in the group, those of `offices` end, too. Raises ValidationError as `end`
    and `memberships.add_representative` do.
    """
    with history.in_step("後任"):
        end(term=term, last_day=last_day, offices=offices, confirmed=confirmed)
        since = last_day + ONE_DAY
        successor = _somebody(person, term.membership, since)
        return memberships.add_representative(
            membership=term.membership, person=successor, since=since, rank=term.rank
        )


@transaction.atomic
def end(
    *,
    term: Representative,
    last_day: datetime.date,
    offices: Collection[OfficerTerm] = (),
    confirmed: bool = False,
) -> Representative:
    """Somebody no longer attends after a last day; those of their offices that are named end, too.

    Raises ValidationError for a day outside the term, and (code "left_alone") if a group that runs itself were left
    without an officer, and that was not `confirmed`.
    """
    _lock(term)
    if last_day < term.since:
        raise ValidationError(
            f"{term.person.name}さんの任期は{japan.wareki(term.since)}からです。それより後の日にしてください。",
            code="before_it_began",
        )
    if term.until and last_day > term.until:
        raise ValidationError(
            f"{term.person.name}さんの任期は{japan.wareki(term.until)}までです。それより前の日にしてください。",
            code="after_its_end",
        )
    ending = ending_of(term, last_day, offices)
    if not confirmed:
        endings.ask(ending.alone)
    with history.in_step("登録者の終わり"):
        ending.carry_out()
    term.refresh_from_db()
    return term


def ending_of(term: Representative, last_day: datetime.date, offices: Collection[OfficerTerm]) -> Ending:
    """What `end` ends; an office that ends no later anyway keeps its last day."""
    longer = [each for each in offices if each.until is None or each.until > last_day]
    return Ending(group=term.membership.group, last_day=last_day, representatives=[term], offices=longer)


def offices_of(term: Representative) -> Sequence[OfficerTerm]:
    """The offices in the group that the person holds, or will hold."""
    open_ = Q(until=None) | Q(until__gte=timezone.localdate())
    mine = OfficerTerm.objects.filter(open_, group=term.membership.group_id, person=term.person_id)
    return list(mine.select_related("person"))


@transaction.atomic
def correct(*, term: Representative, since: datetime.date, until: datetime.date | None) -> Representative:
    """The days of a term were written down wrong.

    Raises ValidationError for days outside the membership, and above the number the by-laws allow at a time.
    """
    _lock(term)
    membership = term.membership
    last = memberships.last_day_of_stay(membership, since)
    if last and (until is None or until > last):
        raise ValidationError(
            f"会員であるのは{japan.wareki(last)}までです。終わりの日を、その日までにしてください。",
            code="beyond_the_membership",
        )
    term.since, term.until = since, until
    together = memberships.at_the_same_time(term)
    if any(each.person_id == term.person_id for each in together):
        raise ValidationError(f"{term.person.name}さんの、ほかの任期と重なります。", code="twice")
    if len(together) >= membership.group.representatives_max:
        raise ValidationError(
            f"登録者は1社{membership.group.representatives_max}名までです。"
            f"{endings.names(together)}の任期と重ならない日にしてください。",
            code="too_many_representatives",
        )
    if term.rank in {each.rank for each in together}:
        term.rank = memberships.free_rank(together, membership.group.representatives_max)
    with history.in_step("登録者の訂正"):
        term.full_clean()
        term.save()
    return term


def is_over(term: Representative) -> bool:
    return term.until is not None and term.until < timezone.localdate()


def may_be_withdrawn(term: Representative) -> bool:
    """Whether it has not begun, or began today: nobody has counted on it yet."""
    return term.since >= timezone.localdate()


@transaction.atomic
def withdraw(*, term: Representative) -> None:
    """A term registered by mistake is taken back: deleted, and its history stays.

    Raises ValidationError for a term that began before today.
    """
    _lock(term)
    if not may_be_withdrawn(term):
        raise ValidationError(
            "もう始まっている任期は、取り消せません。最後の日を入れて、終えてください。", code="begun"
        )
    with history.in_step("登録者の取り消し"):
        term.delete()


@transaction.atomic
def put_first(*, term: Representative) -> Representative:
    """The person becomes the first contact; the first one takes the place that they had.

    Raises ValidationError for a term that is over, and when somebody came first meanwhile.
    """
    _lock(term)
    now = list(term.membership.representatives.on(timezone.localdate()).select_related("person"))
    if term not in now:
        raise ValidationError("いま登録者である方だけ、順を変えられます。", code="not_now")
    first = min(now, key=lambda each: each.rank)
    if first == term:
        raise ValidationError(f"{term.person.name}さんは、もう1人目の連絡先です。", code="first_already")
    with history.in_step("連絡先の入れ替え"):
        _exchange(term.membership, first.rank, term.rank)
    term.refresh_from_db(fields=["rank"])
    return term


def _exchange(membership: Membership, one: int, other: int) -> None:
    """Two places change: for those who have them, and for who follows them there, so that no two ever share one."""
    rows = membership.representatives.exclude(until__lt=timezone.localdate())
    terms = list(rows.filter(rank__in=(one, other)))
    spare = min(set(range(1, MOST + 1)) - set(rows.values_list("rank", flat=True)), default=0)
    if not spare:
        raise ValidationError(f"登録者が{MOST}名いるので、入れ替えられません。", code="no_place")
    # Not even between the two steps, of which the first is nobody's business.
    rows.filter(rank=one).update(rank=spare)
    for term in sorted(terms, key=lambda each: each.rank == one):
        term.rank = other if term.rank == one else one
        term.save()


def working_for(company: Company | None, day: datetime.date, visible: QuerySet[Person]) -> QuerySet[Person]:
    """Who belongs to a company on a day, of those the reader may see."""
    return visible.filter(pk__in=directory.working_for(company, day)) if company else visible.none()


def colleagues(membership: Membership, day: datetime.date, visible: QuerySet[Person]) -> QuerySet[Person]:
    """Who can attend for the member company from a day on: who works there, or has attended for it before.

    Only whom the reader may see, or knows from the membership itself; not those who attend on the day.
    """
    here = Person.objects.filter(representations__membership=membership)
    working = working_for(membership.company, day, visible)
    now = membership.representatives.exclude(until__lt=day)
    either = Person.objects.filter(Q(pk__in=here.values("pk")) | Q(pk__in=working.values("pk")))
    return either.exclude(pk__in=now.values("person"))


def _somebody(who: Who, membership: Membership, since: datetime.date) -> Person:
    """Who is new belongs to the member company from the day on."""
    if isinstance(who, Person):
        return who
    return directory.register_person(company=membership.company, since=since, **who)


def _lock(term: Representative) -> None:
    membership = term.membership
    endings.lock(membership.group_id, membership)
    try:
        term.refresh_from_db()
    except Representative.DoesNotExist as error:
        raise ValidationError("この登録者は、もう取り消されています。", code="gone") from error
    term.membership = membership
