"""What comes from the door: one whole page with a button, the taps of a phone, a guest's name."""

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.models import Attendance
from events.reception.listing import Line, Listing
from events.reception.marking import FIELDS, TICKS, Mark
from events.reception.page import LETTERS
from groups.forms.parts import StoredField, plain_helper

KINDS = frozenset(Attendance.Kind.values)
# A phone that was out of reach for long sends what waits in parts.
MOST_MARKS = 200
STRANGE = "受け取れない内容です。画面を開き直してください。"


class GuestForm(forms.Form):
    """Somebody who came and is no member. `key` is drawn with the form, so that sending it twice adds one."""

    name = StoredField(Attendance, "name", required=True)
    affiliation = StoredField(Attendance, "affiliation", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    prefix = "guest"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()})
        self.helper = plain_helper()
        self.fields["name"].label = "お名前"
        self.fields["name"].error_messages["required"] = "お名前を入れてください。"


class Sheet:
    """The page sent as a whole: what differs from what it showed. A page that shows nothing sends nothing.

    `base` in it says what it showed, so that what another phone ticked meanwhile stays. `wrong`: {key: (the name as
    typed, what is wrong with it)}.
    """

    def __init__(self, data: Mapping[str, str], listing: Listing) -> None:
        self.wrong: dict[str, tuple[str, str]] = {}
        self._data, self._base = data, _read(data.get("base", ""), {})
        self._shown = set(data.get("shown", "").split(","))
        self.marks = [each for line in listing.lines for each in self._of(line)]

    def _of(self, line: Line) -> Iterator[Mark]:
        base = self._base.get(line.key) if isinstance(self._base, dict) else None
        if not isinstance(base, list) or len(base) != len(FIELDS):
            return
        for was, (letter, field) in zip(base, LETTERS.items(), strict=True):
            if letter not in self._shown:
                continue
            typed = self._data.get(f"{letter}-{line.key}")
            try:
                value = cleaned(field, typed)
            except ValidationError as error:
                self.wrong[line.key] = (typed or "" if field == "name" else "", " ".join(error.messages))
                continue
            # No key pressed is no answer, and takes none away.
            if value != was and (field != "kind" or value):
                yield Mark(line.key, field, value)


def taps_of(body: bytes) -> list[Mark]:
    """The taps that a phone sends, in their order. Raises ValidationError for what no phone of ours sends."""
    sent = _read(body, None)
    marks = sent.get("marks") if isinstance(sent, dict) else None
    if not isinstance(marks, list) or len(marks) > MOST_MARKS:
        raise ValidationError(STRANGE)
    return [_tap(each) for each in marks]


def cleaned(field: str, value: Any) -> Any:
    """The value of a field as it is stored. Raises ValidationError."""
    if field in TICKS:
        return value in (True, "1", "on")
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise ValidationError(STRANGE)
    if field == "kind":
        if value and value not in KINDS:
            raise ValidationError(STRANGE)
        return value
    return StoredField(Attendance, "name", required=False).clean(value)


def _tap(sent: Any) -> Mark:
    if not isinstance(sent, dict):
        raise ValidationError(STRANGE)
    who, field, op = (sent.get(name) for name in ("who", "field", "op"))
    if not isinstance(who, str) or field not in FIELDS or not isinstance(op, str):
        raise ValidationError(STRANGE)
    try:
        number = str(uuid.UUID(op))
    except ValueError as error:
        raise ValidationError(STRANGE) from error
    return Mark(who, field, cleaned(field, sent.get("value")), number)


def _read(text: str | bytes, otherwise: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return otherwise
