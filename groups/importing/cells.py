"""From a row's cells to a record's fields: what is written, what is kept, and what is said about it.

A gap in the file never erases. A name that is only written differently (㈱, 高 for 髙, without the space
between 氏 and 名) never replaces the stored one, which somebody typed with care; it is said instead.
"""

from typing import Any

from groups.importing.columns import LABELS, Entry
from groups.importing.matching import same_address
from groups.importing.report import Change
from iri_exchange.lib import japan
from members.models import Company, Person

OF_COMPANY = (
    "company_name",
    "company_kana",
    "postal_code",
    "phone",
    "fax",
    "url",
    "trade",
    "products",
    "capital",
    "employees",
    "corporate_number",
)
OF_INDIVIDUAL = ("postal_code", "phone", "fax", "url", "trade", "products", "title", "department", "email")
OF_REPRESENTATIVE = ("title", "department", "email")
ADDRESS = ("prefecture", "city", "street", "building")
NAMES = {"person_name": ("family_name", "given_name"), "person_kana": ("family_kana", "given_kana")}


def fields_of(entry: Entry, keys: tuple[str, ...]) -> dict[str, Any]:
    """The model's fields from the row's values; the address cell fills four of them."""
    fields = {key.removeprefix("company_"): entry.values[key] for key in keys if key in entry.values}
    if "postal_code" in keys and "address" in entry.values:
        fields |= dict.fromkeys(ADDRESS, "") | entry.values["address"]
    return fields


def names_of(entry: Entry) -> dict[str, str]:
    """氏, 名 and their フリガナ as fields of a new person."""
    empty = ("", "")
    return {
        field: part
        for key, fields in NAMES.items()
        for field, part in zip(fields, entry.values.get(key, empty), strict=True)
    }


def correct(
    record: Company | Person, entry: Entry, keys: tuple[str, ...], kept: set[str]
) -> tuple[list[Change], list[tuple[str, str]]]:
    """Write the file's cells over the record's: the changes, and (column, sentence) for what was kept.

    `kept` are fields that an earlier row of the same file has written already: the earlier row wins.
    """
    changes: list[Change] = []
    hints: list[tuple[str, str]] = []
    fields = fields_of(entry, keys)
    if same_address(entry, record):
        fields = {name: value for name, value in fields.items() if name not in ADDRESS}
    for name, value in fields.items():
        old = getattr(record, name)
        key = f"company_{name}" if f"company_{name}" in keys else name
        if value == old:
            continue
        if name == "name" and isinstance(record, Company) and _is_known_name(value, record):
            hints.append((key, f"名簿の「{old}」を残します。ファイルは「{value}」です。"))
        elif name in kept and old not in ("", None):
            hints.append((key, f"前の行と違います。前の行の「{old}」を残します。"))
        else:
            setattr(record, name, value)
            label = LABELS.get(key) or str(record._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            changes.append(Change(label, "" if old is None else str(old), str(value)))
    return changes, hints


def correct_name(person: Person, entry: Entry) -> tuple[list[Change], list[tuple[str, str]]]:
    """氏名 and フリガナ of a person whose name folds alike: filled or split anew, never degraded."""
    changes: list[Change] = []
    hints: list[tuple[str, str]] = []
    for key, fields in NAMES.items():
        new = entry.values.get(key)
        old = tuple(getattr(person, name) for name in fields)
        if not new or new == old:
            continue
        was, now = " ".join(old).strip(), " ".join(new).strip()
        splits_it = new[1] and not old[1] and "".join(new) == old[0]
        if was and japan.fold(was) == japan.fold(now) and not splits_it:
            if "".join(new) != "".join(old):
                hints.append((key, f"名簿の「{was}」を残します。ファイルは「{now}」です。"))
            continue
        changes.append(Change(LABELS[key], was, now))
        for name, value in zip(fields, new, strict=True):
            setattr(person, name, value)
    return changes, hints


def _is_known_name(new: str, company: Company) -> bool:
    """Whether it is the company's name written differently, or one it had before."""
    known = [company.name, *company.former_names.values_list("name", flat=True)]
    return japan.fold(new) in {japan.fold(name) for name in known}
