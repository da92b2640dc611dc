"""The directory's verbs: companies and people are written down, corrected, renamed."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from iri_exchange.lib import history
from members.models import Company, Employment, FormerName, Person


@transaction.atomic
def register_company(**fields: Any) -> Company:
    """Write a company down; raises ValidationError with a sentence per field."""
    company = Company(**fields)
    company.full_clean()
    company.save()
    return company


@transaction.atomic
def register_person(*, company: Company | None = None, since: datetime.date, **fields: Any) -> Person:
    """Write a person down, with the company they belong to from a day on."""
    person = Person(**fields)
    person.full_clean()
    person.save()
    if company:
        Employment.objects.create(person=person, company=company, since=since)
    return person


@transaction.atomic
def register_companies(*, companies: Sequence[Company]) -> list[Company]:
    """Write many companies down at once. Their fields must hold what the fields' own readers returned."""
    return history.create(companies)


@transaction.atomic
def register_people(*, people: Sequence[tuple[Person, Company | None, datetime.date]]) -> list[Person]:
    """Write many people down at once, each with the company they belong to from a day on, as `register_person` does.

    Their fields must hold what the fields' own readers returned.
    """
    made = history.create([person for person, _, _ in people])
    employments = [
        Employment(person=person, company=company, since=since)
        for person, (_, company, since) in zip(made, people, strict=True)
        if company
    ]
    history.create(employments)
    return made


@transaction.atomic
def rename_company(*, company: Company, name: str, kana: str, on: datetime.date) -> Company:
    """Give a company its new legal name and keep the old one, which letters and old rosters still use."""
    was = Company.objects.select_for_update().get(pk=company.pk)
    FormerName.objects.create(company=company, name=was.name, kana=was.kana, until=on)
    company.name, company.kana = name, kana
    company.full_clean()
    company.save()
    return company


@transaction.atomic
def change_company(*, company: Company, keep_old_name_until: datetime.date | None = None) -> Company:
    """Save a company whose fields were corrected; with a day, the name it had is kept as a former one."""
    was = Company.objects.select_for_update().get(pk=company.pk)
    if keep_old_name_until and was.name != company.name:
        # Of a name that lived less than a day nobody has a letter: the first one of the day is kept.
        company.former_names.get_or_create(
            until=keep_old_name_until, defaults={"name": was.name, "kana": was.kana}
        )
    company.save()
    return company


@transaction.atomic
def change_person(*, person: Person, confirmed_on: datetime.date | None = None) -> Person:
    """Save a person whose fields were corrected; with a day, the person has confirmed them on it.

    An invitation that waits at an address that was corrected opens nothing any more.
    """
    was = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if confirmed_on:
        person.confirmed_on = confirmed_on
    person.save()
    leave_address(person=person, address=was.email)
    return person


@transaction.atomic
def leave_address(*, person: Person, address: str) -> bool:
    """Take the invitation back that went to an address the person no longer has; whether there was one."""
    if not address or address.lower() == person.email.lower():
        return False
    waiting = person.invitations.open().filter(email__iexact=address)
    return bool(waiting.update(revoked_at=timezone.now()))


@transaction.atomic
def change_employer(*, person: Person, company: Company | None, since: datetime.date) -> Employment:
    """From a day on the person belongs to another company, or to none. What they represent is not touched.

    Raises ValidationError where they belong there already, and before a change that is written down.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.employments.filter(since__gte=since).exists():
        raise ValidationError(
            "その日か、そのあとに、別の所属が書いてあります。それより後の日にするか、先に取り消してください。",
            code="later_employment",
        )
    if person.company_on(since) == company:
        raise ValidationError("もうその所属になっています。", code="the_same")
    with history.in_step("所属の変更"):
        return Employment.objects.create(person=person, company=company, since=since)


@transaction.atomic
def take_back_employment(*, employment: Employment) -> None:
    """The person's newest employment never was. Raises ValidationError for any other, and for the only one."""
    person = Person.objects.select_for_update(no_key=True).get(pk=employment.person_id)
    rows = list(person.employments.order_by("-since")[:2])
    if len(rows) < 2 or rows[0].pk != employment.pk:
        raise ValidationError("取り消せるのは、いちばん新しい所属の変更だけです。", code="not_the_newest")
    with history.in_step("所属の取り消し"):
        employment.delete()


def working_for(company: Company, day: datetime.date) -> QuerySet[Any]:
    """The ids of those who belong to a company on a day."""
    last = Employment.objects.filter(person=OuterRef("pk"), since__lte=day).order_by("-since")
    people = Person.objects.annotate(employer=Subquery(last.values("company")[:1]))
    return people.filter(employer=company.pk).values("pk")
