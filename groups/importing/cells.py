"""From a row's cells to a record's fields: what changes, what is kept, and what is said about it.

A gap in the file never erases. A name that is only written differently (㈱, 高 for 髙, without the space
between 氏 and 名) never replaces the stored one, which somebody typed with care; it is said instead.
"""

from typing import Any

from groups.importing.matching import same_address
from groups.importing.reading.columns import LABELS, Entry
from groups.importing.report import Change
from groups.importing.snapshot import ADDRESS, Known, KnownCompany, KnownPerson
from iri_exchange.lib import japan
from members.models import Company

Hints = list[tuple[str, str]]

# The columns that fill a record's fields, each with the field's name.
OF_COMPANY = {
    "company_name": "name",
    "company_kana": "kana",
    "postal_code": "postal_code",
    "phone": "phone",
    "fax": "fax",
    "url": "url",
    "trade": "trade",
    "products": "products",
    "capital": "capital",
    "employees": "employees",
    "corporate_number": "corporate_number",
    "representative_name": "representative_name",
    "representative_kana": "representative_kana",
    "representative_title": "representative_title",
}
OF_REPRESENTATIVE = {name: name for name in ("title", "department", "email")}
OF_INDIVIDUAL = OF_REPRESENTATIVE | {
    name: name for name in ("postal_code", "phone", "fax", "url", "trade", "products")
}
NAMES = {"person_name": ("family_name", "given_name"), "person_kana": ("family_kana", "given_kana")}


def fields_of(entry: Entry, columns: dict[str, str]) -> dict[str, Any]:
    """The record's fields from the row's values; the address cell fills four of them."""
    values = entry.values
    fields = {name: values[key] for key, name in columns.items() if key in values}
    if "postal_code" in columns and "address" in values:
        fields |= dict.fromkeys(ADDRESS, "") | values["address"]
    return fields


def names_of(entry: Entry) -> dict[str, str]:
    """氏, 名 and their フリガナ as fields of a new person."""
    empty = ("", "")
    return {
        field: part
        for key, fields in NAMES.items()
        for field, part in zip(fields, entry.values.get(key, empty), strict=True)
    }


def correct(record: Known, entry: Entry, columns: dict[str, str]) -> tuple[list[Change], Hints]:
    """Put the file's cells over the record's: the changes, and (column, sentence) for what was kept.

    A field that an earlier row of the same file has told stays as that row told it.
    """
    changes: list[Change] = []
    hints: Hints = []
    stored = record.values
    fields = fields_of(entry, columns)
    different = {name: value for name, value in fields.items() if value != stored[name]}
    if different.keys() & set(ADDRESS) and same_address(entry, record):
        different = {name: value for name, value in different.items() if name not in ADDRESS}
    for name, value in different.items():
        old = stored[name]
        key = next((key for key, field in columns.items() if field == name), name)
        if name == "name" and isinstance(record, KnownCompany) and _is_known_name(value, record):
            hints.append((key, f"名簿の「{old}」を残します。ファイルは「{value}」です。"))
        elif name in record.written and old not in ("", None):
            hints.append((key, f"前の行と違います。前の行の「{old}」を残します。"))
        else:
            record.put(name, value)
            changes.append(Change(_label(key, name), "" if old is None else str(old), str(value)))
    record.written.update(fields)
    return changes, hints


def correct_name(person: KnownPerson, entry: Entry) -> tuple[list[Change], Hints]:
    """氏名 and フリガナ of a person whose name folds alike: filled or split anew, never degraded."""
    changes: list[Change] = []
    hints: Hints = []
    for key, fields in NAMES.items():
        new = entry.values.get(key)
        old = tuple(person.values[name] for name in fields)
        if not new or new == old or (fields[0] in person.written and old[0]):
            continue
        was, now = " ".join(old).strip(), " ".join(new).strip()
        splits_it = new[1] and not old[1] and "".join(new) == old[0]
        if was and japan.fold(was) == japan.fold(now) and not splits_it:
            if "".join(new) != "".join(old):
                hints.append((key, f"名簿の「{was}」を残します。ファイルは「{now}」です。"))
            continue
        changes.append(Change(LABELS[key], was, now))
        for name, value in zip(fields, new, strict=True):
            person.put(name, value)
        person.written.add(fields[0])
    return changes, hints


def _label(key: str, field: str) -> str:
    return LABELS.get(key) or str(Company._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def _is_known_name(new: str, company: KnownCompany) -> bool:
    """Whether it is the company's name written differently, or one it had before."""
    return japan.fold(new) in {japan.fold(name) for name in (company.name, *company.former)}
