"""What ends with a membership or a person's part in it, worked out before anything is written: the pages show it first."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.models import Group, Membership, OfficerTerm, Representative
from groups.standing import SELF_RUNNING
from iri_exchange.lib import japan

LEFT_ALONE = "left_alone"
ONE_DAY = datetime.timedelta(days=1)


class GivenUp(NamedTuple):
    """The days of a term of office that nobody holds any more; without `last` they have no end."""

    term: int
    first: datetime.date
    last: datetime.date | None


@dataclass(frozen=True)
class Ending:
    """The terms that end with a last day; those that would begin only after it are deleted, their history stays."""

    group: Group
    last_day: datetime.date
    representatives: Sequence[Representative] = ()
    offices: Sequence[OfficerTerm] = ()
    terms: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", [*self.representatives, *self.offices])

    @property
    def alone(self) -> datetime.date | None:
        """The first day on which nobody leads a group that runs itself, because these offices end."""
        after = self.last_day + ONE_DAY
        return alone_from(self.group, [GivenUp(term.pk, after, term.until) for term in self.offices])

    def carry_out(self) -> None:
        for term in self.terms:
            if term.since > self.last_day:
                term.delete()
            else:
                term.until = self.last_day
                term.save()


def of_leaving(membership: Membership, since: datetime.date, *, for_good: bool = False) -> Ending:
    """What was held through a membership that ends the day before `since`.

    The terms of its representatives, and the offices in the group of those people (or of the individual) who are
    in the group by no other membership. What began after a return that is written down already goes on, unless the
    member is gone `for_good`.
    """
    last_day = since - ONE_DAY
    back = membership.statuses.filter(since__gt=since).order_by("since").first()
    until_back = {"since__lt": back.since} if back and not for_good else {}
    attending = membership.representatives.filter(**until_back).select_related("person")
    people = {membership.person_id, *attending.exclude(until__lt=last_day).values_list("person", flat=True)}
    gone = people - people_in(membership.group, since, without=membership) - {None}
    offices = membership.group.officer_terms.filter(person__in=gone, **until_back).select_related("person")
    return Ending(
        group=membership.group,
        last_day=last_day,
        representatives=list(attending.exclude(until__lte=last_day)),
        offices=list(offices.exclude(until__lte=last_day)),
    )


def people_in(group: Group, day: datetime.date, *, without: Membership) -> set[int | None]:
    """Ids of those who are in the group on a day by another membership: its members, and who represents one."""
    present = Membership.objects.belonging(day).filter(group=group).exclude(pk=without.pk)
    representing = Representative.objects.on(day).filter(membership__in=present.values("pk"))
    return {*present.values_list("person", flat=True), *representing.values_list("person", flat=True)}


def alone_from(group: Group, given_up: Collection[GivenUp]) -> datetime.date | None:
    """The first day, from today on, on which only terms that are given up led the group.

    A group that does not run itself is never alone. It can become so on the first day of what is given up, after
    another term's last day, or when its stage changes: these days are looked at.
    """
    if not given_up:
        return None
    today = timezone.localdate()
    days = [each._replace(first=max(each.first, today)) for each in given_up]
    others = OfficerTerm.objects.filter(group=group).exclude(pk__in=[each.term for each in days])
    first = min(each.first for each in days)
    ends = others.filter(until__gte=first, until__lt=datetime.date.max)
    turns = {
        *(each.first for each in days),
        *(until + ONE_DAY for until in ends.values_list("until", flat=True) if until),
        *group.stages.filter(since__gt=first).values_list("since", flat=True),
    }
    for day in sorted(turns):
        covered = any(each.first <= day <= (each.last or datetime.date.max) for each in days)
        if covered and group.stage_on(day) in SELF_RUNNING and not others.on(day).exists():
            return day
    return None


def ask(day: datetime.date | None) -> None:
    """Raises ValidationError (code "left_alone") if there is such a day: whoever goes on confirms it first."""
    if day:
        raise ValidationError(
            f"{japan.wareki(day)}から、ほかに役員がいないので、グループの登録を直せる方がいなくなります。"
            "それでよければ、確認の欄に印を付けてください。",
            code=LEFT_ALONE,
            params={"day": day},
        )


def lock(group: int, membership: Membership | None = None) -> None:
    """First the group, so that its last two officers cannot go at the same moment, then the membership."""
    Group.objects.select_for_update(no_key=True).get(pk=group)
    if membership:
        Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)


def names(terms: Iterable[Any]) -> str:
    """青木 一郎さん、児玉 花子さん"""
    return "、".join(f"{term.person.name}さん" for term in terms)
