"""Two at once: an edit form carries the version of its record, and the second to save sees both texts and chooses.

The version is the id of the record's newest history row. A POST locks the record, cleans the form and calls the verb in
one transaction (`in_turn`): a form that is based on another version than the newest is not valid, and `conflict` holds
what differs. Its page (templates/_components/both.html) asks for each field which text is kept; the base version from the
history tells who changed what. A form that names no version was not drawn by a page of ours, and is not compared.
See docs/decisions/0022-two-at-once.md.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from simple_history.models import to_historic

from iri_exchange.lib import history, japan

# With a hyphen, so that no field of a model has these names.
VERSION, BASE, KEEP, ASKED = "record-version", "record-base", "record-keep", "record-asked"
MINE, THEIRS = "mine", "theirs"
GONE = "この記録は、もうありません。一覧から開き直してください。"
CHOOSE = "どちらを残すか、選んでください。"


@dataclass(frozen=True)
class Differing:
    """One field: both texts, as people read them. `changed_by`: MINE or THEIRS where only one did, else "".

    `keep` is the choice that stands there: the one made before, or that of the only one who changed the field.
    """

    name: str
    label: str
    mine: str
    theirs: str
    keep: str
    changed_by: str
    error: str = ""


@dataclass(frozen=True)
class Conflict:
    """What somebody saved meanwhile: `by` is a user or None, `fields` hold what differs from what is in the form."""

    by: Any
    at: datetime.datetime | None
    fields: list[Differing]
    base: str


def in_turn(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view's POST is one transaction, so that who edits the same record at the same moment waits."""

    @wraps(view)
    def waiting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    waiting.is_in_turn = True  # type: ignore[attr-defined]
    return waiting


def newest(model: type[models.Model], **record: Any) -> Any:
    """The newest history row of the record that these columns name, or None."""
    return history.of(model).filter(**record).order_by("-history_id").first()


def version_of(row: Any) -> str:
    """What a form carries: "0" for what has no history."""
    return str(row.history_id) if row else "0"


