"""Writes a plan: new records in bulk, changed ones after a look whether they still are what the plan saw."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from groups import memberships
from groups.importing.plan import Plan
from groups.importing.snapshot import Known, KnownCompany, KnownMember, KnownPerson
from groups.models import Group, Membership
from iri_exchange.lib import history, japan
from members import directory
from members.models import Company, Person


class DirectoryChanged(Exception):
    """Somebody has changed a record since the plan was made: nothing is written."""


@transaction.atomic
def write_plan(*, plan: Plan, group: Group, today: datetime.date) -> None:
    """Write what the plan says: all of it or nothing. Raises DirectoryChanged.

    The caller names the step (`history.step`) that the history will tell.
    """
    try:
        records = _Written()
        records.companies(plan.companies.values(), today)
        records.people(plan.people.values())
        _write_new_members(group, [member for member in plan.members.values() if member.pk is None], records)
        _write_known_members([member for member in plan.members.values() if member.pk is not None], records)
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
        new, changed = _by_novelty(companies)
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
        new, changed = _by_novelty(people)
        made = directory.register_people(
            people=[
                (Person(**person.values), self.of(person.company) if person.company else None, person.since)
                for person in new
            ]
        )
        self._keep(new, made)
        stored = _put_over(Person, changed)
        history.update(stored, _fields(changed))
        self._keep(changed, stored)

    def _keep(self, known: Iterable[Known], stored: Iterable[models.Model]) -> None:
        for one, record in zip(known, stored, strict=True):
            self._by_identity[id(one)] = record


def _by_novelty(records: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    new: list[Any] = []
    changed: list[Any] = []
    for record in records:
        (new if record.pk is None else changed).append(record)
    return new, [record for record in changed if record.old]


def _fields(changed: Iterable[Known]) -> list[str]:
    return sorted({name for record in changed for name in record.old})


def _put_over(model: Any, changed: list[Any]) -> list[Any]:
    """The stored records, locked and corrected in memory, if each field is still what the plan saw."""
    stored = model.objects.select_for_update().in_bulk([record.pk for record in changed])
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


def _write_known_members(members: list[KnownMember], records: _Written) -> None:
    changing = {
        member.pk: member
        for member in members
        if member.came_back_on or member.joining_put_right or member.added
    }
    if not changing:
        return
    stored = Membership.objects.select_for_update().select_related("group").in_bulk(list(changing))
    for pk, member in changing.items():
        membership = stored[pk]
        if member.came_back_on:
            memberships.resume(membership=membership, since=member.came_back_on, note="名簿の取込")
        elif member.joining_put_right and member.joined_on:
            memberships.correct_joining(membership=membership, on=member.joined_on)
        for person, since in member.added:
            memberships.add_representative(membership=membership, person=records.of(person), since=since)
