"""Model fields that store what their reader makes of a text: one truth for forms and imports.

A reader (`japan.phone`, `japan.postal_code` …) takes the text as typed and returns it as stored, or raises
ValueError with a sentence for people. Derived keys (`FoldedKeyField`, `SortKeyField`) are computed on
every save, bulk saves included, and are never shown.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from iri_exchange.lib import japan, search


class ReadField(models.CharField):
    """A short text stored as `read` returns it. The default keeps it as typed, but trimmed and safe."""

    read: Callable[[str], str] = staticmethod(lambda text: text)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        return read_safely(self.read, value, limit=self.max_length)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"error_messages": _sentences(self), **kwargs})


class NameField(ReadField):
    """A name, never changed as typed; only trimmed."""


class KanaField(ReadField):
    """フリガナ: full-width katakana; hiragana and half-width kana are converted."""

    @staticmethod
    def read(text: str) -> str:
        converted = japan.kana(text)
        if not japan.is_kana(converted):
            raise ValueError(f"「{text}」をカタカナに直してください。例：タチカワケイソク")
        return converted


class PostalCodeField(ReadField):
    read = staticmethod(japan.postal_code)


class PhoneField(ReadField):
    read = staticmethod(japan.phone)


class EmailField(ReadField):
    read = staticmethod(japan.email)


class UrlField(ReadField):
    read = staticmethod(japan.url)


class CorporateNumberField(ReadField):
    """13 digits with a check digit (法人番号の指定等に関する省令); empty is stored as NULL, so that it can be unique."""

    read = staticmethod(japan.corporate_number)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return super().pre_save(model_instance, add) or None


class LongTextField(models.TextField):
    """A text of several lines; control, zero-width and bidi characters are refused."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        return read_safely(lambda text: text, value, lines=True, limit=self.max_length)

    def formfield(self, **kwargs: Any) -> Any:
        widget = forms.Textarea(attrs={"rows": 3})
        return super().formfield(**{"widget": widget, "error_messages": _sentences(self), **kwargs})


class DayField(models.DateField):
    """A date that may be typed the Japanese way: H25.7.1, 平成25年7月1日, 2013/7/1."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": DayFormField, **kwargs})


class DayFormField(forms.DateField):
    """The field a person types a date into; shows ISO, reads eras."""

    widget = forms.DateInput(attrs={"inputmode": "text", "class": "w-s"})
    default_error_messages: ClassVar[dict[str, Any]] = {"required": "日付を入れてください。"}

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return japan.parse_date(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


NO_TIME = "時刻を入れてください。例：15:00"


class HourField(forms.TimeField):
    """A time of the day, with the browser's own clock."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "w-s"})
    default_error_messages: ClassVar[dict[str, Any]] = {"required": NO_TIME, "invalid": NO_TIME}


class LineField(forms.CharField):
    """The field a person types one line into, kept as typed; what cannot be seen is refused, in words."""

    def to_python(self, value: Any) -> Any:
        return read_safely(lambda text: text, super().to_python(value) or "")


class KnownChoice:
    """Goes before a choice among records: what cannot be seen names none of them, and is not asked of the database."""

    error_messages: dict[str, Any]
    default_error_messages: ClassVar[dict[str, Any]] = {"required": "選んでください。"}

    def clean(self, value: Any) -> Any:
        for each in value if isinstance(value, list | tuple) else [value]:
            if isinstance(each, str) and japan.has_unsafe_characters(each):
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": ""}
                )
        return super().clean(value)  # type: ignore[misc]


class RecordsField(KnownChoice, forms.ModelMultipleChoiceField):
    """Several records."""


class FoldedKeyField(models.TextField):
    """The folded texts of the instance: `search_text()` → (name, other spellings, what it is about); see `search`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"editable": False, "default": "", "blank": True, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        key = search.key(*model_instance.search_text())  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, key)
        return key


class SortKeyField(models.CharField):
    """The Japanese dictionary order of the instance's `sort_text()` → (kana, name), as ASCII."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 255, "editable": False, "default": "", "blank": True, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        kana, name = model_instance.sort_text()  # type: ignore[attr-defined]
        key = japan.sort_key(kana, name)
        setattr(model_instance, self.attname, key)
        return key


def read_safely(
    read: Callable[[str], str], value: str, *, lines: bool = False, limit: int | None = None
) -> str:
    """Trim, refuse characters that cannot be seen and texts over the limit, and read."""
    text = japan.tidy(value)
    if not text:
        return ""
    if japan.has_unsafe_characters(text, lines=lines):
        raise ValidationError("目に見えない文字が入っています。消して入れ直してください。", code="unsafe")
    try:
        text = read(text)
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from error
    if limit is not None and len(text) > limit:
        raise ValidationError(
            f"{limit}文字以内にしてください。いまは{len(text)}文字です。", code="max_length"
        )
    return text


def _sentences(field: models.Field) -> dict[str, str]:
    return {
        "required": f"{field.verbose_name}を入れてください。",
        "max_length": "%(limit_value)d文字以内にしてください。いまは%(show_value)d文字です。",
    }