class Versioned(forms.ModelForm):
    """A form that edits a record carries its version. `lock` names the foreign key whose row the verb locks first."""

    lock = ""
    conflict: Conflict | None = None
    record_version = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record: Any = kwargs.get("instance")
        is_edit = record is not None and has_versions(type(record)) and bool(self.known_by(record))
        # What the history shows of an old version is looked at only.
        is_edit = is_edit and to_historic(record) is None
        if is_edit and not any(args) and not kwargs.get("data"):
            # The version first: what is read after it is at least as new.
            self.record_version = version_of(newest(type(record), **self.known_by(record)))
            kwargs["instance"] = self.read_again(record)
        super().__init__(*args, **kwargs)
        if is_edit and self.is_bound:
            self.record_version = self.data.get(self.named(VERSION), "")

    def known_by(self, record: Any) -> dict[str, Any]:
        """The columns by which the history knows the record; none for one that is new."""
        return {str(record._meta.pk.attname): record.pk} if record.pk else {}

    def read_again(self, record: Any) -> Any:
        """The record as it is stored now."""
        record.refresh_from_db(fields=[each.attname for each in record._meta.concrete_fields])
        return record

    def locked(self) -> Any:
        """The record as it is stored, or None; locked, `lock` first, so that we wait where the verbs wait."""
        record = self.instance
        if self.lock:
            owner = record._meta.get_field(self.lock)
            wait_for(owner.related_model, pk=getattr(record, owner.attname))
        return wait_for(type(record), pk=record.pk)

    def named(self, name: str) -> str:
        """The name of one of our own fields, as it stands in the page."""
        return self.add_prefix(name)

    def typed(self, name: str) -> Any:
        """What was typed into a field, as it would be stored."""
        return self.stored(name, self.instance)

    def stored(self, name: str, record: Any) -> Any:
        """What stands in a record, or in a row of its history, for a field of the form."""
        column = self._column(name)
        return column.value_from_object(record) if column else None

    @property
    def names(self) -> dict[str, str]:
        """For the template: the names of our own fields."""
        own = {"version": VERSION, "base": BASE, "keep": KEEP, "asked": ASKED}
        return {key: self.named(name) for key, name in own.items()}

    def is_valid(self) -> bool:
        return super().is_valid() and self.conflict is None

    def full_clean(self) -> None:
        compares = self.is_bound and bool(self.record_version)
        if compares and not self._unanswered():
            self._take_theirs()
        super().full_clean()
        if compares and not self._errors:  # type: ignore[attr-defined]
            self._compare()

    def _unanswered(self) -> list[str]:
        """The fields for which a choice was asked and none was made."""
        asked = self.data.getlist(self.named(ASKED)) if hasattr(self.data, "getlist") else []
        return [name for name in asked if self._kept(name) not in (MINE, THEIRS)]

    def _kept(self, name: str) -> str:
        return str(self.data.get(f"{self.named(KEEP)}-{name}", ""))

    def _take_theirs(self) -> None:
        """Where the stored text was chosen, it stands in the form as if it had been typed: as it was shown."""
        chosen = [name for name in self.fields if self._kept(name) == THEIRS]
        shown = self._row(self.record_version) if chosen else None
        if shown is None:
            return
        data: Any = self.data
        data = data.copy()
        for name in chosen:
            put_in(data, self[name], self.stored(name, shown))
        self.data = data

    def _compare(self) -> None:
        stored = self.locked()
        if stored is None:
            self.add_error(None, ValidationError(GONE, code="gone"))
            return
        row = newest(type(stored), **self.known_by(stored))
        unanswered = self._unanswered()
        if version_of(row) == self.record_version and not unanswered:
            return
        base = self.data.get(self.named(BASE), "") if unanswered else self.record_version
        self._keep_the_rest(stored)
        fields = self._differing(stored, self._row(base), unanswered)
        self.record_version = version_of(row)
        if fields:
            by, at = (row.history_user, row.history_date) if row else (None, None)
            self.conflict = Conflict(by, at, fields, base)

    def _row(self, version: str) -> Any:
        """Our record as it was in this version, or None where that was nothing."""
        if not (version.isascii() and version.isdecimal() and len(version) <= 18):
            return None
        rows = history.of(type(self.instance)).filter(**self.known_by(self.instance), history_id=version)
        return rows.exclude(history_type="-").first()

    def _differing(self, stored: Any, base: Any, unanswered: list[str]) -> list[Differing]:
        found = []
        for name in self.fields:
            column = self._column(name)
            if column is None or isinstance(column, models.FileField):
                continue
            mine, theirs = self.typed(name), self.stored(name, stored)
            if not _same(mine, theirs):
                was = self.stored(name, base) if base else object()
                preset = THEIRS if _same(mine, was) else MINE if _same(theirs, was) else ""
                found.append(
                    Differing(
                        name=name,
                        label=str(self[name].label),
                        mine=words(column, mine),
                        theirs=words(column, theirs),
                        keep=self._kept(name) or preset,
                        changed_by=preset,
                        error=CHOOSE if name in unanswered else "",
                    )
                )
        return found

    def _keep_the_rest(self, stored: Any) -> None:
        """What is not in the form stays as it is stored, not as it was when our record was read."""
        for column in stored._meta.concrete_fields:
            if column.name not in self.fields:
                setattr(self.instance, column.attname, column.value_from_object(stored))

    def _column(self, name: str) -> Any:
        columns = {each.name: each for each in self.instance._meta.concrete_fields}
        return columns.get(name)


def has_versions(model: type[models.Model]) -> bool:
    return hasattr(model._meta, "simple_history_manager_attribute")


def wait_for(model: Any, **record: Any) -> Any:
    """Lock the row that these columns name, and read it; others may still point to it. None if there is none."""
    return model._base_manager.select_for_update(no_key=True).filter(**record).first()


def _same(one: Any, other: Any) -> bool:
    """Browsers send the end of a line in their own way."""
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
    return bool(one == other)


def words(column: Any, value: Any) -> str:
    """As people read it; empty for nothing."""
    if value is None or value == "":
        return ""
    if column.is_relation:
        return str(column.related_model._base_manager.filter(pk=value).first() or "")
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, datetime.datetime):
        at = timezone.localtime(value)
        return f"{japan.wareki(at.date())} {at:%-H:%M}"
    return japan.wareki(value) if type(value) is datetime.date else str(value)


def put_in(data: Any, field: Any, value: Any) -> None:
    """Put a stored value into what was sent, as the field's widget would have sent it."""
    widget, name = field.field.widget, field.html_name
    if isinstance(widget, forms.CheckboxInput):
        data.pop(name, None)
        if value:
            data[name] = "on"
        return
    typed = widget.format_value(field.field.prepare_value(value))
    data.setlist(name, [str(each) for each in typed] if isinstance(typed, list) else [str(typed or "")])
