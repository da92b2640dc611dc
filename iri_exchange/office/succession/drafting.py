"""What an election comes to, worked out before anything is written: the page shows it first."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from groups.endings import ONE_DAY
from groups.leading import candidates
from groups.models import Group, Membership, OfficerTerm, Representative
from groups.officers import ROLES
from iri_exchange.lib import japan
from iri_exchange.office.succession import turning
from members.models import Person

Role = OfficerTerm.Role
Seats = Mapping[str, Sequence[Person]]
Held = set[tuple[str, int]]
# Who writes it down late does not rewrite a whole year.
BACK, AHEAD = datetime.timedelta(days=92), datetime.timedelta(days=2 * 366)


@dataclass
class Plan:
    """Records as they would be saved, nothing of it saved yet.

    `begins` are new terms; `changed` terms that begin or end on another day than before; `gone` those that had not
    begun. `held` is who has which office on the day before; `told` who was to have which from the first day on, as
    far as they know; `is_moved`: they know of another first day.
    """

    group: Group
    since: datetime.date
    until: datetime.date | None
    begins: list[OfficerTerm] = field(default_factory=list)
    changed: list[OfficerTerm] = field(default_factory=list)
    gone: list[OfficerTerm] = field(default_factory=list)
    told: Held = field(default_factory=set)
    held: Held = field(default_factory=set)
    people: dict[int, Person] = field(default_factory=dict)
    wanted: Held = field(default_factory=set)
    is_moved: bool = False

    @property
    def is_empty(self) -> bool:
        """The records say all of it already."""
        return not (self.begins or self.changed or self.gone)

    @property
    def eve(self) -> datetime.date:
        return self.since - ONE_DAY

    @property
    def beginning(self) -> dict[Person, list[str]]:
        """{person: the words for the offices that begin for them}"""
        return self._by_person(self.wanted - self.held)

    @property
    def staying(self) -> dict[Person, list[str]]:
        return self._by_person(self.wanted & self.held)

    @property
    def leaving(self) -> dict[Person, list[str]]:
        """Who has no office any more, with what they hold until the day before."""
        remain = {person for _, person in self.wanted}
        return self._by_person({each for each in self.held if each[1] not in remain})

    @property
    def announced(self) -> dict[Person, list[str]]:
        """Who is told of offices that begin: those who know nothing of them yet, or of another day."""
        known = self.told & self.held if self.is_moved else self.told
        return self._by_person(self.wanted - known)

    @property
    def thanked(self) -> dict[Person, list[str]]:
        """Those of `leaving` who do not know yet."""
        knew = {person for _, person in self.told}
        return {person: words for person, words in self.leaving.items() if person.pk in knew or self.is_moved}

    @property
    def called_off(self) -> dict[Person, list[str]]:
        """Who was told of an office that does not begin after all."""
        return self._by_person(self.told - self.wanted - self.held)

    def _by_person(self, held: Iterable[tuple[str, int]]) -> dict[Person, list[str]]:
        found: dict[Person, list[str]] = {}
        for role, pk in sorted(held, key=lambda each: (ROLES.index(each[0]), self.people[each[1]].sort_key)):
            found.setdefault(self.people[pk], []).append(str(Role(role).label))
        return found


def electable(group: Group, day: datetime.date, today: datetime.date) -> QuerySet[Any]:
    """Who can be elected for a day: who is in the group then, and who leads it today without being a member."""
    inside = Membership.objects.belonging(today).filter(group=group)
    attending = Representative.objects.on(today).filter(membership__in=inside.values("pk"))
    members = {
        *inside.values_list("person_id", flat=True),
        *attending.values_list("person_id", flat=True),
    } - {None}
    leading = OfficerTerm.objects.on(today).filter(group=group).exclude(person_id__in=members)
    known = candidates(group, day).values("pk")
    found: QuerySet[Any] = Person.objects.filter(pk__in=known) | Person.objects.filter(
        pk__in=leading.values("person_id")
    )
    return found.order_by("sort_key", "pk")


def draft(
    group: Group, seats: Seats, since: datetime.date, until: datetime.date | None, today: datetime.date
) -> Plan:
    """What follows if these people, and nobody else, hold the offices from a day on.

    A term without an end goes on, and so does one that ends after `until`. Raises ValidationError for a period that
    makes no sense, for a stranger, and for a term that began on `since` or later and cannot be taken back any more.
    """
    _refuse_period(group, since, until, today)
    _refuse_strangers(group, seats, since, today)
    plan = Plan(group, since, until)
    plan.wanted = {(role, person.pk) for role, people in seats.items() for person in people}
    plan.people = {person.pk: person for people in seats.values() for person in people}
    terms = list(group.officer_terms.select_related("person").order_by("since", "pk"))
    plan.people |= {term.person_id: term.person for term in terms}
    moved_from = turning.registered_day(group, today)
    day_before = min(moved_from or since, since) - ONE_DAY
    plan.held = {(term.role, term.person_id) for term in terms if _covers(term, day_before)}
    known = since if turning.was_elected(group, since) else moved_from or day_before
    plan.told = {(term.role, term.person_id) for term in terms if _covers(term, known)}
    plan.is_moved = moved_from not in (None, since)
    if moved_from and moved_from < since:
        _put_off(plan, terms, moved_from)
    kept: Held = set()
    for term in terms:
        _place(plan, term, kept, today)
    plan.begins += [
        OfficerTerm(group=group, person=plan.people[pk], role=role, since=since, until=until)
        for role, pk in sorted(plan.wanted - kept, key=lambda each: (ROLES.index(each[0]), each[1]))
    ]
    return plan


def _place(plan: Plan, term: OfficerTerm, kept: Held, today: datetime.date) -> None:
    """What becomes of one term; `kept` collects the offices that need no new one."""
    seat, since, until = (term.role, term.person_id), plan.since, plan.until
    if (term.until and term.until < since) or term in plan.gone or (until and term.since > until):
        return
    if seat in plan.wanted and seat not in kept:
        goes_on = term.since < since and (term.until is None or (until is not None and term.until >= until))
        if goes_on:
            kept.add(seat)
            return
        if term.since >= since:
            kept.add(seat)
            _change(plan, term, since, until)
            return
    if term.since < since:
        _change(plan, term, term.since, since - ONE_DAY)
    elif term.since < today:
        raise ValidationError(
            f"{term.person.name}さんの{term.get_role_display()}の任期は、{japan.wareki(term.since)}に"
            "始まっています。役員の一覧から、最後の日を入れて終えてください。",
            code="begun",
        )
    else:
        plan.gone.append(term)


def _put_off(plan: Plan, terms: list[OfficerTerm], before: datetime.date) -> None:
    """Another, later day: who would have begun does not, and who would have ended goes on until then."""
    for term in terms:
        if term.since == before:
            plan.gone.append(term)
        elif term.until == before - ONE_DAY:
            _change(plan, term, term.since, plan.since - ONE_DAY)


def _change(plan: Plan, term: OfficerTerm, since: datetime.date, until: datetime.date | None) -> None:
    if (term.since, term.until) != (since, until):
        term.since, term.until = since, until
        plan.changed.append(term)


def _covers(term: OfficerTerm, day: datetime.date) -> bool:
    return term.since <= day and (term.until is None or term.until >= day)


def _refuse_period(
    group: Group, since: datetime.date, until: datetime.date | None, today: datetime.date
) -> None:
    if group.stage_on(since) in ("", Group.Stage.FORMING, Group.Stage.DISSOLVED):
        raise ValidationError(
            f"{japan.wareki(since)}には、このグループは活動していません。日を直してください。", code="stage"
        )
    if not today - BACK <= since <= today + AHEAD:
        raise ValidationError(
            "始まりの日を、3か月前から2年後までの日にしてください。日付を確かめてください。", code="far"
        )
    if until and until < since:
        raise ValidationError("任期の最後の日を、始まりの日より後にしてください。", code="order")


def _refuse_strangers(group: Group, seats: Seats, since: datetime.date, today: datetime.date) -> None:
    for role, people in seats.items():
        if len({person.pk for person in people}) != len(people):
            raise ValidationError(f"{Role(role).label}に、同じ方が2度選ばれています。", code="twice")
    known = set(electable(group, since, today).values_list("pk", flat=True))
    chosen = {person.pk: person for people in seats.values() for person in people}
    if strangers := [person.name for pk, person in chosen.items() if pk not in known]:
        raise ValidationError(
            f"{'、'.join(f'{name}さん' for name in strangers)}は、{japan.wareki(since)}に、グループの会員では"
            "ありません。選び直してください。",
            code="stranger",
        )
