"""An earlier version of a company, a person or a group is put back: its own fields, by the record's own verb."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups.forms.groups import REGISTER, GroupForm
from groups.histories.reading import naming_for
from groups.histories.sources import PRIVATE, own_source
from groups.models import Group
from groups.standing import standing
from iri_exchange.lib import history
from iri_exchange.lib.history_reading import Change, differences, latest
from members import directory
from members.forms import CompanyForm, PersonForm
from members.models import Company, Person

CHANGED_MEANWHILE = (
    "この画面を開いたあとに、内容が変わりました。新しい内容とくらべ直したので、もう一度お確かめください。"
)


@dataclass(frozen=True)
class Version:
    """What a record was after one of its history rows: `changes` says what putting it back would change, now → then."""

    row: Any
    changes: list[Change]
    now: int

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.row.history_date)


def fields_of(record: Any, user: Any) -> tuple[str, ...]:
    """What may be put back is what the reader may correct on the record's form, as far as its history tells it."""
    if isinstance(record, Company):
        return CompanyForm.Meta.fields
    if isinstance(record, Person):
        own = standing(user).is_staff or record.pk == user.person_id
        return tuple(name for name in PersonForm.Meta.fields if own or name not in PRIVATE)
    kept = () if user.has_perm("groups.add_group") else REGISTER
    return tuple(name for name in GroupForm.Meta.fields if name not in ("logo", *kept))


def version_of(record: Any, asked: str, user: Any) -> Version | None:
    """The version with this number, compared with the record as it stands; None for one that does not exist."""
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    row = history.of(type(record)).filter(id=record.pk, history_id=int(asked)).first()
    if row is None:
        return None
    source = own_source(record)
    fields = fields_of(record, user)
    told = type(source)(
        source.model, source.rows, tuple(name for name in source.told if name in fields), None, source.labels
    )
    (newest,) = latest(type(record), record.pk)
    return Version(row, differences(told, record, row, naming_for(record, user)), newest.history_id)


@transaction.atomic
def restore(*, record: Any, version: Version, shown: str, by: Any) -> None:
    """The record's fields become what they were; why stands in its history.

    `shown` is the newest history row when the changes were shown. Raises ValidationError, with a sentence for each
    field that cannot be put back, and (code "changed") when somebody has saved the record since.
    """
    kind: Any = type(record)
    kind._base_manager.select_for_update(no_key=True).get(pk=record.pk)
    (newest,) = latest(kind, record.pk)
    if shown != str(newest.history_id):
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    record.refresh_from_db()
    names = fields_of(record, by)
    for name in names:
        each = kind._meta.get_field(name)
        setattr(record, each.attname, getattr(version.row, each.attname))
    record.full_clean(exclude={each.name for each in kind._meta.fields} - {*names})
    day = version.day
    with history.step(f"{day.month}月{day.day}日の内容に戻す", by=by):
        _save(record, names)


def _save(record: Company | Person | Group, names: tuple[str, ...]) -> None:
    if isinstance(record, Company):
        directory.change_company(company=record)
    elif isinstance(record, Person):
        directory.change_person(person=record)
    else:
        record.save(update_fields=[*names, "search_key", "sort_key"])


def sentences(error: ValidationError, record: Any) -> list[str]:
    """What stands against it, each with its field."""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    found = []
    for name, said in error.message_dict.items():
        known = name in {each.name for each in record._meta.fields}
        label = f"{record._meta.get_field(name).verbose_name}：" if known else ""
        found += [f"{label}{sentence}" for sentence in said]
    return found
