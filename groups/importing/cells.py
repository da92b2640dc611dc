"""From a row's cells to a record's fields: what changes, what is kept, and what is said about it.

A gap in the file never erases. A name that is only written differently (㈱, 高 for 髙, without the space
between 氏 and 名) never replaces the stored one, which somebody typed with care; it is said instead. A telephone
or a link that is only written differently is the same.
"""

from typing import Any
from urllib.parse import urlsplit

from groups.importing import addresses
from groups.importing.likeness import digits
from groups.importing.reading.columns import LABELS
from groups.importing.reading.entry import Entry
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
_OF_PERSON = {name: name for name in ("title", "department", "email")}
OF_REPRESENTATIVE = _OF_PERSON | {"mobile": "phone"}
OF_INDIVIDUAL = _OF_PERSON | {
    name: name for name in ("postal_code", "phone", "fax", "url", "trade", "products")
}
NAMES = {"person_name": ("family_name", "given_name"), "person_kana": ("family_kana", "given_kana")}


def fields_of(entry: Entry, columns: dict[str, str]) -> dict[str, Any]:
    """The fields of a new record from the row's values; the address cell fills four of them."""
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
    stored, values, written = record.values, entry.values, record.written
    for key, name in columns.items():
        if key in values:
            if values[key] != stored[name]:
                _correct_field(record, entry, key, name, changes, hints)
            written.add(name)
    if "address" in values and "postal_code" in columns:
        address = values["address"]
        for name in ADDRESS:
            if address.get(name, "") != stored[name]:
                _correct_address(record, address, changes, hints)
                break
        written.update(ADDRESS)
    return changes, hints


def _correct_field(
    record: Known, entry: Entry, key: str, name: str, changes: list[Change], hints: Hints
) -> None:
    old, new = record.values[name], entry.values[key]
    if _says_the_same(name, old, new):
        return
    if isinstance(record, KnownCompany) and name == "name" and _is_known_name(new, record):
        if record.pk is None and _is_fuller(new, old):
            record.put(name, new)
            hints.append((key, f"前の行の「{old}」ではなく「{new}」で登録します。"))
        else:
            where = "名簿" if record.pk else "前の行"
            hints.append((key, f"{where}の「{old}」を残します。ファイルは「{new}」です。"))
    elif name in record.written and old not in ("", None):
        hints.append((key, f"前の行と違います。前の行の「{old}」を残します。"))
    else:
        record.put(name, new)
        changes.append(Change(LABELS[key], "" if old is None else str(old), str(new)))
        if key == "company_name" and (kana := record.values["kana"]) and "company_kana" not in entry.values:
            sentence = (
                f"名前は変わりますが、フリガナは「{kana}」のままです。取り込んだあとで、直してください。"
            )
            hints.append(("company_kana", sentence))


def _correct_address(record: Known, told: dict[str, str], changes: list[Change], hints: Hints) -> None:
    """The address is one thing: it is replaced, completed or kept as a whole."""
    stored = {name: record.values[name] for name in ADDRESS}
    put = addresses.put_over(stored, told)
    line, in_file = addresses.on_one_line(stored), addresses.on_one_line(told)
    if put == stored:
        return
    if line and "street" in record.written and not (put and addresses.adds(stored, put)):
        hints.append(("address", f"前の行と違います。前の行の「{line}」を残します。"))
    elif put is None:
        hints.append(("address", f"名簿の「{line}」を残します。ファイルは「{in_file}」です。"))
    else:
        for name, value in put.items():
            if value != stored[name]:
                record.put(name, value)
                label = str(Company._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
                changes.append(Change(label, stored[name], value))


def correct_name(person: KnownPerson, entry: Entry) -> tuple[list[Change], Hints]:
    """氏名 and フリガナ of a person whose name folds alike: filled or split anew, never degraded."""
    changes: list[Change] = []
    hints: Hints = []
    values = person.values
    for key, (first, second) in NAMES.items():
        new = entry.values.get(key)
        if not new:
            continue
        old, was_told = (values[first], values[second]), first in person.written
        person.written.add(first)
        if new == old or (was_told and old[0]):
            continue
        was, now = " ".join(old).strip(), " ".join(new).strip()
        splits_it = new[1] and not old[1] and "".join(new) == old[0]
        if was and japan.fold(was) == japan.fold(now) and not splits_it:
            if "".join(new) != "".join(old):
                hints.append((key, f"名簿の「{was}」を残します。ファイルは「{now}」です。"))
            continue
        changes.append(Change(LABELS[key], was, now))
        person.put(first, new[0])
        person.put(second, new[1])
    return changes, hints


def _says_the_same(name: str, old: Any, new: Any) -> bool:
    """Whether a telephone or a link is only written differently."""
    if name in ("phone", "fax"):
        return digits(old) == digits(new)
    return name == "url" and bool(old) and _bare_link(old) == _bare_link(new)


def _bare_link(url: str) -> tuple[str, ...]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/"), parts.query, parts.fragment


def _is_known_name(new: str, company: KnownCompany) -> bool:
    """Whether it is the company's name written differently, or one it had before."""
    return japan.fold(new) in {japan.fold(name) for name in company.names}


def _is_fuller(new: str, old: str) -> bool:
    """株式会社青葉 is fuller than ㈱青葉, and that than 青葉."""
    if japan.legal_form(new) and not japan.legal_form(old):
        return True
    return japan.in_full(new) == new and japan.in_full(old) != old
