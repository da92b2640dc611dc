"""Writes a plan: new records in bulk, changed ones after a look whether they still are what the plan saw.

All who write rosters lock in one order, so that no two wait for each other: the office that stands for the queue
of imports; the group, as all do who join it; its memberships; companies; people. What is only changed is locked so
that others may still point to it.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from groups import memberships
from groups.importing.plan import Plan
from groups.importing.snapshot import Known, KnownCompany, KnownMember, KnownPerson
from groups.models import Group, Membership, MembershipStatus, Office, Representative
from iri_exchange.lib import history, japan
from members import directory
from members.models import Company, Person

# Ids in one statement.
CHUNK = 900


class DirectoryChanged(Exception):
    """Somebody has changed a record since the plan was made: nothing is written."""


def is_changed(member: KnownMember) -> bool:
    """Whether the file changes a membership that the directory had."""
    return bool(member.came_back_on or member.joining_put_right or member.added)


def wait_in_line(group_pk: int) -> Group:
    """The group as it is now, once nobody else brings a roster in or takes one back, or joins this group."""
    # The directory is shared by all groups: imports wait for each other.
    Office.objects.select_for_update(no_key=True).order_by("pk").first()
    return Group.objects.select_for_update(no_key=True).get(pk=group_pk)


@transaction.atomic
def write_plan(*, plan: Plan, group: Group, today: datetime.date) -> None:
    """Write what the plan says: all of it or nothing. Raises DirectoryChanged.

    The caller names the step (`history.step`) that the history will tell.
    """
    members = [member for member in plan.members.values() if member.pk is None or is_changed(member)]
    new, known = _by_novelty(members)
    try:
        stored = _locked_members(known, today)
        records = _Written()
        records.companies(plan.companies.values(), today)
        records.people(plan.people.values())
        _write_new_members(group, new, records)
        _write_known_members(group, known, stored, records)
        _look_at_what_points_where()
    except (IntegrityError, ValidationError) as error:
        raise DirectoryChanged from error


class _Written:
    """The stored record of each record of the plan, by identity."""

    def __init__(self) -> None:
        self._by_identity: dict[int, Any] = {}

    def of(self, known: Known) -> Any:
        """The stored record; one that the plan leaves as it is, is known by its id alone."""
        if id(known) not in self._by_identity:
            model = Company if isinstance(known, KnownCompany) else Person
            self._by_identity[id(known)] = model(pk=known.pk)
        return self._by_identity[id(known)]

    def companies(self, companies: Iterable[KnownCompany], today: datetime.date) -> None:
        new, changed = _to_write(companies)
        made = directory.register_companies(companies=[Company(**company.values) for company in new])
        self._keep(new, made)
        renamed = {
            company.pk
            for company in changed
            if "name" in company.old and japan.fold(company.old["name"]) != japan.fold(company.name)
        }
        stored = _put_over(Company, changed)
        for company in stored:
            if company.pk in renamed:
                directory.change_company(company=company, keep_old_name_until=today)
        rest = [company for company in stored if company.pk not in renamed]
        history.update(rest, _fields(changed))
        self._keep(changed, stored)

    def people(self, people: Iterable[KnownPerson]) -> None:
        new, changed = _to_write(people)
        made = directory.register_people(
            people=[
                (Person(**person.values), self.of(person.company) if person.company else None, person.since)
                for person in new
            ]
        )
        self._keep(new, made)
        stored = _put_over(Person, changed)
        history.update(stored, _fields(changed))
        for person, known in zip(stored, changed, strict=True):
            directory.leave_address(person=person, address=known.old.get("email", ""))
        self._keep(changed, stored)

    def _keep(self, known: Iterable[Known], stored: Iterable[models.Model]) -> None:
        for one, record in zip(known, stored, strict=True):
            self._by_identity[id(one)] = record


def _by_novelty(records: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    new: list[Any] = []
    changed: list[Any] = []
    for record in records:
        (new if record.pk is None else changed).append(record)
    return new, changed


def _to_write(records: Iterable[Known]) -> tuple[list[Any], list[Any]]:
    return _by_novelty(record for record in records if record.pk is None or record.old)


def _fields(changed: Iterable[Known]) -> list[str]:
    return sorted({name for record in changed for name in record.old})


def _put_over(model: Any, changed: list[Any]) -> list[Any]:
    """The stored records, locked and corrected in memory, if each field is still what the plan saw."""
    stored = _locked(model, [record.pk for record in changed])
    for record in changed:
        current = stored.get(record.pk)
        if current is None or any(getattr(current, name) != was for name, was in record.old.items()):
            raise DirectoryChanged
        for name in record.old:
            setattr(current, name, record.values[name])
    return [stored[record.pk] for record in changed]


def _write_new_members(group: Group, members: list[KnownMember], records: _Written) -> None:
    memberships.join_many(
        group=group,
        joining=[
            memberships.Joining(
                member=records.of(member.who),
                on=member.joined_on,
                since=member.states[0][0],
                representatives=[records.of(person) for person, _ in member.added],
            )
            for member in members
        ],
    )


def _locked_members(members: list[KnownMember], today: datetime.date) -> dict[int, Any]:
    """The stored memberships by id, locked, if each is still what the plan saw."""
    ids = [member.pk for member in members if member.pk]
    stored = _locked(Membership, ids)
    states, terms = _states_of(ids), _terms_of(ids, today)
    for member in members:
        pk = member.pk or 0
        if pk not in stored:
            raise DirectoryChanged
        people = [person for person, _, _ in terms[pk]]
        ranks = sorted(rank for _, rank, until in terms[pk] if until is None)
        if member.seen != (stored[pk].joined_on, states[pk], people, ranks):
            raise DirectoryChanged
    return stored


def _states_of(ids: Sequence[int]) -> dict[int, list[Any]]:
    of_each: dict[int, list[Any]] = {pk: [] for pk in ids}
    for chunk in _chunks(ids):
        states = MembershipStatus.objects.filter(membership__in=chunk).order_by("since")
        for pk, since, state in states.values_list("membership_id", "since", "state"):
            of_each[pk].append((since, state))
    return of_each


def _terms_of(ids: Sequence[int], today: datetime.date) -> dict[int, list[Any]]:
    of_each: dict[int, list[Any]] = {pk: [] for pk in ids}
    for chunk in _chunks(ids):
        terms = (
            Representative.objects.filter(membership__in=chunk)
            .exclude(until__lt=today)
            .order_by("rank", "pk")
        )
        for pk, *term in terms.values_list("membership_id", "person_id", "rank", "until"):
            of_each[pk].append(term)
    return of_each


def _write_known_members(
    group: Group, members: list[KnownMember], stored: dict[int, Any], records: _Written
) -> None:
    for member in members:
        membership = stored[member.pk or 0]
        membership.group = group
        if member.came_back_on:
            memberships.resume(membership=membership, since=member.came_back_on, note="名簿の取込")
        elif member.joining_put_right and member.joined_on:
            memberships.correct_joining(membership=membership, on=member.joined_on)
        for person, since in member.added:
            memberships.add_representative(membership=membership, person=records.of(person), since=since)


def _look_at_what_points_where() -> None:
    """What points to a record that is gone is refused now, not after all seemed well. Raises IntegrityError.

    SQLite need not be asked: while somebody writes, nobody else can delete.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _locked(model: Any, ids: Sequence[int]) -> dict[int, Any]:
    """The records by id, locked one after the other in the order of their ids, as everybody does."""
    return {
        record.pk: record
        for chunk in _chunks(sorted(ids))
        for record in model.objects.filter(pk__in=chunk).order_by("pk").select_for_update(no_key=True)
    }


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
