"""More programmes for benchmarks: bulk copies of the first, with other names, numbers and slugs, without history."""

from typing import Any

from django.db import models

from groups.models import (
    Adviser,
    Group,
    GroupStage,
    Membership,
    MembershipStatus,
    OfficerTerm,
    Representative,
    RosterConsent,
)
from iri_exchange.demo.companies import corporate_number
from members.models import Company, Consent, Employment, FormerName, Person

# Owners before what they own. Offices, staff, texts and logins are not copied.
COPIED: tuple[type[models.Model], ...] = (
    Company, FormerName, Person, Employment, Consent, Group, GroupStage, OfficerTerm, Adviser,
    Membership, MembershipStatus, Representative, RosterConsent,
)  # fmt: skip
SERIALS_PER_COPY = 1000
BATCH = 2000

Old = dict[type[models.Model], list[models.Model]]


def multiply(scale: int) -> None:
    """Copy the one programme there is until there are `scale` of them."""
    originals: Old = {model: list(model._default_manager.order_by("pk")) for model in COPIED}
    for number in range(2, scale + 1):
        _copy(originals, number)


def _copy(originals: Old, number: int) -> None:
    new_pk: dict[Any, dict[int, int]] = {}
    for model in COPIED:
        olds = originals[model]
        clones = [_clone(old, new_pk) for old in olds]
        for serial, clone in enumerate(clones, start=1):
            _rename(clone, number, serial)
        model._default_manager.bulk_create(clones, batch_size=BATCH)
        new_pk[model] = {old.pk: clone.pk for old, clone in zip(olds, clones, strict=True)}


def _clone(old: models.Model, new_pk: dict[Any, dict[int, int]]) -> Any:
    """The same values, pointing at the copies of what the original points at."""
    values = {}
    for field in old._meta.concrete_fields:
        value = getattr(old, field.attname)
        if field.is_relation and value is not None:
            value = new_pk.get(field.related_model, {}).get(value, value)
        if not field.primary_key:
            values[field.attname] = value
    return type(old)(**values)


def _rename(clone: models.Model, number: int, serial: int) -> None:
    """What must be unique, or should not read the same in a search."""
    if isinstance(clone, Company):
        clone.name = f"{clone.name} {number}"
        clone.corporate_number = clone.corporate_number and corporate_number(
            number * SERIALS_PER_COPY + serial
        )
    elif isinstance(clone, Group):
        clone.name = f"{clone.name} {number}"
        clone.slug = f"{clone.slug}-{number}"
